"""The meeting on paper: its published minutes in the national format, and the sheets of attendance."""

from collections.abc import Sequence
from itertools import groupby

from django.utils import translation

from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import meeting_day
from hucheng.command.directives.units import shown
from hucheng.command.meetings.models import Attendee, Meeting
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.core.terms import Theme
from hucheng.engines import minutes
from hucheng.engines.papers.official import (
    AttendancePaper,
    Decided,
    Matter,
    MinutesPaper,
    Person,
    VenueList,
)

BODY = "领导小组"
"""Who met, where the text does not say."""


def minutes_paper(meeting: Meeting) -> MinutesPaper:
    """The published actions and outcomes by theme, with lead, supports and deadline: in Chinese, as documents are."""
    rows = meeting.directives.filter(state=Directive.State.PUBLISHED, kind__in=("action", "outcome"))
    found = list(rows.select_related("lead").order_by("number", "part"))
    people = list(meeting.attendees.order_by("number"))
    chair = next((one for one in people if one.function == Attendee.Function.CHAIR and one.name), None)
    with translation.override("zh-hans"):
        return MinutesPaper(
            issuer=meeting.body or BODY,
            date=meeting_day(meeting),
            meeting=meeting.number,
            form=meeting.form,
            chair=Person(chair.name, chair.role) if chair else None,
            matters=tuple(_matters(found)),
            attended=tuple(Person(one.name, one.role) for one in people if one.name),
        )


def _matters(found: Sequence[Directive]) -> list[Matter]:
    """One matter a line of work, in the order of the lines."""
    order = [theme.value for theme in Theme]
    by_theme = sorted(found, key=lambda one: order.index(one.theme))
    return [
        Matter(tuple(_decided(one) for one in rows), heading=str(Theme(theme).label))
        for theme, rows in groupby(by_theme, key=lambda one: one.theme)
    ]


def _decided(one: Directive) -> Decided:
    due = one.due.astimezone(SHANGHAI) if one.due else None
    return Decided(
        text=one.text,
        lead=one.lead.name_zh if one.lead else "",
        supports=tuple(shown(one.supports, organisations())),
        deadline=f"{due.month}月{due.day}日前" if due else "",
    )


def attendance_paper(meeting: Meeting) -> AttendancePaper:
    """A sheet for each venue with those whom the minutes put there."""
    sheets = minutes.by_venue(_as_read(meeting))
    nth = f"第{meeting.number}次会议" if meeting.number else "会议"
    return AttendancePaper(
        issuer=meeting.body or BODY,
        date=meeting_day(meeting),
        meeting=f"{meeting.body or BODY}{nth}",
        venues=tuple(
            VenueList(sheet.title.zh, tuple(Person(one.name or "", one.role) for one in sheet.people))
            for sheet in sheets
        ),
    )


def attendance_rows(meeting: Meeting) -> list[list[str]]:
    """The same as rows: venue, name, title."""
    return [
        [sheet.name, one.name or "", one.role] for sheet in minutes.by_venue(_as_read(meeting)) for one in sheet.people
    ]


def _as_read(meeting: Meeting) -> minutes.Minutes:
    """The people and venues on record, in the shape of the engine."""
    people = tuple(
        minutes.Attendee(one.name or None, one.role, one.venue or None, minutes.Function(one.function))
        for one in meeting.attendees.order_by("number")
    )
    venues = tuple(minutes.Venue(one.kind, one.name) for one in meeting.venues.order_by("-kind", "name"))
    return minutes.Minutes(minutes.Meeting(), people, venues, (), minutes.Cleaned(""))
