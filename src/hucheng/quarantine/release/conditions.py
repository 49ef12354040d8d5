"""What must hold before somebody is released (R22), each condition with its word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Outcome
from hucheng.entry import door as entry
from hucheng.quarantine.laboratory.models import Sample

DAYS = 14
"""Full days without symptom from arrival: Prevention and Control Plan, rule R22 of the shipped facts."""
LAST_TEST_FROM_DAY = 13
"""The last negative test belongs to the end of the stay (rounds on days 0, 7 and 13 in the replay)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, whether it holds, and since or until when."""

    code: str
    word: "str | Promise"
    holds: bool


def conditions_of(
    arrivals: Iterable[entry.Arrival], at: datetime, tests: Mapping[UUID, list[entry.Fact]] | None = None
) -> dict[UUID, list[Condition]]:
    """Each arrival's conditions at a moment, in two queries for all of them; one where the tests are read already."""
    people = list(arrivals)
    known = known_tests(people, at) if tests is None else tests
    rows = Sample.objects.filter(arrival__in=people, result="", taken_at__lte=at)
    awaited = set(rows.values_list("arrival_id", flat=True))
    return {arrival.pk: _of(arrival, known[arrival.pk], arrival.pk in awaited, at) for arrival in people}


def known_tests(arrivals: Iterable[entry.Arrival], at: datetime) -> dict[UUID, list[entry.Fact]]:
    """The tests of each arrival that are known at a moment, the latest last; of one minute, what was written last."""
    tests: dict[UUID, list[entry.Fact]] = {arrival.pk: [] for arrival in arrivals}
    rows = entry.Fact.objects.filter(arrival__in=tests, kind=entry.Fact.Kind.TEST, at__lte=at)
    for fact in rows.order_by("at", "recorded_at"):
        tests[fact.arrival_id].append(fact)
    return tests


def due_at(arrival: entry.Arrival) -> datetime:
    """When the fourteen full days of this person are over."""
    return days_over(arrival.flight.landed_at or arrival.held_since)


def days_over(landed: datetime) -> datetime:
    """Midnight behind the last of fourteen full days, in the city."""
    return landed.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=DAYS)


def last_test_from(landed: datetime) -> datetime:
    """From when the last negative test may be taken."""
    return days_over(landed) - timedelta(days=DAYS - LAST_TEST_FROM_DAY)


def ready_to_go(arrivals: Iterable[entry.Arrival], at: datetime) -> set[UUID]:
    """Those of whom every condition holds, asked for all at once."""
    known = conditions_of(arrivals, at)
    return {pk for pk, conditions in known.items() if all(condition.holds for condition in conditions)}


def negative_tests(arrival: entry.Arrival, at: datetime) -> list[datetime]:
    """When negative results are known of."""
    return [fact.at for fact in known_tests([arrival], at)[arrival.pk] if fact.value == "negative"]


def _of(arrival: entry.Arrival, tests: list[entry.Fact], awaited: bool, at: datetime) -> list[Condition]:
    last_from = last_test_from(arrival.flight.landed_at or arrival.held_since)
    last = tests[-1] if tests else None
    negative = last is not None and last.value == "negative" and last.at >= last_from
    return [
        Condition("days", _("14 full days since arrival"), at >= due_at(arrival)),
        Condition("tests", _("Last test negative, taken from day 13 on"), negative),
        Condition("awaited", _("No sample waits for its result"), not awaited),
        Condition("well", _("No open adverse fact"), arrival.outcome not in ("", Outcome.HOSPITAL)),
    ]
