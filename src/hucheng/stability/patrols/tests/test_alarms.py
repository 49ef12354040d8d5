"""What stands at a moment: counts and alarms against a count by hand, through a day of patrols planned and proven."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.refusal import Refusal
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after
from hucheng.stability.fire.actions import report_weather
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.measures import patrol_on_high_days
from hucheng.stability.patrols.queries import Alarm, PatrolDay, alarms, patrol_days
from hucheng.stability.testing import GREEN, TODAY, a_season, a_station, clerk, department, planned, seen

pytestmark = pytest.mark.django_db
COUNTIES = (COUNTY, OTHER_COUNTY)
QUARTERS = st.integers(1, 40)
"""Quarters of an hour after the morning."""
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.sampled_from(COUNTIES), st.integers(1, 3), QUARTERS),
        st.tuples(st.just("prove"), st.integers(0, 9), QUARTERS),
    ),
    max_size=12,
)


@pytest.fixture(autouse=True)
def city():
    a_city()


def prove(patrol, done, at=None):
    told = [ProofIn(patrol.pk, "t", after(done))]
    return prove_patrols(actor=department(), proofs=told, at=after(done if at is None else at))


def play(acts):
    """Do these acts a minute after each other from the morning on; give the patrols with their due time and proof."""
    known, proven = [], {}
    for minute, act in enumerate(acts):
        if act[0] == "plan":
            _plan, place, number, quarter = act
            wanted = [PatrolIn(f"K{number}", after(quarter * 15))]
            known += [
                (one, minute) for one in plan_patrols(actor=department(), place=place, patrols=wanted, at=after(minute))
            ]
        elif known:
            patrol, _planned = known[act[1] % len(known)]
            try:
                prove(patrol, act[2] * 15)
                proven[patrol.pk] = act[2] * 15
            except Refusal as no:
                assert no.code == "patrol_proven" and patrol.pk in proven
    return known, proven


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, quarter=st.integers(0, 41))
def test_counts_and_alarms_of_a_moment_are_those_of_a_count_by_hand(acts, quarter):
    with transaction.atomic():
        known, proven = play(acts)
        minute = 15 * quarter
        at = after(minute)
        stands = [(one, proven.get(one.pk, 10**6) <= minute) for one, begun in known if begun <= minute]
        wanted = {
            (place, TODAY): PatrolDay(
                sum(one.place == place for one, _done in stands),
                sum(done for one, done in stands if one.place == place),
                sum(not done and one.due > at for one, done in stands if one.place == place),
            )
            for place in {one.place for one, _done in stands}
        }
        assert patrol_days(department(), TODAY, TODAY, at) == wanted
        missed = Counter((one.place, one.due) for one, done in stands if not done and one.due <= at)
        found = alarms(department(), at)
        assert {(one.place, one.due): len(one.patrols) for one in found} == missed
        transaction.set_rollback(True)


def test_what_a_moment_showed_is_shown_of_it_later():
    a_season()
    one, two = planned()
    prove(one, 50)
    moments = [after(minute) for minute in (10, 49, 50, 59, 60, 61)]
    shown = [(patrol_days(clerk(), TODAY, TODAY, at), [a.checkpoints for a in alarms(clerk(), at)]) for at in moments]
    prove(two, 90)
    assert shown == [
        (patrol_days(clerk(), TODAY, TODAY, at), [a.checkpoints for a in alarms(clerk(), at)]) for at in moments
    ]
    assert [days[COUNTY, TODAY] for days, _alarms in shown] == [
        PatrolDay(2, 0, 2), PatrolDay(2, 0, 2), PatrolDay(2, 1, 1), PatrolDay(2, 1, 1), PatrolDay(2, 1, 0),
        PatrolDay(2, 1, 0),
    ]  # fmt: skip
    assert [names for _days, names in shown] == [[], [], [], [], ["K2"], ["K2"]]


def test_a_patrol_planned_later_was_not_planned_before():
    planned("K1", due=after(90), at=after(30))
    assert patrol_days(clerk(), TODAY, TODAY, after(29)) == {}
    assert patrol_days(clerk(), TODAY, TODAY, after(30))[COUNTY, TODAY].planned == 1


def test_days_are_counted_apart_and_only_those_asked_for():
    for day in range(4):
        planned("K1 K2", due=after(60, days=day))
    days = [TODAY + timedelta(days=n) for n in range(4)]
    found = patrol_days(clerk(), days[1], days[2], after(0, days=3))
    assert set(found) == {(COUNTY, days[1]), (COUNTY, days[2])}
    assert set(found.values()) == {PatrolDay(planned=2)}


def test_a_county_counts_its_own_and_the_city_each_county_apart():
    planned("K1")
    planned("L1 L2", place=OTHER_COUNTY)
    assert set(patrol_days(clerk(), TODAY, TODAY, after(1))) == {(COUNTY, TODAY)}
    found = patrol_days(department(), TODAY, TODAY, after(1))
    assert {place: day.planned for (place, _day), day in found.items()} == {COUNTY: 1, OTHER_COUNTY: 2}


def test_an_alarm_ends_with_its_day():
    a_season(days=3)
    planned("K1")
    last_minute = after(16 * 60 - 1)
    assert len(alarms(clerk(), last_minute)) == 1 and alarms(clerk(), last_minute + timedelta(minutes=1)) == []


def test_the_alarm_of_two_stations_takes_the_worse_one():
    a_season(values=GREEN)
    assert planned("K1") and alarms(clerk(), after(61)) == []
    a_season(code="C-XD2")
    (alarm,) = alarms(clerk(), after(61))
    assert alarm.danger.high and alarm.checkpoints == "K1"


def test_a_series_that_has_not_begun_is_unknown_danger_and_alarms():
    a_station(started=None)
    planned("K1")
    (alarm,) = alarms(clerk(), after(61))
    assert alarm.danger is None


def test_alarms_ask_no_more_of_the_database_as_patrols_grow(django_assert_num_queries):
    a_season()
    actor = department()
    with django_assert_num_queries(1):
        assert alarms(actor, after(61)) == []
    planned("K1")
    with django_assert_num_queries(5):
        assert len(alarms(actor, after(61))) == 1
    planned("K2 K3 K4 K5 K6 K7")
    a_season(code="C-LF", place=OTHER_COUNTY)
    planned("L1 L2 L3", place=OTHER_COUNTY)
    with django_assert_num_queries(5):
        assert len(alarms(actor, after(61))) == 2


def test_an_alarm_names_its_checkpoints_in_their_order():
    patrols = planned("K3 K1 K2")
    assert Alarm(COUNTY, after(60), patrols, None).checkpoints == "K3, K1, K2"
    (alarm,) = alarms(clerk(), after(61))
    assert alarm.checkpoints == "K1, K2, K3"


@pytest.mark.parametrize(
    ("made", "minute", "share"),
    [
        ("nothing planned", 241, (0, 4)),
        ("planned and still due", 299, (0, 3)),
        ("planned and missed", 300, (0, 4)),
        ("one of two proven, one still due", 299, (1, 4)),
        ("proven late", 400, (1, 4)),
    ],
)
def test_a_high_day_counts_once_a_patrol_is_proven_or_none_is_still_due(made, minute, share):
    a_season(days=3)
    report_weather(actor=clerk(), observations=[seen()], at=after(240))
    if made != "nothing planned":
        one, _two = planned(due=after(300))
        if "proven" in made:
            prove(one, 250 if "still due" in made else 350)
    reading = patrol_on_high_days(department(), after(minute))
    assert (reading.numerator, reading.denominator) == share
    assert reading.as_of == after(minute) and reading.rows_url == "/stability/fire/"


def test_days_of_low_danger_and_other_counties_count_nowhere_in_the_measure():
    a_season(values=GREEN)
    planned("K1")
    assert patrol_on_high_days(department(), after(90)).value is None
    a_season(code="C-LF", place=OTHER_COUNTY, days=2)
    reading = patrol_on_high_days(department(), after(90))
    assert (reading.value, reading.denominator) == (0, 2)
    assert patrol_on_high_days(clerk(), after(90)).value is None
