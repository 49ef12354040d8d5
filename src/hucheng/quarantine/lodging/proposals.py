"""Which rooms a flight would get, and where those of a floor that closes would go. Writes nothing.

The rules and the search are the engine's (engines.planning.rooms); what of the wing's data it is told, and what not,
is a table in docs/architecture.md.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.engines.planning import UNKNOWN, Expected, FloorUse, Guest, RoomPlan, assign_rooms, close_floors
from hucheng.engines.planning import Room as PlannedRoom
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House

CONTACT, GENERAL = "contact", "general"
WHEELCHAIR = "wheelchair"
BROKEN = (ValueError, LookupError, ArithmeticError, RuntimeError, MemoryError)
"""How an engine may fail; a plan that its checkers do not pass is among them (PlanRefused is a ValueError)."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan leaves room for: parties of other flights that wait already, and those that may yet come.

    waiting, open      people judged for a house, and people whose end is open
    rooms, accessible  the fewest rooms for all of them, and parties with a wheelchair: whose end is open counts as if
                       a house had to take them
    flights            numbers of the flights not judged yet; without_list: those of whom nobody is known
    """

    waiting: int
    open: int
    rooms: int
    accessible: int
    flights: tuple[str, ...]
    without_list: tuple[str, ...]

    @property
    def expected(self) -> Expected:
        """As the engine takes it; who needs an accessible room is never none, for not everybody is known beforehand."""
        return Expected(self.rooms, max(self.accessible, UNKNOWN.accessible))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan of rooms with the people and rooms it speaks of, and what it leaves room for."""

    plan: RoomPlan
    waiting: dict[str, entry.Waiting]
    rooms: dict[str, Room]
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Moves:
    """A plan of moves with the stays that it ends and the rooms that it speaks of."""

    plan: RoomPlan
    stays: dict[str, Stay]
    rooms: dict[str, Room]


def propose_rooms(actor: Actor, flight_id: UUID | None, at: datetime) -> Proposal:
    """Plan rooms for everybody of a flight (None: of all flights) who waits.

    Families together and beside those of theirs who have a room, one risk class and one flight's day a floor,
    strangers apart. Refuses when the engine fails or its checkers do not pass the plan.
    """
    today = at.astimezone(SHANGHAI).date()
    everybody = {str(w.card.arrival_id): w for w in entry.waiting_for_room(actor, today=today)}
    placed = {
        str(pk) for pk in _open_stays(actor).filter(arrival_id__in=everybody).values_list("arrival_id", flat=True)
    }
    everybody = {key: w for key, w in everybody.items() if key not in placed}
    waiting = {key: w for key, w in everybody.items() if flight_id in (None, w.flight_id)}
    companions = _companions(actor, waiting.values(), today)
    rooms = _free_rooms(actor) | {str(stay.room_id): stay.room for _guest, stay in companions.values()}
    most = max((room.beds for room in rooms.values()), default=1)
    others = [w for key, w in everybody.items() if key not in waiting]
    outlook = _outlook(others, entry.still_open(actor, at, but=flight_id), most)
    plan = _asked(
        lambda: assign_rooms(
            [guest for guest, _stay in companions.values()] + [_guest(key, w) for key, w in waiting.items()],
            [_planned(key, room) for key, room in rooms.items()],
            floor_use=_floor_use(actor),
            keep={key: str(stay.room_id) for key, (_guest, stay) in companions.items()},
            expected=outlook.expected,
        )
    )
    plan = replace(
        plan,
        placements=tuple(one for one in plan.placements if one.guest in waiting),
        unplaced=tuple(one for one in plan.unplaced if one.guest in waiting),
    )
    return Proposal(plan, waiting, rooms, outlook)


def propose_moves(actor: Actor, house_id: UUID, floor: int, at: datetime) -> Moves:
    """Plan other rooms for everybody who lives on a floor or is on the way there. Refuses as `propose_rooms`."""
    rows = _open_stays(actor).filter(room__house=house_id, room__floor=floor)
    stays = {
        str(stay.arrival_id): stay
        for stay in rows.select_related("room__house", "arrival__person").order_by("bed", "pk")
    }
    rooms = _free_rooms(actor)
    cards = _cards(stays.values(), at.astimezone(SHANGHAI).date())
    plan = _asked(
        lambda: close_floors(
            [_lodger(key, stay, cards[stay.arrival_id]) for key, stay in stays.items()],
            [_planned(key, room) for key, room in rooms.items() if (room.house_id, room.floor) != (house_id, floor)],
            homes={key: _planned(str(stay.room_id), stay.room) for key, stay in stays.items()},
            floor_use=_floor_use(actor),
        )
    )
    return Moves(plan, stays, rooms)


def risk_of(person: entry.Waiting) -> str:
    """The class of risk that a floor is kept for."""
    return CONTACT if person.close_contact else GENERAL


def _asked(plan: Callable[[], RoomPlan]) -> RoomPlan:
    """What the engine answers; its failure is a refusal, so that nothing is stored and the page can say so."""
    try:
        return plan()
    except BROKEN as fault:
        log.exception("the planning of rooms failed")
        raise Refusal(
            "rooms_not_planned",
            why=_(
                "The planning of rooms failed or did not pass its own check; no room was given and nobody was moved."
            ),
            do=_("Try again; if it fails once more, call whoever maintains the system. The waiting keep their place."),
        ) from fault


def _outlook(others: Collection[entry.Waiting], coming: entry.Unjudged, most_beds: int) -> Outlook:
    """Count the parties of other flights, each in rooms of the largest size."""
    parties: dict[tuple[UUID, str], list[bool]] = {}
    for w in others:
        party = (w.flight_id, w.card.party or str(w.card.arrival_id))
        parties.setdefault(party, []).append(WHEELCHAIR in w.card.needs)
    known = [(len(chairs), any(chairs)) for chairs in parties.values()]
    return Outlook(
        waiting=len(others),
        open=sum(size for size, _chair in coming.parties),
        rooms=sum(-(-size // most_beds) for size, _chair in (*known, *coming.parties)),
        accessible=sum(chair for _size, chair in (*known, *coming.parties)),
        flights=coming.flights,
        without_list=coming.without_list,
    )


def _companions(actor: Actor, waiting: Collection[entry.Waiting], today: date) -> dict[str, tuple[Guest, Stay]]:
    """People of the parties that wait who have a room already; a room that holds others too is no room to join."""
    parties = {(w.flight_id, w.card.party) for w in waiting if w.card.party}
    rows = _open_stays(actor).filter(
        arrival__flight_id__in={flight for flight, _party in parties},
        room__state=Room.State.TAKEN,
        room__house__state=House.State.ACTIVE,
    )
    stays = [
        stay
        for stay in rows.select_related("room__house", "arrival").order_by("pk")
        if (stay.arrival.flight_id, stay.arrival.party) in parties
    ]
    inside = {stay.arrival_id for stay in stays}
    strangers = _open_stays(actor).filter(room__in={stay.room_id for stay in stays}).exclude(arrival_id__in=inside)
    shared = set(strangers.values_list("room_id", flat=True))
    cards = _cards(stays, today)
    return {
        str(stay.arrival_id): (_lodger(str(stay.arrival_id), stay, cards[stay.arrival_id]), stay)
        for stay in stays
        if stay.room_id not in shared
    }


def _cards(stays: Collection[Stay], today: date) -> dict[UUID, entry.ArrivalCard]:
    """Age, sex and needs of those whose stays are in sight; a county sees a stay in its house, not the flight."""
    return entry.cards(SYSTEM, [stay.arrival_id for stay in stays], today=today)


def _open_stays(actor: Actor) -> QuerySet[Stay]:
    return Stay.objects.seen_by(actor).filter(ended_at=None)


def _free_rooms(actor: Actor) -> dict[str, Room]:
    """Rooms of houses in use with nobody in them; those that wait for disinfection take nobody in, and are told of."""
    rows = Room.objects.seen_by(actor).filter(state__in=(Room.State.FREE, Room.State.DIRTY))
    rows = rows.filter(house__state=House.State.ACTIVE).select_related("house")
    return {str(room.pk): room for room in rows}


def _floor_use(actor: Actor) -> Mapping[tuple[str, int], FloorUse]:
    rows = _open_stays(actor).values_list("room__house__code", "room__floor", "risk", "cohort").distinct()
    return {(house, floor): FloorUse(risk, cohort) for house, floor, risk, cohort in rows}


def _guest(key: str, person: entry.Waiting) -> Guest:
    return _named(key, person.card, risk_of(person), person.cohort)


def _lodger(key: str, stay: Stay, card: entry.ArrivalCard) -> Guest:
    """Somebody who has a room: class and flight are those the room was given for."""
    return _named(key, card, stay.risk, stay.cohort)


def _named(key: str, card: entry.ArrivalCard, risk: str, cohort: str) -> Guest:
    return Guest(
        id=key,
        party=f"{cohort} {card.party}" if card.party else "",
        age=card.age,
        sex=card.sex,
        risk=risk,
        cohort=cohort,
        needs=frozenset({WHEELCHAIR} & set(card.needs)),
    )


def _planned(key: str, room: Room) -> PlannedRoom:
    return PlannedRoom(
        id=key,
        house=room.house.code,
        floor=room.floor,
        beds=room.beds,
        accessible=room.accessible,
        number=room.number,
        clean=room.state != Room.State.DIRTY,
    )
