"""Reading meetings: the list, one with its people, which counties took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import Http404

from hucheng.command.directives.models import Directive
from hucheng.command.meetings.models import Meeting
from hucheng.core.places.models import Place
from hucheng.core.scope.actor import Actor
from hucheng.engines import minutes

ALL_COUNTIES = ("各县", "各区")
"""A group of this name at a branch venue is the heads of every county (form of the 43rd meeting)."""

NEWEST = (F("held_on").desc(nulls_last=True), F("received_at").desc())
"""The order of meetings; one whose text names no day comes last on every database."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with how many directives wait, are confirmed, are published."""

    meeting: Meeting
    waiting: int
    confirmed: int
    published: int


def meetings_seen_by(actor: Actor) -> list[MeetingLine]:
    """The latest hundred meetings, newest first."""
    state = Directive.State

    def many(which: str) -> Count:
        return Count("directives", filter=Q(directives__state=which))

    rows = Meeting.objects.seen_by(actor).filter(discarded_at=None).defer("original", "clean_text", "edits")
    counted = rows.annotate(
        waiting=many(state.PROPOSED), confirmed=many(state.ACCEPTED), published=many(state.PUBLISHED)
    )
    return [MeetingLine(row, row.waiting, row.confirmed, row.published) for row in counted.order_by(*NEWEST)[:100]]


def meeting_seen_by(actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting in sight. Raises Http404."""
    found = Meeting.objects.seen_by(actor).filter(pk=meeting_id, discarded_at=None).first()
    if found is None:
        raise Http404
    return found


def kept_of(meeting: Meeting) -> list[minutes.Kept]:
    """The repairs of a meeting's text that a person took back."""
    return [minutes.Kept(minutes.EditKind(one["kind"]), one["start"], one["end"]) for one in meeting.kept]


def counties_present_at(meeting: Meeting, counties: Sequence[Place]) -> list[Place]:
    """The counties whose heads sat at a branch venue: named one by one, or all by their group."""
    at_branch = list(meeting.attendees.filter(venue__contains="分会场").values_list("role", "venue"))
    said = " ".join(f"{role} {venue}" for role, venue in at_branch)
    if any(word in said for word in ALL_COUNTIES):
        return list(counties)
    return [county for county in counties if county.name_zh in said]
