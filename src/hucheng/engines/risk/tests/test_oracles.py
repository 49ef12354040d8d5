"""The engine against oracles that know nothing of it: scaled time, simulated chains, coverage, made-up diseases."""

import sys
from dataclasses import astuple, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

from hucheng.engines.risk import profile
from hucheng.engines.risk.growth import effective_r, extinction, more_to_come, serial_interval
from hucheng.engines.risk.profiles import Parameter
from hucheng.engines.risk.quarantine import Departure, Kernels, Strategy, residual_risk
from hucheng.engines.risk.screening import screening
from hucheng.engines.risk.special import lower_gamma

EARLY = profile("sars_cov_2_early_2020")
POWERS = {"day": 1, "day^2": 2, "logit/day": -1}


def in_other_time(disease, factor):
    """The same disease with every time multiplied, its numbers changed by their units alone."""
    numbers = {
        name: Parameter(number.value * factor ** POWERS.get(number.unit, 0), None, None, number.unit, number.source)
        for name, number in disease.parameters.items()
    }
    return replace(disease, parameters=numbers)


@pytest.mark.parametrize("factor", [0.5, 2.0, 3.0])
def test_a_disease_twice_as_slow_on_a_journey_twice_as_long_ends_alike(factor):
    slow = screening(in_other_time(EARLY, factor), journey_hours=12 * factor)
    assert astuple(slow) == pytest.approx(astuple(screening(EARLY, journey_hours=12)), abs=1e-6)


@pytest.mark.parametrize("days", [3, 5])
def test_quarantine_too_scales_with_time(days):
    known = profile("sars_cov_2_2020")
    flat = type("Flat", (), {"at": staticmethod(lambda at: np.full(np.shape(at), 0.4))})()
    fast = residual_risk(Kernels(known, journey_hours=8), [Strategy(days)], flat).infectious
    slow_kernels = Kernels(in_other_time(known, 1.5), journey_hours=12)
    assert residual_risk(slow_kernels, [Strategy(days)], flat).infectious[0] > fast[0]
    even = Kernels(in_other_time(known, 2.0), journey_hours=16)
    assert residual_risk(even, [Strategy(2 * days)], flat).infectious == pytest.approx(fast, abs=1e-6)


@pytest.mark.parametrize(("r", "k"), [(1.5, 0.5), (2.5, 0.25), (3.0, 2.0)])
def test_simulated_chains_die_out_as_often_as_said(r, k):
    rng, chains = np.random.default_rng(17), 20_000
    living, extinct = np.ones(chains, dtype=int), np.zeros(chains, dtype=bool)
    for _ in range(60):
        going = ~extinct & (living < 300)
        offspring = rng.poisson(rng.gamma(k * np.maximum(living, 1e-9), r / k))
        living = np.where(going, offspring, living)
        extinct |= living == 0
    expected = extinction(r, k)
    assert abs(extinct.mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / chains)


def test_simulated_cases_bring_more_as_often_as_said():
    rng, runs, days, r, k = np.random.default_rng(23), 40_000, [4, 6, 9], 1.8, 0.4
    interval = serial_interval(5.8, 3.0, 60)
    more = np.zeros(runs, dtype=bool)
    for silent in days:
        offspring = rng.poisson(rng.gamma(k, r / k, runs))
        later = interval[silent + 1 :].sum()
        more |= rng.binomial(offspring, later) > 0
    expected = more_to_come(days, interval, r, k)
    assert abs(more.mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / runs)


@pytest.mark.parametrize("truth", [0.8, 1.1, 1.6])
def test_the_interval_of_rt_holds_a_simulated_truth_as_often_as_it_says(truth):
    rng, interval, held = np.random.default_rng(41), serial_interval(2.6, 1.5, 40), []
    for _ in range(200):
        cases = [30]
        for day in range(1, 16):
            pressure = sum(interval[back] * cases[day - back] for back in range(1, day + 1))
            cases.append(int(rng.poisson(truth * pressure)))
        last = effective_r(cases, interval=interval)[-1]
        if last is not None:
            held.append(0.025 <= lower_gamma(last.shape, truth / last.scale) <= 0.975)
    assert len(held) > 150 and 0.9 <= np.mean(held) <= 0.99


@pytest.mark.parametrize("seed", range(12))
def test_screening_of_made_up_diseases_agrees_with_a_simulation(seed):
    """Random incubation, course, share and screens; four standard errors of 200,000 travellers."""
    rng, draws = np.random.default_rng(seed), 200_000
    means, spread = rng.uniform([2, 3], [9, 14]), rng.uniform(0.3, 0.8, 2)
    silent, leaving, landing = rng.uniform(size=3)
    hours = float(rng.uniform(1, 40))
    values = dict(zip(("incubation_mean", "severe_mean"), means, strict=True))
    values |= {"incubation_variance": (means[0] * spread[0]) ** 2, "severe_variance": (means[1] * spread[1]) ** 2}
    made = replace(
        EARLY, parameters={name: Parameter(float(one), None, None, "-", "-") for name, one in values.items()}
    )
    ours = screening(
        made, journey_hours=hours, exit_sensitivity=leaving, entry_sensitivity=landing, asymptomatic_share=silent
    )
    onset, severe = (rng.gamma(1 / s**2, m * s**2, draws) for m, s in zip(means, spread, strict=True))
    departs = rng.uniform(size=draws) * (onset + severe)
    shows = rng.uniform(size=draws) >= silent
    at_exit = shows & (departs > onset) & (rng.uniform(size=draws) < leaving)
    fell = shows & ~at_exit & (onset + severe < departs + hours / 24)
    at_entry = shows & ~at_exit & ~fell & (onset < departs + hours / 24) & (rng.uniform(size=draws) < landing)
    for mine, theirs in zip(astuple(ours), (at_exit, fell, at_entry, ~(at_exit | fell | at_entry)), strict=True):
        assert abs(mine - theirs.mean()) < 4 * np.sqrt(max(mine * (1 - mine), 1e-6) / draws) + 5e-5


@pytest.fixture(scope="module")
def simulated():
    """The simulation of benchmarks/risk, which shares no line with the engine."""
    place = Path(__file__).resolve().parents[5] / "benchmarks/risk/simulated.py"
    made = spec_from_file_location("simulated_quarantine", place)
    module = sys.modules[made.name] = module_from_spec(made)
    made.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(300, 312))
def test_quarantine_of_made_up_diseases_agrees_with_a_simulation(seed, simulated):
    """Random diseases, curves, schedules, growth and compliance; benchmarks/risk/agreement.py does 200 of a million."""
    case, draws = simulated.drawn(np.random.default_rng(seed)), 100_000
    kernels = Kernels(
        case.disease, journey_hours=case.hours, monitoring=case.monitoring, departure=Departure(case.growth)
    )
    ours = residual_risk(
        kernels,
        [Strategy(case.release, case.tests)],
        case.curve,
        adherence=case.adherence,
        correlation=case.correlation,
        result_delay_days=case.delay,
    )
    shares, errors = simulated.simulate(case, draws, np.random.default_rng(seed + 1))
    for name, share in shares.items():
        assert abs(getattr(ours, name)[0] - share) < 4 * max(errors[name], 1 / draws)
