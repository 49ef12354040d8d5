"""Every kind of expectation at its edge: just met, just broken, blind, still to come; what is kept and how it reads."""

import math
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import Reading, registry
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY
from hucheng.exercises.scenarios import written
from hucheng.exercises.score.actions import keep_findings
from hucheng.exercises.score.expectations import OPERATORS, Expectation, expectations
from hucheng.exercises.score.models import Finding
from hucheng.exercises.score.queries import Line, Score, score
from hucheng.exercises.score.questions import Asked, answer
from hucheng.exercises.score.watch import RED_LINE, look, steps_of, watch
from hucheng.exercises.testing import START, a_step

Kind, State = Finding.Kind, Finding.State
NUMBERS = st.floats(-1e6, 1e6)


def expected(name="ten", kind=Kind.EXPECT, operator="==", wanted=10, hours=0, **fields) -> Expectation:
    at = START + timedelta(hours=hours) if kind == Kind.EXPECT else None
    given_fields = {"zh": "十", "measure": "", "query": "", "operator": operator, "wanted": wanted}
    return Expectation(kind=kind, name=name, at=at, **(given_fields | fields))


def keep(one: Expectation, value, minute=0, after="") -> Finding:
    (row,) = keep_findings(actor=SYSTEM, found=[(one, value)], after=after, at=START + timedelta(minutes=minute))
    return row


class TestOperators:
    @pytest.mark.parametrize(
        ("operator", "wanted", "holds", "breaks"),
        [
            ("==", 10, [10, 10.0], [9.999, 10.001, -10]),
            (">=", 10, [10, 10.001, math.inf], [9.999]),
            ("<=", 10, [10, 9.999, -math.inf], [10.001]),
            ("<", 10, [9.999], [10, 10.001]),
            ("between", [86, 88], [86, 87, 88], [85.999, 88.001]),
            ("between", [5, 5], [5], [4.999, 5.001]),
            ("between", [-1, 1], [0, -1], [2]),
        ],
    )
    def test_at_the_very_edge(self, operator, wanted, holds, breaks):
        one = expected(operator=operator, wanted=wanted)
        assert [one.holds(value) for value in holds] == [True] * len(holds)
        assert [one.holds(value) for value in breaks] == [False] * len(breaks)

    @given(NUMBERS, NUMBERS, NUMBERS)
    def test_between_is_both_its_ends_together(self, value, one, other):
        low, high = sorted((one, other))
        both = OPERATORS[">="](value, low) and OPERATORS["<="](value, high)
        assert OPERATORS["between"](value, [low, high]) == both

    @pytest.mark.parametrize("operator", OPERATORS)
    def test_a_number_that_is_none_holds_nothing(self, operator):
        wanted = [0, 1] if operator == "between" else 0
        assert not expected(operator=operator, wanted=wanted).holds(math.nan)

    @pytest.mark.parametrize("operator", ["=", ">", "!=", "", "BETWEEN", "in"])
    def test_any_other_operator_is_an_error_that_names_the_expectation(self, operator):
        row = {"name": "odd", "at": "2020-03-24T20:30", "query": "q", "check": {"op": operator, "value": 1}}
        with pytest.raises(ValueError, match="odd"):
            expectations({"expect": [row]})

    def test_a_file_without_expectations_has_none(self):
        assert expectations({}) == []

    def test_a_time_of_the_file_is_one_of_the_city(self):
        row = {"name": "x", "at": "2020-03-24T20:30", "query": "q", "check": {"op": "==", "value": 1}}
        (one,) = expectations({"expect": [row]})
        assert one.at.isoformat() == "2020-03-24T20:30:00+08:00" and one.kind == Kind.EXPECT
        (always,) = expectations({"always": [{key: value for key, value in row.items() if key != "at"}]})
        assert always.at is None and always.kind == Kind.ALWAYS


class TestWords:
    def test_a_name_without_chinese_is_shown_in_english(self):
        with override("zh-hans"):
            assert (expected().shown_name, expected(zh="").shown_name) == ("十", "ten")

    def test_a_measure_that_the_catalogue_does_not_have_is_shown_without_a_unit(self):
        assert expected(measure="nobody.knows.this", wanted=0).shown_wanted == "= 0"
        assert expected(measure="command.directives.owned", wanted=100).shown_wanted == "= 100 %"

    def test_the_sentence_of_the_score_counts_each_state_once(self):
        states = [Finding(state=state) for state in (State.HELD, State.BROKEN, State.BLIND)]
        found = Score([Line(expected(str(n)), row) for n, row in enumerate([*states, None])])
        with override("en"):
            assert found.counted == "1 held, 1 not held, 1 cannot be read yet, 1 to come"
        with override("zh-hans"):
            assert found.counted.count("1") == 4 and not found.counted.isascii()
        assert (found.held, found.broken, found.blind, found.to_come) == (1, 1, 1, 1)


@pytest.mark.django_db
class TestKeeping:
    def test_an_expectation_at_a_time_is_what_was_found_last(self):
        one = expected()
        assert keep(one, 9, 1, "land").state == State.BROKEN
        row = keep(one, 10, 2)
        assert (row.state, row.found, row.looks, row.at) == (State.HELD, 10, 2, START + timedelta(minutes=2))
        assert row.broken_at == START + timedelta(minutes=1) and row.broken_after == "land", (
            "the breach stays on record"
        )
        assert keep(one, None, 3).state == State.BLIND and Finding.objects.count() == 1

    def test_what_must_always_hold_keeps_its_first_breach_with_value_and_act(self):
        always = expected(kind=Kind.ALWAYS, wanted=0)
        keep(always, 0, 1, "a")
        keep(always, 3, 2, "triage.run")
        row = keep(always, 0, 3, "c")
        assert (row.state, row.found, row.broken_after, row.looks) == (State.BROKEN, 3, "triage.run", 3)
        assert row.at == row.broken_at == START + timedelta(minutes=2)

    def test_a_long_act_is_cut_to_its_column(self):
        assert len(keep(expected(), 9, after="x" * 500).broken_after) == 120

    def test_many_findings_of_one_look_are_kept_in_one_act(self):
        found = [(expected(str(n)), float(n)) for n in range(8, 13)]
        rows = keep_findings(actor=SYSTEM, found=found, after="", at=START)
        assert [row.state for row in rows] == ["broken", "broken", "held", "broken", "broken"]
        assert AuditLine.objects.filter(act="exercises.score.keep_findings").count() == 1

    def test_names_of_both_kinds_do_not_mix(self):
        keep(expected("same"), 10)
        keep(expected("same", Kind.ALWAYS), 9)
        assert {row.kind: row.state for row in Finding.objects.all()} == {"expect": "held", "always": "broken"}

    @pytest.mark.parametrize("wrong", [{"state": "held", "found": None}, {"state": "blind", "found": 1.0},
                                       {"state": "broken", "found": 1.0, "broken_at": None}])  # fmt: skip
    def test_the_database_keeps_states_and_values_together(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(place=CITY, kind=Kind.EXPECT, name="x", at=START, **wrong)


@pytest.mark.django_db
class TestReadingTheScore:
    def test_those_with_a_time_come_in_its_order_whatever_the_file_says(self):
        every = [expected("late", hours=5), expected("early", hours=1), expected("red", Kind.ALWAYS)]
        found = score(SYSTEM, every)
        assert [line.expectation.name for line in found.at_a_time] == ["early", "late"]
        assert [line.expectation.name for line in found.always] == ["red"]
        assert {line.state for line in found.lines} == {"to_come"}

    def test_a_finding_of_an_expectation_that_the_file_no_longer_has_is_not_shown(self):
        keep(expected("old"), 10)
        assert score(SYSTEM, [expected("new")]).to_come == 1 and score(SYSTEM, []).lines == []

    @pytest.mark.parametrize(("place", "held"), [("000000", 1), ("140000", 1), (CITY, 1), ("140105", 0), ("110000", 0)])
    def test_the_score_of_the_city_is_seen_by_the_city_and_above(self, place, held):
        keep(expected(), 10)
        assert score(Actor(None, place, Role.LEADING_GROUP), [expected()]).held == held


@pytest.mark.django_db
class TestLooking:
    @pytest.fixture
    def one_measure(self, monkeypatch):
        """A measure whose reading the test sets; gives what was asked."""
        asked, says = [], {"value": 3.0}
        monkeypatch.setattr(registry, "_readers", {})

        @registry.measure("entry.clearance.high_risk_with_pass")
        def reader(actor, at):
            asked.append((actor.place, actor.role, at))
            return Reading(says["value"], at)

        return asked, says

    def test_a_measure_is_read_as_the_city_sees_it(self, one_measure):
        asked, _says = one_measure
        assert look(RED_LINE, "x", START) == 3
        assert asked == [(CITY, Role.SYSTEM, START)]

    @pytest.mark.parametrize("value", [None, 0.0])
    def test_after_an_act_only_a_breach_of_the_red_line_is_written(self, one_measure, value):
        one_measure[1]["value"] = value
        watch(a_step(5))
        assert not Finding.objects.exists()

    def test_the_breach_names_the_act_that_made_it(self, one_measure):
        watch(a_step(5))
        watch(a_step(6))
        row = Finding.objects.get()
        assert (row.broken_after, row.found, row.kind) == ("step 5", 3, Kind.ALWAYS)

    def test_a_question_nobody_answers_is_blind_at_any_time(self):
        assert look(expected(query="how is the weather"), "taiyuan-2020", START) is None
        assert answer("", Asked("taiyuan-2020", START)) is None

    def test_the_red_line_of_the_watch_is_one_of_the_scenario(self):
        names = {one.name: one for one in expectations(written("taiyuan-2020")) if one.kind == Kind.ALWAYS}
        same = names[RED_LINE.name]
        assert (same.measure, same.operator, same.wanted) == (RED_LINE.measure, RED_LINE.operator, RED_LINE.wanted)


class TestWhenToLook:
    def steps(self, *every, hours=3.0, start=START):
        return list(steps_of("x", every, start, start + timedelta(hours=hours)))

    def test_an_expectation_is_looked_at_once_at_its_minute(self):
        (step,) = self.steps(expected(hours=2))
        assert (step.act, step.at) == ("expect", START + timedelta(hours=2))

    @pytest.mark.parametrize(
        ("minute", "hours", "looks"), [(0, 3, 3), (0, 0.99, 0), (0, 1, 1), (59, 0.02, 1), (30, 1, 1)]
    )
    def test_the_standing_ones_are_looked_at_at_full_hours_up_to_the_end(self, minute, hours, looks):
        steps = self.steps(expected(kind=Kind.ALWAYS), hours=hours, start=START + timedelta(minutes=minute))
        assert len(steps) == looks and all(step.at.minute == 0 and step.act == "always" for step in steps)

    def test_where_nothing_must_always_hold_no_hour_is_looked_at(self):
        assert self.steps(expected()) and not [step for step in self.steps(expected()) if step.act == "always"]
        assert self.steps() == []


@pytest.mark.django_db
def test_however_findings_come_the_score_says_what_a_plain_list_would():
    """A plain list beside the room: the last value at a time, the first breach always."""

    class Keeping(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            Finding.objects.all().delete()
            self.said: dict[str, list[float | None]] = {"expect": [], "always": []}

        @rule(kind=st.sampled_from([Kind.EXPECT, Kind.ALWAYS]), value=st.sampled_from([9.0, 10.0, None]))
        def look(self, kind, value):
            self.said[kind].append(value)
            keep(expected("one", kind), value, len(self.said[kind]))

        @invariant()
        def the_score_is_right(self):
            found = score(SYSTEM, [expected("one"), expected("one", Kind.ALWAYS)])
            told = {line.expectation.kind: line.state for line in found.lines}
            assert told == {kind: self.meant(kind) for kind in self.said}

        def meant(self, kind) -> str:
            values = self.said[kind]
            if not values:
                return "to_come"
            if kind == Kind.ALWAYS and 9.0 in values:
                return "broken"
            return {None: "blind", 10.0: "held", 9.0: "broken"}[values[-1]]

    machine = Keeping.TestCase
    machine.settings = hypothesis_settings(max_examples=15, stateful_step_count=8, deadline=None)
    machine().runTest()
