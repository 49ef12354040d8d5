"""One company into rooms of one floor: a single room if beds allow, else the rooms closest together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from hucheng.engines.planning.guests import CARER, HALAL, WHEELCHAIR, Guest, Placement, Room

SEARCHED = 5000
"""Most ways of placing a company that are tried one by one."""

_MUSTS = frozenset({HALAL, WHEELCHAIR})
_NO_WISH = _MUSTS | {CARER}


@dataclass(frozen=True, slots=True)
class Seating:
    """One way to place a company; cost sorts ways, best first.

    cost  rooms, wishes not met, accessible and other scarce rooms spent, empty beds, distance apart, position
    """

    placements: tuple[Placement, ...]
    rooms: tuple[Room, ...]
    cost: tuple[int, ...]


def best_seating(company: Sequence[Guest], free: Sequence[Room], position: Mapping[str, int]) -> Seating | None:
    """Give the best way to place a company in the free rooms of one floor; None when none is found.

    free      free rooms in the order in which they lie
    position  room id -> place along the floor
    """
    if _hopeless(company, free):
        return None
    ways = [way for room in _kinds(company, free) if (way := _seating(company, [room], position))]
    if not ways and len(company) > 1:
        ways = list(_runs(company, free, position))
    return min(ways, key=lambda way: way.cost, default=None)


def fewest_rooms(people: int, rooms: Sequence[Room]) -> int:
    """Rooms that so many people need at least, going by beds."""
    return -(-people // max((room.beds for room in rooms), default=1))


def _hopeless(company: Sequence[Guest], free: Sequence[Room]) -> bool:
    """Whether a count shows it: too few beds, or too few beside an adult for those who depend on one."""
    beds = sorted((room.beds for room in free), reverse=True)
    wards, adults = sum(guest.dependent for guest in company), sum(guest.adult for guest in company)
    return sum(beds) < len(company) or sum(bed - 1 for bed in beds[:adults]) < wards


def _kinds(company: Sequence[Guest], free: Sequence[Room]) -> Iterator[Room]:
    """The first room of each kind that has the beds: the others of its kind would do no better."""
    seen = set()
    for room in free:
        kind = (room.beds, room.accessible, room.offers)
        if room.beds >= len(company) and kind not in seen:
            seen.add(kind)
            yield room


def _runs(company: Sequence[Guest], free: Sequence[Room], position: Mapping[str, int]) -> Iterator[Seating]:
    """From each room on, the shortest run of rooms in which everybody finds a place, unless a shorter one is known."""
    shortest = len(free)
    for start in range(len(free)):
        beds = 0
        for end in range(start, min(len(free), start + shortest)):
            beds += free[end].beds
            if beds >= len(company) and (way := _seating(company, free[start : end + 1], position)):
                shortest = end + 1 - start
                yield way
                break


def _seating(company: Sequence[Guest], rooms: Sequence[Room], position: Mapping[str, int]) -> Seating | None:
    placements = seat(company, rooms)
    if placements is None:
        return None
    taken = {placement.room for placement in placements}
    used = tuple(room for room in rooms if room.id in taken)
    return Seating(tuple(placements), used, _cost(company, used, position))


def _cost(company: Sequence[Guest], used: Sequence[Room], position: Mapping[str, int]) -> tuple[int, ...]:
    wanted = {need for guest in company for need in guest.needs}
    unmet = sum(len(wanted - _NO_WISH - room.offers) for room in used)
    scarce = sum(room.accessible + len(room.offers - wanted) for room in used)
    beds = sum(room.beds for room in used) - len(company)
    places = [position[room.id] for room in used]
    return len(used), unmet, scarce, beds, max(places) - min(places), min(places)


def seat(company: Sequence[Guest], rooms: Sequence[Room]) -> list[Placement] | None:
    """Place everybody so that needs are met and no dependent is in a room without an adult; None when not found.

    Rooms that meet more needs are filled first, with those whom fewest rooms suit; where that fails and the company
    has needs that must be met, every way is tried (up to SEARCHED). A room may stay empty.
    """
    order = sorted(rooms, key=lambda room: (-sum(room.suits(guest) for guest in company), -room.beds))
    waiting = sorted(company, key=lambda guest: sum(room.suits(guest) for room in rooms))
    placed: list[Placement] = []
    for room in order:
        inside = _fill(room, waiting)
        waiting = [guest for guest in waiting if guest not in inside]
        placed += [Placement(guest.id, room.id) for guest in inside]
    return placed if not waiting else _search(company, rooms)


def _fill(room: Room, waiting: Sequence[Guest]) -> list[Guest]:
    """Who of the waiting goes into this room: an adult with dependents as long as there are dependents."""
    fit = [guest for guest in waiting if room.suits(guest)]
    wards = [guest for guest in fit if guest.dependent]
    free = [guest for guest in fit if not guest.dependent]
    if not wards:
        return free[: room.beds]
    adults = [guest for guest in free if guest.adult]
    if not adults or room.beds < 2:
        return [guest for guest in free if not guest.adult][: room.beds]
    inside = [adults[0], *wards[: room.beds - 1]]
    kept = set(adults[1:]) if len(wards) > room.beds - 1 else set()
    rest = [guest for guest in free if guest is not adults[0] and guest not in kept]
    return (inside + rest)[: room.beds]


def _search(company: Sequence[Guest], rooms: Sequence[Room]) -> list[Placement] | None:
    """Try every way, for the few companies whose needs the rule of filling does not meet."""
    needy = any(guest.needs & _MUSTS for guest in company)
    if not needy or len(rooms) ** len(company) > SEARCHED:
        return None
    for choice in product(rooms, repeat=len(company)):
        living: dict[str, list[Guest]] = {}
        for guest, room in zip(company, choice, strict=True):
            living.setdefault(room.id, []).append(guest)
        if all(_legal(room, living.get(room.id, [])) for room in rooms):
            return [Placement(guest.id, room.id) for guest, room in zip(company, choice, strict=True)]
    return None


def _legal(room: Room, inside: Sequence[Guest]) -> bool:
    guarded = any(guest.adult for guest in inside) or not any(guest.dependent for guest in inside)
    return guarded and len(inside) <= room.beds and all(room.suits(guest) for guest in inside)
