"""Results as a laboratory's own system sends them."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.quarantine.laboratory.actions import receive_rows
from hucheng.quarantine.laboratory.models import Result
from hucheng.quarantine.laboratory.pages import LAB
from hucheng.quarantine.laboratory.queries import waiting_samples
from hucheng.quarantine.laboratory.sheet import BARCODE, ReadRow

router = Router(tags=["results"])
MOST = 5000


class ResultBody(Schema):
    """One result; sent again it changes nothing."""

    barcode: str = Field(pattern=f"^{BARCODE.pattern}$")
    result: Result
    tested_at: datetime | None = None


class BatchOut(Schema):
    """What became of the rows: matched, known before, waiting for a person, impossible."""

    id: UUID
    rows: int
    matched: int
    known: int
    unmatched: int
    invalid: int


class SampleOut(Schema):
    """One sample that waits for its result; no name goes to the laboratory."""

    barcode: str
    taken_at: datetime
    sent_at: datetime | None


@router.post("/results", response={201: BatchOut, 409: RefusalOut})
def post_results(request: Request, body: list[ResultBody]) -> Status[BatchOut]:
    """Take results in, all or none; rows without a sample wait for a person."""
    rows = [
        ReadRow(line, one.barcode, one.barcode, one.result.value, one.tested_at)
        for line, one in enumerate(body, start=1)
    ]
    batch = receive_rows(actor=request.actor, rows=rows, at=clock.now())
    told = BatchOut(
        id=batch.pk,
        rows=batch.rows,
        matched=batch.matched,
        known=batch.known,
        unmatched=batch.unmatched,
        invalid=batch.invalid,
    )
    return Status(201, told)


@router.get("/samples", response={200: list[SampleOut], 409: RefusalOut})
def get_samples(request: Request) -> list[SampleOut]:
    """Samples that wait for a result, oldest first."""
    check_role(request.actor, LAB)
    rows = waiting_samples(request.actor)[:MOST]
    return [SampleOut(barcode=row.barcode, taken_at=row.taken_at, sent_at=row.sent_at) for row in rows]
