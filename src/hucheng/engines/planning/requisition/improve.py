"""Solve a requisition: rules, a bound (`bound.py`), then some houses planned again while the others stay.

What made the difference: houses that stay keep their days but give up their arrivals, so that a step may fill them
otherwise; steps that keep the arrivals too soon find nothing.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import highspy
import numpy as np

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.conflicts import conflict_in_words
from hucheng.engines.planning.requisition.bound import Bounded, start_from
from hucheng.engines.planning.requisition.conflict import conflict_of
from hucheng.engines.planning.requisition.instance import RequisitionInstance
from hucheng.engines.planning.requisition.model import Program, share_of, whole
from hucheng.engines.planning.requisition.reaches import Reach, Reaches
from hucheng.engines.planning.requisition.rules import first_plan, usual_price
from hucheng.engines.planning.requisition.service import Service, service_of
from hucheng.engines.planning.search import SAME, Search
from hucheng.engines.planning.solvers import highs

SMALL = 1_500  # whole columns up to which the whole program is given to branch and bound
STEP_NODES = 20
RESTARTS = 30
TRIES = 200  # plans of the rules with shifted prices, before any solver: they gain most a second
SHIFTED = (1, 2, 4)  # houses whose price is shifted at a time
SHIFT = (0.4, 2.0)  # factors between which a price is shifted
CLOSE = 1e-4  # relative gap at which a step is good enough
AREA = "distance_from_residential_or_school"


def improve(instance: RequisitionInstance, search: Search, warm: Plan | None) -> None:
    """Offer the plan of the rules or a warm one, prove a bound, and improve until the time is over."""
    barred = sum(not told.eligible and told.held_until > 0 for told in instance.houses)
    if barred:
        search.give_up(conflict_in_words("requisition", [AREA], lambda _: barred))
        return
    requisition = Requisition(instance, search)
    if warm is not None:
        requisition.offer(service_of(warm))
    requisition.start()
    program = Program(instance, whole(instance))
    if requisition.service is None or len(program.whole) <= SMALL:
        requisition.branch(program)
    if requisition.service is not None and not search.over():
        requisition.shift_prices()
        requisition.improve_steps(program)


class Requisition:
    """One search: the best service so far, shared by its threads (HiGHS lets them run side by side)."""

    def __init__(self, instance: RequisitionInstance, search: Search) -> None:
        """Start with nothing."""
        self.instance, self.search, self.lock = instance, search, Lock()
        self.service: Service | None = None
        self.reaches = Reaches(len(instance.houses))

    def offer(self, service: Service) -> float:
        """Offer a service; the best is kept. Gives by which part of the objective it is better."""
        with self.lock:
            before = self.search.objective
            if not self.search.offer(service.as_plan()):
                return 0.0
            self.service, after = service, self.search.objective
            return 1.0 if before is None or after is None else (before - after) / before

    def start(self) -> None:
        """Offer the plan of the rules, with shaken prices where the plain ones run into a dead end."""
        dice = random.Random(self.search.seed)
        service = first_plan(self.instance)
        for _ in range(RESTARTS):
            if service is not None or self.search.left <= 0:
                break
            shaken = [dice.random() for _ in self.instance.houses]
            service = first_plan(self.instance, shaken.__getitem__)
        if service is not None:
            self.offer(service)

    def shift_prices(self) -> None:
        """Let the rules try other prices: some houses get another one, kept where the plan is no dearer."""
        usual, dice = usual_price(self.instance), random.Random(self.search.seed)
        everyone = set(range(len(self.instance.houses)))
        kept, least = [usual(house) for house in sorted(everyone)], float("inf")
        for _ in range(TRIES):
            if self.search.over():
                break
            prices = list(kept)
            for house in dice.sample(sorted(everyone), min(len(prices), dice.choice(SHIFTED))):
                prices[house] = kept[house] * dice.uniform(*SHIFT) if dice.random() < 0.8 else usual(house)
            service = first_plan(self.instance, prices.__getitem__)
            if service is not None and (cost := service.cost_of(self.instance, everyone)) <= least:
                kept, least = prices, cost
                self.offer(service)

    def branch(self, program: Program) -> None:
        """Give the whole program to branch and bound; tell why where nothing is legal."""
        solver = program.solver(highs(self.search))
        if self.service is not None:
            start_from(solver, program, self.service)
        self._limit_nodes(solver)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            self.search.give_up(conflict_of(self.instance, self.search))
            return
        if _has_solution(solver):
            self.offer(program.service_from(list(solver.getSolution().col_value)))
        bound = solver.getInfo().mip_dual_bound
        if np.isfinite(bound):
            self.search.raise_bound(bound)

    def improve_steps(self, program: Program) -> None:
        """Prove a bound in one thread while the others step; then all step."""
        with ThreadPoolExecutor(self.search.workers) as pool:
            first = pool.submit(self._bound_then_step, program)
            others = [pool.submit(self._step_on, self.search.seed + n) for n in range(1, self.search.workers)]
            for future in [first, *others]:
                future.result()

    def _bound_then_step(self, program: Program) -> None:
        bounded = Bounded(self.instance, program, self.search, self.raise_bound)
        if bounded.relax() and not self.search.by_steps and not self.search.over():
            assert self.service is not None
            bounded.branch(self.service)
        self._step_on(self.search.seed)

    def raise_bound(self, bound: float) -> None:
        """Take a proven bound."""
        with self.lock:
            self.search.raise_bound(bound)

    def _step_on(self, seed: int) -> None:
        dice = random.Random(seed)
        while self._may_step():
            reach, started = self.reaches.choose(dice), time.monotonic()
            gain = self._again(reach, dice)
            if not self.search.by_steps:
                reach.learn(gain, time.monotonic() - started)

    def _may_step(self) -> bool:
        with self.lock:
            return self.search.step()

    def _again(self, reach: Reach, dice: random.Random) -> float:
        """Plan some houses again; gives the part of the objective gained."""
        service = self.service
        assert service is not None
        freed = _neighbours(self.instance, service, reach.freed, dice)
        rest = sorted(set(range(len(self.instance.houses))) - freed)
        count = len(rest) if reach.shared is None else min(len(rest), reach.shared)
        sharing = set(dice.sample(rest, count))
        program = Program(self.instance, share_of(self.instance, service, freed | sharing))
        program.hold(service, sharing)
        program.let_rooms_divide()
        found = self._solved(program, service, freed | sharing, reach.seconds)
        return self.offer(found) if found is not None else 0.0

    def _solved(self, program: Program, service: Service, houses: set[int], seconds: float) -> Service | None:
        """Solve a step; a service that divides rooms is solved once more with its days held and whole rooms."""
        solver = program.solver(highs(self.search, seconds=seconds))
        solver.setOptionValue("mip_rel_gap", CLOSE)
        self._limit_nodes(solver)
        start_from(solver, program, service)
        solver.run()
        before = service.cost_of(self.instance, houses)
        if not _has_solution(solver) or solver.getInfo().objective_function_value > before - SAME:
            return None
        values = list(solver.getSolution().col_value)
        found = program.service_from(values)
        if program.divides(values):
            program.hold(found, houses)
            program.whole += program.rooms.values()
            again = program.solver(highs(self.search, seconds=seconds))
            self._limit_nodes(again)
            again.run()
            if not _has_solution(again):
                return None
            found = program.service_from(list(again.getSolution().col_value))
        return _joined(service, found, houses)

    def _limit_nodes(self, solver: highspy.Highs) -> None:
        if self.search.by_steps:
            solver.setOptionValue("mip_max_nodes", STEP_NODES)


def _neighbours(instance: RequisitionInstance, service: Service, count: int, dice: random.Random) -> set[int]:
    """Choose houses to plan again: some that serve at about the same time, and some that stand idle."""
    eligible = [n for n, told in enumerate(instance.houses) if told.eligible]
    serving = sorted(service.serves)
    if dice.random() < 0.3 or not serving:
        return set(dice.sample(eligible, min(count, len(eligible))))
    first, end = service.serves[dice.choice(serving)]
    near = {n: abs(days[0] - first) + abs(days[1] - end) + 10 * dice.random() for n, days in service.serves.items()}
    idle = [n for n in eligible if n not in service.serves]
    free = min(len(idle), max(1, count // 3))
    return set(sorted(serving, key=near.__getitem__)[: count - free]) | set(dice.sample(idle, free))


def _joined(service: Service, found: Service, houses: set[int]) -> Service:
    serves = {n: days for n, days in service.serves.items() if n not in houses}
    placed = {where: rooms for where, rooms in service.placed.items() if where[0] not in houses}
    return Service(serves | found.serves, placed | found.placed)


def _has_solution(solver: highspy.Highs) -> bool:
    return bool(solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)
