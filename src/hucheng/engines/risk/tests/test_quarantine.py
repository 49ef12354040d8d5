"""What a quarantine lets through: published tables, an independent simulation, limits, order and sums."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import Curve, RiskRefused, curve, profile
from hucheng.engines.risk.profiles import Parameter
from hucheng.engines.risk.quarantine import (
    Departure,
    Kernels,
    Strategy,
    residual_risk,
    risk_table,
    schedules,
    smallest_quarantine,
)

KNOWN = profile("sars_cov_2_2020")
KUCIRKA, HELLEWELL = curve("kucirka"), curve("hellewell")
TABLE = [
    (Strategy(0), 0.92, 0.91, 0.95),
    (Strategy(1, (0,)), 0.51, 0.46, 0.57),
    (Strategy(7, (6,)), 0.070, 0.033, 0.123),
    (Strategy(14), 0.012, 0.0025, 0.026),
    (Strategy(14, (0, 13)), 0.0069, 0.0013, 0.015),
    (Strategy(14, (0, 7, 13)), 0.0036, 0.0006, 0.0079),
    (Strategy(21, (0, 13)), 0.0005, 0.0001, 0.0010),
]
days = st.integers(0, 30)
some_days = st.lists(st.integers(0, 13), max_size=4).map(tuple)


@cache
def kernels(hours=8, **options):
    return Kernels(KNOWN, journey_hours=hours, **options)


def risk(strategy, known=KUCIRKA, **assumptions):
    return float(residual_risk(kernels(), [strategy], known, **assumptions).infectious[0])


def flat(probability):
    return Curve("flat", (0.0, 60.0), (probability, probability), "here")


@pytest.mark.parametrize(("strategy", "middle", "low", "high"), TABLE)
def test_the_table_of_policies_for_an_eight_hour_flight(strategy, middle, low, high):
    """science.md section 7, printed to two figures; low and high are at 3 % and 55 % without symptoms."""
    for asymptomatic, printed in ((None, middle), (0.03, low), (0.55, high)):
        assert risk(strategy, asymptomatic_share=asymptomatic) == pytest.approx(
            printed, rel=0.045, abs=0.005 if printed > 0.1 else 6e-5
        )


@pytest.mark.parametrize(("release", "test", "printed"), [(8, 7, 0.94), (6, 5, 0.89), (14, None, 0.986)])
def test_the_reductions_of_clifford_2021(release, test, printed):
    plans = [Strategy(0), Strategy(release, () if test is None else (test,))]
    none, held = residual_risk(kernels(2), plans, KUCIRKA).infectious
    assert 1 - held / none == pytest.approx(printed, abs=0.006)


def test_the_interval_of_clifford_2021_comes_from_the_asymptomatic_share():
    plans = [Strategy(0), Strategy(8, (7,))]
    for asymptomatic, printed in ((0.55, 0.896), (0.03, 0.978)):
        none, held = residual_risk(kernels(2), plans, KUCIRKA, asymptomatic_share=asymptomatic).infectious
        assert 1 - held / none == pytest.approx(printed, abs=1e-3)


@pytest.mark.parametrize(
    ("strategy", "changed", "printed"),
    [
        (Strategy(14, (0, 13)), {"adherence": 0.95}, 0.053),
        (Strategy(14, (0, 13)), {"asymptomatic_sensitivity": 1.0}, 0.0043),
        (Strategy(14, (0, 13)), {"known": HELLEWELL}, 0.0080),
        (Strategy(7, (6,)), {"known": HELLEWELL}, 0.096),
        (Strategy(7, (5, 6)), {}, 0.034),
        (Strategy(7, (5, 6)), {"known": HELLEWELL}, 0.058),
    ],
)
def test_one_assumption_changed_at_a_time(strategy, changed, printed):
    assert risk(strategy, **changed) == pytest.approx(printed, rel=0.02)


@pytest.mark.parametrize(
    ("changed", "printed"),
    [
        ({"departure": Departure(0.0)}, 0.0100),
        ({"departure": Departure(0.1)}, 0.013),
        ({"departure": Departure(0.2)}, 0.016),
        ({"departure": Departure(-0.05)}, 0.0083),
        ({"exit_sensitivity": 0.0}, 0.0046),
    ],
)
def test_one_assumption_on_who_departs_changed_at_a_time(changed, printed):
    """science.md section 7: 14 days with tests on days 0 and 13, base 0.69 %."""
    found = residual_risk(kernels(**changed), [Strategy(14, (0, 13))], KUCIRKA).infectious[0]
    assert found == pytest.approx(printed, rel=0.03)


def simulated(release, tests, hours, draws, seed):
    """Travellers one by one: end of infectiousness, exit screen, onset during the stay, tests; shares no line."""
    rng = np.random.default_rng(seed)
    silent = rng.uniform(size=draws) < KNOWN["asymptomatic_share"]
    onset = rng.gamma(4.634489, 1.184461, draws)
    course = np.where(silent, rng.gamma(3, 2, draws), rng.gamma(9.1**2 / 14.7, 14.7 / 9.1, draws))
    leaves = rng.uniform(size=draws) * (onset + course)
    drawn = rng.uniform(0.01, 0.99, draws)
    after = (np.log(drawn / (1 - drawn)) + 5.266861417026) / 0.742950137978
    end = onset + np.where(silent, course, after)
    lands = leaves + hours / 24
    aboard = silent | (leaves < onset) | (rng.uniform(size=draws) > 0.7)
    out = lands + release
    free = aboard & (silent | (onset < lands) | (onset > out))
    for day in tests:
        found = KUCIRKA.at(lands + day) * np.where(silent, 0.62, 1)
        free &= rng.uniform(size=draws) > found
    left = np.where(free, np.maximum(end - np.maximum(out, onset - 2.3), 0), 0)
    return (free & (end > out)).sum() / aboard.sum(), free.sum() / aboard.sum(), left.sum() / aboard.sum(), aboard.sum()


@pytest.mark.parametrize(("release", "tests", "hours"), [(0, (), 8), (2, (0,), 15), (7, (0, 5), 8), (10, (), 48)])
def test_a_simulation_agrees_within_four_standard_errors(release, tests, hours):
    ours = residual_risk(kernels(hours), [Strategy(release, tests)], KUCIRKA)
    infectious, released, left, count = simulated(release, tests, hours, 400_000, seed=3)
    for mine, drawn in ((ours.infectious, infectious), (ours.infectious + ours.harmless, released)):
        assert abs(mine[0] - drawn) < 4 * np.sqrt(mine[0] * (1 - mine[0]) / count) + 1e-6
    assert ours.days[0] == pytest.approx(left, rel=0.03)


@pytest.mark.parametrize("known", [KUCIRKA, HELLEWELL], ids=lambda known: known.key)
def test_halving_the_panels_changes_nothing_above_a_millionth(known):
    plans = [one for one, *_ in TABLE]
    usual, fine = (residual_risk(kernels(fineness=fineness), plans, known) for fineness in (1, 2))
    for name in ("infectious", "harmless", "stopped", "days"):
        assert getattr(usual, name) == pytest.approx(getattr(fine, name), abs=1e-6)


def test_the_quadrature_is_of_high_order_where_the_test_curve_is_smooth():
    """Each halving of the panels leaves less than a tenth of the change before it."""
    plans = [Strategy(0), Strategy(7), Strategy(14)]
    one, two, four = (
        residual_risk(kernels(fineness=fineness, monitoring=False), plans, flat(0.5)).infectious
        for fineness in (1, 2, 4)
    )
    assert np.abs(two - four).max() < np.abs(one - two).max() / 10 + 1e-12


@given(some_days, days, days)
@settings(max_examples=25, deadline=None)
def test_longer_is_never_worse(tests, one, other):
    short, long = sorted((max(one, 13), max(other, 13)))
    assert risk(Strategy(long, tests)) <= risk(Strategy(short, tests)) + 1e-12


@given(some_days, st.integers(0, 13), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_one_more_test_is_never_worse_at_any_correlation(tests, more, correlation):
    fewer, added = (risk(Strategy(14, plan), correlation=correlation) for plan in (tests, (*tests, more)))
    assert added <= fewer + 1e-12


@given(st.floats(0, 1), st.floats(0, 1), some_days)
@settings(max_examples=25, deadline=None)
def test_a_better_test_is_never_worse(one, other, tests):
    low, high = sorted((one, other))
    assert risk(Strategy(14, tests), flat(high)) <= risk(Strategy(14, tests), flat(low)) + 1e-12


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_fewer_who_comply_or_tests_that_fail_together_never_lower_the_risk(one, other, correlation):
    low, high = sorted((one, other))
    plan = Strategy(10, (3, 8))
    assert risk(plan, adherence=high) <= risk(plan, adherence=low) + 1e-12
    assert risk(plan, correlation=low) <= risk(plan, correlation=high) + 1e-12
    assert risk(plan, correlation=correlation) >= risk(plan) - 1e-12


@given(some_days, days, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_everybody_on_board_ends_once(tests, release, asymptomatic, adherence, correlation):
    plan = Strategy(max(release, 13), tests)
    ends = residual_risk(
        kernels(), [plan], HELLEWELL, asymptomatic_share=asymptomatic, adherence=adherence, correlation=correlation
    )
    assert ends.infectious + ends.harmless + ends.stopped == pytest.approx(1, abs=1e-12)
    assert min(ends.infectious[0], ends.harmless[0], ends.stopped[0], ends.days[0]) >= -1e-12


def test_without_a_stay_nobody_is_stopped():
    assert residual_risk(kernels(), [Strategy(0)], KUCIRKA).stopped[0] == pytest.approx(0, abs=1e-12)


def test_a_perfect_test_leaves_only_the_silent_share_it_cannot_see():
    assert risk(Strategy(8, (7,)), flat(1.0), asymptomatic_share=0.0) == pytest.approx(0, abs=1e-8)
    blind = risk(Strategy(8, (7,)), flat(0.0))
    assert blind == pytest.approx(risk(Strategy(8)), abs=1e-8)


def test_sixty_days_let_nothing_through_and_no_adherence_is_no_quarantine():
    assert risk(Strategy(60)) == pytest.approx(0, abs=1e-9)
    assert risk(Strategy(14, (0, 13)), adherence=0.0) == pytest.approx(risk(Strategy(0)), abs=1e-12)


def test_a_copy_of_a_test_is_worth_nothing_when_tests_fail_together():
    once, twice = Strategy(8, (6,)), Strategy(8, (6, 6))
    assert risk(twice, correlation=1.0) == pytest.approx(risk(once), abs=1e-12)
    assert risk(twice) < risk(once) / 1.5


def test_the_order_of_tests_does_not_matter_and_a_late_result_does_not_count():
    assert risk(Strategy(14, (13, 0, 7))) == risk(Strategy(14, (0, 7, 13)))
    assert risk(Strategy(14, (14,))) == risk(Strategy(14))
    assert risk(Strategy(14, (14,)), result_delay_days=0) < risk(Strategy(14))


def test_the_mixture_is_linear_in_those_who_board():
    plan, share, (ill, silent) = Strategy(7, (6,)), 0.4, kernels().aboard()
    seen, unseen = (risk(plan, asymptomatic_share=only) for only in (0.0, 1.0))
    mixed = ((1 - share) * ill * seen + share * silent * unseen) / ((1 - share) * ill + share * silent)
    assert risk(plan, asymptomatic_share=share) == pytest.approx(mixed, abs=1e-12)


def test_watching_for_symptoms_is_worth_something_only_during_a_stay():
    unwatched = kernels(monitoring=False)
    alone = residual_risk(unwatched, [Strategy(0), Strategy(7)], KUCIRKA).infectious
    assert alone[0] == pytest.approx(risk(Strategy(0)), abs=1e-12)
    assert alone[1] > risk(Strategy(7)) * 1.5


def test_many_strategies_at_once_are_each_alone():
    plans = [one for one, *_ in TABLE]
    assert residual_risk(kernels(), plans, KUCIRKA).infectious == pytest.approx([risk(one) for one in plans], abs=1e-15)


@pytest.mark.parametrize(("target", "tests"), [(0.05, ()), (0.05, (1,)), (0.01, (1, 7)), (0.001, ())])
def test_the_smallest_quarantine_meets_its_target_and_one_day_less_does_not(target, tests):
    days = smallest_quarantine(kernels(), KUCIRKA, target, tests_before_release=tests)
    plans = [Strategy(held, tuple(held - back for back in tests if held >= back)) for held in (days - 1, days)]
    assert risk(plans[0]) > target >= risk(plans[1])


def test_no_length_makes_up_for_people_who_do_not_stay():
    assert smallest_quarantine(kernels(), KUCIRKA, 0.01, adherence=0.95) is None
    assert smallest_quarantine(kernels(), KUCIRKA, 1.0) == 0


@pytest.mark.parametrize(
    ("plan", "assumptions", "code"),
    [
        (Strategy(-1), {}, "days"),
        (Strategy(61), {}, "days"),
        (Strategy(400), {}, "days"),
        (Strategy(7, (8,)), {}, "days"),
        (Strategy(7, (-1,)), {}, "days"),
        (Strategy(7), {"adherence": 1.2}, "probability"),
        (Strategy(7), {"correlation": -0.1}, "probability"),
        (Strategy(7), {"asymptomatic_share": float("nan")}, "probability"),
        (Strategy(7), {"asymptomatic_sensitivity": 2}, "probability"),
        (Strategy(7), {"result_delay_days": -1}, "days"),
        (Strategy(14, tuple(range(11))), {}, "tests"),
    ],
)
def test_what_cannot_be_is_refused(plan, assumptions, code):
    with pytest.raises(RiskRefused) as said:
        risk(plan, **assumptions)
    assert said.value.code == code


@pytest.mark.parametrize("hours", [-1, 73, float("nan")])
def test_a_journey_takes_up_to_three_days(hours):
    with pytest.raises(RiskRefused, match="lies outside"):
        Kernels(KNOWN, journey_hours=hours)


def test_a_disease_without_infectious_days_in_its_source_is_refused():
    with pytest.raises(RiskRefused, match="mers has no course_mean"):
        Kernels(profile("mers"), journey_hours=8)


@pytest.mark.parametrize("assumptions", [{}, {"correlation": 0.4}, {"adherence": 0.9, "asymptomatic_share": 0.5}])
def test_the_table_of_pairs_is_that_of_single_strategies(assumptions):
    table = risk_table(kernels(), HELLEWELL, [5, 9], range(8), **assumptions)
    for row, release in enumerate((5, 9)):
        for one, other in ((0, 3), (2, 7), (4, 4)):
            days = {day for day in (one, other) if day <= release}
            alone = risk(Strategy(release, tuple(days)), HELLEWELL, **assumptions)
            assert table[row, one, other] == pytest.approx(alone, abs=1e-13)
            assert table[row, one, other] == pytest.approx(table[row, other, one], abs=1e-15)


def test_every_schedule_is_listed_once():
    plans = schedules(6, 2)
    assert len(plans) == len(set(plans)) == 1 + 7 + 21 and schedules(0, 3) == [Strategy(0), Strategy(0, (0,))]


@pytest.mark.parametrize("growth", [-0.6, 1.5, float("nan")])
def test_a_growth_that_no_epidemic_has_is_refused(growth):
    with pytest.raises(RiskRefused) as said:
        Departure(growth)
    assert said.value.code == "growth"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("course_variance", 400.0, "too_spread"),
        ("course_variance", 1e-4, "too_spread"),
        ("course_mean", 150.0, "too_spread"),
        ("infectious_end_slope", 0.01, "too_long"),
    ],
)
def test_a_disease_that_cannot_be_integrated_is_refused(name, value, code):
    numbers = {**KNOWN.parameters, name: Parameter(value, None, None, "", "here")}
    with pytest.raises(RiskRefused) as said:
        Kernels(replace(KNOWN, parameters=numbers), journey_hours=8)
    assert said.value.code == code


@pytest.mark.parametrize("hours", [0, 0.5, 12, 71.5])
def test_any_length_of_journey_agrees_with_finer_panels(hours):
    plans = [Strategy(0), Strategy(5, (2,)), Strategy(12)]
    usual, fine = (residual_risk(kernels(hours, fineness=times), plans, KUCIRKA).infectious for times in (1, 2))
    assert usual == pytest.approx(fine, abs=1e-6)
