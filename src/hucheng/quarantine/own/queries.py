"""What somebody in a house sees of their own stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.entry import door as entry
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import inside, slot_at
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.conditions import DAYS, Condition, conditions_of, due_at, known_tests


@dataclass(frozen=True, slots=True)
class OwnStay:
    """One stay for the one who stays. `test` is the latest result that is known, `check` that of this slot."""

    stay: Stay
    until: datetime
    days_done: int
    conditions: list[Condition]
    test: entry.Fact | None
    check: DailyCheck | None
    requests: list[CareRequest]

    @property
    def days_left(self) -> int:
        """Full days to go."""
        return DAYS - self.days_done

    @property
    def days(self) -> list[tuple[int, str]]:
        """Each of the fourteen days: its place in the bar, and whether it is over, running or to come."""
        kinds = ["accent" if n < self.days_done else "now" if n == self.days_done else "line" for n in range(DAYS)]
        return [(round(n * 25.4), kind) for n, kind in enumerate(kinds)]


def traveller_of_key(access: UUID) -> Actor:
    """The traveller whose pages this random key opens, with nothing else in sight. Raises Http404 for another key."""
    arrival = entry.Arrival.objects.seen_by(SYSTEM).filter(access=access).first()
    if arrival is None:
        raise Http404
    return Actor(None, arrival.place, Role.TRAVELLER, unit=str(arrival.pk))


def own_stay_of(traveller: Actor, at: datetime) -> OwnStay:
    """The open stay of a traveller who has moved in. Raises Http404 while there is none."""
    rows = inside(traveller).select_related("arrival__person", "arrival__flight", "arrival__last_triage", "room__house")
    stay = rows.first()
    if stay is None:
        raise Http404
    until, (day, slot) = due_at(stay.arrival), slot_at(at)
    tests = known_tests([stay.arrival], at)
    first_midnight = until - timedelta(days=DAYS)
    done = (at.astimezone(SHANGHAI) - first_midnight).days
    return OwnStay(
        stay=stay,
        until=until,
        days_done=max(0, min(DAYS, done)),
        conditions=conditions_of([stay.arrival], at, tests)[stay.arrival_id],
        test=next(reversed(tests[stay.arrival_id]), None),
        check=DailyCheck.objects.seen_by(traveller).filter(stay=stay, day=day, slot=slot).first(),
        requests=list(CareRequest.objects.seen_by(traveller).order_by("-asked_at")[:10]),
    )
