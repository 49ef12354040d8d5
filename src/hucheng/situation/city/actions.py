"""Recording the city's own cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.situation.city.models import LocalCount
from hucheng.situation.countries.publication import refuse_publication


@dataclass(frozen=True, slots=True)
class LocalDay:
    """All local cases up to a day."""

    day: date
    total: int


@action(by={Role.DEPARTMENT, Role.COMMAND_OFFICE})
def report_local(
    *, actor: Actor, days: Sequence[LocalDay], source: str, published_on: date, at: datetime
) -> list[LocalCount]:
    """Record local cases by day; a number that differs from the known one becomes a new vintage, the same adds nothing.

    Refuses a day twice in the list, a day after its publication, and a publication without source or to come.
    """
    refuse_publication(source, published_on, at)
    if len({one.day for one in days}) < len(days):
        raise Refusal("day_twice", why=_("A day stands twice in the list."), do=_("Give each day one number."))
    if any(one.day > published_on for one in days):
        raise Refusal(
            "day_not_over",
            why=_("The day lies after the day of publication."),
            do=_("Correct the day, or the day of publication."),
        )
    known = LocalCount.objects.filter(place=actor.place, day__in=[one.day for one in days]).order_by("vintage")
    last = {row.day: row for row in known}
    return LocalCount.objects.bulk_create(
        LocalCount(
            place=actor.place,
            day=one.day,
            vintage=last[one.day].vintage + 1 if one.day in last else 1,
            total=one.total,
            source=source.strip()[:120],
            published_on=published_on,
            received_at=at,
            received_by_id=actor.user_id,
        )
        for one in days
        if one.day not in last or last[one.day].total != one.total
    )
