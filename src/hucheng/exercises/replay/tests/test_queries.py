"""How far the story is: counted as one would by hand, in the order of the page, for those who see the city."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import wall_time
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY
from hucheng.exercises.replay import queries
from hucheng.exercises.replay.ca910 import NIGHT_BEGINS, NIGHT_ENDS, _by_day, symptom
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.story import moment
from hucheng.exercises.testing import START, a_played_step, an_advance

ELSEWHERE = Actor(None, "140105", Role.COMMAND_OFFICE)
OUTCOMES = ("played", "refused", "waiting")
MINUTES = st.integers(0, 60 * 24 - 1)


def a_step_of(minute: int, act: str, outcome: str = "played", **fields) -> PlayedStep:
    code = "no_room" if outcome == "refused" else ""
    return a_played_step(minute, act, outcome=outcome, code=code, **fields)


@pytest.mark.django_db
class TestCounts:
    STEPS = [
        ("checks.run", "played"), ("checks.run", "played"), ("checks.run", "refused"), ("care.request", "played"),
        ("drone.fly", "waiting"), ("drone.fly", "waiting"), ("x.y", "waiting"), ("expect", "played"),
        ("always", "played"),
    ]  # fmt: skip

    @pytest.fixture
    def steps(self):
        for minute, (act, outcome) in enumerate(self.STEPS):
            a_step_of(minute, act, outcome)

    def test_acts_are_counted_by_name_the_most_frequent_first_and_looks_are_no_acts(self, steps):
        played = [(one.act, one.count) for one in queries.played_in(SYSTEM, None)]
        assert played == [("checks.run", 2), ("care.request", 1)]
        assert [(one.act, one.count) for one in queries.waiting(SYSTEM)] == [("drone.fly", 2), ("x.y", 1)]
        assert queries.refused_count(SYSTEM) == 1 == len(queries.refused(SYSTEM))

    def test_the_counts_are_those_of_a_plain_list(self, steps):
        acts = [(act, outcome) for act, outcome in self.STEPS if act not in queries.CHECKS]
        by_hand = Counter(act for act, outcome in acts if outcome == "waiting")
        assert {one.act: one.count for one in queries.waiting(SYSTEM)} == by_hand

    def test_acts_of_one_count_stand_by_their_code(self):
        for minute, act in enumerate(["c.c", "a.a", "b.b"]):
            a_step_of(minute, act, "waiting")
        assert [one.act for one in queries.waiting(SYSTEM)] == ["a.a", "b.b", "c.c"]

    def test_names_follow_the_language_and_an_act_without_one_shows_its_code(self, steps):
        with override("en"):
            named = {one.act: one.name for one in (*queries.played_in(SYSTEM, None), *queries.waiting(SYSTEM))}
        with override("zh-hans"):
            chinese = {one.act: one.name for one in queries.played_in(SYSTEM, None)}
        assert (
            named["drone.fly"] == "drone.fly" and named["checks.run"].isascii() and not chinese["checks.run"].isascii()
        )

    def test_what_an_advance_played_is_told_apart_from_what_came_before(self):
        first, second = an_advance(ended_on=START), an_advance(2)
        a_step_of(1, "checks.run", advance=first)
        a_step_of(2, "checks.run", advance=second)
        a_step_of(3, "care.request", advance=second)
        assert {one.act: one.count for one in queries.played_in(SYSTEM, second)} == {"checks.run": 1, "care.request": 1}
        assert {one.act: one.count for one in queries.played_in(SYSTEM, first)} == {"checks.run": 1}

    def test_the_latest_refusals_come_first_and_no_more_than_forty(self):
        for minute in range(45):
            a_step_of(minute, "lodging.assign", "refused")
        shown = queries.refused(SYSTEM)
        assert len(shown) == 40 and shown[0].key == "step 44" and queries.refused_count(SYSTEM) == 45
        assert [row.key for row in queries.refused(SYSTEM, limit=2)] == ["step 44", "step 43"]

    def test_a_refusal_speaks_both_languages(self):
        row = a_step_of(1, "checks.run", "refused", why_zh="满", why_en="full")
        with override("en"):
            assert (row.why, row.name) == ("full", queries.act_name("checks.run"))
        with override("zh-hans"):
            assert row.why == "满"

    @pytest.mark.parametrize("query", [
        lambda actor: queries.played_in(actor, None), queries.waiting, queries.refused, queries.refused_count,
        queries.played_up_to, queries.open_advance, queries.last_advance, queries.progress,
    ])  # fmt: skip
    def test_a_county_sees_nothing_of_the_citys_story(self, steps, query):
        an_advance()
        assert query(SYSTEM) and not query(ELSEWHERE)
        assert query(Actor(None, "140000", Role.COMMAND_OFFICE)), "the province sees its city"


@pytest.mark.django_db
class TestProgress:
    def test_before_any_advance_there_is_none(self):
        assert queries.open_advance(SYSTEM) is queries.last_advance(SYSTEM) is queries.progress(SYSTEM) is None
        assert queries.played_up_to(SYSTEM) is None

    @pytest.mark.parametrize(
        ("minute", "percent"), [(0, 0), (1, 1), (30, 25), (60, 50), (119, 99), (120, 100), (500, 100)]
    )
    def test_it_is_the_share_of_the_time_that_lies_behind_the_last_step(self, minute, percent):
        advance = an_advance(hours=2)
        a_step_of(minute, "checks.run", advance=advance)
        now = queries.progress(SYSTEM)
        assert (now.percent, now.left, now.steps) == (percent, 100 - percent, 1)

    def test_steps_of_another_advance_move_it_on_by_nothing(self):
        a_step_of(100, "checks.run", advance=an_advance(2, ended_on=START))
        an_advance(hours=2)
        assert (queries.progress(SYSTEM).percent, queries.progress(SYSTEM).steps) == (0, 0)

    def test_the_last_advance_is_the_one_that_was_asked_for_last_open_or_not(self):
        an_advance(1, ended_on=START, asked_on=START)
        late = an_advance(2, ended_on=START, asked_on=START + timedelta(hours=1))
        assert queries.last_advance(SYSTEM) == late and queries.open_advance(SYSTEM) is None

    @pytest.mark.parametrize(("waited", "steps", "quiet"), [(0, 0, False), (30, 0, True), (30, 1, False)])
    def test_after_a_while_without_a_step_it_says_that_nobody_may_be_at_work(self, waited, steps, quiet):
        advance = an_advance(asked_on=wall_time() - timedelta(seconds=waited))
        for minute in range(steps):
            a_step_of(minute, "checks.run", advance=advance)
        assert queries.progress(SYSTEM).quiet == quiet

    @pytest.mark.parametrize(("status", "stopped"), [("FAILED", True), ("READY", False), ("SUCCESSFUL", False)])
    def test_it_stopped_for_good_when_its_own_job_failed(self, status, stopped):
        advance, other = an_advance(), an_advance(ended_on=START)
        for about, state in ((advance, status), (other, "FAILED")):
            DBTaskResult.objects.create(
                args_kwargs={"args": [], "kwargs": {"advance_id": str(about.pk)}},
                task_path="x", run_after=START, backend_name="default", status=state,
            )  # fmt: skip
        assert queries.progress(SYSTEM).stopped == stopped

    def test_more_steps_cost_no_more_queries(self, django_assert_num_queries):
        advance = an_advance(hours=2)
        for minute in range(60):
            a_step_of(minute, "checks.run", OUTCOMES[minute % 3], advance=advance)
        with django_assert_num_queries(4):
            assert queries.progress(SYSTEM).steps == 60
        with django_assert_num_queries(1):
            assert queries.waiting(SYSTEM)[0].count == 20

    @given(st.lists(st.tuples(MINUTES, st.sampled_from(OUTCOMES)), max_size=8, unique_by=lambda step: step[0]))
    def test_the_story_stands_at_its_latest_step_whatever_became_of_it(self, steps):
        PlayedStep.objects.all().delete()
        for minute, outcome in steps:
            a_step_of(minute, "checks.run", outcome)
        latest = max((START + timedelta(minutes=minute) for minute, _outcome in steps), default=None)
        assert queries.played_up_to(SYSTEM) == latest


@pytest.mark.django_db
def test_an_advance_belongs_to_the_city_and_rows_of_another_city_do_not_count():
    a_played_step(1, place="110100", key="other")
    an_advance(place="110100")
    assert queries.played_up_to(Actor(None, CITY, Role.LEADING_GROUP)) is None
    assert queries.open_advance(Actor(None, CITY, Role.LEADING_GROUP)) is None and Advance.objects.count() == 1


class TestBuses:
    @given(st.integers(6, 30), MINUTES)
    def test_no_bus_leaves_at_night_nor_before_it_is_asked_nor_later_than_the_morning(self, day, minute):
        at = moment(f"2020-04-{day:02}T00:00") + timedelta(minutes=minute)
        leaves = _by_day(at)
        assert NIGHT_ENDS <= leaves.time() < NIGHT_BEGINS
        assert timedelta(0) <= leaves - at <= timedelta(hours=9, minutes=30)
        assert leaves == at or leaves.time() == NIGHT_ENDS

    @pytest.mark.parametrize(
        ("asked", "leaves"),
        [("07T07:29", "07T07:30"), ("07T07:30", "07T07:30"), ("07T21:59", "07T21:59"), ("07T22:00", "08T07:30"),
         ("07T00:00", "07T07:30"), ("30T23:00", "01T07:30")],
    )  # fmt: skip
    def test_at_the_edges_of_the_night(self, asked, leaves):
        month = "05" if leaves.startswith("01") else "04"
        assert _by_day(moment(f"2020-04-{asked}")) == moment(f"2020-{month}-{leaves}")

    @pytest.mark.parametrize(
        ("word", "code"),
        [("cough", "cough"), ("loss of smell", "loss_of_smell"), ("sore throat", "sore_throat"), ("fatigue", "fatigue"),
         ("shortness of breath", "breathless"), ("something nobody knows", "fatigue"), ("", "fatigue")],
    )  # fmt: skip
    def test_a_symptom_has_a_code_of_the_declaration_or_counts_as_fatigue(self, word, code):
        assert symptom(word) == code
