"""Requisitions: optimal against enumeration, the rules legal, steps that only improve, conflicts in words."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.requisition import improve as module
from hucheng.engines.planning.requisition.check import check
from hucheng.engines.planning.requisition.instance import read
from hucheng.engines.planning.requisition.rules import first_plan
from hucheng.engines.planning.requisition.tests.makers import a_house, an_instance, with_arrivals
from hucheng.engines.planning.solving import solve

DAYS = 3
houses = st.builds(
    lambda rooms, day_cost, setup, least, opened, ok: a_house(
        DAYS,
        rooms=rooms,
        day_cost=day_cost,
        setup_days=setup,
        min_days=least,
        open_now=opened,
        eligible=ok,
        occupied=[1, 0, 0] if opened and rooms and ok else [0] * DAYS,
    ),
    st.integers(0, 3),
    st.integers(1, 9),
    st.integers(0, 2),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([True, True, True, False]),
)
landings = st.lists(st.tuples(st.integers(0, DAYS - 1), st.integers(0, 1), st.integers(1, 2)), max_size=2)
instances = st.builds(
    lambda offered, landed, reserve, limit, near: an_instance(
        DAYS,
        offered,
        arrivals=with_arrivals(DAYS, *landed),
        reserve=[reserve if day == 2 else 0 for day in range(DAYS)],
        zone_limit=[limit, 1],
        conflicts=[[0, 1]] if near else [],
    ),
    st.lists(houses, min_size=2, max_size=2),
    landings,
    st.integers(0, 4),
    st.integers(1, 2),
    st.booleans(),
)


def least_by_enumeration(instance):
    typed = read(At(instance))
    spans = [None, *((start, end) for start in range(DAYS) for end in range(start + 1, DAYS + 1))]
    landed = [(day, kind, n) for day, kinds in enumerate(typed.arrivals) for kind, n in enumerate(kinds) if n]
    least = None
    for chosen in product(spans, repeat=2):
        use = [[house, *span] for house, span in enumerate(chosen) if span]
        for split in product(*(range(n + 1) for _, _, n in landed)):
            place = [[0, day, kind, n] for (day, kind, _), n in zip(landed, split, strict=True) if n]
            place += [[1, day, kind, all_ - n] for (day, kind, all_), n in zip(landed, split, strict=True) if all_ > n]
            verdict = check(typed, {"use": use, "place": place})
            if verdict.legal and (least is None or verdict.objective < least):
                least = verdict.objective
    return least


@settings(max_examples=20, deadline=None)
@given(instances)
def test_the_optimum_is_that_of_enumeration(instance):
    least = least_by_enumeration(instance)
    answer = solve("requisition", instance, seconds=20)
    assert answer.status == ("infeasible" if least is None else "optimal")
    assert answer.objective == (None if least is None else pytest.approx(least))
    first = first_plan(read(At(instance)))
    assert first is None or check(read(At(instance)), first.as_plan()).legal


def a_wave(days=14, count=6):
    """A wave of arrivals that needs several houses, and more houses than it needs."""
    offered = [
        a_house(days, rooms=8 + n % 3, day_cost=20 + 3 * (n * 7 % 5), setup_days=1 + n % 2, min_days=4, zone=n % 2)
        for n in range(count)
    ]
    arrivals = with_arrivals(days, *((day, day % 2, 3 + day % 4) for day in range(3, 9)))
    classes = [{"name": name, "stay": 3, "hospital_weight": n} for n, name in enumerate(("standard", "family"))]
    return an_instance(days, offered, arrivals=arrivals, classes=classes, params={"turnover": 1, "setup_crews": 2})


@cache
def the_best_of_a_wave():
    return solve("requisition", a_wave(), seconds=60)


def test_steps_come_near_the_optimum_and_their_bound_stays_below(monkeypatch):
    exact = the_best_of_a_wave()
    monkeypatch.setattr(module, "SMALL", 0)
    stepped = solve("requisition", a_wave(), seconds=0, steps=8)
    assert exact.status == "optimal"
    assert stepped.bound <= exact.objective <= stepped.objective <= 1.1 * exact.objective
    objectives = [point.objective for point in stepped.trace]
    assert objectives == sorted(objectives, reverse=True) and len(set(objectives)) > 1


def test_the_same_seed_and_steps_give_the_same_requisition(monkeypatch):
    monkeypatch.setattr(module, "SMALL", 0)
    first, second = (solve("requisition", a_wave(), seconds=0, seed=5, steps=3) for _ in range(2))
    assert first.plan == second.plan


def test_a_warm_plan_is_where_the_search_starts():
    best = the_best_of_a_wave()
    warm = solve("requisition", a_wave(), seconds=0, steps=1, warm=best.plan)
    assert warm.trace[0].objective == best.objective


def test_a_cancel_leaves_the_plan_of_the_rules():
    answer = solve("requisition", a_wave(), seconds=60, cancelled=lambda: True)
    assert answer.status == "best_so_far" and answer.plan is not None


@pytest.mark.parametrize(
    ("rule", "amount", "changes"),
    [
        ("service_level_reserve", 5, {"reserve": [0, 0, 0, 25, 0, 0]}),
        ("all_arrivals_placed", 10, {"arrivals": with_arrivals(6, (2, 0, 30))}),
        ("setup_crews", 1, {"params": {"turnover": 1, "setup_crews": 0}}),
        ("staff", 2, {"staff": [[4] * 6]}),
        ("zone_limit", 2, {"zone_limit": [0, 9]}),
        ("class_rooms", 2, {"arrivals": with_arrivals(6, (2, 1, 9))}),
    ],
)
def test_a_conflict_names_the_rule_and_by_how_much_it_would_have_to_give(rule, amount, changes):
    answer = solve("requisition", an_instance(**changes), seconds=30)
    assert answer.status == "infeasible"
    ways = {way.rule: way for way in answer.conflict.relaxations}
    assert rule in answer.conflict.rules and ways[rule].amount == amount
    assert [way.safety for way in answer.conflict.relaxations] == sorted(
        way.safety for way in answer.conflict.relaxations
    )


def test_people_inside_a_barred_house_must_move_first():
    instance = an_instance(houses=[a_house(open_now=True, eligible=False, occupied=[1] * 6)])
    conflict = solve("requisition", instance, seconds=10).conflict
    assert conflict.rules == ("distance_from_residential_or_school",)
    assert conflict.relaxations[0].safety
