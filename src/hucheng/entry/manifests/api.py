"""Passenger lists for airlines and border systems."""

from uuid import UUID

from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.scope.request import Request
from hucheng.core.uploads import bytes_of
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.manifests.models import Manifest

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
