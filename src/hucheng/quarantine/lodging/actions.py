"""Assigning rooms to a flight, moving people in, about and out."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import count
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.engines.planning import Placement
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.lodging.proposals import Moves, Proposal, propose_moves, propose_rooms, risk_of
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.transport.models import Ride

KEEPERS = {Role.QUARANTINE}


@action(by=KEEPERS)
def assign_flight(*, actor: Actor, flight_id: UUID, at: datetime) -> Proposal:
    """Give rooms to everybody of a flight who waits for one. After it: one open stay each, rooms taken.

    Whoever could not be placed is named in the plan with why and what to do; the others are placed all the same.
    Refuses when the planning fails its own check; then nobody has a room of it.
    """
    companions = Stay.objects.seen_by(actor).filter(arrival__flight=flight_id, ended_at=None)
    list(companions.select_for_update(of=("self",)).order_by("pk"))
    _houses_held(actor)
    proposal = propose_rooms(actor, flight_id, at)
    stays = [
        Stay(
            arrival_id=proposal.waiting[guest].card.arrival_id,
            room=proposal.rooms[room],
            bed=bed,
            place=proposal.rooms[room].place,
            risk=risk_of(proposal.waiting[guest]),
            cohort=proposal.waiting[guest].cohort,
            assigned_at=at,
        )
        for guest, room, bed in _with_beds(proposal.plan.placements)
    ]
    Stay.objects.bulk_create(stays)
    Room.objects.filter(pk__in=[stay.room_id for stay in stays]).update(state=Room.State.TAKEN)
    return proposal


@action(by=KEEPERS | {Role.HOUSE})
def admit(*, actor: Actor, stay_ids: Collection[UUID], at: datetime) -> int:
    """People move in: they are in the hands of the house from now. Gives how many.

    Refuses a second moving in, and somebody on a trip that has not been accepted.
    """
    stays = _stays(actor, stay_ids)
    if any(stay.admitted_at for stay in stays):
        raise Refusal("moved_in", why=_("Somebody has moved in already."), do=_("Reload the list of the house."))
    _off_their_trips(stays, at)
    by_house: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        stay.admitted_at = at
        by_house[stay.room.house.code].append(stay)
    Stay.objects.bulk_update(stays, ["admitted_at"], batch_size=100)
    for code, inside in by_house.items():
        _into(inside, code, at)
    return len(stays)


@action(by=KEEPERS)
def move_room(*, actor: Actor, stay_id: UUID, room_id: UUID, why: str, at: datetime) -> Stay:
    """Move one person to another room, and keep why; the old one waits for disinfection.

    Refuses a move without a reason, a room that is not free, one of a house that is not in use, a floor that keeps
    others, and a room that a wheelchair cannot use for somebody who needs one.
    """
    (stay,) = _stays(actor, [stay_id])
    wanted = Room.objects.seen_by(actor).filter(pk=room_id)
    list(House.objects.select_for_update().filter(pk__in=wanted.values("house")))  # house before room, as plans lock
    room = wanted.select_for_update(of=("self",)).select_related("house").first()
    if room is None:
        raise Http404
    if room.state != Room.State.FREE:
        raise Refusal(
            "room_not_free",
            why=_("Room %(number)s is not free.") % {"number": room.number},
            do=_("Choose a free one; a room is free again once it has been disinfected."),
        )
    if room.house.state != House.State.ACTIVE:
        raise Refusal(
            "house_not_in_use",
            why=_("House %(code)s is not in use.") % {"code": room.house.code},
            do=_("Choose a room of a house that is open; a house opens once its four papers are in order."),
        )
    _fits(stay, room)
    if not why.strip():
        raise Refusal(
            "move_without_reason", why=_("The move has no reason."), do=_("Say in a few words why the room changes.")
        )
    return _to_room(stay, room, 1, why, at)


@action(by=KEEPERS)
def close_floor(*, actor: Actor, house_id: UUID, floor: int, why: str, at: datetime) -> Moves:
    """Take a floor out of use. After it: who lived there has another room, and nobody is put there any more.

    Whoever finds no room stays, is named in the plan with why, and the room closes behind them. Nobody else moves.
    Refuses without a reason, in a house that is not in use, and where the whole floor is out of use and empty.
    """
    on_floor = Stay.objects.seen_by(actor).filter(room__house=house_id, room__floor=floor, ended_at=None)
    list(on_floor.select_for_update(of=("self",)).order_by("pk"))
    _houses_held(actor)
    rooms = _rooms_of_floor(actor, house_id, floor)
    if rooms[0].house.state != House.State.ACTIVE:
        raise Refusal(
            "house_not_in_use",
            why=_("House %(code)s is not in use.") % {"code": rooms[0].house.code},
            do=_("Open its page: a house that is not in use takes nobody in, so no floor of it needs to be closed."),
        )
    if not why.strip():
        raise Refusal(
            "closing_without_reason",
            why=_("The closing has no reason."),
            do=_("Say in a few words why the floor goes out of use."),
        )
    moves = propose_moves(actor, house_id, floor, at)
    if not moves.stays and all(room.state == Room.State.CLOSED for room in rooms):
        raise Refusal(
            "floor_closed",
            why=_("Floor %(floor)s is out of use already.") % {"floor": floor},
            do=_("Put it in use again when it is ready, or close another."),
        )
    Room.objects.filter(pk__in=[room.pk for room in rooms]).update(state=Room.State.CLOSED)
    for guest, room, bed in _with_beds(moves.plan.placements):
        _to_room(moves.stays[guest], moves.rooms[room], bed, why, at)
    return moves


@action(by=KEEPERS)
def reopen_floor(*, actor: Actor, house_id: UUID, floor: int, at: datetime) -> int:
    """Put the closed rooms of a floor in use again: they wait for disinfection first. Gives how many.

    Refuses a floor none of whose rooms is out of use.
    """
    rooms = [room for room in _rooms_of_floor(actor, house_id, floor) if room.state == Room.State.CLOSED]
    if not rooms:
        raise Refusal(
            "floor_not_closed",
            why=_("No room of floor %(floor)s is out of use.") % {"floor": floor},
            do=_("Reload the rooms board."),
        )
    lived_in = set(Stay.objects.filter(room__in=rooms, ended_at=None).values_list("room_id", flat=True))
    for room in rooms:
        room.state = Room.State.TAKEN if room.pk in lived_in else Room.State.DIRTY
    Room.objects.bulk_update(rooms, ["state"])
    return len(rooms)


@action(by=KEEPERS | {Role.HOUSE})
def disinfect(*, actor: Actor, room_id: UUID, at: datetime) -> Room:
    """A room has been disinfected and is free again. Refuses a room that is not waiting for it."""
    room = Room.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=room_id).first()
    if room is None:
        raise Http404
    if room.state != Room.State.DIRTY:
        raise Refusal("not_dirty", why=_("This room does not wait for disinfection."), do=_("Reload the rooms board."))
    room.state = Room.State.FREE
    room.save(update_fields=["state"])
    return room


def end_stay(stay: Stay, at: datetime) -> None:
    """End a stay; once its last person has left the room waits for disinfection, unless it is out of use."""
    stay.ended_at = at
    stay.save(update_fields=["ended_at"])
    if not Stay.objects.filter(room_id=stay.room_id, ended_at=None).exists():
        Room.objects.filter(pk=stay.room_id, state=Room.State.TAKEN).update(state=Room.State.DIRTY)


def _to_room(stay: Stay, room: Room, bed: int, why: str, at: datetime) -> Stay:
    """End a stay and begin another in its place. Whoever is in hospital or on a trip stays in those hands."""
    end_stay(stay, at)
    Room.objects.filter(pk=room.pk).update(state=Room.State.TAKEN)
    moved = Stay.objects.create(
        arrival_id=stay.arrival_id,
        room=room,
        bed=bed,
        place=room.place,
        risk=stay.risk,
        cohort=stay.cohort,
        assigned_at=at,
        admitted_at=stay.admitted_at and at,
        moved_why=why.strip()[:200],
    )
    if moved.admitted_at and stay.arrival.whereabouts == entry.Whereabouts.HOUSE:
        _into([moved], room.house.code, at)
    return moved


def _with_beds(placements: Iterable[Placement]) -> list[tuple[str, str, int]]:
    """Guest, room and the lowest bed of it that nobody has."""
    placements = list(placements)
    taken: dict[str, set[int]] = defaultdict(set)
    rows = Stay.objects.filter(room__in={room for _guest, room in placements}, ended_at=None)
    for room_id, bed in rows.values_list("room_id", "bed"):
        taken[str(room_id)].add(bed)
    found = []
    for guest, room in placements:
        bed = next(bed for bed in count(1) if bed not in taken[room])
        taken[room].add(bed)
        found.append((guest, room, bed))
    return found


def _houses_held(actor: Actor) -> None:
    """Lock the houses in use, so that one plan at a time gives their rooms."""
    list(House.objects.seen_by(actor).select_for_update().filter(state=House.State.ACTIVE).order_by("pk"))


def _rooms_of_floor(actor: Actor, house_id: UUID, floor: int) -> list[Room]:
    rows = Room.objects.seen_by(actor).select_for_update(of=("self",)).select_related("house")
    rooms = list(rows.filter(house=house_id, floor=floor).order_by("pk"))
    if not rooms:
        raise Http404
    return rooms


def _fits(stay: Stay, room: Room) -> None:
    """The rules of rooms hold for a move as for a plan: one class of risk and one cohort a floor, doors wide enough."""
    others = Stay.objects.filter(room__house=room.house_id, room__floor=room.floor, ended_at=None).exclude(pk=stay.pk)
    if others.exclude(risk=stay.risk, cohort=stay.cohort).exists():
        raise Refusal(
            "floor_of_others",
            why=_("Floor %(floor)s keeps another flight's day or another class of risk.") % {"floor": room.floor},
            do=_("Choose a room on a floor of the same flight's day and risk, or on an empty floor."),
        )
    if "wheelchair" in stay.arrival.needs and not room.accessible:
        raise Refusal(
            "room_not_accessible",
            why=_("Room %(number)s is not fit for a wheelchair.") % {"number": room.number},
            do=_("Choose a room that is."),
        )


def _off_their_trips(stays: list[Stay], at: datetime) -> None:
    """Whoever comes in by another way rides on no trip any more; whoever is on one is accepted with it."""
    rides = Ride.objects.filter(arrival_id__in=[s.arrival_id for s in stays], accepted_at=None, left_at=None)
    if rides.filter(boarded_at__isnull=False).exists():
        raise Refusal(
            "on_a_trip", why=_("Somebody is on a trip that was not accepted yet."), do=_("Accept the trip at the door.")
        )
    rides.update(left_at=at)


def _into(stays: list[Stay], house: str, at: datetime) -> None:
    """The move itself is the house's; entry keeps the line of hands."""
    ids = [stay.arrival_id for stay in stays]
    entry.move(actor=SYSTEM, arrival_ids=ids, whereabouts=entry.Whereabouts.HOUSE, holder=house, at=at)


def _stays(actor: Actor, stay_ids: Collection[UUID]) -> list[Stay]:
    rows = Stay.objects.seen_by(actor).select_for_update(of=("self",)).select_related("room__house", "arrival")
    stays = list(rows.filter(pk__in=stay_ids, ended_at=None).order_by("pk"))
    if len(stays) != len(set(stay_ids)):
        raise Http404
    return stays
