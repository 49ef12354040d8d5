"""The four conditions of release, each at its edges (R22)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Outcome
from hucheng.core.testing import after
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.laboratory.models import Sample
from hucheng.quarantine.release.conditions import (
    conditions_of,
    days_over,
    due_at,
    known_tests,
    last_test_from,
    negative_tests,
    ready_to_go,
)
from hucheng.quarantine.testing import people_inside, tubes_of, with_negative_tests

DAY_14 = after(60, days=14)
OVER = datetime(2020, 4, 4, tzinfo=SHANGHAI)
MOMENTS = st.datetimes(datetime(2020, 2, 1), datetime(2020, 8, 1)).map(lambda m: m.replace(tzinfo=SHANGHAI))


@pytest.fixture
def stay(db):
    return people_inside(1)[0]


def holds(stay, at=DAY_14) -> dict[str, bool]:
    person = Arrival.objects.select_related("flight").get(pk=stay.arrival_id)
    return {condition.code: condition.holds for condition in conditions_of([person], at)[person.pk]}


@given(MOMENTS)
def test_the_days_are_over_at_a_midnight_of_the_city_in_the_fourteenth_day(landed):
    over = days_over(landed)
    assert (over.hour, over.minute, over.utcoffset()) == (0, 0, timedelta(hours=8))
    assert timedelta(days=13) < over - landed <= timedelta(days=14)
    assert over - last_test_from(landed) == timedelta(days=1)


@pytest.mark.parametrize("landed", ["2020-03-21T00:00+08:00", "2020-03-21T23:59+08:00", "2020-03-20T16:00+00:00"])
def test_every_landing_of_one_day_of_the_city_ends_on_the_same_day(landed):
    assert days_over(datetime.fromisoformat(landed)) == OVER


@pytest.mark.parametrize(("minutes", "over"), [(-1, False), (0, True), (1, True)])
def test_the_days_hold_from_midnight_on(stay, minutes, over):
    assert holds(stay, OVER + timedelta(minutes=minutes))["days"] == over
    assert due_at(stay.arrival) == OVER


@pytest.mark.parametrize(("minutes", "counts"), [(-1, False), (0, True)])
def test_the_last_test_belongs_to_day_thirteen_or_later(stay, minutes, counts):
    fact(stay.arrival_id, Fact.Kind.TEST, "negative", at=OVER - timedelta(days=1) + timedelta(minutes=minutes))
    assert holds(stay)["tests"] == counts


@pytest.mark.parametrize(
    ("later", "hours", "still"),
    [
        ("negative", 1, True),
        ("pending", 1, False),
        ("invalid", 1, False),
        ("positive", 1, False),
        ("pending", 40, True),
    ],
)
def test_only_the_latest_test_that_is_known_counts(stay, later, hours, still):
    with_negative_tests([stay], day=13.2)
    fact(stay.arrival_id, Fact.Kind.TEST, later, at=after(days=13.2) + timedelta(hours=hours))
    assert holds(stay)["tests"] == still


def test_a_temperature_is_no_test(stay):
    with_negative_tests([stay], day=13.2)
    fact(stay.arrival_id, Fact.Kind.TEMPERATURE, "36.5", at=after(days=13.5))
    assert holds(stay) == {"days": True, "tests": True, "awaited": True, "well": True}


@pytest.mark.parametrize(
    ("result", "waits"), [("", False), ("negative", True), ("invalid", True)], ids=["none", "negative", "invalid"]
)
def test_a_sample_is_awaited_until_its_result_is_here(stay, result, waits):
    tubes_of([stay.arrival_id], at=after(30, days=13))
    if result:
        Sample.objects.update(result=result, received_at=after(60, days=13))
    assert holds(stay)["awaited"] == waits


def test_a_sample_taken_later_is_not_awaited_yet(stay):
    tubes_of([stay.arrival_id], at=DAY_14 + timedelta(minutes=1))
    assert holds(stay)["awaited"] and not holds(stay, DAY_14 + timedelta(minutes=1))["awaited"]


@pytest.mark.parametrize("outcome", ["", *Outcome.values])
def test_whoever_is_not_judged_or_judged_for_hospital_is_not_well(stay, outcome):
    person = Arrival.objects.select_related("flight").get(pk=stay.arrival_id)
    person.outcome = outcome
    (well,) = [c for c in conditions_of([person], DAY_14)[person.pk] if c.code == "well"]
    assert well.holds == (outcome not in ("", "hospital"))


def test_without_a_landing_the_days_run_from_when_somebody_held_the_person(stay):
    person = Arrival.objects.select_related("flight").get(pk=stay.arrival_id)
    person.flight.landed_at, person.held_since = None, after(0, days=2)
    assert due_at(person) == OVER + timedelta(days=2)


def test_the_same_words_are_said_of_each_condition_in_both_languages(stay):
    from django.utils.translation import override

    person = Arrival.objects.select_related("flight").get(pk=stay.arrival_id)
    words = {}
    for language in ("en", "zh-hans"):
        with override(language):
            words[language] = [str(condition.word) for condition in conditions_of([person], DAY_14)[person.pk]]
    assert words["en"][0] == "14 full days since arrival" and len(set(words["en"]) | set(words["zh-hans"])) == 8


def test_negative_tests_are_listed_in_their_order_and_nothing_else(stay):
    for day, said in ((7.1, "negative"), (0.2, "negative"), (13.1, "invalid"), (13.3, "negative"), (13.2, "pending")):
        fact(stay.arrival_id, Fact.Kind.TEST, said, at=after(days=day))
    days = [round((moment - after(0)) / timedelta(days=1), 1) for moment in negative_tests(stay.arrival, DAY_14)]
    assert days == [0.2, 7.1, 13.3]
    assert [one.value for one in known_tests([stay.arrival], DAY_14)[stay.arrival_id]] == [
        "negative", "negative", "invalid", "pending", "negative",
    ]  # fmt: skip


@pytest.mark.django_db
def test_ready_is_whoever_lacks_nothing_counted_one_by_one():
    stays = people_inside(6)
    with_negative_tests(stays[:4], day=13.2)
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.4", at=after(30, days=14))
    tubes_of([stays[1].arrival_id], at=after(40, days=14))
    people = list(Arrival.objects.select_related("flight"))
    alone = {person.pk for person in people if all(c.holds for c in conditions_of([person], DAY_14)[person.pk])}
    assert ready_to_go(people, DAY_14) == alone == {stays[2].arrival_id, stays[3].arrival_id}


@pytest.mark.django_db
def test_the_conditions_of_many_cost_as_much_as_those_of_one():
    people_inside(5)
    people = list(Arrival.objects.select_related("flight"))
    asked = []
    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as queries:
            assert len(conditions_of(some, DAY_14)) == len(some)
        asked.append(len(queries))
    assert asked == [2, 2]
