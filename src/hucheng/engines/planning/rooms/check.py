"""The checker of room plans: shares nothing with the search but the instance."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.rooms.instance import Group, RoomsInstance


class _Stay(NamedTuple):
    """People of a party in a room."""

    group: int
    room: int
    men: int
    women: int
    minors: int

    @property
    def people(self) -> int:
        return self.men + self.women + self.minors


def check(instance: RoomsInstance, plan: Plan) -> Verdict:
    """Judge `{"assign": [for each party [[room, men, women, minors], ...]]}`."""
    assigned = plan["assign"]
    if len(assigned) != len(instance.groups):
        where = f"{len(assigned)} entries for {len(instance.groups)} groups"
        return Verdict({}, (Violation("every_group_placed", where),))
    faults = [fault for number, stays in enumerate(assigned) for fault in _malformed(instance, number, stays)]
    if faults:
        return Verdict({}, tuple(faults))
    parties = [[_Stay(number, *stay) for stay in stays] for number, stays in enumerate(assigned)]
    stays = [stay for party in parties for stay in party]
    faults += [fault for party, group in zip(parties, instance.groups, strict=True) for fault in _party(party, group)]
    for number, party in enumerate(parties):
        faults += _places(instance, number, party)
    faults += [*_zones(instance, stays), *_rooms(instance, stays)]
    return Verdict(_parts(instance, stays), tuple(faults))


def _malformed(instance: RoomsInstance, number: int, stays: Sequence[Sequence[int]]) -> Iterator[Violation]:
    rooms = [stay[0] for stay in stays if len(stay) == 4 and stay[0] < len(instance.rooms) and any(stay[1:])]
    if len(rooms) != len(stays):
        yield Violation("entry_form", str(number))
    elif len(set(rooms)) != len(rooms):
        yield Violation("room_listed_twice", str(number))
    elif not rooms:
        yield Violation("every_person_once", str(number))


def _party(party: Sequence[_Stay], group: Group) -> Iterator[Violation]:
    where = str(party[0].group)
    placed = tuple(sum(stay[part] for stay in party) for part in (2, 3, 4))
    if placed != (group.men, group.women, group.minors):
        yield Violation("every_person_once", where)
    if any(stay.minors and not stay.men + stay.women for stay in party):
        yield Violation("minor_with_guardian", where)


def _places(instance: RoomsInstance, number: int, party: Sequence[_Stay]) -> Iterator[Violation]:
    group, rooms = instance.groups[number], [instance.rooms[stay.room] for stay in party]
    zones = {room.zone for room in rooms}
    if len(zones) > 1:
        yield Violation("family_one_zone", str(number))
    if group.accessible and not _ramps(
        group, [stay for stay, room in zip(party, rooms, strict=True) if room.accessible]
    ):
        yield Violation("accessible_room", str(number))
    if group.halal and not all(instance.zones[zone].halal for zone in zones):
        yield Violation("halal_zone", str((number, *sorted(zones))))
    for stay, room in zip(party, rooms, strict=True):
        if room.ready > instance.flights[group.flight].arrive:
            yield Violation("room_under_cleaning", str((number, stay.room)))


def _ramps(group: Group, there: Sequence[_Stay]) -> bool:
    """Tell whether accessible rooms hold as many of a party as must be in one."""
    adults, minors = sum(stay.men + stay.women for stay in there), sum(stay.minors for stay in there)
    return bool(there) and adults >= group.ramp_adults and minors >= group.ramp_minors


def _zones(instance: RoomsInstance, stays: Sequence[_Stay]) -> Iterator[Violation]:
    cohorts = defaultdict(set)
    for number, zone in enumerate(instance.zones):
        if zone.lock:
            cohorts[number].add((zone.lock.day, zone.lock.risk))
    for stay in stays:
        group = instance.groups[stay.group]
        cohorts[instance.rooms[stay.room].zone].add((instance.flights[group.flight].day, group.risk))
    yield from (Violation("zone_one_cohort", str(zone)) for zone, found in cohorts.items() if len(found) > 1)


def _rooms(instance: RoomsInstance, stays: Sequence[_Stay]) -> Iterator[Violation]:
    inside = defaultdict(list)
    for stay in stays:
        inside[stay.room].append(stay)
    for room, together in inside.items():
        if sum(stay.people for stay in together) > instance.rooms[room].beds:
            yield Violation("beds", str(room))
        if len(together) > 1:
            yield from _shared(instance, room, [instance.groups[stay.group] for stay in together])


def _shared(instance: RoomsInstance, room: int, groups: Sequence[Group]) -> Iterator[Violation]:
    if not instance.sharing:
        yield Violation("no_sharing_between_parties", str(room))
    if any(group.men + group.women != 1 or group.minors for group in groups):
        yield Violation("only_single_adults_share", str(room))
    if len({group.men for group in groups}) > 1:
        yield Violation("sexes_apart", str(room))
    if len({(group.flight, group.risk) for group in groups}) > 1:
        yield Violation("sharers_same_flight_and_risk", str(room))


def _parts(instance: RoomsInstance, stays: Sequence[_Stay]) -> dict[str, float]:
    weights, groups, rooms = instance.weights, instance.groups, instance.rooms
    used = {stay.room for stay in stays}
    zones = {rooms[room].zone for room in used}
    missing = sum(max(0, groups[stay.group].need - rooms[stay.room].level) for stay in stays)
    return {
        "rooms": weights.room * len(used),
        "zones": weights.zone * sum(instance.zones[zone].lock is None for zone in zones),
        "mixing": weights.mix * _mixed(instance, stays),
        "split": weights.split * (len(stays) - sum(instance.fewest(group) for group in groups)),
        "sharing": weights.share * (len(stays) - len(used)),
        "medical": weights.med * missing,
    }


def _mixed(instance: RoomsInstance, stays: Sequence[_Stay]) -> int:
    """Count the flights in a zone beyond those inside already, or beyond the first."""
    flights: dict[int, set[int]] = defaultdict(set)
    for stay in stays:
        flights[instance.rooms[stay.room].zone].add(instance.groups[stay.group].flight)
    mixed = 0
    for zone, found in flights.items():
        lock = instance.zones[zone].lock
        inside = lock.flights if lock else frozenset[int]()
        mixed += len(found | inside) - max(1, len(inside))
    return mixed
