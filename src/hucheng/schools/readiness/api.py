"""Schools for programs: how they stand, and the acts that move them."""

from datetime import date
from uuid import UUID

from ninja import Router, Schema

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.schools.readiness import actions, queries
from hucheng.schools.readiness.models import Verdict
from hucheng.schools.readiness.pages import READERS
from hucheng.schools.readiness.rules import Statement
from hucheng.schools.reopening.actions import open_schools

router = Router(tags=["schools"])


class StatementIn(Schema):
    """What a school says about one item."""

    number: int
    in_place: bool
    evidence: str
    figure: int | None = None
    reference: str = ""
    valid_until: date | None = None


class VerdictIn(Schema):
    """What an inspection found of some of a school's items."""

    numbers: list[int]
    answer: Verdict.Answer
    reason: str = ""


class ItemOut(Schema):
    """One item: ok, s (spot-checked), w (to inspect), e (expired) or b (missing)."""

    number: int
    name: str
    state: str
    evidence: str
    valid_until: date | None


class SchoolOut(Schema):
    """A school with its ten items; ready when all hold and three lines have signed."""

    id: UUID
    code: str
    place: str
    name: str
    grade12: int
    ready: bool
    lines_signed: list[str]
    items: list[ItemOut]


@router.get("/schools", response={200: list[SchoolOut], 409: RefusalOut})
def get_schools(request: Request, county: str = "") -> list[SchoolOut]:
    """The schools in sight with their ten items."""
    check_role(request.actor, READERS)
    return [_out(line) for line in queries.lines(request.actor, clock.now(), county=county)]


@router.post("/schools/{school_id}/statements", response={200: SchoolOut, 409: RefusalOut})
def post_statements(request: Request, school_id: UUID, given: list[StatementIn]) -> SchoolOut:
    """State items of a school; the same statement again adds nothing."""
    statements = [Statement(**one.dict()) for one in given]
    actions.declare(actor=request.actor, school_id=school_id, statements=statements, at=clock.now())
    return _now(request, school_id)


@router.post("/schools/{school_id}/verdicts", response={200: SchoolOut, 409: RefusalOut})
def post_verdicts(request: Request, school_id: UUID, given: VerdictIn) -> SchoolOut:
    """Accept, spot-check or return items of a school."""
    check_role(request.actor, actions.INSPECTORS)
    line = queries.line_seen_by(request.actor, school_id, clock.now())
    ids = [cell.row.pk for cell in line.cells if cell.row.number in given.numbers]
    actions.inspect(actor=request.actor, item_ids=ids, answer=given.answer, reason=given.reason, at=clock.now())
    return _now(request, school_id)


@router.post("/schools/{school_id}/signature", response={200: SchoolOut, 409: RefusalOut})
def post_signature(request: Request, school_id: UUID) -> SchoolOut:
    """Answer for a school in one's own line."""
    actions.sign(actor=request.actor, school_ids=[school_id], at=clock.now())
    return _now(request, school_id)


@router.post("/schools/{school_id}/openings/{key}", response={200: SchoolOut, 409: RefusalOut})
def post_opening(request: Request, school_id: UUID, key: str) -> SchoolOut:
    """Open a school for a stage."""
    open_schools(actor=request.actor, key=key, school_ids=[school_id], at=clock.now())
    return _now(request, school_id)


def _now(request: Request, school_id: UUID) -> SchoolOut:
    return _out(queries.line_seen_by(request.actor, school_id, clock.now()))


def _out(line: queries.SchoolLine) -> SchoolOut:
    items = [
        ItemOut(
            number=cell.row.number,
            name=cell.row.item.name,
            state=cell.state.value,
            evidence=cell.words,
            valid_until=cell.row.valid_until,
        )
        for cell in line.cells
    ]
    school = line.school
    return SchoolOut(
        id=school.pk,
        code=school.code,
        place=school.place,
        name=school.name,
        grade12=school.grade12,
        ready=line.ready,
        lines_signed=sorted(line.signed),
        items=items,
    )
