"""Rooms that are free and whom floors serve, while companies find their rooms, each step judged by the checker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hucheng.engines.planning.answer import Conflict, Plan, Verdict
from hucheng.engines.planning.guests import FloorUse, Guest, Place, Placement, Room
from hucheng.engines.planning.refusal import refused
from hucheng.engines.planning.rooms.check import check
from hucheng.engines.planning.rooms.conflict import conflict_if_any
from hucheng.engines.planning.rooms.doors import close_together
from hucheng.engines.planning.rooms.grounds import grounds_of
from hucheng.engines.planning.rooms.listing import Listing, can_be_divided, listed
from hucheng.engines.planning.rooms.online import Expected, place_most
from hucheng.engines.planning.rooms.replan import repair
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.units import Unit
from hucheng.engines.words.bilingual import Bilingual

STEPS = 6
"""Neighbourhoods looked at for a flight: people wait for the answer, and the rules' plan is within some per cent."""
SOLVE = 0.3
"""Deterministic time for each question about rules in conflict."""


def budget(steps: int = STEPS) -> Search:
    """Give a search of so many steps, used for its budget only."""
    return Search(lambda _plan: Verdict({}, ()), seconds=float("inf"), workers=1, steps=steps, solve_seconds=SOLVE)


def refuse_unsound(faults: Sequence[object]) -> None:
    """Refuse a plan of which a checker has something to say: it is never given, so never stored."""
    if faults:
        raise refused("unsound_plan", "", fault=_told(faults[0]))


def refuse_illegal(listing: Listing, placements: Iterable[Placement]) -> None:
    """Judge the rooms of those who have some by the checker of the instance."""
    plan = listing.plan(placements)
    housed = [number for number, stays in enumerate(plan["assign"]) if stays]
    part = replace(listing.instance, groups=tuple(listing.instance.groups[number] for number in housed))
    refuse_unsound(check(part, {"assign": [plan["assign"][number] for number in housed]}).violations)


def _told(fault: object) -> str:
    return fault.en if isinstance(fault, Bilingual) else " ".join(map(str, fault)) if isinstance(fault, tuple) else ""


@dataclass(slots=True)
class Vacancies:
    """Rooms that are free and whom floors serve, while units find their rooms; `most` beds has the largest room."""

    free: list[Room]
    used: dict[Place, FloorUse]
    most: int
    placements: list[Placement] = field(default_factory=list)
    grounds: dict[str, tuple[Bilingual, ...]] = field(default_factory=dict)
    left: list[Unit] = field(default_factory=list)

    def settle(self, placements: Iterable[Placement], guests: Mapping[str, Guest]) -> None:
        """Take rooms, whose floors now serve those inside."""
        rooms = {room.id: room for room in self.free}
        taken = dict(placements)
        for guest, room in taken.items():
            self.used[rooms[room].place] = guests[guest].use
        self.free = [room for room in self.free if room.id not in set(taken.values())]

    def place(self, units: Sequence[Unit], expected: Expected) -> None:
        """Give rooms to units, to those pinned on their floor; who finds none is left."""
        near = {unit.pinned for unit in units if unit.pinned}
        clean = [room for room in self.free if room.clean and (not near or room.place in near)]
        most = max((room.beds for room in clean), default=0)
        fit = [unit for unit in units if can_be_divided(unit.members, most)]
        self.left += [unit for unit in units if unit not in fit]
        if not fit:
            return
        listing = listed([unit.members for unit in fit], clean, self.used, most)
        nobody: Plan = {"assign": [[] for _ in fit]}
        found = place_most(listing.instance, nobody, range(len(fit)), budget(), expected=expected)
        self.left += [fit[number] for number in found.left]
        self._take(listing, found.plan)

    def rehouse(self, units: Sequence[Unit], homes: Mapping[str, Room]) -> None:
        """Give other rooms to units whose floors close, by repair; who finds none stays and is left."""
        old = {homes[guest.id].id: homes[guest.id] for unit in units for guest in unit.members}
        clean = [room for room in self.free if room.clean]
        most = max((room.beds for room in clean), default=0)
        moving = [unit for unit in units if can_be_divided(unit.members, most)]
        self.left += [unit for unit in units if unit not in moving]
        while moving:
            listing = listed([unit.members for unit in moving], [*clean, *old.values()], self.used, most)
            closed = [listing.places.index(place) for place in sorted({room.place for room in old.values()})]
            now = listing.plan(Placement(guest.id, homes[guest.id].id) for unit in moving for guest in unit.members)
            done = repair(listing.instance, now, closed, budget())
            if done.plan is not None:
                self._take(listing, done.plan)
                return
            self.left += [moving[number] for number in done.stuck]
            moving = [unit for number, unit in enumerate(moving) if number not in set(done.stuck)]

    def _take(self, listing: Listing, plan: Plan) -> None:
        """Take the rooms of a plan, if the checker passes it."""
        plan = close_together(listing, plan)
        placements = listing.names(plan)
        refuse_illegal(listing, placements)
        self.grounds |= grounds_of(listing, plan)
        self.placements += placements
        self.settle(placements, {guest.id: guest for company in listing.companies for guest in company})

    def adopt(self, part: "Vacancies") -> None:
        """Take over what some of the rooms were used for; who found none there is not left yet."""
        taken = {room for _guest, room in part.placements}
        self.free = [room for room in self.free if room.id not in taken]
        self.placements += part.placements
        self.grounds |= part.grounds

    def why(self, unit: Unit) -> str:
        """Give the nearest reason why a unit found no room, as a code."""
        clean = [room for room in self.free if room.clean and unit.pinned in (None, room.place)]
        use = unit.members[0].use
        legal = [room for room in clean if self.used.get(room.place, use) == use]
        if not legal:
            return "no_floor" if clean else "no_room"
        if any(not any(room.suits(guest) for room in legal) for guest in unit.members):
            return "need_not_met"
        return "party_does_not_fit"

    def conflict(self) -> Conflict | None:
        """Give the rules that leave somebody without a room while the others keep theirs; None if it is not proven."""
        companies = [unit.members for unit in self.left if can_be_divided(unit.members, self.most)]
        if not companies:
            return None
        return conflict_if_any(listed(companies, self.free, self.used, self.most).instance, budget())
