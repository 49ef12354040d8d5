"""Recording what was published: cases, corrections, facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.situation.countries.publication import refuse_publication
from hucheng.situation.importation.models import CaseReport, Figure, PublicFact

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class Cases:
    """A published count: the day it is about, how many, and where they were found as far as it is said."""

    as_of: date
    published_on: date
    new: int
    source: str
    about: str = ""
    flight: str = ""
    route: str = ""
    found_port: int = 0
    found_transfer: int = 0
    found_quarantine: int = 0
    found_outside: int = 0


@action(by=KEEPERS)
def report_cases(*, actor: Actor, cases: Cases, at: datetime) -> CaseReport:
    """Record a published count of imported cases; without `about` it is the actor's own place.

    Refuses a day that is not over at publication, more found than reported, and a second report of one day and flight.
    """
    _refuse_cases(cases, at)
    about = cases.about or actor.place
    given = asdict(cases) | {"about": about}
    same = CaseReport.objects.filter(place=actor.place, about=about, as_of=cases.as_of, flight=cases.flight)
    if same.exists():
        raise Refusal(
            "report_known",
            why=_("A count of this day and flight is here already."),
            do=_("Open it in the list and correct it; the first number stays on record."),
        )
    return CaseReport.objects.create(place=actor.place, reported_at=at, reported_by_id=actor.user_id, **given)


@action(by=KEEPERS)
def correct_cases(*, actor: Actor, report_id: UUID, cases: Cases, at: datetime) -> CaseReport:
    """Replace a count by what was published later; the old row stays and is named by the new one.

    Area, day and flight stay those of the old row. Refuses what a first count is refused for.
    """
    rows = CaseReport.objects.seen_by(actor).filter(pk=report_id, correction=None)
    old = rows.select_for_update(of=("self",)).first()
    if old is None:
        raise Http404
    kept = replace(cases, about=old.about, as_of=old.as_of, flight=old.flight)
    _refuse_cases(kept, at)
    return CaseReport.objects.create(
        place=old.place, corrects=old, reported_at=at, reported_by_id=actor.user_id, **asdict(kept)
    )


@action(by=KEEPERS)
def note_fact(
    *,
    actor: Actor,
    text_zh: str = "",
    text_en: str = "",
    source: str,
    as_of: date,
    figures: Mapping[str, int] | None = None,
    at: datetime,
) -> PublicFact:
    """Note a public fact to show beside the board. Refuses one without words or source, or of a day to come."""
    refuse_publication(source, as_of, at)
    if not text_zh.strip() and not text_en.strip():
        raise Refusal("text_missing", why=_("The fact has no words."), do=_("Write it in Chinese or in English."))
    unknown = [name for name in figures or {} if name not in Figure]
    if unknown or any(number < 0 for number in (figures or {}).values()):
        raise Refusal(
            "figure_unknown", why=_("A number of the fact is not one that is kept."), do=_("Leave it in the text.")
        )
    return PublicFact.objects.create(
        place=actor.place,
        text_zh=text_zh.strip(),
        text_en=text_en.strip(),
        source=source.strip()[:120],
        as_of=as_of,
        figures=dict(figures or {}),
        noted_at=at,
        noted_by_id=actor.user_id,
    )


def _refuse_cases(cases: Cases, at: datetime) -> None:
    refuse_publication(cases.source, cases.published_on, at)
    if cases.as_of > cases.published_on or cases.as_of > at.astimezone(SHANGHAI).date():
        raise Refusal(
            "day_not_over",
            why=_("The day lies after the day of publication."),
            do=_("Correct the day, or the day of publication."),
        )
    found = (cases.found_port, cases.found_transfer, cases.found_quarantine, cases.found_outside)
    if min(cases.new, *found) < 0 or sum(found) > cases.new:
        raise Refusal(
            "found_more_than_reported",
            why=_("More cases were found than are reported."),
            do=_("Count each case once; leave out those of which it is not said."),
        )
