"""The entry table against the published cases, and against what it must never do."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import InvalidFact, load_table

ENTRY = load_table("entry")
DAY = date(2020, 3, 24)
HEALTHY = {"temp_c": 36.5, "test": "negative", "declaration_complete": True, "destination": "Beijing"}
ALL_RULES = {rule for row in ENTRY.rows for rule in row.rules}

ADVERSE = [
    {"temp_c": 37.3},
    {"symptoms": ["cough"]},
    {"contact_14d": True},
    {"rows_from_case": 3},
    {"companion_of_case": True},
    {"crew_of_zone": True},
    {"seat_unknown_with_case": True},
    {"whole_cabin_contacts": True},
    {"test": "positive"},
    {"test": "pending"},
    {"test": "not_done"},
    {"test": "invalid"},
    {"case_status": "suspected"},
    {"case_status": "confirmed"},
    {"case_status": "asymptomatic"},
    {"declaration_complete": False},
    {"order_needs_place": True},
    {"order_waits_for_flight": True},
    {"temp_c": None},
]

anything = st.fixed_dictionaries(
    {
        "temp_c": st.one_of(st.none(), st.floats(34, 43)),
        "symptoms": st.lists(st.sampled_from(["cough", "fatigue"]), max_size=2),
        "contact_14d": st.booleans(),
        "rows_from_case": st.one_of(st.none(), st.integers(0, 60)),
        "companion_of_case": st.booleans(),
        "crew_of_zone": st.booleans(),
        "seat_unknown_with_case": st.booleans(),
        "whole_cabin_contacts": st.booleans(),
        "test": st.sampled_from(ENTRY.inputs["test"].values),
        "case_status": st.sampled_from(ENTRY.inputs["case_status"].values),
        "declaration_complete": st.booleans(),
        "destination": st.sampled_from(ENTRY.inputs["destination"].values),
        "foreigner_suspended": st.booleans(),
        "order_needs_place": st.booleans(),
        "place_confirmed": st.booleans(),
        "order_waits_for_flight": st.booleans(),
        "flight_results_complete": st.booleans(),
    }
)
CLEAR = {
    **dict.fromkeys([name for name, i in ENTRY.inputs.items() if i.kind == "flag"], False),
    "symptoms": [],
    "rows_from_case": None,
    "case_status": "none",
    **HEALTHY,
}


@st.composite
def nearly_clear(draw):
    """Somebody who may travel on but for a few facts: most cases drawn at random never come near the gate."""
    changed = draw(st.sets(st.sampled_from(sorted(CLEAR)), max_size=3))
    other = draw(anything)
    return {name: other[name] if name in changed else value for name, value in CLEAR.items()}


facts = st.one_of(anything, nearly_clear())
days = st.dates(date(2020, 1, 1), date(2023, 12, 31))


def facts_of(row: dict[str, str]) -> dict[str, object]:
    return {
        "temp_c": float(row["temp_c"]),
        "symptoms": [s for s in row["symptoms"].split(";") if s],
        "contact_14d": row["contact_14d"] == "1",
        "rows_from_case": int(row["rows_from_case"]) if row["rows_from_case"] else None,
        "companion_of_case": row["companion_of_case"] == "1",
        "test": row["nat"],
        "declaration_complete": row["declaration_complete"] == "1",
        "destination": row["destination"] if row["destination"] in ("Beijing", "Taiyuan") else "other",
        "foreigner_suspended": row["foreigner_visa_suspended_class"] == "1",
        "whole_cabin_contacts": row["whole_cabin_contacts"] == "1",
    }


def test_every_published_case_is_decided_as_expected(reference):
    with (reference / "data" / "entry_cases.csv").open(encoding="utf-8") as table:
        cases = list(csv.DictReader(table))
    assert len(cases) == 34
    for case in cases:
        day = date.fromisoformat(case["date_beijing"])
        if case["expected"] == "INVALID_INPUT":
            with pytest.raises(InvalidFact):
                ENTRY.decide(facts_of(case), on=day)
        else:
            assert ENTRY.decide(facts_of(case), on=day).outcome == case["expected"], case


def test_the_healthy_traveller_bound_for_the_capital_travels_on():
    decision = ENTRY.decide(HEALTHY, on=DAY)
    assert (decision.outcome, decision.rule, decision.version) == ("ONWARD_BEIJING", "R15+R14", ENTRY.version)


@pytest.mark.parametrize("adverse", ADVERSE, ids=str)
def test_one_adverse_fact_is_enough_to_stay(adverse):
    assert ENTRY.decide({**HEALTHY, **adverse}, on=DAY).outcome != "ONWARD_BEIJING"


@given(facts, st.sampled_from(ADVERSE), days)
def test_an_adverse_fact_never_opens_the_way(known, adverse, day):
    if ENTRY.decide(known, on=day).outcome != "ONWARD_BEIJING":
        assert ENTRY.decide({**known, **adverse}, on=day).outcome != "ONWARD_BEIJING"


@given(nearly_clear())
def test_who_is_nearly_clear_is_let_go_or_kept_for_a_fact_that_differs(known):
    clear = ENTRY.decide(CLEAR, on=DAY)
    assert clear.outcome == "ONWARD_BEIJING"
    decision = ENTRY.decide(known, on=DAY)
    row = next(row for row in ENTRY.rows if row.id == decision.row)
    if decision.outcome != "ONWARD_BEIJING":
        assert any(decision.inputs[c.field] != clear.inputs[c.field] for c in row.conditions)


@given(facts, days)
def test_hospital_goes_before_everything_but_refusal_at_the_border(known, day):
    sick = ENTRY.decide({**known, "temp_c": 38.5}, on=day).outcome
    assert sick in ("HOSPITAL", "REFUSE_ENTRY", "NOT_APPLICABLE_DIRECT_PEK")
    assert sick == "HOSPITAL" or known["foreigner_suspended"] or day < date(2020, 3, 20)


@given(facts, days)
def test_onward_only_when_every_condition_holds(known, day):
    if ENTRY.decide(known, on=day).outcome != "ONWARD_BEIJING":
        return
    assert known["temp_c"] is not None and known["temp_c"] < 37.3
    assert known["test"] == "negative" and known["case_status"] in ("none", "cleared")
    assert not known["symptoms"] and not known["contact_14d"] and not known["companion_of_case"]
    assert not known["crew_of_zone"] and not known["seat_unknown_with_case"] and not known["whole_cabin_contacts"]
    assert known["rows_from_case"] is None or known["rows_from_case"] > 3
    assert known["declaration_complete"] and known["destination"] == "Beijing"
    assert date(2020, 3, 20) <= day <= date(2020, 6, 7)
    assert known["place_confirmed"] or not known["order_needs_place"]
    assert known["flight_results_complete"] or not known["order_waits_for_flight"]


@given(facts, days)
def test_every_decision_says_why_in_both_languages(known, day):
    decision = ENTRY.decide(known, on=day)
    assert decision.reason.zh and decision.reason.en and decision.basis.zh and decision.basis.en
    assert decision.rule and decision.inputs["destination"] == known["destination"]


@given(facts, days)
def test_the_same_inputs_decide_the_same_again(known, day):
    first = ENTRY.decide(known, on=day)
    assert ENTRY.decide(first.inputs, on=day) == first


@given(facts, st.sets(st.sampled_from(sorted(ALL_RULES))))
def test_with_fewer_rules_in_force_nobody_travels_on_who_would_not_with_all(known, in_force):
    if ENTRY.decide(known, on=DAY, in_force=in_force).outcome == "ONWARD_BEIJING":
        assert ENTRY.decide(known, on=DAY).outcome == "ONWARD_BEIJING"


@pytest.mark.parametrize("missing", ["R15", "R14", "R01", "R04", "R05", "R16", "R18", "R19"])
def test_onward_travel_needs_each_of_its_rules_in_force(missing):
    assert ENTRY.decide(HEALTHY, on=DAY, in_force=ALL_RULES - {missing}).outcome == "ISOLATE_ENTRY_CITY_14D"


def test_fever_begins_at_37_3():
    assert ENTRY.decide({**HEALTHY, "temp_c": 37.2}, on=DAY).outcome == "ONWARD_BEIJING"
    assert ENTRY.decide({**HEALTHY, "temp_c": 37.3}, on=DAY).rule == "R05+R04"


def test_hospital_goes_before_a_missing_declaration():
    decision = ENTRY.decide({**HEALTHY, "temp_c": 38.1, "declaration_complete": False}, on=DAY)
    assert decision.outcome == "HOSPITAL"


def test_a_cleared_case_may_travel_on_again():
    assert ENTRY.decide({**HEALTHY, "case_status": "cleared"}, on=DAY).outcome == "ONWARD_BEIJING"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2020, 3, 19), "NOT_APPLICABLE_DIRECT_PEK"),
        (date(2020, 3, 20), "ONWARD_BEIJING"),
        *((date(2020, 3, edge), "ONWARD_BEIJING") for edge in (22, 23, 24, 25, 27, 28)),
        (date(2020, 6, 7), "ONWARD_BEIJING"),
        (date(2020, 6, 8), "ISOLATE_ENTRY_CITY_14D"),
    ],
)
def test_edges_of_the_dates(day, outcome):
    assert ENTRY.decide(HEALTHY, on=day).outcome == outcome


@pytest.mark.parametrize(("day", "outcome"), [(27, "ONWARD_BEIJING"), (28, "REFUSE_ENTRY")])
def test_the_suspension_of_foreigners_begins_on_the_28th(day, outcome):
    assert ENTRY.decide({**HEALTHY, "foreigner_suspended": True}, on=date(2020, 3, day)).outcome == outcome


@pytest.mark.parametrize(
    ("order", "outcome", "row"),
    [
        ({"order_waits_for_flight": True}, "HOLD_TEST", "flight-waits"),
        ({"order_waits_for_flight": True, "flight_results_complete": True}, "ONWARD_BEIJING", "onward"),
        ({"order_needs_place": True}, "ISOLATE_ENTRY_CITY_14D", "no-place"),
        ({"order_needs_place": True, "place_confirmed": True}, "ONWARD_BEIJING", "onward"),
        ({"temp_c": None}, "HOLD_TEST", "no-temperature"),
        ({"test": "not_done", "destination": "other"}, "ISOLATE_ENTRY_CITY_14D", "stays"),
        ({"temp_c": None, "symptoms": ["cough"]}, "HOSPITAL", "symptom"),
    ],
    ids=str,
)
def test_what_is_still_waited_for_is_said_by_its_own_row(order, outcome, row):
    decision = ENTRY.decide({**HEALTHY, **order}, on=DAY)
    assert (decision.outcome, decision.row) == (outcome, row)


@given(facts, days)
def test_one_by_one_and_by_flight_decide_alike(known, day):
    assert ENTRY.decide(known, on=day) == ENTRY.decide(known, on=day, rows=ENTRY.on(day))


@pytest.mark.parametrize(
    "fact",
    [
        {"temp_c": float("nan")},
        {"temp_c": 3.7},
        {"temp_c": 43.1},
        {"temp_c": "36.5"},
        {"temp_c": True},
        {"test": "maybe"},
        {"symptoms": "cough"},
    ]
    + [{"contact_14d": 1}, {"luck": 7}, {"rows_from_case": -1}],
    ids=str,
)
def test_an_impossible_fact_is_refused_with_a_remedy(fact):
    with pytest.raises(InvalidFact) as refused:
        ENTRY.decide({**HEALTHY, **fact}, on=DAY)
    assert refused.value.why.zh and refused.value.do.en and refused.value.field == next(iter(fact))
