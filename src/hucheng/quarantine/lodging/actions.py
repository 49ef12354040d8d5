"""Assigning rooms to a flight, moving people in, about and out."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.engines.planning import FloorUse, Guest, RoomPlan, assign_rooms
from hucheng.engines.planning import Room as PlannedRoom
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.transport.models import Ride

KEEPERS = {Role.QUARANTINE}
CONTACT, GENERAL = "contact", "general"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan of rooms with the people and rooms it speaks of."""

    plan: RoomPlan
    waiting: dict[str, entry.Waiting]
    rooms: dict[str, Room]


def propose_rooms(actor: Actor, flight_id: UUID | None, at: datetime) -> Proposal:
    """Plan rooms for everybody of a flight (None: of all flights) who waits; writes nothing.

    Families together, one risk class and one cohort a floor, strangers apart (engines.planning).
    """
    today = at.astimezone(SHANGHAI).date()
    waiting = {str(w.card.arrival_id): w for w in entry.waiting_for_room(actor, today=today, flight_id=flight_id)}
    placed = set(_open_stays(actor).filter(arrival_id__in=waiting).values_list("arrival_id", flat=True))
    waiting = {key: w for key, w in waiting.items() if w.card.arrival_id not in placed}
    free = Room.objects.seen_by(actor).filter(state=Room.State.FREE, house__state=House.State.ACTIVE)
    rooms = {str(room.pk): room for room in free.select_related("house")}
    plan = assign_rooms(
        [_guest(key, w) for key, w in waiting.items()],
        [_planned(key, room) for key, room in rooms.items()],
        floor_use=_floor_use(actor),
    )
    return Proposal(plan, waiting, rooms)


@action(by=KEEPERS)
def assign_flight(*, actor: Actor, flight_id: UUID, at: datetime) -> Proposal:
    """Give rooms to everybody of a flight who waits for one. After it: one open stay each, rooms taken.

    Whoever could not be placed is named in the plan with why and what to do; the others are placed all the same.
    """
    list(House.objects.seen_by(actor).select_for_update().filter(state=House.State.ACTIVE).order_by("pk"))
    proposal = propose_rooms(actor, flight_id, at)
    beds: dict[str, int] = defaultdict(int)
    stays = []
    for placement in proposal.plan.placements:
        beds[placement.room] += 1
        room, person = proposal.rooms[placement.room], proposal.waiting[placement.guest]
        stays.append(
            Stay(
                arrival_id=person.card.arrival_id,
                room=room,
                bed=beds[placement.room],
                place=room.place,
                risk=_risk(person),
                cohort=person.cohort,
                assigned_at=at,
            )
        )
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
    rooms = Room.objects.seen_by(actor).select_for_update(of=("self", "house")).select_related("house")
    room = rooms.filter(pk=room_id).first()
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
    end_stay(stay, at)
    room.state = Room.State.TAKEN
    room.save(update_fields=["state"])
    moved = Stay.objects.create(
        arrival_id=stay.arrival_id,
        room=room,
        bed=1,
        place=room.place,
        risk=stay.risk,
        cohort=stay.cohort,
        assigned_at=at,
        admitted_at=stay.admitted_at and at,
        moved_why=why.strip()[:200],
    )
    if moved.admitted_at:
        _into([moved], room.house.code, at)
    return moved


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
    """End a stay; the room waits for disinfection once its last person has left."""
    stay.ended_at = at
    stay.save(update_fields=["ended_at"])
    if not Stay.objects.filter(room_id=stay.room_id, ended_at=None).exists():
        Room.objects.filter(pk=stay.room_id).update(state=Room.State.DIRTY)


def _fits(stay: Stay, room: Room) -> None:
    """The rules of rooms hold for a move as for a plan: one class of risk and one cohort a floor, doors wide enough."""
    others = Stay.objects.filter(room__house=room.house_id, room__floor=room.floor, ended_at=None).exclude(pk=stay.pk)
    if others.exclude(risk=stay.risk, cohort=stay.cohort).exists():
        raise Refusal(
            "floor_of_others",
            why=_("Floor %(floor)s keeps another flight’s day or another class of risk.") % {"floor": room.floor},
            do=_("Choose a room on a floor of the same flight’s day and risk, or on an empty floor."),
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


def _open_stays(actor: Actor) -> QuerySet[Stay]:
    return Stay.objects.seen_by(actor).filter(ended_at=None)


def _floor_use(actor: Actor) -> dict[tuple[str, int], FloorUse]:
    rows = _open_stays(actor).values_list("room__house__code", "room__floor", "risk", "cohort").distinct()
    return {(house, floor): FloorUse(risk, cohort) for house, floor, risk, cohort in rows}


def _risk(person: entry.Waiting) -> str:
    return CONTACT if person.close_contact else GENERAL


def _guest(key: str, person: entry.Waiting) -> Guest:
    card = person.card
    return Guest(
        id=key,
        party=card.party,
        age=card.age,
        sex=card.sex,
        risk=_risk(person),
        cohort=person.cohort,
        needs=frozenset({"wheelchair"} & set(card.needs)),
    )


def _planned(key: str, room: Room) -> PlannedRoom:
    return PlannedRoom(
        id=key, house=room.house.code, floor=room.floor, beds=room.beds, accessible=room.accessible, number=room.number
    )
