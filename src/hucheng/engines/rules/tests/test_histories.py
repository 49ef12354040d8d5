"""Random histories of travellers against the conditions of onward travel written out by hand (NEW-02).

The benchmark plays 100,000; these few thousand already come near every condition many times.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from hucheng.engines.rules import decide_all, load_table

ENTRY = load_table("entry")
WELL = {
    "temp_c": 36.5,
    "symptoms": (),
    "contact_14d": False,
    "rows_from_case": None,
    "companion_of_case": False,
    "crew_of_zone": False,
    "seat_unknown_with_case": False,
    "whole_cabin_contacts": False,
    "test": "negative",
    "case_status": "none",
    "declaration_complete": True,
    "destination": "Beijing",
    "foreigner_suspended": False,
    "order_needs_place": False,
    "place_confirmed": False,
    "order_waits_for_flight": False,
    "flight_results_complete": False,
}
CHANGES = {
    "temp_c": [36.5, 37.2, 37.3, 38.4, None],
    "symptoms": [(), ("cough",)],
    "rows_from_case": [None, 0.0, 3.0, 4.0, 30.0],
    "test": list(ENTRY.inputs["test"].values),
    "case_status": list(ENTRY.inputs["case_status"].values),
    "destination": list(ENTRY.inputs["destination"].values),
}
PEOPLE, STEPS = 400, 8


def reasons_to_keep(f, day):
    """Every condition of R15, R18, R19, R23 and of a city order that stands against onward travel, by hand."""
    near = f["rows_from_case"] is not None and f["rows_from_case"] <= 3
    against = {
        "not measured": f["temp_c"] is None,
        "fever": f["temp_c"] is not None and f["temp_c"] >= 37.3,
        "symptom": bool(f["symptoms"]),
        "declared contact": f["contact_14d"],
        "near a case": near,
        "companion": f["companion_of_case"],
        "crew": f["crew_of_zone"],
        "seat unknown": f["seat_unknown_with_case"],
        "whole cabin": f["whole_cabin_contacts"],
        "no negative test": f["test"] != "negative",
        "case": f["case_status"] in ("suspected", "confirmed", "asymptomatic"),
        "undeclared": not f["declaration_complete"],
        "bound elsewhere": f["destination"] != "Beijing",
        "suspended": f["foreigner_suspended"] and date(2020, 3, 28) <= day <= date(2020, 9, 27),
        "no place": f["order_needs_place"] and not f["place_confirmed"],
        "flight waits": f["order_waits_for_flight"] and not f["flight_results_complete"],
        "out of time": not date(2020, 3, 20) <= day <= date(2020, 6, 7),
    }
    return {why for why, stands in against.items() if stands}


def changed(facts, dice):
    """One fact of a person becomes known otherwise."""
    name = dice.choice(sorted(WELL))
    return {**facts, name: dice.choice(CHANGES.get(name, [False, True]))}


@pytest.fixture(scope="module")
def histories():
    """(facts, day, outcome) of every person after every step."""
    dice, seen = Random(2020), []
    for block in range(4):
        day = date(2020, 3, 18) + timedelta(days=(0, 6, 12, 80)[block])
        people = [dict(WELL) for _person in range(PEOPLE)]
        for _step in range(STEPS):
            people = [changed(facts, dice) for facts in people]
            outcomes = decide_all(ENTRY, people, on=day).outcomes
            seen += [(facts, day, outcome) for facts, outcome in zip(people, outcomes, strict=True)]
            day += timedelta(days=1)
    return seen


def test_nobody_is_cleared_against_any_condition(histories):
    wrong = [(reasons_to_keep(f, day), f) for f, day, outcome in histories if outcome == "ONWARD_BEIJING"]
    assert wrong and not [one for one in wrong if one[0]]


def test_nobody_is_kept_without_a_condition_that_stands_against_them(histories):
    kept = [(f, day) for f, day, outcome in histories if outcome != "ONWARD_BEIJING"]
    assert len(kept) > 1000 and all(reasons_to_keep(f, day) for f, day in kept)


def test_each_condition_alone_has_kept_somebody(histories):
    """So that the two tests above have tried every one of the seventeen."""
    alone = Counter()
    for facts, day, outcome in histories:
        against = reasons_to_keep(facts, day)
        if len(against) == 1:
            assert outcome != "ONWARD_BEIJING"
            alone.update(against)
    assert len(alone) == 17
