"""Minutes beside the earlier ones of the same body: what is new, repeated, tightened, dropped, in conflict."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hucheng.command.meetings.models import Meeting
from hucheng.command.meetings.queries import NEWEST, kept_of
from hucheng.core.scope.actor import Actor
from hucheng.engines import minutes
from hucheng.engines.words.bilingual import Bilingual

EARLIER = 5
"""So many meetings before this one are looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """One demand and why it is told, in the language in force."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Standings:
    """What became of demands in one way."""

    name: str
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings first: demands repeated without movement and demands in conflict; then every standing."""

    earlier: int
    stalled: list[Told]
    conflicts: list[Told]
    standings: list[Standings]


def compared(actor: Actor, meeting: Meeting) -> Compared:
    """Read the meeting again and compare it with up to five earlier ones of its body in sight."""
    latest = _read(meeting)
    before = [_read(one) for one in _earlier(actor, meeting)]
    found = minutes.compare(before, latest)
    return Compared(
        earlier=len(before),
        stalled=[_told(one) for one in found.stalled],
        conflicts=[
            Told(f"{one.first.text_clean} / {one.second.text_clean}", _said(one.why))
            for one in minutes.conflicts(latest.directives)
        ],
        standings=[Standings(name, [_told(one) for one in found.of(kind)]) for kind, name in _names()]
        if before
        else [],
    )


def _earlier(actor: Actor, meeting: Meeting) -> Sequence[Meeting]:
    """The meetings of the same body before this one, oldest first; without a day or number nothing is before it."""
    if meeting.held_on is None or not meeting.body:
        return []
    rows = Meeting.objects.seen_by(actor).filter(place=meeting.place, body=meeting.body, discarded_at=None)
    return list(rows.filter(held_on__lt=meeting.held_on).order_by(*NEWEST)[:EARLIER])[::-1]


def _read(meeting: Meeting) -> minutes.Minutes:
    return minutes.read(meeting.original, article_date=meeting.article_date, kept=kept_of(meeting))


def _names() -> list[tuple[minutes.Standing, str]]:
    return [
        (minutes.Standing.NEW, _("New")),
        (minutes.Standing.TIGHTENED, _("Tightened")),
        (minutes.Standing.REPEATED, _("Repeated")),
        (minutes.Standing.DROPPED, _("Not mentioned any more")),
    ]


def _told(one: minutes.Compared) -> Told:
    return Told(one.last.directive.text_clean, _said(one.why))


def _said(why: Bilingual) -> str:
    return why.in_language(get_language() or "zh")
