"""Which door: rooms of a kind are alike to the search, so those of one party are chosen to lie close together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.listing import Listing, along

_Alike = tuple[int, int, bool, bool]
"""Zone, beds, accessible, and whether it is clean."""


def close_together(listing: Listing, plan: Plan) -> Plan:
    """Give the plan with other rooms of the same kinds: those of a party side by side, single ones from the first on.

    Legal as before and at the same cost: a room is only exchanged for one of its zone that is like it and free.
    """
    free: dict[_Alike, list[int]] = defaultdict(list)
    for number in range(len(listing.rooms)):
        free[_alike(listing, number)].append(number)
    assign: list[list[list[int]]] = [[] for _ in plan["assign"]]
    for group in sorted(range(len(assign)), key=lambda n: (-len(plan["assign"][n]), n)):
        stays = plan["assign"][group]
        if not stays:
            continue
        rooms = _closest(listing, free, [_alike(listing, stay[0]) for stay in stays])
        for room in rooms:
            free[_alike(listing, room)].remove(room)
        assign[group] = [[room, *stay[1:]] for room, stay in zip(rooms, stays, strict=True)]
    return {"assign": assign}


def _closest(listing: Listing, free: Mapping[_Alike, Sequence[int]], kinds: Sequence[_Alike]) -> list[int]:
    """Give a free room of each kind, as close together as can be; of ways equally close the first along the floor."""
    anchors = [room for kind in sorted(set(kinds)) for room in free[kind]]
    ways = [_around(listing, free, kinds, anchor) for anchor in anchors]
    return min(ways, key=lambda rooms: _spread(listing, rooms))


def _around(listing: Listing, free: Mapping[_Alike, Sequence[int]], kinds: Sequence[_Alike], anchor: int) -> list[int]:
    """Give a room of each kind from the anchor on, or before it where none is left beyond."""
    here = along(listing.rooms[anchor])
    chosen: list[int] = []
    for kind in kinds:
        near = (room for room in free[kind] if room not in chosen)
        chosen.append(min(near, key=lambda room: _way(along(listing.rooms[room]) - here, room)))
    return chosen


def _way(steps: int, room: int) -> tuple[int, bool, int]:
    return abs(steps), steps < 0, room


def _spread(listing: Listing, rooms: Sequence[int]) -> tuple[int, int, list[int]]:
    places = [along(listing.rooms[room]) for room in rooms]
    return max(places) - min(places), min(places), sorted(rooms)


def _alike(listing: Listing, number: int) -> _Alike:
    room = listing.instance.rooms[number]
    return room.zone, room.beds, room.accessible, listing.rooms[number].clean
