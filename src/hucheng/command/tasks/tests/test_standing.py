"""How a task stands: by its measure and its deadline; what cannot be read is blind and never met."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import assume, given
from hypothesis import strategies as st

from hucheng.command.measures.standing import Standing, judge, judge_by
from hucheng.command.tasks.models import Task
from hucheng.command.tasks.standing import stand, stand_of
from hucheng.command.testing import a_body, a_task
from hucheng.core.measures import MEASURES, Reading
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, after

SET_UP = "command.tasks.bodies_set_up"
measures = st.sampled_from(sorted(MEASURES))
numbers = st.floats(-1e6, 1e6)
targets = st.none() | numbers
spans = st.timedeltas(timedelta(minutes=1), timedelta(days=400))
moments = st.timedeltas(-timedelta(days=400), timedelta(days=800))


def judged(measure, value, target=None, *, span=timedelta(days=10), now=timedelta(0)):
    """Given on the first morning with a deadline after `span`; judged at `now` from that morning."""
    return judge_by(measure, value, target=target, given_at=MORNING, due=MORNING + span, at=MORNING + now)


@given(measures, targets, spans, moments)
def test_what_cannot_be_read_is_blind_at_any_time_and_under_any_target(measure, target, span, now):
    assert judged(measure, None, target, span=span, now=now) == Standing.BLIND


@given(measures)
def test_a_live_number_that_cannot_be_read_is_blind(measure):
    assert judge(measure, None) == Standing.BLIND


@given(measures, numbers, targets, spans, moments)
def test_only_a_number_at_its_target_is_met_and_the_clock_decides_the_rest(measure, value, target, span, now):
    one = MEASURES[measure]
    aim = one.target if target is None else target
    wanted = aim is None or {"higher": value >= (aim or 0), "none": True}.get(one.better, value <= (aim or 0))
    found = judged(measure, value, target, span=span, now=now)
    assert (found == Standing.MET) == wanted
    if not wanted:
        assert (found == Standing.BEHIND) == (now > span)


@given(measures, numbers, numbers, st.floats(0, 1e6), spans, moments)
def test_a_better_number_never_makes_it_stand_worse(measure, value, target, gain, span, now):
    assume(MEASURES[measure].better != "none")
    better = value + gain if MEASURES[measure].better == "higher" else value - gain
    before, later = (judged(measure, one, target, span=span, now=now) for one in (value, better))
    assert later >= before


@given(measures, numbers, targets, spans, st.lists(moments, min_size=2, max_size=6).map(sorted))
def test_time_alone_never_makes_an_unmet_task_stand_better(measure, value, target, span, times):
    found = [judged(measure, value, target, span=span, now=now) for now in times]
    assert found == sorted(found, reverse=True)


@given(spans, moments)
def test_without_a_measure_only_the_clock_speaks_and_nothing_is_met_or_blind(span, now):
    found = judged("", None, span=span, now=now)
    assert found not in (Standing.MET, Standing.BLIND)
    assert (found == Standing.BEHIND) == (now > span)


@given(measures, numbers, spans, moments)
def test_no_target_of_its_own_takes_that_of_the_city(measure, value, span, now):
    own = judged(measure, value, MEASURES[measure].target, span=span, now=now)
    assert judged(measure, value, None, span=span, now=now) == own


@pytest.mark.parametrize(
    ("hours", "standing"),
    [
        (0, Standing.RUNNING),
        (79.9, Standing.RUNNING),
        (80, Standing.DUE_SOON),
        (100, Standing.DUE_SOON),
        (100.01, Standing.BEHIND),
    ],
)
def test_the_last_fifth_of_the_time_is_due_soon_and_the_deadline_itself_is_not_late(hours, standing):
    assert judged("", None, span=timedelta(hours=100), now=timedelta(hours=hours)) == standing


@pytest.mark.parametrize(
    ("measure", "target", "value", "met"),
    [
        ("command.tasks.on_time", 50.0, 50.0, True),
        ("command.tasks.on_time", 50.0, 49.9, False),
        ("command.tasks.on_time", 0.0, 0.0, True),
        ("command.supervision.load_per_county", None, 15.0, True),
        ("command.supervision.load_per_county", None, 15.1, False),
        ("command.supervision.load_per_county", 20.0, 19.0, True),
        ("command.duty.days_without_handover", None, 0.0, True),
        ("command.duty.days_without_handover", None, 1.0, False),
        ("command.duty.days_without_handover", 2.0, 1.0, True),
    ],
)
def test_a_target_of_its_own_stands_before_that_of_the_city_even_when_it_is_zero(measure, target, value, met):
    assert (judged(measure, value, target) == Standing.MET) == met


def test_the_words_of_how_it_stands_are_told_apart_and_worst_comes_first():
    assert sorted(Standing) == [
        Standing.BEHIND, Standing.BLIND, Standing.DUE_SOON, Standing.RUNNING, Standing.MET,
    ]  # fmt: skip
    assert len({one.word for one in Standing}) == len({one.kind for one in Standing}) == 5
    assert [one.needs_a_hand for one in sorted(Standing)] == [True, True, True, False, False]


@pytest.mark.django_db
class TestTasks:
    @pytest.fixture(autouse=True)
    def city(self):
        a_city()

    def test_a_task_is_blind_until_its_measure_can_be_read_and_met_only_at_the_target(self):
        task = a_task()
        assert stand_of(task, after(30)) == Standing.BLIND
        a_body("TF-HOTEL", stands=after(40))
        a_body("TF-MED", required=after(35))
        assert stand_of(task, after(41)) == Standing.RUNNING
        a_body("TF-MED", stands=after(50))
        assert stand_of(task, after(51)) == Standing.MET

    def test_a_measure_that_falls_back_takes_the_task_with_it(self):
        task = a_task()
        a_body("TF-HOTEL", stands=after(40))
        assert stand_of(task, after(41)) == Standing.MET
        a_body("TF-MED", required=after(60))
        assert stand_of(task, after(61)) == Standing.RUNNING
        assert stand_of(task, after(days=3)) == Standing.BEHIND

    def test_what_was_closed_with_evidence_stays_met_whatever_the_measure_says_now(self):
        task = a_task()
        Task.objects.filter(pk=task.pk).update(closed_at=after(60), evidence="1号文")
        task.refresh_from_db()
        assert stand_of(task, after(days=30)) == Standing.MET

    def test_a_county_is_judged_by_what_is_read_in_the_county(self):
        lead = a_task(supports=["C-*-LG"])
        a_body("C-XD-LG", stands=after(40))
        a_body("TF-HOTEL", required=after(41))
        found = {line.task.place: line for line in stand([lead, *lead.parts.all()], after(60))}
        assert found[COUNTY].standing == Standing.MET and found[COUNTY].reading.denominator == 1
        assert found[OTHER_COUNTY].standing == Standing.BLIND
        assert found[CITY].standing == Standing.RUNNING and found[CITY].reading.denominator == 2

    def test_each_measure_is_read_once_a_place_however_many_tasks_ask_for_it(self):
        lead = a_task(supports=["C-*-LG"])
        tasks = [lead, *lead.parts.all()]
        with CaptureQueriesContext(connection) as once:
            stand(tasks, after(60))
        with CaptureQueriesContext(connection) as five_times:
            assert len(stand(tasks * 5, after(60))) == 5 * len(tasks)
        assert len(once) == len(five_times) > 0

    def test_a_reading_taken_already_is_not_taken_again(self, django_assert_num_queries):
        task = a_task()
        known = {(SET_UP, CITY): Reading(100.0, after(60))}
        with django_assert_num_queries(0):
            (line,) = stand([task], after(60), known)
        assert line.standing == Standing.MET and line.reading == known[SET_UP, CITY]

    def test_a_reading_of_another_place_says_nothing_of_this_one(self):
        task = a_task()
        (line,) = stand([task], after(60), {(SET_UP, COUNTY): Reading(100.0, after(60))})
        assert line.standing == Standing.BLIND

    def test_a_task_without_a_measure_has_no_reading(self):
        (line,) = stand([a_task(measure="", no_measure="document follows")], after(60))
        assert line.reading is None and line.standing == Standing.RUNNING
