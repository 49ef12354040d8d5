"""What was expected and what was found: held, not held, or not readable; never more than was looked at."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import MEASURES
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, OTHER_COUNTY, an_actor
from hucheng.exercises.scenarios import written
from hucheng.exercises.score import questions
from hucheng.exercises.score.actions import keep_findings
from hucheng.exercises.score.expectations import OPERATORS, Expectation, expectations
from hucheng.exercises.score.models import Finding
from hucheng.exercises.score.queries import score
from hucheng.exercises.score.watch import RED_LINE, SLOW, look, steps_of, watch
from hucheng.exercises.testing import START, a_step

Kind, State = Finding.Kind, Finding.State
STORY = written("taiyuan-2020")
ALL = expectations(STORY)


def expected(name="ten people", *, kind=Kind.EXPECT, operator="==", wanted=10, measure="", query="") -> Expectation:
    at = START if kind == Kind.EXPECT else None
    return Expectation(kind, name, "十人", at, measure, query, operator, wanted)


def keep(value, minute=0, **fields):
    after = fields.pop("after", "")
    at = START + timedelta(minutes=minute)
    (row,) = keep_findings(actor=SYSTEM, found=[(expected(**fields), value)], after=after, at=at)
    return row


class TestReading:
    def test_every_expectation_of_the_scenario_is_read_with_its_names(self):
        assert len(ALL) == len(STORY["expect"]) + len(STORY["always"]) > 30
        assert all(one.zh and one.name and bool(one.measure) != bool(one.query) for one in ALL)
        assert {one.name for one in ALL if one.at is None} == {row["name"] for row in STORY["always"]}

    def test_every_measure_asked_for_stands_in_the_catalogue(self):
        assert {one.measure for one in ALL if one.measure} <= set(MEASURES)

    def test_every_answer_belongs_to_a_question_of_the_scenario(self):
        assert set(questions._answers) <= {one.query for one in ALL}

    def test_an_operator_nobody_knows_is_an_error_not_a_pass(self):
        with pytest.raises(ValueError, match="~~"):
            expectations({"expect": [{"name": "x", "at": "2020-03-24T20:30", "query": "y",
                                      "check": {"op": "~~", "value": 1}}]})  # fmt: skip

    def test_the_names_follow_the_language(self):
        with override("en"):
            assert expected().shown_name == "ten people"
        with override("zh-hans"):
            assert expected().shown_name == "十人"

    @pytest.mark.parametrize(
        ("operator", "wanted", "measure", "shown"),
        [
            ("==", 39, "", "= 39"),
            ("between", [86, 88], "entry.clearance.retained_share", "86–88 %"),
            ("<", 100, "command.tasks.bodies_set_up", "< 100 %"),
        ],
    )
    def test_what_is_wanted_reads_as_people_write_it(self, operator, wanted, measure, shown):
        assert expected(operator=operator, wanted=wanted, measure=measure).shown_wanted == shown

    @given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    def test_the_operators_agree_with_each_other(self, found, wanted):
        less, at_most = OPERATORS["<"](found, wanted), OPERATORS["<="](found, wanted)
        assert at_most == (less or OPERATORS["=="](found, wanted)) and OPERATORS[">="](found, wanted) == (not less)
        assert OPERATORS["between"](found, [wanted, wanted]) == OPERATORS["=="](found, wanted)


@pytest.mark.django_db
class TestKeeping:
    def test_what_holds_is_kept_as_held(self):
        row = keep(10.0)
        assert (row.state, row.found, row.looks, row.broken_at) == (State.HELD, 10.0, 1, None)
        assert AuditLine.objects.filter(act="exercises.score.keep_findings").count() == 1

    def test_what_does_not_hold_names_its_time_and_the_act_before(self):
        row = keep(11.0, after="2020-03-21T16:10 clearance.issue")
        assert row.state == State.BROKEN and row.broken_at == START and "clearance" in row.broken_after

    def test_what_cannot_be_read_is_blind_never_held(self):
        row = keep(None, wanted=0)
        assert row.state == State.BLIND and row.found is None

    @given(st.lists(st.sampled_from([10.0, 11.0, None]), min_size=1, max_size=8))
    def test_one_breach_of_what_must_always_hold_is_never_forgotten(self, values):
        with transaction.atomic():
            for minute, value in enumerate(values):
                row = keep(value, minute, kind=Kind.ALWAYS)
            assert (row.state == State.BROKEN) == (11.0 in values) and row.looks == len(values)
            if 11.0 in values:
                assert row.broken_at == START + timedelta(minutes=values.index(11.0))
            transaction.set_rollback(True)

    def test_only_the_house_itself_writes_the_score(self):
        with pytest.raises(Refusal):
            keep_findings(actor=an_actor(Role.COMMAND_OFFICE), found=[], after="", at=START)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "held", "found": None},
            {"state": "blind", "found": 0},
            {"state": "broken", "found": 3, "broken_at": None},
        ],
    )
    def test_the_database_refuses_a_finding_that_contradicts_itself(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(place=CITY, kind="expect", name="x", at=START, **wrong)

    def test_the_database_keeps_one_finding_an_expectation(self):
        keep(10.0)
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(place=CITY, kind="expect", name="ten people", at=START, state="held", found=1)

    def test_the_score_counts_each_once_and_what_is_to_come(self):
        keep(10.0)
        keep(None, name="unread")
        every = [expected(), expected("unread"), expected("later"), expected("daily", kind=Kind.ALWAYS)]
        found = score(SYSTEM, every)
        assert (found.held, found.broken, found.blind, found.to_come) == (1, 0, 1, 2)
        assert [line.expectation.name for line in found.always] == ["daily"] and len(found.at_a_time) == 3

    def test_another_place_sees_no_finding(self):
        keep(10.0)
        assert score(an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), [expected()]).to_come == 1

    def test_the_score_is_read_in_one_query(self, django_assert_num_queries):
        for name in "abcdef":
            keep(10.0, name=name)
        with django_assert_num_queries(1):
            assert score(SYSTEM, [expected(name) for name in "abcdef"]).held == 6


@pytest.mark.django_db
class TestLooking:
    def test_a_measure_without_reader_and_a_question_without_function_are_blind(self):
        assert look(expected(query="how many geese"), "taiyuan-2020", START) is None
        assert look(expected(measure="no.such.measure"), "taiyuan-2020", START) is None

    def test_the_red_line_is_watched_after_every_act_and_only_a_breach_is_written(self, monkeypatch):
        monkeypatch.setattr("hucheng.exercises.score.watch.look", lambda *_: 0.0)
        watch(a_step(1))
        assert not Finding.objects.exists()
        monkeypatch.setattr("hucheng.exercises.score.watch.look", lambda *_: 2.0)
        watch(a_step(2, act="clearance.issue"))
        row = Finding.objects.get()
        assert (row.name, row.state, row.found, row.broken_after) == (RED_LINE.name, State.BROKEN, 2.0, "step 2")
        assert RED_LINE.name in {one.name for one in ALL if one.at is None}

    def test_each_is_looked_at_at_its_time_and_the_standing_ones_every_hour(self):
        end = START + timedelta(hours=12)
        at_eight = expected("at eight")
        steps = list(steps_of("taiyuan-2020", [at_eight, expected("red", kind=Kind.ALWAYS)], START, end))
        assert [step.at for step in steps if step.act == "expect"] == [START]
        hours = [step.at for step in steps if step.act == "always"]
        assert hours == [START + timedelta(hours=n) for n in range(1, 13)]

    def test_what_is_slow_is_looked_at_every_six_hours_only(self, monkeypatch):
        looked = []
        monkeypatch.setattr(
            "hucheng.exercises.score.watch.look", lambda one, _name, at: looked.append((one.query, at)) or 0.0
        )
        slow = expected("slow", kind=Kind.ALWAYS, query=SLOW[0], wanted=0)
        for step in steps_of("taiyuan-2020", [slow, RED_LINE], START, START + timedelta(days=1)):
            step.work(step.at)
        assert len([one for one in looked if one[0] == SLOW[0]]) == 4
        assert len([one for one in looked if one[0] == ""]) == 24

    def test_every_slow_question_is_one_of_the_scenario(self):
        assert set(SLOW) <= {one.query for one in ALL}
