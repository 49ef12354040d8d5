"""Reporting the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.employment.models import Group, HouseholdCount, JobCount


@dataclass(frozen=True, slots=True)
class CountIn:
    """A group's counts."""

    group: Group
    registered: int
    placed: int


@action(by={Role.DEPARTMENT, Role.COUNTY})
def report_jobs(
    *, actor: Actor, day: date, counts: Sequence[CountIn], at: datetime, households: int | None = None
) -> list[JobCount]:
    """Report a day's counts of the actor's own place; the same day again is a new version, and the highest counts.

    Refuses a day to come, more placed than registered, a group twice, negative counts, and a report of nothing.
    """
    if day > at.astimezone(SHANGHAI).date():
        raise Refusal("jobs_day", why=_("That day has not come yet."), do=_("Check the date."))
    groups = [one.group for one in counts]
    wrong = any(one.placed > one.registered or one.placed < 0 for one in counts) or (households or 0) < 0
    if wrong or len(set(groups)) < len(groups) or not (counts or households is not None):
        raise Refusal(
            "jobs_counts",
            why=_("The counts do not agree: more placed than registered, a group twice, or nothing at all."),
            do=_("Check each group: placed are part of those registered."),
        )
    who = {"place": actor.place, "day": day, "reported_by_id": actor.user_id, "reported_at": at}
    if households is not None:
        version = HouseholdCount.objects.filter(place=actor.place, day=day).count() + 1
        HouseholdCount.objects.create(version=version, without_work=households, **who)
    known = JobCount.objects.filter(place=actor.place, day=day)
    return [
        JobCount.objects.create(
            group=one.group,
            version=known.filter(group=one.group).count() + 1,
            registered=one.registered,
            placed=one.placed,
            **who,
        )
        for one in counts
    ]
