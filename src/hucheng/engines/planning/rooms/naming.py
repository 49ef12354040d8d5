"""From counts to names: which party of a class, and which room of a zone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.rooms.counts import Counts, Want, seat

SHARED = -1
"""In place of a pattern: single adults who share rooms."""

Piece = tuple[int, int]
"""A class, and the number of its pattern or SHARED."""


class Share(NamedTuple):
    """Rooms for `people` strangers of a flight, risk class and sex."""

    flight: int
    risk: int
    sex: str
    people: int
    accessible: bool


Holding = Mapping[Piece | Share, int]
"""What a zone holds: parties by class and pattern, shared rooms by their form."""


class Slot(NamedTuple):
    """A room wanted: who comes into it, what it must be, and the medical closeness wished for."""

    inside: tuple[tuple[int, tuple[int, int, int]], ...]
    want: Want
    arrive: int
    need: int


def named(counts: Counts, holdings: Sequence[Holding]) -> Plan | None:
    """Give the plan of what each zone holds; None if the rooms of a zone cannot be matched."""
    assign: list[list[list[int]]] = [[] for _ in counts.instance.groups]
    rooms = _rooms_by_zone(counts)
    waiting = [list(reversed(members)) for members in counts.members]
    for zone, holding in enumerate(holdings):
        slots = list(_slots(counts, holding, waiting))
        found = matched(counts, slots, rooms[zone])
        if found is None:
            return None
        for slot, room in zip(slots, found, strict=True):
            for group, people in slot.inside:
                assign[group].append([room, *people])
    return {"assign": assign}


def holdings_of(counts: Counts, plan: Plan) -> list[dict[Piece | Share, int]]:
    """Give what each zone holds in a legal plan."""
    class_of = {group: number for number, members in enumerate(counts.members) for group in members}
    sharers = Counter(stay[0] for stays in plan["assign"] for stay in stays)
    holdings: list[Counter[Piece | Share]] = [Counter() for _ in counts.zones]
    shared: dict[int, int] = {}
    for group, stays in enumerate(plan["assign"]):
        zone = counts.instance.rooms[stays[0][0]].zone
        if sharers[stays[0][0]] > 1:
            holdings[zone][class_of[group], SHARED] += 1
            shared[stays[0][0]] = class_of[group]
        else:
            holdings[zone][class_of[group], _pattern(counts, class_of[group], stays)] += 1
    for room, number in shared.items():
        one, place = counts.classes[number], counts.instance.rooms[room]
        holdings[place.zone][Share(one.flight, one.risk, one.sex, sharers[room], place.accessible)] += 1
    return [dict(holding) for holding in holdings]


def _pattern(counts: Counts, number: int, stays: Sequence[Sequence[int]]) -> int:
    """Give the pattern of a party; of those with its room sizes, one whose accessible room it has."""
    sizes = sorted((sum(stay[1:]) for stay in stays), reverse=True)
    ramps = {sum(stay[1:]) for stay in stays if counts.instance.rooms[stay[0]].accessible}
    for place, pattern in enumerate(counts.classes[number].patterns):
        fits = all(want.beds in ramps for want in pattern if want.accessible)
        if fits and [want.beds for want in pattern] == sizes:
            return place
    raise ValueError(f"no pattern of class {number} has rooms for {sizes}")


def _rooms_by_zone(counts: Counts) -> list[list[int]]:
    rooms: list[list[int]] = [[] for _ in counts.zones]
    for number, room in enumerate(counts.instance.rooms):
        rooms[room.zone].append(number)
    return rooms


def _slots(counts: Counts, holding: Holding, waiting: list[list[int]]) -> Iterator[Slot]:
    """Give the rooms wanted in a zone, taking parties off the list of those waiting."""
    sharers: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for key, number in holding.items():
        if isinstance(key, Share):
            continue
        one = counts.classes[key[0]]
        for _ in range(number):
            group = waiting[key[0]].pop()
            if key[1] == SHARED:
                sharers[one.flight, one.risk, one.sex].append(group)
            else:
                yield from party_slots(counts, group, one.patterns[key[1]])
    for key, number in holding.items():
        if isinstance(key, Share):
            yield from _shared_slots(counts, key, number, sharers[key.flight, key.risk, key.sex])


def party_slots(counts: Counts, group: int, pattern: Sequence[Want]) -> Iterator[Slot]:
    """Give the rooms that one party wants in one of its divisions."""
    party = counts.instance.groups[group]
    arrive = counts.instance.flights[party.flight].arrive
    seats = seat(party, [want.beds for want in pattern])
    for want, people in zip(pattern, seats, strict=True):
        yield Slot(((group, people),), want, arrive, party.need)


def _shared_slots(counts: Counts, share: Share, rooms: int, sharers: list[int]) -> Iterator[Slot]:
    """Give shared rooms; those who need a ramp come first into the accessible ones."""
    groups, arrive = counts.instance.groups, counts.instance.flights[share.flight].arrive
    sharers.sort(key=lambda group: groups[group].accessible == share.accessible)
    for _ in range(rooms):
        inside = [sharers.pop() for _ in range(share.people)]
        people = tuple((group, (groups[group].men, groups[group].women, 0)) for group in inside)
        want = Want(share.people, any(groups[group].accessible for group in inside))
        yield Slot(people, want, arrive, max(groups[group].need for group in inside))


def matched(counts: Counts, slots: Sequence[Slot], rooms: Sequence[int]) -> list[int] | None:
    """Give a room for each slot, by augmenting paths; None where there is none. Small rooms are tried first."""
    if len(slots) > len(rooms):
        return None
    order = sorted(range(len(slots)), key=lambda n: (not slots[n].want.accessible, -slots[n].want.beds, -slots[n].need))
    ways = [_ways(counts, slot, rooms) for slot in slots]
    taken: dict[int, int] = {}

    def augment(slot: int, seen: set[int]) -> bool:
        for room in ways[slot]:
            if room not in seen:
                seen.add(room)
                if room not in taken or augment(taken[room], seen):
                    taken[room] = slot
                    return True
        return False

    if not all(augment(slot, set()) for slot in order):
        return None
    room_of = {slot: room for room, slot in taken.items()}
    return [room_of[slot] for slot in range(len(slots))]


def _ways(counts: Counts, slot: Slot, rooms: Sequence[int]) -> list[int]:
    """Give the rooms that suit: the wished closeness first, then plain before accessible, few beds before many."""
    found = []
    for number in rooms:
        room = counts.instance.rooms[number]
        if room.beds >= slot.want.beds and room.accessible >= slot.want.accessible and room.ready <= slot.arrive:
            found.append((max(0, slot.need - room.level), room.accessible, room.beds, room.level, number))
    return [place[-1] for place in sorted(found)]
