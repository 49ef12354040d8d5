"""Directives for programs: those published, and the acts that bring a document to them."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, Field, FiniteFloat

from hucheng.command.directives.actions import Assignment, assign, publish
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import clause_of, directive_seen_by, directives_of, published_by_theme
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.meetings.queries import meeting_seen_by
from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

router = Router(tags=["directives"])
READERS = {Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY}
OFFICE = {Role.LEADING_GROUP, Role.COMMAND_OFFICE}


class MinutesIn(Schema):
    """A document of a meeting as text."""

    text: str = Field(max_length=400_000)
    name: str = Field("api.txt", max_length=120)
    article_date: date | None = None


class AssignmentIn(Schema):
    """Who, by when, judged by what: a measure of the catalogue or a written reason for none."""

    lead: str
    due: AwareDatetime
    supports: list[str] = []
    measure: str = ""
    target: FiniteFloat | None = None
    no_measure: str = Field("", max_length=200)


class DirectiveOut(Schema):
    """One directive. `standing` is null until it is published and assigned."""

    id: UUID
    meeting_id: UUID
    label: str
    text: str
    kind: str
    theme: str
    state: str
    lead: str | None
    due: datetime | None
    measure: str
    standing: str | None = None


class MeetingOut(Schema):
    """A meeting that was taken in, with the directives found."""

    id: UUID
    number: int | None
    held_on: date | None
    directives: list[DirectiveOut]


@router.post("/meetings", response={200: MeetingOut, 409: RefusalOut})
def post_meeting(request: Request, given: MinutesIn) -> MeetingOut:
    """Take minutes in; their directives then wait to be confirmed."""
    data = given.text.encode()
    made = receive_minutes(
        actor=request.actor, name=given.name, data=data, article_date=given.article_date, at=clock.now()
    )
    found = [_out(one) for one in directives_of(made)]
    return MeetingOut(id=made.pk, number=made.number, held_on=made.held_on, directives=found)


@router.get("/meetings/{meeting_id}", response={200: MeetingOut, 409: RefusalOut})
def get_meeting(request: Request, meeting_id: UUID) -> MeetingOut:
    """One meeting with its directives."""
    check_role(request.actor, OFFICE)
    found = meeting_seen_by(request.actor, meeting_id)
    lines = [_out(one) for one in directives_of(found)]
    return MeetingOut(id=found.pk, number=found.number, held_on=found.held_on, directives=lines)


@router.post("/directives/{directive_id}/assign", response={200: DirectiveOut, 409: RefusalOut})
def post_assignment(request: Request, directive_id: UUID, given: AssignmentIn) -> DirectiveOut:
    """Confirm a directive with its owner, deadline and measure."""
    terms = Assignment(clause=clause_of(directive_seen_by(request.actor, directive_id)), **given.dict())
    return _out(assign(actor=request.actor, directive_id=directive_id, given=terms, at=clock.now()))


@router.post("/meetings/{meeting_id}/publish", response={200: list[DirectiveOut], 409: RefusalOut})
def post_publish(request: Request, meeting_id: UUID) -> list[DirectiveOut]:
    """Publish every confirmed directive of a meeting."""
    return [_out(one) for one in publish(actor=request.actor, meeting_id=meeting_id, at=clock.now())]


@router.get("/directives", response={200: list[DirectiveOut], 409: RefusalOut})
def get_directives(request: Request) -> list[DirectiveOut]:
    """The published actions and outcomes in force, with how they stand now."""
    check_role(request.actor, READERS)
    lines = [line for _theme, found in published_by_theme(request.actor, clock.now()) for line in found]
    return [
        _out(line.directive, standing=line.standing.name.lower() if line.standing is not None else None)
        for line in lines
    ]


def _out(one: Directive, standing: str | None = None) -> DirectiveOut:
    return DirectiveOut(
        id=one.pk,
        meeting_id=one.meeting_id,
        label=one.label,
        text=one.text,
        kind=one.kind,
        theme=one.theme,
        state=one.state,
        lead=one.lead_id,
        due=one.due,
        measure=one.measure,
        standing=standing,
    )
