"""Policies compared: nothing on the frontier is beaten, the next test is worth what it says, cost is counted right."""

from functools import cache

import pytest

from hucheng.engines.risk import RiskRefused, curve, profile
from hucheng.engines.risk.policies import Costs, cheapest, frontier, next_test
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk, schedules

KUCIRKA = curve("kucirka")


@cache
def kernels():
    return Kernels(profile("sars_cov_2_2020"), journey_hours=8)


@cache
def plans(most=10, correlation=0.0):
    return frontier(kernels(), KUCIRKA, Costs(300, 80), most_days=most, correlation=correlation)


def test_no_schedule_at_all_beats_the_frontier():
    every = [plan for release in range(11) for plan in schedules(release, 2)]
    risks = residual_risk(kernels(), every, KUCIRKA).infectious
    for plan, risk in zip(every, risks, strict=True):
        cost = 300 * plan.release_day + 80 * len(plan.tests)
        assert not any(cost < one.cost and risk < one.risk * (1 - 1e-9) for one in plans())
        assert any(one.cost <= cost and one.risk <= risk * (1 + 1e-8) for one in plans())


def test_the_frontier_rises_in_cost_and_falls_in_risk():
    costs, risks = [one.cost for one in plans()], [one.risk for one in plans()]
    assert costs == sorted(costs) and risks == sorted(risks, reverse=True) and len(set(costs)) == len(costs)
    assert plans()[0].strategy == Strategy(0)


def test_the_risk_of_a_plan_is_that_of_its_strategy():
    for one in plans():
        alone = residual_risk(kernels(), [one.strategy], KUCIRKA).infectious[0]
        assert one.risk == pytest.approx(alone, abs=1e-12)


def test_the_best_pair_for_release_stays_on_adjacent_days():
    ten = next(one for one in plans() if one.strategy.release_day == 10 and len(one.strategy.tests) == 2)
    assert ten.strategy.tests == (5, 6)
    together = frontier(kernels(), KUCIRKA, Costs(300, 80), most_days=10, correlation=0.15)
    pair = next(one for one in together if one.strategy.release_day == 10 and len(one.strategy.tests) == 2)
    assert pair.strategy.tests[1] - pair.strategy.tests[0] == 1 and pair.risk > ten.risk


def test_the_cheapest_plan_under_a_level():
    found = cheapest(plans(), 0.05)
    assert found.risk <= 0.05 and all(one.risk > 0.05 for one in plans() if one.cost < found.cost)
    assert cheapest(plans(), 0.0) is None


def test_the_next_test_for_release_and_the_one_for_early_removal_differ():
    """A late test guards the release, one on arrival the house: both are shown."""
    offered = next_test(kernels(), Strategy(14), KUCIRKA)
    first = offered[0]
    early = min(offered, key=lambda one: one.house_days)
    assert first.strategy.tests == (6,) and early.strategy.tests[0] <= 2
    assert first.risk < early.risk and early.house_days < first.house_days


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8])
def test_the_worth_of_a_second_test_falls_as_tests_fail_together(correlation):
    def worth(together):
        base = residual_risk(kernels(), [Strategy(9, (5,))], KUCIRKA, correlation=together).infectious[0]
        return base - next_test(kernels(), Strategy(9, (5,)), KUCIRKA, correlation=together)[0].risk

    assert 0 <= worth(min(correlation + 0.2, 1.0)) <= worth(correlation) + 1e-12


def test_no_test_helps_when_no_result_comes_in_time():
    assert next_test(kernels(), Strategy(0), KUCIRKA) == []


@pytest.mark.parametrize("costs", [(-1, 5), (5, -1), (float("nan"), 1)], ids=str)
def test_costs_below_nothing_are_refused(costs):
    with pytest.raises(RiskRefused) as no:
        Costs(*costs)
    assert no.value.code == "costs"


def test_a_stay_beyond_the_model_is_refused():
    with pytest.raises(RiskRefused):
        frontier(kernels(), KUCIRKA, Costs(1, 1), most_days=61)


def test_with_three_tests_no_schedule_at_all_beats_the_frontier():
    three = frontier(kernels(), KUCIRKA, Costs(300, 80), most_days=7, most_tests=3, correlation=0.1)
    every = [plan for release in range(8) for plan in schedules(release, 3)]
    risks = residual_risk(kernels(), every, KUCIRKA, correlation=0.1).infectious
    for plan, risk in zip(every, risks, strict=True):
        cost = 300 * plan.release_day + 80 * len(plan.tests)
        assert any(one.cost <= cost and one.risk <= risk * (1 + 1e-8) for one in three)
    assert any(len(one.strategy.tests) == 3 for one in three)
    for one in three:
        alone = residual_risk(kernels(), [one.strategy], KUCIRKA, correlation=0.1).infectious[0]
        assert one.risk == pytest.approx(alone, abs=1e-12)


def test_more_tests_never_make_the_frontier_worse_and_none_leaves_days_alone():
    two, four = (frontier(kernels(), KUCIRKA, Costs(300, 5), most_days=6, most_tests=most) for most in (2, 4))
    for one in two:
        assert any(other.cost <= one.cost and other.risk <= one.risk * (1 + 1e-8) for other in four)
    alone = frontier(kernels(), KUCIRKA, Costs(300, 80), most_days=6, most_tests=0)
    assert [one.strategy for one in alone] == [Strategy(day) for day in range(7)]


def test_adherence_raises_every_risk_of_the_frontier_alike():
    leaky = frontier(kernels(), KUCIRKA, Costs(300, 80), most_days=6, adherence=0.9)
    for one in leaky:
        alone = residual_risk(kernels(), [one.strategy], KUCIRKA, adherence=0.9).infectious[0]
        assert one.risk == pytest.approx(alone, abs=1e-12)


@pytest.mark.parametrize(
    ("days", "most", "code"), [(60, 4, "schedules"), (21, 6, "schedules"), (5, 11, "tests"), (5, -1, "tests")]
)
def test_more_schedules_than_can_be_tried_are_refused(days, most, code):
    with pytest.raises(RiskRefused) as no:
        frontier(kernels(), KUCIRKA, Costs(1, 1), most_days=days, most_tests=most)
    assert no.value.code == code
