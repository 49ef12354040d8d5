"""Passenger lists for airlines and border systems."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.scope.request import Request
from hucheng.core.uploads import bytes_of
from hucheng.entry.manifests.actions import receive_manifest, settle_columns
from hucheng.entry.manifests.models import Manifest, SettledColumns

router = Router(tags=["manifests"])


class AccountOut(Schema):
    """The account of a file: rows is the sum of the others."""

    rows: int
    new: int
    updated: int
    same: int
    duplicate: int
    rejected: int
    pending: int


@router.post("/flights/{uuid:flight_id}/manifests", response={201: AccountOut, 409: RefusalOut})
def post_manifest(request: Request, flight_id: UUID, file: File[UploadedFile]) -> Status[Manifest]:
    """Take one list, whole or not at all; the same file again adds nobody."""
    data, name = bytes_of(file), file.name or "-"
    taken = receive_manifest(actor=request.actor, flight_id=flight_id, name=name, data=data, at=clock.now())
    return Status(201, taken)


class ListIn(Schema):
    """A list of persons, each an object with named fields; `control_total` is the number that the sender counts."""

    persons: list[dict[str, Any]]
    flight: str = ""
    control_total: int | None = None


@router.post("/flights/{uuid:flight_id}/persons", response={201: AccountOut, 409: RefusalOut})
def post_persons(request: Request, flight_id: UUID, body: ListIn) -> Status[Manifest]:
    """Take a list as JSON: fields as the reader of lists names them, or the names of an airline's own columns."""
    data = body.model_dump_json(exclude_none=True).encode()
    taken = receive_manifest(actor=request.actor, flight_id=flight_id, name="api.json", data=data, at=clock.now())
    return Status(201, taken)


class ColumnsIn(Schema):
    """Header -> field of the list; an empty field switches a column off."""

    columns: dict[str, str]


class ColumnsOut(Schema):
    """What is remembered of an airline's columns from now on."""

    source: str
    columns: dict[str, str]
    settled_at: datetime


@router.post("/flights/{uuid:flight_id}/columns", response={201: ColumnsOut, 409: RefusalOut})
def post_columns(request: Request, flight_id: UUID, body: ColumnsIn) -> Status[SettledColumns]:
    """Settle what the columns of the airline's sheets hold; the next sheet is read so."""
    settled = settle_columns(actor=request.actor, flight_id=flight_id, columns=body.columns, at=clock.now())
    return Status(201, settled)
