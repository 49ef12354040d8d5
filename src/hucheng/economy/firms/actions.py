"""Reporting the firms of a day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.models import Place
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.firms.models import FirmReport
from hucheng.economy.reported import check_day, following, latest_by

REPORTERS = {Role.COUNTY, Role.DEPARTMENT, Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class FirmsIn:
    """The firms of one county on one day."""

    place: str
    day: date
    above_size: int
    resumed: int
    on_roll: int
    back: int
    reason: str = ""


@action(by=REPORTERS)
def report_firms(*, actor: Actor, reports: Sequence[FirmsIn], at: datetime) -> list[FirmReport]:
    """Report counties' days; a day that is reported already is corrected by a further row. Gives the new rows.

    The same figures again add nothing. Refuses a county twice, a day to come, more resumed than there are, more back
    than on the roll, and a correction without a reason. A place out of sight, or that is no county, is not found.
    """
    places = [one.place for one in reports]
    if len(set(places)) < len(places):
        raise Refusal("county_twice", why=_("A county stands twice in the list."), do=_("Report each county once."))
    for one in reports:
        _check(one, at)
    counties = Place.objects.filter(code__in=places, kind=Place.Kind.COUNTY).select_for_update()
    held = {place.code for place in counties if actor.sees_place(place.code)}
    if set(places) - held:
        raise Http404
    known = FirmReport.objects.filter(place__in=places, day__in={one.day for one in reports})
    last = {day: latest_by([row for row in known if row.day == day], "place") for day in {r.day for r in known}}
    fresh = [row for one in reports if (row := _next(one, last.get(one.day, {}).get(one.place), actor, at))]
    return FirmReport.objects.bulk_create(fresh)


def _check(one: FirmsIn, at: datetime) -> None:
    check_day(one.day, at)
    if one.resumed > one.above_size:
        raise Refusal(
            "more_resumed_than_firms",
            why=_("More firms have resumed than there are."),
            do=_("Check both figures; the first counts all firms above size of the county."),
        )
    if one.back > one.on_roll:
        raise Refusal(
            "more_back_than_on_roll",
            why=_("More workers are back than stand on the roll."),
            do=_("Check both figures; the roll is that of the firms that have resumed."),
        )


def _next(one: FirmsIn, last: FirmReport | None, actor: Actor, at: datetime) -> FirmReport | None:
    figures = {name: value for name, value in asdict(one).items() if name != "reason"}
    if last and all(getattr(last, name) == value for name, value in figures.items()):
        return None
    return FirmReport(**figures, **following(last, one.reason), reported_at=at, reported_by_id=actor.user_id)
