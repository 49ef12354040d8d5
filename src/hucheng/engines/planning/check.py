"""An independent look at a plan of rooms: it shares no code with the planner but the definition of a company."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hucheng.engines.planning.guests import FloorUse, Guest, Room, RoomPlan, companies
from hucheng.engines.words.bilingual import Bilingual

_ONCE = Bilingual(
    "{guest} 应恰好出现一次，实为 {count} 次", "{guest} must stand in the plan once, stands {count} times"
)
_STRANGER = Bilingual("{guest} 不在名单中", "{guest} is not on the list")
_NO_SUCH_ROOM = Bilingual("房间 {room} 不存在", "room {room} does not exist")
_BEDS = Bilingual("房间 {room} 住 {count} 人，只有 {beds} 张床", "room {room} holds {count} people in {beds} beds")
_SHARED = Bilingual("房间 {room} 住有互不相识的人", "strangers share room {room}")
_UNGUARDED = Bilingual(
    "房间 {room} 有需照护者而无同行成人", "a dependent is in room {room} without an adult of the party"
)
_UNCLEAN = Bilingual("房间 {room} 尚未消毒", "room {room} waits for disinfection")
_NEED = Bilingual("房间 {room} 不能满足 {guest} 的必须条件", "room {room} does not meet a need of {guest}")
_MIXED = Bilingual("{house} {floor} 层混住不同风险类别或班机", "floor {floor} of {house} mixes risk classes or flights")
_APART = Bilingual("{guest} 一行人分住不同楼层", "the party of {guest} is on several floors")
_BOUND = Bilingual("所用房间 {rooms} 少于下界 {bound}", "{rooms} rooms used, fewer than the bound of {bound}")


def check_plan(
    guests: Sequence[Guest],
    rooms: Sequence[Room],
    plan: RoomPlan,
    *,
    floor_use: Mapping[tuple[str, int], FloorUse] | None = None,
) -> list[Bilingual]:
    """Give every rule that a plan breaks; an empty list means that the plan is legal."""
    people, by_id = {guest.id: guest for guest in guests}, {room.id: room for room in rooms}
    faults = list(_counted(people, plan))
    faults += [_NO_SUCH_ROOM.filled(room=room) for _, room in plan.placements if room not in by_id]
    living: dict[str, list[Guest]] = {}
    for guest, room in plan.placements:
        if guest in people and room in by_id:
            living.setdefault(room, []).append(people[guest])
    company_of = {guest.id: n for n, company in enumerate(companies(guests)) for guest in company}
    for room, inside in living.items():
        faults += _in_room(by_id[room], inside, company_of)
    faults += _on_floors(living, by_id, floor_use or {})
    faults += _together(living, by_id, company_of)
    if len(living) < plan.lower_bound:
        faults.append(_BOUND.filled(rooms=len(living), bound=plan.lower_bound))
    return faults


def _counted(people: Mapping[str, Guest], plan: RoomPlan) -> Iterator[Bilingual]:
    named = [placement.guest for placement in plan.placements] + [one.guest for one in plan.unplaced]
    counts = Counter(named)
    for guest in people:
        if (count := counts[guest]) != 1:
            yield _ONCE.filled(guest=guest, count=count)
    yield from (_STRANGER.filled(guest=guest) for guest in named if guest not in people)


def _in_room(room: Room, inside: Sequence[Guest], company_of: Mapping[str, int]) -> Iterator[Bilingual]:
    if len(inside) > room.beds:
        yield _BEDS.filled(room=room.id, count=len(inside), beds=room.beds)
    if not room.clean:
        yield _UNCLEAN.filled(room=room.id)
    if len({company_of[guest.id] for guest in inside}) > 1:
        yield _SHARED.filled(room=room.id)
    wards = [guest for guest in inside if "carer" in guest.needs or (guest.age is not None and guest.age < 18)]
    adults = [guest for guest in inside if guest not in wards and guest.age is not None]
    if wards and not adults:
        yield _UNGUARDED.filled(room=room.id)
    for guest in inside:
        lacks_ramp = "wheelchair" in guest.needs and not room.accessible
        if lacks_ramp or ("halal" in guest.needs and not room.halal):
            yield _NEED.filled(room=room.id, guest=guest.id)


def _on_floors(
    living: Mapping[str, Sequence[Guest]], rooms: Mapping[str, Room], floor_use: Mapping[tuple[str, int], FloorUse]
) -> Iterator[Bilingual]:
    uses: dict[tuple[str, int], set[tuple[str, str]]] = {}
    for room, inside in living.items():
        place = (rooms[room].house, rooms[room].floor)
        before: set[tuple[str, str]] = {(*floor_use[place],)} if place in floor_use else set()
        uses.setdefault(place, before).update((guest.risk, guest.cohort) for guest in inside)
    for (house, floor), found in uses.items():
        if len(found) > 1:
            yield _MIXED.filled(house=house, floor=floor)


def _together(
    living: Mapping[str, Sequence[Guest]], rooms: Mapping[str, Room], company_of: Mapping[str, int]
) -> Iterator[Bilingual]:
    """Members of a company with the same class and cohort live on one floor."""
    floors: dict[tuple[int, str, str], tuple[str, int]] = {}
    for room, inside in living.items():
        for guest in inside:
            place = (rooms[room].house, rooms[room].floor)
            if floors.setdefault((company_of[guest.id], guest.risk, guest.cohort), place) != place:
                yield _APART.filled(guest=guest.id)
