"""What is placed as one: the members of a company who may live on the same floor, and those left to place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hucheng.engines.planning.guests import Guest, Place, Placement, Room, Unplaced, companies
from hucheng.engines.planning.reasons import unplaced


@dataclass(frozen=True, slots=True)
class Unit:
    """Guests of one company with one use; pinned to the floor where members of theirs are kept."""

    members: tuple[Guest, ...]
    pinned: Place | None = None


def parts(guests: Sequence[Guest]) -> tuple[list[list[Guest]], list[Unplaced]]:
    """Give the parts of companies that may live together, and the dependents left without an adult."""
    found, refused = [], []
    for company in companies(guests):
        someone = any(guest.adult for guest in company)
        for use in dict.fromkeys(guest.use for guest in company):
            part = [guest for guest in company if guest.use == use]
            if not any(guest.adult for guest in part):
                code = "carer_in_other_class" if someone else "minor_alone"
                refused += [unplaced(guest.id, code) for guest in part if guest.dependent]
                part = [guest for guest in part if not guest.dependent]
            if part:
                found.append(part)
    return found, refused


@dataclass(frozen=True, slots=True)
class Kept:
    """Placements that stand, what they leave to place, and what could not be kept."""

    placements: list[Placement]
    units: list[Unit]
    refused: list[Unplaced]


def keep_placements(
    groups: Sequence[Sequence[Guest]],
    rooms: Mapping[str, Room],
    floor_use: Mapping[Place, tuple[str, str]],
    keep: Mapping[str, str],
) -> Kept:
    """Let people stay where they are, companions join them in beds left, the rest of a company on the same floor.

    A room that is gone or would break a rule is not kept, and its guests are refused rather than moved silently.
    """
    kept, used, taken = Kept([], [], []), dict(floor_use), set[str]()
    for group in groups:
        inside = _stays(group, rooms, used, taken, keep)
        place = rooms[next(iter(inside))].place if inside else None
        if place:
            used[place] = group[0].use
        staying = {guest.id for room in inside.values() for guest in room}
        kept.refused.extend(unplaced(g.id, "cannot_keep") for g in group if g.id in keep and g.id not in staying)
        rest = [guest for guest in group if guest.id not in keep]
        joined = _join(rest, inside, rooms)
        taken.update(inside)
        kept.placements.extend(Placement(g.id, room) for room, people in inside.items() for g in people)
        if left := tuple(guest for guest in rest if guest not in joined):
            kept.units.append(Unit(left, place))
    return kept


def _stays(
    group: Sequence[Guest],
    rooms: Mapping[str, Room],
    used: Mapping[Place, tuple[str, str]],
    taken: set[str],
    keep: Mapping[str, str],
) -> dict[str, list[Guest]]:
    """Room -> those of the group who may stay in it; all on one floor, the floor of the first."""
    wanted: dict[str, list[Guest]] = {}
    for guest in group:
        if guest.id in keep:
            wanted.setdefault(keep[guest.id], []).append(guest)
    legal = {room: people for room, people in wanted.items() if room in rooms and room not in taken}
    legal = {room: people for room, people in legal.items() if _may_stay(rooms[room], people, used)}
    first = next((rooms[room].place for room in legal), None)
    return {room: people for room, people in legal.items() if rooms[room].place == first}


def _may_stay(room: Room, people: Sequence[Guest], used: Mapping[Place, tuple[str, str]]) -> bool:
    guarded = any(guest.adult for guest in people) or not any(guest.dependent for guest in people)
    fits = len(people) <= room.beds and all(room.suits(guest) for guest in people)
    return guarded and fits and tuple(used.get(room.place, people[0].use)) == people[0].use


def _join(rest: Sequence[Guest], inside: dict[str, list[Guest]], rooms: Mapping[str, Room]) -> list[Guest]:
    """Put companions into free beds of the rooms kept, dependents first; gives those who found one."""
    joined = []
    for guest in sorted(rest, key=lambda guest: not guest.dependent):
        for room, people in inside.items():
            guarded = not guest.dependent or any(other.adult for other in people)
            if len(people) < rooms[room].beds and rooms[room].suits(guest) and guarded:
                people.append(guest)
                joined.append(guest)
                break
    return joined
