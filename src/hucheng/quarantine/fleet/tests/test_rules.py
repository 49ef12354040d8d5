"""What a driver and a vehicle may do, at every edge: hours, nights, duty, disinfection."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.testing import after
from hucheng.quarantine.fleet.rules import (
    CLEANING,
    HOURS,
    Run,
    drives_at_night,
    night_refusal,
    on_duty,
    vehicle_free,
    within_hours,
)

MINUTE = timedelta(minutes=1)
TWO = after(18 * 60)
"""02:00 in the city, the night after."""
FIVE = TWO + timedelta(hours=3)
STARTS, WAYS = st.integers(0, 3000), st.integers(1, 240)


def run(start, minutes=60, cohort="general A") -> Run:
    return Run(after(start), minutes, cohort)


@given(STARTS, WAYS)
def test_a_run_is_back_after_the_way_out_and_the_way_back(start, minutes):
    assert run(start, minutes).back - run(start, minutes).leaves == timedelta(minutes=2 * minutes)


@pytest.mark.parametrize(
    ("leaves", "minutes", "night"),
    [
        (TWO - timedelta(minutes=60), 60, False),
        (TWO - timedelta(minutes=60), 61, True),
        (TWO - MINUTE, 1, False),
        (TWO, 1, True),
        (FIVE - MINUTE, 1, True),
        (FIVE, 30, False),
        (TWO - timedelta(hours=1), 300, True),
        (FIVE, 60 * 21, False),
        (FIVE, 60 * 21 + 1, True),
    ],
)
def test_the_barred_hours_are_two_to_five_of_the_city(leaves, minutes, night):
    """INQ-33. 05:00 plus 21 hours is two o'clock again."""
    assert drives_at_night(leaves, minutes) == night


@pytest.mark.parametrize(
    ("start", "cohort", "free"),
    [
        (120, "general A", True),
        (119, "general A", False),
        (150, "contact A", True),
        (149, "contact A", False),
        (120, "contact A", False),
        (-120, "general A", True),
        (-119, "general A", False),
        (-150, "general B", True),
        (-149, "general B", False),
    ],
)
def test_a_vehicle_waits_for_its_disinfection_only_between_cohorts(start, cohort, free):
    """The other run is out and back from minute 0 to minute 120; a disinfection takes 30."""
    assert timedelta(minutes=30) == CLEANING
    assert vehicle_free(run(start, cohort=cohort), [run(0)]) == free
    assert vehicle_free(run(0), [run(start, cohort=cohort)]) == free, "and the other way round"


def test_a_vehicle_without_runs_is_free_and_one_run_in_the_way_is_enough():
    assert vehicle_free(run(0), []) and not vehicle_free(run(0), [run(900), run(60)])


@given(STARTS, WAYS, st.lists(st.tuples(STARTS, WAYS), max_size=4), st.permutations(range(4)))
def test_the_order_in_which_runs_are_known_changes_nothing(start, minutes, others, order):
    known = [run(*pair) for pair in others]
    shuffled = [known[n] for n in order if n < len(known)]
    for rule in (vehicle_free, within_hours):
        assert rule(run(start, minutes), known) == rule(run(start, minutes), shuffled)


@given(STARTS, WAYS, STARTS, WAYS)
def test_whoever_is_free_among_more_runs_is_free_among_fewer(start, minutes, other, way):
    one, others = run(start, minutes), [run(other, way), run(other + 2 * way, way)]
    for rule in (vehicle_free, within_hours):
        assert not rule(one, others) or rule(one, others[:1]) and rule(one, [])


@pytest.mark.parametrize(("minutes", "may"), [(240, True), (241, False)])
def test_eight_hours_out_and_back_are_the_most_of_one_run(minutes, may):
    """Safety management rules for road passenger transport enterprises, 2018."""
    assert timedelta(hours=8) == HOURS
    assert within_hours(run(0, minutes), []) == may


@pytest.mark.parametrize(("start", "may"), [(480, False), (24 * 60 - 1, False), (24 * 60, True)])
def test_a_day_later_the_hours_begin_again(start, may):
    """Eight hours from minute 0; the next hour is free once the first of them lies 24 hours back."""
    assert within_hours(run(start, 1), [run(0, 240)]) == may


@pytest.mark.parametrize(("start", "may"), [(119, False), (120, True), (-119, False), (-120, True)])
def test_nobody_drives_two_runs_at_once(start, may):
    assert within_hours(run(start), [run(0)]) == may


def test_a_later_run_that_is_known_counts_against_an_earlier_one():
    assert not within_hours(run(0, 60), [run(200, 230)])
    assert within_hours(run(0, 10), [run(200, 230)])


@given(st.lists(st.tuples(STARTS, WAYS), min_size=1, max_size=6))
def test_hours_are_counted_minute_by_minute(pairs):
    *known, last = [run(*pair) for pair in pairs]
    if not within_hours(last, known):
        return
    ends = {one.back for one in [*known, last] if last.leaves <= one.back <= last.back + timedelta(days=1)}
    for end in ends:
        driven = sum(
            max((min(one.back, end) - max(one.leaves, end - timedelta(days=1))).total_seconds(), 0)
            for one in [*known, last]
        )
        assert driven <= HOURS.total_seconds()


@pytest.mark.parametrize(
    ("shifts", "covered"),
    [
        ([], False),
        ([(0, 120)], True),
        ([(1, 120)], False),
        ([(0, 119)], False),
        ([(0, 60), (60, 120)], False),
        ([(-500, -300), (-10, 400)], True),
    ],
    ids=str,
)
def test_one_shift_covers_the_whole_run(shifts, covered):
    assert on_duty(run(0), [(after(starts), after(ends)) for starts, ends in shifts]) == covered


def test_the_night_is_refused_in_the_words_of_the_planner_in_both_languages():
    no = night_refusal()
    said = {}
    for language in ("en", "zh-hans"):
        with override(language):
            said[language] = (str(no.why), str(no.do))
    assert no.code == "night_barred" and all(all(words) for words in said.values())
    assert said["en"][0] != said["zh-hans"][0] and "2" in said["zh-hans"][0]
