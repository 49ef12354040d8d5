"""The checker of room plans: it sees each breach, and agrees with the referee of the open benchmark."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.rooms.tests.cases import alone, an_instance, tiny_instances
from hucheng.engines.planning.solving import judge, solve

COUPLE, FAMILY = [0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 2, 0, 0, 0]
TOLD = an_instance(
    zones=([(2, 0, 0, 0), (2, 1, 0, 0), (1, 0, 0, 0)], [(3, 0, 1, 0), (2, 0, 1, 900), (2, 0, 1, 0)]),
    groups=(COUPLE, FAMILY, alone(risk=1), alone(man=0, risk=1)),
)
LEGAL_PLAN = [[[0, 1, 1, 0]], [[1, 1, 0, 1], [6, 0, 1, 1]], [[3, 1, 0, 0]], [[5, 0, 1, 0]]]
TOLD["rooms"].append([0, 2, 0, 0, 0])


def breaches(plan, told=TOLD):
    return {violation.rule for violation in judge("rooms", read_instance("rooms", told), {"assign": plan}).violations}


def spoiled(**stays):
    """Give the legal plan with other stays for some parties (p0, p1...)."""
    plan = deepcopy(LEGAL_PLAN)
    for party, stay in stays.items():
        plan[int(party[1:])] = stay
    return plan


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ("every_person_once", {"p0": [[0, 1, 0, 0]]}),
        ("every_person_once", {"p0": []}),
        ("entry_form", {"p0": [[0, 1, 1]]}),
        ("entry_form", {"p0": [[99, 1, 1, 0]]}),
        ("entry_form", {"p0": [[0, 1, 1, 0], [2, 0, 0, 0]]}),
        ("room_listed_twice", {"p0": [[0, 1, 0, 0], [0, 0, 1, 0]]}),
        ("family_one_zone", {"p0": [[0, 1, 0, 0], [4, 0, 1, 0]]}),
        ("minor_with_guardian", {"p1": [[1, 1, 1, 0], [6, 0, 0, 2]]}),
        ("room_under_cleaning", {"p3": [[4, 0, 1, 0]]}),
        ("zone_one_cohort", {"p3": [[2, 0, 1, 0]]}),
        ("beds", {"p0": [[2, 1, 1, 0]]}),
        ("no_sharing_between_parties", {"p3": [[3, 0, 1, 0]]}),
        ("sexes_apart", {"p3": [[3, 0, 1, 0]]}),
        ("only_single_adults_share", {"p0": [[1, 1, 1, 0]]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_breach_is_seen(rule, stays):
    assert breaches(LEGAL_PLAN) == set()
    assert rule in breaches(spoiled(**stays))


def test_needs_must_be_met():
    told = an_instance(zones=([1], [(1, 1, 0, 0)]), groups=(alone(accessible=1, halal=1),), halal=[0])
    assert breaches([[[0, 1, 0, 0]]], told) == {"accessible_room"}
    assert breaches([[[1, 1, 0, 0]]], told) == {"halal_zone"}


def test_those_who_live_there_bind_a_zone():
    told = an_instance(zones=([1],), groups=(alone(),), locked={0: [0, 1, [0]]})
    assert breaches([[[0, 1, 0, 0]]], told) == {"zone_one_cohort"}


def test_sharers_come_by_one_flight():
    told = an_instance(groups=(alone(), alone(flight=1)), flights=((0, 600), (0, 720)), sharing=True)
    assert breaches([[[0, 1, 0, 0]], [[0, 1, 0, 0]]], told) == {"sharers_same_flight_and_risk"}


def test_a_party_without_an_entry_is_missed():
    assert breaches(LEGAL_PLAN[:-1]) == {"every_group_placed"}


@pytest.mark.parametrize(
    "plan", [None, {"assign": 3}, {"rooms": []}, {"assign": [[[0, -1, 2, 0]]]}, {"assign": [[["a"]]]}]
)
def test_what_is_no_plan_is_malformed(plan):
    verdict = judge("rooms", read_instance("rooms", an_instance(groups=(COUPLE,))), plan)
    assert [violation.rule for violation in verdict.violations] == ["malformed_plan"] or not verdict.legal


@pytest.mark.parametrize(
    ("part", "expected"),
    [("rooms", 50), ("zones", 60), ("mixing", 0), ("split", 0), ("sharing", 0), ("medical", 0)],
)
def test_the_parts_of_the_cost(part, expected):
    assert judge("rooms", read_instance("rooms", TOLD), {"assign": LEGAL_PLAN}).parts[part] == expected


@pytest.mark.parametrize(
    ("locked", "mixing", "opened"), [({}, 25, 30), ({0: [0, 0, [0]]}, 25, 0), ({0: [0, 0, []]}, 25, 0)]
)
def test_flights_beyond_those_inside_cost(locked, mixing, opened):
    told = an_instance(groups=(alone(), alone(flight=1)), flights=((0, 600), (0, 720)), locked=locked)
    parts = judge("rooms", read_instance("rooms", told), {"assign": [[[0, 1, 0, 0]], [[1, 1, 0, 0]]]}).parts
    assert (parts["mixing"], parts["zones"]) == (mixing, opened)


@settings(max_examples=60, deadline=None)
@given(told=tiny_instances(one_level=False), data=st.data())
def test_the_referee_of_the_benchmark_judges_the_same(verify, told, data):
    """Any plan, mostly illegal: the same rules broken, the same cost."""
    rooms = st.integers(0, len(told["rooms"]) - 1)
    plan = [
        data.draw(st.sampled_from([[[data.draw(rooms), *group[2:5]]], [[data.draw(rooms), 1, 0, 0]]]))
        for group in told["groups"]
    ]
    ours, theirs = judge("rooms", read_instance("rooms", told), {"assign": plan}), verify.check(told, {"assign": plan})
    assert {violation.rule for violation in ours.violations} == {rule for rule, _ in theirs["violations"]}
    assert ours.objective == theirs["objective"]


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_open_instances_have_a_legal_plan_at_once_from_the_rules_alone(reference, verify, size):
    told = json.loads((reference / "planning" / f"rooms-{size}.json").read_text(encoding="utf-8"))
    answer = solve("rooms", told, seconds=60, cancelled=lambda: True)
    verdict = verify.check(told, answer.plan)
    assert verdict["feasible"] and verdict["objective"] == answer.objective
    assert answer.objective <= 1.02 * told["best_known"] < told["greedy"]
