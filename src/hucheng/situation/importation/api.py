"""Published counts for programs."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.situation.countries.known import not_later_than_now
from hucheng.situation.countries.pages import READERS
from hucheng.situation.importation.actions import Cases, report_cases
from hucheng.situation.importation.forms import MOST
from hucheng.situation.importation.queries import latest_reports

router = Router(tags=["situation"])


class CasesIn(Schema):
    """A published count; where cases were found only as far as it is published."""

    about: str = Field("", max_length=6)
    as_of: date
    published_on: date
    new: int = Field(le=MOST)
    source: str = Field(max_length=120)
    flight: str = Field("", max_length=30)
    route: str = Field("", max_length=200)
    found_port: int = Field(0, le=MOST)
    found_transfer: int = Field(0, le=MOST)
    found_quarantine: int = Field(0, le=MOST)
    found_outside: int = Field(0, le=MOST)


class CasesOut(CasesIn):
    """A count that stands; `corrects` names the one that it replaced."""

    id: UUID
    corrects_id: UUID | None


@router.get("/situation/cases", response={200: list[CasesOut], 409: RefusalOut})
def get_cases(request: Request, known_at: datetime | None = None) -> list[object]:
    """The latest hundred counts that stand now, or that stood at `known_at`."""
    check_role(request.actor, READERS)
    return list(latest_reports(request.actor, not_later_than_now(known_at)))


@router.post("/situation/cases", response={201: CasesOut, 409: RefusalOut})
def post_cases(request: Request, body: CasesIn) -> Status:
    """Record a published count."""
    made = report_cases(actor=request.actor, cases=Cases(**body.dict()), at=clock.now())
    return Status(201, made)
