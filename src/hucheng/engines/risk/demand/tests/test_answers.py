"""`hucheng risk demand`: a plan in, days and sentences out, and what cannot be used named by its place."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from hucheng.engines.risk.command import risk
from hucheng.engines.risk.demand.answers import demand_answer
from hucheng.engines.risk.demand.exact import forecast
from hucheng.engines.risk.demand.reading import read_question
from hucheng.engines.risk.refusal import RiskRefused

START = date(2020, 4, 6)


def a_plan(**changes):
    """Three flights over three weeks, people inside, a capacity; changed as asked."""
    assumptions = {
        "load_mean": {"value": 0.7, "low": 0.6, "high": 0.8, "source": "own flights of March"},
        "load_sd": 0.15,
        "kept": 0.9,
        "stay": {"value": {"14": 0.9, "21": 0.1}, "source": "city order"},
    }
    return {
        "name": "April",
        "start": str(START),
        "days": 21,
        "flights": [{"flight": "CA910", "date": str(START + timedelta(days=day)), "seats": 150} for day in (0, 3, 9)],
        "assumptions": assumptions | changes.pop("assume", {}),
        "inside": [
            {"resource": "rooms", "count": 60, "leaves": str(START + timedelta(days=5))},
            {"resource": "rooms", "count": 20, "arrived": "2020-03-30"},
        ],
        **changes,
    }


def question(**changes):
    return read_question(json.dumps(a_plan(**changes)).encode())


def details(**changes):
    return demand_answer(question(**changes)).details


def run(path, given, *options):
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return CliRunner().invoke(risk, ["demand", str(path), *options])


def test_the_command_prints_numbers_by_day_as_json(tmp_path):
    done = run(tmp_path / "in.json", a_plan(), "--json")
    answer = json.loads(done.output)
    assert done.exit_code == 0 and answer["question"] == "demand"
    assert answer["low"] <= answer["value"] <= answer["high"]
    days = answer["details"]["days"]
    assert len(days) == 21 and days[0]["date"] == "2020-04-06"
    assert set(days[0]) == {"date", "arrivals", "rooms", "people", "beds", "tests"}
    assert days[5]["rooms"]["mean"] < days[4]["rooms"]["mean"]


def test_the_command_says_it_in_both_languages_with_the_cause(tmp_path):
    said = run(tmp_path / "in.json", "\ufeff" + json.dumps(a_plan())).output
    assert "用房最多" in said and "主要因为不知道各航班坐多满" in said
    assert "Most rooms are needed on 2020-04-15" in said and "mostly because we do not know how full" in said
    assert "No earlier forecast has been scored yet" in said
    assert "own flights of March" in said and "source not given" in said


def test_each_day_is_the_exact_forecast():
    asked = question()
    exact = forecast(asked.plan, "rooms")
    shown = demand_answer(asked).details["days"]
    assert [day["rooms"]["quantiles"]["0.95"] for day in shown] == exact.quantiles([0.95])[:, 0].tolist()


def test_people_inside_leave_on_their_day_or_as_others_do():
    asked = question(flights=[])
    exact = forecast(asked.plan, "rooms").mean
    assert exact[:5] == pytest.approx(80)
    assert exact[5] == pytest.approx(20) and exact[7] == pytest.approx(2) and exact[14] == pytest.approx(0)


def test_staff_follow_rooms_in_whole_people_and_shifts():
    shown = details(assume={"rooms_per_staff": 12, "shifts": 3})["days"][0]
    rooms, staff = shown["rooms"]["quantiles"]["0.5"], shown["staff"]["quantiles"]["0.5"]
    assert staff == 3 * -(-rooms // 12)


def test_a_capacity_names_its_first_short_day():
    short, enough = (details(capacity={"rooms": rooms}) for rooms in (150, 5000))
    assert "first exceeds 5% on 2020-04-06" in short["sentences"][1]["en"]
    assert "no day of the horizon is short" in enough["sentences"][1]["en"]
    assert 0.05 < short["days"][0]["chance_short_of_rooms"] <= 1


def test_the_reserve_for_all_days_is_above_that_of_single_days():
    joint = details()["joint"]["rooms"]
    assert joint["level_of_each_day"] > 0.95 > joint["single_days_at_promise_hold_together"]
    assert len(joint["reserve"]) == 21


def test_doubt_and_sensitivity_are_told_with_their_assumptions():
    found = details(assume={"cancelled": {"value": 0.4, "source": "order"}})
    assert found["doubt_by_cause"]["cancelled"] > found["doubt_by_cause"]["load"]
    assert sum(found["doubt_by_cause"].values()) == pytest.approx(1)
    rows = {row["assumption"]: row for row in found["sensitivity"]}
    assert rows["load_mean"]["range"] == "given" and rows["load_mean"]["low"] == 0.6
    assert rows["kept"]["range"] == "a tenth" and rows["kept"]["words"]["zh"]
    assert "hospital" not in rows


def test_the_same_assumptions_have_the_same_version():
    one, other = question(), question(days=10, flights=[])
    changed = question(assume={"kept": 0.8})
    assert one.version == other.version != changed.version
    assert demand_answer(one).assumptions["load_mean"] == "0.7 (0.6-0.8); own flights of March"


def test_what_was_forecast_can_be_handed_back_and_is_scored_beside_the_next():
    first = demand_answer(question())
    issued = [
        {"resource": "rooms", "made": str(START), "date": day["date"], "quantiles": day["rooms"]["quantiles"]}
        for day in first.details["days"][1:4]
    ]
    came = {str(START + timedelta(days=day)): 170 + day for day in range(-9, 5)}
    found = details(issued=issued, observed={"rooms": came})
    assert found["record"][0]["count"] == 3 and found["record"][0]["wis"] > 0
    assert "Earlier forecasts of rooms, 1 to 3 days ahead (3)" in found["sentences"][1]["en"]


def test_flights_outside_the_horizon_and_missing_days_are_named():
    flights = [{"date": day, "seats": 100} for day in ("2019-01-01", "2020-04-05", "2020-04-07", "2020-06-01")]
    asked = question(flights=flights, observed={"rooms": {"2020-04-01": 3, "2020-04-04": 4}})
    assert [flight.day for flight in asked.plan.flights] == [1]
    told = [note.en for note in asked.notes]
    assert "(2) are left out" in told[0] and "after the horizon (1)" in told[1] and "missing (2)" in told[2]


def test_a_flight_may_have_its_own_numbers():
    flights = [{"date": "2020-04-06", "seats": 100, "load_mean": 1, "load_sd": 0, "kept": 0.5, "cancelled": 0.2}]
    (flight,) = question(flights=flights).plan.flights
    assert (flight.load_mean, flight.load_sd, flight.kept, flight.cancelled) == (1, 0, 0.5, 0.2)


def test_nothing_at_all_is_an_answer_too():
    found = demand_answer(question(flights=[], inside=[]))
    assert found.value == 0 and "everything is known" in found.sentence.en
    assert found.details["doubt_by_cause"]["load"] == 0


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("plan", {"start": "6 April"}),
        ("plan", {"days": 0}),
        ("plan", {"days": 2.5}),
        ("plan", {"days": True}),
        ("plan", {"flights": {}}),
        ("plan", {"flights": [3]}),
        ("plan", {"flights": [{"date": "2020-04-06"}]}),
        ("plan", {"flights": [{"date": "2020-04-06", "seats": -5}]}),
        ("plan", {"flights": [{"date": "2020-04-06", "seats": 5, "pilots": 2}]}),
        ("plan", {"fligths": []}),
        ("plan", {"assumptions": []}),
        ("missing", {"assumptions": {"kept": 1}}),
        ("plan", {"assume": {"kepd": 1}}),
        ("plan", {"assume": {"kept": "most"}}),
        ("plan", {"assume": {"kept": {"value": 0.5, "low": 0.6, "high": 0.7}}}),
        ("plan", {"assume": {"kept": {"value": 0.5, "low": 0.4}}}),
        ("plan", {"assume": {"kept": {"value": 0.5, "low": [], "high": 1}}}),
        ("plan", {"assume": {"stay": {"value": {"14": 1}, "low": 0, "high": 1}}}),
        ("plan", {"assume": {"load_mean": {"value": 0.5, "low": -1, "high": 2}}}),
        ("plan", {"assume": {"rooms_per_staff": 0}}),
        ("plan", {"assume": {"rooms_per_staff": {}}}),
        ("plan", {"assume": {"shifts": "x"}}),
        ("probability", {"assume": {"kept": 1.5}}),
        ("shares", {"assume": {"stay": {}}}),
        ("shares", {"assume": {"stay": {"14": 0.5}}}),
        ("plan", {"assume": {"stay": {"two weeks": 1}}}),
        ("plan", {"assume": {"party": {"1": 0.5, "2": 0.5}, "rooms_per_party": {"1": 1}}}),
        ("load", {"assume": {"load_sd": 0.9}}),
        ("plan", {"inside": [{"resource": "chairs", "count": 1, "leaves": "2020-04-09"}]}),
        ("plan", {"inside": [{"resource": "rooms", "count": -1, "leaves": "2020-04-09"}]}),
        ("plan", {"inside": [{"resource": "rooms", "count": 1, "arrived": "2020-01-01"}]}),
        ("plan", {"inside": [{"resource": "rooms", "count": 1}]}),
        ("plan", {"observed": {"rooms": {"2020-04-01": -3}}}),
        ("plan", {"observed": {"rooms": {"2020-04-01": "NaN"}}}),
        ("plan", {"capacity": {"chairs": 3}}),
        ("plan", {"issued": [{"resource": "rooms", "made": "2020-04-01", "date": "2020-04-02"}]}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_plan_that_cannot_be_used_is_refused(code, changes):
    with pytest.raises(RiskRefused) as refused:
        question(**changes)
    assert refused.value.code == code
    assert refused.value.why.zh and refused.value.do.en


@pytest.mark.parametrize("given", ["", "[]", "{", "null", '{"start": 3}'])
def test_a_file_that_holds_no_plan_ends_with_code_two_and_a_next_step(tmp_path, given):
    done = run(tmp_path / "in.json", given)
    assert done.exit_code == 2 and "The plan cannot be used at" in done.output
