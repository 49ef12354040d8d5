"""Other days of quarantine: rooms, risk, cost and working days move as they must, and the result keeps its inputs."""

import json
from datetime import date

import pytest

from hucheng.engines.risk import RiskRefused, curve, profile
from hucheng.engines.risk.demand.exact import forecast
from hucheng.engines.risk.demand.forecast import Flight, Habits, Inside, Plan
from hucheng.engines.risk.demand.whatif import what_if
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk

MONDAY = date(2020, 4, 6)
HABITS = Habits((0.8, 0.2), (1, 1), (0.0,) * 14 + (1.0,), test_days=(0, 13))
INSIDE = (Inside("rooms", 50, (1.0,) * 5 + (0.0,) * 16),)
PLAN = Plan(21, tuple(Flight(day, 150, 0.7, 0.15, 0.1, 0.9) for day in (0, 3, 9)), HABITS, INSIDE)
POLICIES = (Strategy(0), Strategy(7, (6,)), Strategy(14), Strategy(14, (0, 13)), Strategy(21, (0, 13)))
COSTS = Costs(300, 80)
CURVE = curve("kucirka")


@pytest.fixture(scope="module")
def kernels():
    return Kernels(profile("sars_cov_2_2020"), journey_hours=8)


@pytest.fixture(scope="module")
def found(kernels):
    return what_if(PLAN, MONDAY, POLICIES, kernels, CURVE, COSTS)


def test_other_days_of_quarantine_change_rooms_risk_cost_and_workdays(found, kernels):
    none, week, bare, usual, long = found.consequences
    assert none.rooms == pytest.approx(50) and none.person_days == none.tests == none.cost == none.workdays == 0
    for less, more in ((none, week), (week, usual), (usual, long)):
        assert less.rooms <= more.rooms and less.rooms_95 <= more.rooms_95 and less.workdays < more.workdays
        assert less.cost < more.cost and less.risk > more.risk
    assert bare.risk > usual.risk and bare.cost < usual.cost and bare.workdays == usual.workdays
    assert [one.risk for one in found.consequences] == list(residual_risk(kernels, POLICIES, CURVE).infectious)


def test_rooms_are_the_exact_forecast_of_the_policy(found):
    usual = found.consequences[3]
    exact = forecast(PLAN, "rooms")
    peak = int(exact.mean.argmax())
    assert usual.rooms == pytest.approx(exact.mean[peak]) and usual.rooms_95 == exact.quantiles([0.95])[peak, 0]
    assert (usual.fullest - MONDAY).days == peak


def test_days_tests_and_cost_are_those_of_the_people_kept(found):
    landed = forecast(PLAN, "arrivals").mean.sum()
    usual, long = found.consequences[3:]
    assert usual.person_days == pytest.approx(0.9 * landed * 14) and long.person_days == pytest.approx(
        0.9 * landed * 21
    )
    assert usual.tests == pytest.approx(landed + 0.9 * landed)
    assert usual.cost == pytest.approx(300 * usual.person_days + 80 * usual.tests)
    assert usual.workdays == pytest.approx(usual.person_days * 10 / 14)  # two whole weeks


def test_it_is_deterministic_and_stored_with_its_inputs(found, kernels):
    again = what_if(PLAN, MONDAY, POLICIES, kernels, CURVE, COSTS)
    assert again == found
    stored = json.loads(json.dumps(found.as_dict()))
    assert stored["version"] == found.version and len(stored["consequences"]) == len(POLICIES)
    assert stored["inputs"]["plan"]["flights"][2]["day"] == 9 and stored["inputs"]["adherence"] == 1
    assert stored["inputs"]["disease"]["parameters"]["asymptomatic_share"]["source"]
    other = what_if(PLAN, MONDAY, POLICIES, kernels, CURVE, COSTS, adherence=0.95)
    assert other.version != found.version and other.consequences[3].risk > found.consequences[3].risk


def test_no_policy_and_one_too_long_are_refused(kernels):
    for policies in ((), (Strategy(61),)):
        with pytest.raises(RiskRefused):
            what_if(PLAN, MONDAY, policies, kernels, CURVE, COSTS)
