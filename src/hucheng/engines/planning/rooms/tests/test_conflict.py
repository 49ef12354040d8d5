"""No legal plan: the rules in conflict and the ways out, comfort before safety."""

import json

from hucheng.engines.planning.rooms.tests.cases import a_day, alone, an_instance
from hucheng.engines.planning.solving import solve

CLEANING = [(1, 0, 0, 0), (1, 0, 0, 5000), (1, 0, 0, 5000)]


def conflict(**told):
    answer = solve("rooms", an_instance(**told), seconds=30, workers=1)
    assert answer.status == "infeasible" and answer.plan is None and answer.bound is None
    return answer.conflict


def amounts(found):
    return {way.rule: way.amount for way in found.relaxations}


def test_rooms_being_cleaned_are_counted():
    found = conflict(zones=(CLEANING,), groups=(alone(), alone(), alone()))
    assert amounts(found) == {"room_under_cleaning": 2, "every_person_once": 2}
    assert "2" in found.relaxations[0].words.zh and "2" in found.relaxations[0].words.en


def test_a_lack_of_halal_kitchens_is_named_and_nothing_else():
    found = conflict(zones=([1], [1]), groups=(alone(halal=1),))
    assert amounts(found) == {"every_person_once": 1, "halal_zone": 1}


def test_risk_classes_are_kept_apart_and_mixing_them_is_offered_last():
    found = conflict(zones=([1, 1],), groups=(alone(), alone(risk=1)))
    assert found.rules == ("every_person_once", "zone_one_cohort")
    assert [way.safety for way in found.relaxations] == [False, True]


def test_those_who_live_in_the_only_zone_keep_others_out():
    found = conflict(zones=([1, 1],), groups=(alone(),), locked={0: [0, 1, [0]]})
    assert amounts(found) == {"every_person_once": 1, "zone_one_cohort": 1}


def test_sharing_is_offered_where_it_is_not_allowed():
    found = conflict(zones=([2],), groups=(alone(), alone()))
    assert amounts(found) == {"every_person_once": 1, "no_sharing_between_parties": 1}
    assert "no_sharing_between_parties" not in conflict(zones=([1],), groups=(alone(), alone()), sharing=True).rules


def test_an_accessible_room_is_wanted():
    found = conflict(zones=([1],), groups=(alone(accessible=1),))
    assert amounts(found) == {"every_person_once": 1, "accessible_room": 1}


def test_the_open_infeasible_instance_is_told_in_words(reference):
    told = json.loads((reference / "planning" / "rooms-infeasible.json").read_text(encoding="utf-8"))
    found = solve("rooms", told, seconds=120, workers=1).conflict
    assert {"room_under_cleaning", "zone_one_cohort"} <= set(found.rules)
    assert not {"accessible_room", "halal_zone"} & set(found.rules)
    assert not found.relaxations[0].safety


def test_too_few_halal_kitchens_are_seen_among_many_parties():
    told = a_day(6, 24)
    for zone in told["zones"]:
        zone["halal"] = False
    answer = solve("rooms", told, seconds=60, workers=1)
    assert answer.status == "infeasible"
    assert {way.rule for way in answer.conflict.relaxations} == {"every_person_once", "halal_zone"}
