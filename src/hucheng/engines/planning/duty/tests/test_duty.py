"""Duty leaders: the optimum equals enumeration, the bound never passes it, a conflict is told in words."""

from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.duty.check import check
from hucheng.engines.planning.duty.instance import read
from hucheng.engines.planning.duty.rules import first_plan
from hucheng.engines.planning.duty.tests.makers import a_leader, an_instance
from hucheng.engines.planning.reading import At
from hucheng.engines.planning.solving import solve

DAYS = 3
day_sets = st.sets(st.integers(0, DAYS - 1), max_size=2).map(lambda days: tuple(sorted(days)))
a_random_leader = st.builds(
    a_leader, chief=st.booleans(), portfolio=st.sampled_from("ab"), away=day_sets, avoid=day_sets
)
random_instances = st.builds(
    an_instance,
    days=st.just(DAYS),
    leaders=st.lists(a_random_leader, min_size=2, max_size=4),
    holidays=st.sets(st.integers(0, DAYS - 1)).map(sorted),
    min_gap=st.integers(1, 2),
)


def least_by_enumeration(instance):
    typed = read(At(instance))
    pairs = list(permutations(range(len(typed.leaders)), 2))
    verdicts = [check(typed, {"duty": list(days)}) for days in product(pairs, repeat=DAYS)]
    return min((verdict.objective for verdict in verdicts if verdict.legal), default=None)


@settings(max_examples=25, deadline=None)
@given(random_instances)
def test_the_optimum_is_that_of_enumeration_and_the_bound_never_passes_it(instance):
    least = least_by_enumeration(instance)
    answer = solve("duty", instance, seconds=20, workers=1)
    assert answer.status == ("infeasible" if least is None else "optimal")
    assert answer.objective == least
    assert all(point.bound is None or least is None or point.bound <= least for point in answer.trace)


def test_the_rules_give_a_legal_plan_at_once():
    typed = read(At(an_instance(days=30)))
    plan = first_plan(typed)
    assert plan is not None and check(typed, plan).legal


def test_the_rules_give_nothing_rather_than_an_illegal_plan():
    assert first_plan(read(At(an_instance(leaders=[a_leader(), a_leader()])))) is None


@pytest.mark.parametrize(
    ("rule", "leaders", "duty"),
    [
        ("chief_rank", [a_leader(chief=False), a_leader(portfolio="b")], [[0, 1]]),
        ("two_portfolios", [a_leader(), a_leader()], [[0, 1]]),
        ("away", [a_leader(away=(0,)), a_leader(portfolio="b")], [[0, 1]]),
        ("min_gap", [a_leader(), a_leader(portfolio="b")], [[0, 1], [0, 1]]),
        ("min_gap", [a_leader(), a_leader(portfolio="b")], [[0, 0]]),
        ("every_day", [a_leader(), a_leader(portfolio="b")], []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_checker_names_the_rule_that_a_plan_breaks(rule, leaders, duty):
    typed = read(At(an_instance(days=max(1, len(duty)), leaders=leaders)))
    assert rule in {fault.rule for fault in check(typed, {"duty": duty}).violations}


def test_the_cost_counts_spread_holidays_and_days_to_avoid():
    leaders = [a_leader(avoid=(0,)), a_leader(portfolio="b"), a_leader(portfolio="c")]
    typed = read(At(an_instance(days=2, leaders=leaders, holidays=[0], min_gap=1)))
    verdict = check(typed, {"duty": [[0, 1], [0, 1]]})
    assert verdict.parts == {"avoid": 4, "spread": 20, "holiday_spread": 8}
    assert verdict.objective == 32


def test_a_conflict_names_the_smallest_set_of_rules_and_the_cheapest_way_out():
    leaders = [a_leader(portfolio=name, away=(1,)) for name in "abc"] + [a_leader(portfolio="d")]
    answer = solve("duty", an_instance(leaders=leaders), seconds=20, workers=1)
    assert answer.status == "infeasible" and answer.plan is None
    assert answer.conflict.rules == ("away",)
    (way,) = answer.conflict.relaxations
    assert (way.rule, way.amount, way.safety) == ("away", 1, False)
    assert "1 days away" in way.words.en and "外出" in way.words.zh


def test_two_rules_in_conflict_offer_a_way_for_each():
    leaders = [a_leader(portfolio="a"), a_leader(portfolio="b", away=(1,)), a_leader(portfolio="a")]
    answer = solve("duty", an_instance(days=2, leaders=leaders, min_gap=1), seconds=20, workers=1)
    assert set(answer.conflict.rules) == {"away", "two_portfolios"}
    assert {way.rule: way.amount for way in answer.conflict.relaxations} == {"away": 1, "two_portfolios": 1}
