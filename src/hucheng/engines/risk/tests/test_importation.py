"""The infected of a flight: travellers drawn one by one, counts that cluster, what is not known, and bad input."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused, profile
from hucheng.engines.risk.importation import (
    LEVELS,
    Draws,
    Flight,
    Screens,
    aboard,
    draws,
    importation,
    parameters,
    read_flights,
    report_delay,
)
from hucheng.engines.risk.kernels import Departure, Kernels
from hucheng.engines.risk.series import CountrySeries, World

KNOWN = profile("sars_cov_2_2020")
DAY = date(2020, 4, 6)
FLIGHT = Flight("CA910", DAY, "RUS", 200, 8)


def series(cases, *, population=10_000_000, deaths=None, capacity="high"):
    counts = np.asarray(cases, dtype=np.float64)
    gone = None if deaths is None else np.asarray(deaths, dtype=np.float64)
    return CountrySeries("RUS", population, DAY - timedelta(days=1), counts, gone, None, capacity)


def world(*args, **options):
    return World({"RUS": series(*args, **options)}, ())


def certain(infections, growth, silent=0.2):
    return Draws(*(np.array([value]) for value in (infections, growth, 1.0, silent)))


@pytest.mark.parametrize(
    ("growth", "screens"), [(0.0, Screens(0.7, 0.5)), (0.1, Screens()), (-0.05, Screens(0.3, 1.0))]
)
def test_travellers_drawn_one_by_one_agree(growth, screens):
    """Infections over 80 days at the given growth, each with its course; everybody equally likely to fly."""
    rng, draws_, hours, population, now = np.random.default_rng(3), 1_000_000, 8, 1_000_000, 2000.0
    age = rng.uniform(0, 80, draws_)
    weight = now * np.exp(-growth * age) * 80 / draws_ / population
    silent = rng.uniform(size=draws_) < 0.2
    onset = rng.gamma(4.634489, 1.184461, draws_)
    course = np.where(silent, rng.gamma(3, 2, draws_), rng.gamma(9.1**2 / 14.7, 14.7 / 9.1, draws_))
    drawn = rng.uniform(0.01, 0.99, draws_)
    after = (np.log(drawn / (1 - drawn)) + 5.266861417026) / 0.742950137978
    end = onset + np.where(silent, course, after)
    boards = (age < onset + course) & (silent | (age < onset) | (rng.uniform(size=draws_) >= screens.at_exit))
    lands = age + hours / 24
    able = boards & (lands > onset - 2.3) & (lands < end)
    missed = boards & ~(~silent & (lands > onset) & (rng.uniform(size=draws_) < screens.at_entry))
    kernels = Kernels(KNOWN, journey_hours=hours, departure=Departure(0.0), exit_sensitivity=screens.at_exit)
    ours = aboard(
        FLIGHT, series([1], population=population), certain(now, growth), kernels, screens, overdispersion=0.1
    )
    for mine, who in ((ours.expected, boards), (ours.infectious, able), (ours.missed, missed)):
        each = weight * who * FLIGHT.passengers
        assert mine == pytest.approx(each.sum(), abs=4 * each.std() * np.sqrt(draws_) + 1e-3 * mine)


def test_counts_cluster_and_keep_their_mean():
    cases = [900] * 30
    usual, loose = (importation(KNOWN, [FLIGHT], world(cases), overdispersion=rho)[0] for rho in (0.1, 1e-6))
    for one in (usual, loose):
        assert one.chances.sum() == pytest.approx(1, abs=1e-12)
        assert one.chances @ np.arange(201) == pytest.approx(one.expected, rel=0.02)
    assert usual.any < loose.any and usual.quantiles[-1] > loose.quantiles[-1]
    mean = loose.expected
    assert np.var(np.repeat(np.arange(201), np.round(usual.chances * 1e6).astype(int))) > 3 * mean


@given(st.floats(0.001, 0.9))
@settings(max_examples=20, deadline=None)
def test_more_clustering_never_makes_an_empty_flight_rarer(rho):
    one, more = (
        importation(KNOWN, [FLIGHT], world([50] * 20), overdispersion=r)[0] for r in (rho, min(rho * 1.5, 0.95))
    )
    assert more.any <= one.any + 1e-12 and one.expected == pytest.approx(more.expected)


def test_quantiles_are_those_of_the_counts():
    one = importation(KNOWN, [FLIGHT], world([3000] * 30))[0]
    reached = np.cumsum(one.chances)
    for level, count in zip(LEVELS, one.quantiles, strict=True):
        assert reached[count] >= level and (count == 0 or reached[count - 1] < level)


def test_twice_the_people_or_half_the_cases_halve_what_is_expected():
    base = importation(KNOWN, [FLIGHT], world([800] * 30))[0].expected
    assert importation(KNOWN, [FLIGHT], world([800] * 30, population=20_000_000))[0].expected == pytest.approx(base / 2)
    assert importation(KNOWN, [FLIGHT], world([400] * 30))[0].expected == pytest.approx(base / 2, rel=0.01)


def test_fewer_reported_means_more_expected_with_a_wider_interval():
    low, high = (importation(KNOWN, [FLIGHT], world([800] * 30, capacity=name))[0] for name in ("low", "high"))
    assert low.expected > 2 * high.expected
    spans = [np.quantile(one.expected_draws, 0.975) / np.quantile(one.expected_draws, 0.025) for one in (low, high)]
    assert spans[0] > spans[1] > 2


def test_deaths_tell_what_is_reported_where_there_are_enough():
    """Ten times the usual deaths a case mean that about a tenth is reported."""
    cases = [1000] * 90
    many, few = series(cases, deaths=[66] * 90), series(cases, deaths=[0] * 90)
    assert np.median(draws(KNOWN, many, DAY).reported) == pytest.approx(0.1, rel=0.05)
    assert np.median(draws(KNOWN, few, DAY).reported) == pytest.approx(0.40, rel=0.02)
    assert draws(KNOWN, series(cases, deaths=[2] * 90), DAY).reported.max() <= 1


def test_growth_is_carried_on_to_today_only_where_it_can_be_told():
    rising = draws(KNOWN, series(np.round(10 * np.exp(0.1 * np.arange(30)))), DAY)
    assert np.median(rising.growth) == pytest.approx(0.1, abs=0.01)
    ahead = report_delay(KNOWN) + 1 + 3
    week = 10 * np.exp(0.1 * np.arange(23, 30)).mean()
    assert np.median(rising.infections * rising.reported) == pytest.approx(week * np.exp(0.1 * ahead), rel=0.1)
    assert (draws(KNOWN, series([3, 5, 2, 4, 6, 3, 4] * 3), DAY).growth == 0).all()
    assert (draws(KNOWN, series([0] * 20), DAY).growth == 0).all()


def test_no_cases_seen_is_not_none_there():
    one = importation(KNOWN, [FLIGHT], world([0] * 20))[0]
    assert 0 < one.expected < 0.01 and one.quantiles == (0, 0, 0, 0)


def test_nobody_can_be_infected_more_than_once():
    one = importation(KNOWN, [FLIGHT], world([9_000_000] * 20))[0]
    assert one.expected == pytest.approx(200) and one.quantiles == (200, 200, 200, 200)
    assert one.missed <= one.expected + 1e-9


def test_screens_only_take_away():
    free, held = (importation(KNOWN, [FLIGHT], world([900] * 30), screens)[0] for screens in (None, Screens(0.7, 0.7)))
    assert held.expected < free.expected and held.missed < held.expected and free.missed == pytest.approx(free.expected)
    assert held.infectious < held.expected


def test_a_flight_without_a_series_has_no_number_and_the_same_question_the_same_answer():
    other = Flight("XX1", DAY, "FRA", 100, 10)
    first, again = (importation(KNOWN, [FLIGHT, other], world([900] * 30)) for _ in range(2))
    assert [one.flight for one in first] == [FLIGHT] and first[0].expected == again[0].expected


def test_the_law_of_an_uncertain_share_meets_its_limits():
    number = parameters()["capacity_low"]
    assert number.spread(np.array([-1.959964, 0, 1.959964])) == pytest.approx([0.01, 0.11, 0.42])
    assert profile("mers").parameter("asymptomatic_share").spread(np.array([-2.0, 2.0])).tolist() == [0.21, 0.21]


def test_flights_are_read_by_their_names():
    data = b"flight,date,origin,passengers,hours\nCA910,2020-04-06,RU,200,8\nZZ1,2020-04-07,fra,90,11.5\n"
    assert read_flights(data) == [FLIGHT, Flight("ZZ1", date(2020, 4, 7), "FRA", 90, 11.5)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("CA1,6 April,RU,200,8", "date"),
        ("CA1,2020-04-06,XX,200,8", "flight"),
        ("CA1,2020-04-06,RU,many,8", "flight"),
        ("CA1,2020-04-06,RU,1.5,8", "flight"),
        ("CA1,2020-04-06,RU,0,8", "flight"),
        ("CA1,2020-04-06,RU,1001,8", "flight"),
        ("CA1,2020-04-06,RU,200,", "flight"),
        ("CA1,2020-04-06,RU,200,73", "flight"),
        ("CA1,2020-04-06,RU,200,nan", "flight"),
    ],
    ids=lambda value: value,
)
def test_a_flight_that_cannot_be_is_refused(row, code):
    with pytest.raises(RiskRefused) as no:
        read_flights(f"flight,date,origin,passengers,hours\n{row}\n".encode())
    assert no.value.code == code


@pytest.mark.parametrize("rho", [0.0, 1.0, -1, float("nan")])
def test_an_overdispersion_that_cannot_be_is_refused(rho):
    with pytest.raises(RiskRefused) as no:
        importation(KNOWN, [FLIGHT], world([5] * 20), overdispersion=rho)
    assert no.value.code == "overdispersion"


@pytest.mark.parametrize("screens", [{"at_exit": 1.2}, {"at_entry": -0.1}], ids=str)
def test_screens_that_cannot_be_are_refused(screens):
    with pytest.raises(RiskRefused):
        Screens(**screens)
