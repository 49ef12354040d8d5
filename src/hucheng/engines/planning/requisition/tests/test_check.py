"""The checker of requisitions names every rule that a plan breaks, and counts the cost as the format says."""

import pytest

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.requisition.check import check
from hucheng.engines.planning.requisition.instance import read
from hucheng.engines.planning.requisition.tests.makers import a_house, an_instance, with_arrivals
from hucheng.engines.planning.solving import solve

USE, PLACE = [[0, 2, 4]], [[0, 2, 0, 5]]


def judged(use=USE, place=PLACE, **changes):
    return check(read(At(an_instance(**changes))), {"use": use, "place": place})


def test_a_legal_plan_costs_setting_up_its_days_and_the_transfers():
    verdict = judged()
    assert verdict.legal
    assert verdict.parts == {"setup": 50, "fixed": 40, "transfer": 5, "care": 0}


def test_minutes_to_a_hospital_cost_for_classes_that_may_need_one():
    verdict = judged(place=[[0, 2, 1, 2]], arrivals=with_arrivals(6, (2, 1, 2)))
    assert verdict.parts["care"] == 2 * 3


two = [a_house(), a_house()]


@pytest.mark.parametrize(
    ("rule", "use", "place", "changes"),
    [
        ("one_interval_per_hotel", [[0, 2, 4], [0, 5, 6]], PLACE, {}),
        ("one_interval_per_hotel", [[0, 4, 4]], PLACE, {}),
        ("one_interval_per_hotel", [[0, 4, 7]], PLACE, {}),
        ("distance_from_residential_or_school", USE, PLACE, {"houses": [a_house(eligible=False)]}),
        ("open_hotel_starts_day0", USE, PLACE, {"houses": [a_house(open_now=True)]}),
        ("setup_time", USE, PLACE, {"houses": [a_house(setup_days=3)]}),
        ("min_contract", USE, PLACE, {"houses": [a_house(min_days=3)]}),
        ("class_not_supported", USE, PLACE, {"houses": [a_house(classes=[1])]}),
        ("all_arrivals_placed", USE, [], {}),
        ("all_arrivals_placed", USE, [[0, 2, 0, 5], [0, 3, 0, 1]], {}),
        ("hotel_capacity_or_closed_while_occupied", [[0, 2, 3]], PLACE, {}),
        ("hotel_capacity_or_closed_while_occupied", USE, PLACE, {"houses": [a_house(rooms=4)]}),
        ("class_rooms", USE, [[0, 2, 1, 5]], {"arrivals": with_arrivals(6, (2, 1, 5))}),
        ("service_level_reserve", USE, PLACE, {"reserve": [0, 0, 11, 0, 0, 0]}),
        ("setup_crews", USE, PLACE, {"params": {"turnover": 1, "setup_crews": 0}}),
        ("staff", USE, PLACE, {"staff": [[4] * 6]}),
        ("zone_limit", USE, PLACE, {"zone_limit": [0, 0]}),
        ("min_separation", [[0, 2, 4], [1, 3, 5]], PLACE, {"conflicts": [[0, 1]]}),
    ],
)
def test_each_broken_rule_is_named(rule, use, place, changes):
    assert rule in {fault.rule for fault in judged(use, place, **changes).violations}


@pytest.mark.parametrize(
    ("code", "path", "instance"),
    [
        ("occupied_but_closed", "hotels[0]", an_instance(houses=[a_house(occupied=[1] * 6)])),
        ("out_of_range", "hotels[0].zone", an_instance(houses=[a_house(zone=2)])),
        ("out_of_range", "hotels[0].occupied[0]", an_instance(houses=[a_house(occupied=[11] * 6, open_now=True)])),
        ("wrong_length", "hotels[0].occupied", an_instance(houses=[a_house(days=5)])),
        ("not_whole", "hotels[0].class_cap.x", an_instance(houses=[a_house(class_cap={"x": 1})])),
        ("wrong_length", "arrivals[0]", an_instance(arrivals=[[1]] * 6)),
        ("out_of_range", "conflicts[0][1]", an_instance(conflicts=[[0, 7]])),
        ("out_of_range", "hotels[0].day_cost", an_instance(houses=[a_house(day_cost=-1)])),
    ],
    ids=["occupied", "zone", "too_many", "short", "class", "arrivals", "pair", "cost"],
)
def test_bad_input_is_told_with_its_place(code, path, instance):
    with pytest.raises(PlanRefused) as refusal:
        solve("requisition", instance, seconds=1)
    assert (refusal.value.code, refusal.value.path) == (code, path)
