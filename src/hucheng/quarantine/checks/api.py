"""Checks as a phone or another program sends them, in batches."""

from datetime import date
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.scope.request import Request
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.models import DailyCheck

router = Router(tags=["checks"])


class CheckBody(Schema):
    """One check; `key` is made on the phone and stays the same when it is sent again."""

    stay_id: UUID
    day: date
    slot: DailyCheck.Slot
    temperature: float = Field(ge=30, le=45)
    symptoms: list[str] = []
    key: str = Field(min_length=8, max_length=40)


class RecordedOut(Schema):
    """What became of the batch."""

    new: int
    known: int
    abnormal: int


@router.post("/checks", response={201: RecordedOut, 409: RefusalOut})
def post_checks(request: Request, body: list[CheckBody]) -> Status[RecordedOut]:
    """Record a batch, all or none; a batch sent twice counts once."""
    checks = [CheckIn(**{**one.dict(), "symptoms": tuple(one.symptoms)}) for one in body]
    done = record_checks(actor=request.actor, checks=checks, at=clock.now())
    told = RecordedOut(new=done.new, known=done.known, abnormal=done.abnormal)
    return Status(201, told)
