"""Whole horizons by simulation: the same law as the exact days, and promises that hold."""

from dataclasses import replace

import numpy as np
import pytest

from hucheng.engines.risk.demand.exact import forecast
from hucheng.engines.risk.demand.forecast import RESOURCES, Inside, Plan
from hucheng.engines.risk.demand.joint import joint, simulate
from hucheng.engines.risk.demand.tests.makers import ALONE, FLIGHT, a_plan, one_flight
from hucheng.engines.risk.refusal import RiskRefused

PATHS = 4000


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("shared_sd", [0.0, 0.5])
def test_simulated_days_have_the_exact_law_of_each_day(resource, shared_sd):
    plan = a_plan(shared_sd=shared_sd)
    drawn, exact = simulate(plan, resource, paths=PATHS, seed=1), forecast(plan, resource)
    error = np.sqrt(exact.variance / PATHS)
    assert (np.abs(drawn.mean(axis=0) - exact.mean) <= 4 * error + 1e-9).all()
    for level in (0.1, 0.5, 0.9):
        at = exact.quantiles([level])
        reached = np.array([row[: int(q) + 1].sum() for row, q in zip(exact.probabilities, at[:, 0], strict=True)])
        band = 4 * np.sqrt(level * (1 - level) / PATHS) + 1e-9
        assert (np.abs((drawn <= at[:, 0]).mean(axis=0) - reached) <= band).all()


def test_the_same_seed_draws_the_same_paths_and_another_does_not():
    one, same, other = (simulate(a_plan(), "rooms", paths=20, seed=seed) for seed in (3, 3, 4))
    assert (one == same).all() and (one != other).any()


def test_the_reserve_keeps_its_promise_on_paths_it_has_not_seen():
    plan = a_plan(flights=12, shared_sd=0.3)
    exact = forecast(plan, "rooms")
    held = joint(plan, exact, promise=0.9, paths=PATHS, seed=1)
    fresh = simulate(plan, "rooms", paths=PATHS, seed=2)
    kept = (fresh <= held.reserve).all(axis=1).mean()
    assert kept == pytest.approx(0.9, abs=0.03)
    assert held.of_daily < 0.9 < held.level
    careless = (fresh <= exact.quantiles([0.9])[:, 0]).all(axis=1).mean()
    assert held.of_daily == pytest.approx(careless, abs=0.03)
    assert held.peak <= held.reserve.max() + 1e-9


def test_one_day_alone_needs_no_more_than_its_own_quantile():
    plan = replace(one_flight(days=1), days=1)
    held = joint(plan, forecast(plan, "rooms"), promise=0.9, paths=PATHS)
    assert held.reserve[0] == pytest.approx(forecast(plan, "rooms").quantiles([0.9])[0, 0], abs=2)


def test_when_all_is_known_the_promise_is_free():
    plan = Plan(5, (replace(FLIGHT, load_mean=1.0, load_sd=0.0, cancelled=0.0, kept=1.0),), ALONE)
    held = joint(plan, forecast(plan, "rooms"), paths=50)
    assert held.reserve.tolist() == [100] * 5 and held.of_daily == 1 and held.peak == 100


def test_everybody_who_lands_arrives_once_and_nobody_after_the_horizon():
    drawn = simulate(one_flight(load_mean=1.0, load_sd=0.0, cancelled=0.0, day=3), "arrivals", paths=5, seed=1)
    assert drawn.sum(axis=1).tolist() == [100] * 5 and drawn[:, 3].tolist() == [100] * 5
    assert simulate(one_flight(day=30), "arrivals", paths=5, seed=1).max() == 0


def test_people_inside_leave_and_do_not_come_back():
    plan = Plan(6, (), ALONE, (Inside("rooms", 30, (1.0, 0.8, 0.8, 0.3, 0.0, 0.0)),))
    drawn = simulate(plan, "rooms", paths=500, seed=1)
    assert (np.diff(drawn, axis=1) <= 0).all()
    assert drawn[:, 0].tolist() == [30] * 500 and drawn[:, 4].max() == 0
    assert drawn[:, 3].mean() == pytest.approx(9, abs=0.5)


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("method", lambda: simulate(a_plan(), "chairs", paths=10, seed=0)),
        ("number", lambda: simulate(a_plan(), "rooms", paths=0, seed=0)),
        ("probability", lambda: joint(a_plan(), forecast(a_plan(), "rooms"), promise=1.5)),
    ],
    ids=["resource", "paths", "promise"],
)
def test_what_cannot_be_simulated_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask()
    assert refused.value.code == code
