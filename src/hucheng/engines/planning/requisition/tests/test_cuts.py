"""Rows that cut the relaxation: no legal plan breaks one, and the relaxation is nearer to the optimum with them."""

from random import Random

import highspy
import numpy as np
import pytest
from hypothesis import assume, given, settings

from hucheng.engines.planning.answer import Verdict
from hucheng.engines.planning.reading import At
from hucheng.engines.planning.requisition.bound import Bounded
from hucheng.engines.planning.requisition.check import check
from hucheng.engines.planning.requisition.cuts import Cuts, slack_of
from hucheng.engines.planning.requisition.instance import read
from hucheng.engines.planning.requisition.model import Program, whole
from hucheng.engines.planning.requisition.rules import first_plan
from hucheng.engines.planning.requisition.tests.makers import a_house, an_instance, with_arrivals
from hucheng.engines.planning.requisition.tests.test_improve import instances, least_by_enumeration
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import highs


def a_search(steps=1):
    return Search(lambda plan: Verdict({}, ()), seconds=60, steps=steps)


def all_rows(instance, program):
    """Give every row there is: at a point that places everything and serves nowhere all are broken that can be."""
    nowhere = np.zeros(len(program.costs))
    nowhere[list(program.rooms.values())] = 1.0
    return Cuts(instance, program).broken_by(nowhere, 10**6)


def a_mixed_instance(seed):
    """Houses open and new, short contracts and long, stays of unlike length, people inside at first."""
    dice, days = Random(seed), 10
    houses = []
    for n in range(4):
        opened = n % 2 == 0
        inside = [max(0, 3 - day) for day in range(days)] if opened else [0] * days
        least, rooms = dice.choice([1, 2, 4, 6]), dice.randrange(6, 12)
        houses.append(a_house(days, open_now=opened, occupied=inside, min_days=least, rooms=rooms))
    landed = ((dice.randrange(2, days), dice.randrange(2), dice.randrange(1, 4)) for _ in range(9))
    classes = [{"name": str(n), "stay": dice.randrange(1, 5), "hospital_weight": n} for n in range(2)]
    return read(At(an_instance(days, houses, arrivals=with_arrivals(days, *landed), classes=classes)))


@pytest.mark.parametrize("seed", range(4))
def test_no_legal_plan_breaks_a_row(seed):
    instance = a_mixed_instance(seed)
    program, dice, tried = Program(instance, whole(instance)), Random(seed), 0
    rows = all_rows(instance, program)
    for _ in range(60):
        prices = [dice.random() for _ in instance.houses]
        service = first_plan(instance, prices.__getitem__)
        if service is None:
            continue
        tried += check(instance, service.as_plan()).legal
        values = np.array(program.values_of(service))
        assert min(slack_of(row, values) for row in rows) >= 0
    assert tried and rows


@pytest.mark.parametrize("seed", range(2))
def test_the_optimum_of_one_house_alone_is_the_same_with_all_rows(seed):
    """Any costs, so any corner of what a house may do: days of service and rooms placed."""
    instance, dice = a_mixed_instance(seed), Random(seed)
    for house in range(len(instance.houses)):
        share = whole(instance)
        share.houses, share.reserve = [house], [0] * instance.days
        program = Program(instance, share, frozenset({"all_arrivals_placed"}))
        rows = all_rows(instance, program)
        rooms, days = set(program.rooms.values()), {*program.serves.values(), *program.first.values()}
        for _ in range(3):
            for column in rooms | days:
                program.costs[column] = dice.uniform(-9, 0) if column in rooms else dice.uniform(-1, 9)
            free = least(program)
            program.rows += rows
            assert least(program) == pytest.approx(free, abs=1e-5)
            del program.rows[-len(rows) :]


def least(program):
    solver = program.solver(highs(a_search()))
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return solver.getInfo().objective_function_value


@settings(max_examples=15, deadline=None)
@given(instances)
def test_the_bound_of_a_tiny_instance_is_never_above_its_optimum(instance):
    optimum, bounds = least_by_enumeration(instance), []
    typed = read(At(instance))
    assume(any(told.eligible for told in typed.houses))
    bounded = Bounded(typed, Program(typed, whole(typed)), a_search(steps=None), bounds.append)
    if bounded.relax() and (service := first_plan(typed)):
        bounded.branch(service)
    assert optimum is None or all(bound <= optimum + 1e-6 for bound in bounds)


def test_rows_bring_the_relaxation_nearer_to_the_optimum():
    days = 14
    offered = [a_house(days, rooms=10 + n % 3, day_cost=20 + n, min_days=4, zone=n % 2) for n in range(6)]
    arrivals = with_arrivals(days, *((day, day % 2, 1 + day % 4) for day in range(3, 9)))
    classes = [{"name": name, "stay": 3, "hospital_weight": 1} for name in ("standard", "family")]
    instance, bounds = read(At(an_instance(days, offered, arrivals=arrivals, classes=classes))), []
    Bounded(instance, Program(instance, whole(instance)), a_search(), bounds.append).relax()
    assert bounds[-1] > 1.01 * bounds[0]
