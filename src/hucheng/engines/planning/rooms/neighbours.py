"""Large neighbourhoods: a few zones that share flights are emptied and filled again, at least cost (CP-SAT)."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from ortools.sat.python import cp_model

from hucheng.engines.planning.rooms.filling import Filling
from hucheng.engines.planning.rooms.model import Key, build, fits
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solvers import cp_sat

FEWEST_ZONES, MOST_ZONES = 4, 14
SPARE_ZONES = 3
"""Unused zones that a neighbourhood may open."""
ACROSS = 0.35
"""Share of neighbourhoods that join zones of two cohorts, so that zones can change hands."""
STEP_SECONDS = 0.8
QUICK = 0.35
"""A step proven optimal within this share of its limit lets the next ones be larger."""


@dataclass(frozen=True, slots=True)
class Found:
    """A filling of some zones, of those who were `waiting` too and are `left` now; `proven` if none is better."""

    zones: tuple[int, ...]
    waiting: dict[int, int]
    holdings: dict[int, dict[Key, int]] | None
    left: dict[int, int]
    proven: bool
    seconds: float


class LocalSearch:
    """Improve a filling step by step. Workers work side by side on neighbourhoods that share no zone."""

    def __init__(self, filling: Filling, search: Search, *, step_seconds: float = STEP_SECONDS) -> None:
        """Start from a filling, which is changed; a step takes at most `step_seconds`."""
        self.filling, self.search, self.step_seconds = filling, search, step_seconds
        self.random = random.Random(search.seed)  # noqa: S311
        self.size = 6.0
        self._settled: dict[frozenset[int], tuple[int, ...]] = {}
        self._changes = [0] * len(filling.holdings)

    def run(self, better: Callable[[], object]) -> None:
        """Search until the budget is spent; `better` is called whenever the filling got better."""
        if self.search.workers == 1:
            while self.search.step() and (zones := self._choose(set())):
                if self._take(self._solve(zones, self.filling.left)):
                    better()
        else:
            with ThreadPoolExecutor(self.search.workers) as executor:
                self._run_apart(executor, better)

    def _run_apart(self, executor: ThreadPoolExecutor, better: Callable[[], object]) -> None:
        """Solve several neighbourhoods that share no zone at a time; one of them has those without a room."""
        pending: dict[Future[Found], set[int]] = {}
        leading: Future[Found] | None = None
        while True:
            while len(pending) < self.search.workers and self.search.step():
                zones = self._choose({zone for others in pending.values() for zone in others})
                if not zones:
                    break
                leads = leading not in pending
                future = executor.submit(self._solve, zones, self.filling.left if leads else {})
                leading = future if leads else leading
                pending[future] = set(zones)
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                del pending[future]
                if self._take(future.result()):
                    better()

    def _choose(self, barred: set[int]) -> tuple[int, ...]:
        filling = self.filling
        used = [zone for zone in filling.used() if zone not in barred]
        if not used:
            return ()
        weights = [1 + 0.1 * filling.free_rooms(zone) + len(filling.flights(zone)) for zone in used]
        for _ in range(20):
            size = round(self.size)
            if filling.left or self.random.random() >= ACROSS:
                zones = self._near(self._start(used, weights), used, size)
            else:
                one, other = self.random.choices(used, weights, k=2)
                zones = list(dict.fromkeys(self._near(one, used, size // 2) + self._near(other, used, size // 2)))
            zones += self._spare(zones, barred)
            key = frozenset(zones)
            if self._settled.get(key) != tuple(self._changes[zone] for zone in sorted(key)):
                return tuple(sorted(key))
        return ()

    def _start(self, used: Sequence[int], weights: Sequence[float]) -> int:
        """Give a zone to begin with: of the cohort of somebody without a room, if there is one."""
        if self.filling.left:
            cohort = self.filling.counts.cohort(self.random.choice(sorted(self.filling.left)))
            own = [zone for zone in used if self.filling.cohort(zone) == cohort]
            if own:
                return self.random.choice(own)
        return self.random.choices(used, weights)[0]

    def _near(self, start: int, used: Sequence[int], size: int) -> list[int]:
        """Give zones of the cohort, those that share flights with the first before others."""
        cohort, flights = self.filling.cohort(start), self.filling.flights(start)
        same = [zone for zone in used if zone != start and self.filling.cohort(zone) == cohort]
        self.random.shuffle(same)
        same.sort(key=lambda zone: -len(self.filling.flights(zone) & flights))
        return [start, *same[: max(0, size - 1)]]

    def _spare(self, zones: Sequence[int], barred: set[int]) -> list[int]:
        cohorts = {self.filling.cohort(zone) for zone in zones}
        spare = [
            zone
            for zone, holding in enumerate(self.filling.holdings)
            if not holding and zone not in barred and self.filling.cohort(zone) in {None, *cohorts}
        ]
        if self.filling.left:
            spare = [zone for zone in spare if self._may_help(zone)] or spare
        return self.random.sample(spare, min(SPARE_ZONES, len(spare)))

    def _may_help(self, zone: int) -> bool:
        """Tell whether a zone has the rooms of a party that is in none."""
        counts = self.filling.counts
        return any(
            counts.takes(zone, counts.cohort(number))
            and counts.zones[zone].halal >= counts.classes[number].halal
            and all(fits(counts, zone, want, counts.arrive(number)) for want in pattern)
            for number in self.filling.left
            for pattern in counts.classes[number].patterns
        )

    def _solve(self, zones: tuple[int, ...], left: dict[int, int]) -> Found:
        filling = self.filling
        parties = filling.parties(zones) + Counter(left)
        model = build(filling.counts, zones, parties, may_leave=bool(left))
        model.hint({zone: filling.holdings[zone] for zone in zones})
        workers = 1 if self.search.workers > 1 else None
        solver, status = cp_sat(model.cp, self.search, seconds=self.step_seconds, workers=workers)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(zones, left, None, left, False, solver.wall_time)
        still = {number: n for number, one in model.left.items() if (n := solver.value(one))}
        return Found(zones, left, model.holdings(solver), still, status == cp_model.OPTIMAL, solver.wall_time)

    def _take(self, found: Found) -> bool:
        """Take over what is no worse, and tell whether it is better.

        In a search by steps, which is short, what is only as good is left: the rules' choice among equals stands.
        """
        self._resize(found)
        if found.holdings is None:
            return False
        before = self.filling.cost(found.zones) + self._dear(found.waiting)
        kept = {zone: self.filling.holdings[zone] for zone in found.zones}
        self.filling.put(found.holdings)
        after = self.filling.cost(found.zones) + self._dear(found.left)
        if after > before or (after == before and self.search.by_steps):
            self.filling.put(kept)
        else:
            if found.waiting:
                self.filling.left = dict(found.left)
            if after < before:
                for zone in found.zones:
                    self._changes[zone] += 1
        if found.proven:
            self._settled[frozenset(found.zones)] = tuple(self._changes[zone] for zone in sorted(found.zones))
        return after < before

    def _dear(self, parties: dict[int, int]) -> int:
        return sum(self.filling.counts.dear(number) * waiting for number, waiting in parties.items())

    def _resize(self, found: Found) -> None:
        """Let neighbourhoods grow while they are solved quickly, and shrink while they are not solved."""
        if not found.proven:
            self.size = max(FEWEST_ZONES, self.size - 0.25)
        elif not self.search.by_steps and found.seconds < QUICK * self.step_seconds:
            self.size = min(MOST_ZONES, self.size + 0.1)
