"""The rooms board: each floor of a house with its zone, each room with what it is at a glance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House

FACES: Mapping[str, tuple[str, "str | Promise"]] = {
    "occ": ("user", _("Occupied")),
    "plan": ("user-plus", _("Planned")),
    "free": ("circle", _("Free")),
    "clean": ("spray", _("To disinfect")),
    "closed": ("tool", _("Out of use")),
    "hosp": ("ambulance", _("Held for hospital")),
}
"""What a room is at a glance: icon and word (design language, section 5)."""

ZONES: Mapping[str, "str | Promise"] = {"contact": _("Close contacts"), "general": _("Ordinary arrivals")}


@dataclass(frozen=True, slots=True)
class RoomCell:
    """One room: who is in it or on the way, how many a plan would add, and what it is at a glance."""

    room: Room
    stays: list[Stay]
    planned: int
    face: str

    @property
    def word(self) -> "str | Promise":
        """The state in a word."""
        return FACES[self.face][1]

    @property
    def icon(self) -> str:
        """Its sign."""
        return FACES[self.face][0]

    @property
    def people(self) -> int:
        """How many the cell speaks of."""
        return self.planned or len(self.stays)


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor: it takes one class of risk and one flight's day at a time."""

    number: int
    zone: str
    cohorts: list[str]
    cells: list[RoomCell]

    @property
    def zone_name(self) -> "str | Promise":
        """Who is kept here."""
        return ZONES.get(self.zone, _("Nobody yet"))

    @property
    def closed(self) -> bool:
        """Whether the whole floor is out of use; people may still live there whom no other room could take."""
        return all(cell.room.state == Room.State.CLOSED for cell in self.cells)

    @property
    def free(self) -> int:
        """Rooms that can be filled now."""
        return sum(cell.face == "free" for cell in self.cells)

    @property
    def planned(self) -> int:
        """Rooms that the plan in sight would fill."""
        return sum(cell.planned > 0 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FlightWaiting:
    """A flight with how many of its people wait for a room."""

    flight_id: UUID
    number: str
    day: date
    people: int


def floors_of(actor: Actor, house_id: UUID, planned: Mapping[UUID, int] | None = None) -> list[Floor]:
    """The floors of a house, highest first, in two queries. planned: people that a plan would add, by room."""
    stays: dict[UUID, list[Stay]] = defaultdict(list)
    open_stays = Stay.objects.seen_by(actor).filter(room__house=house_id, ended_at=None)
    for stay in open_stays.select_related("arrival__person", "room").order_by("bed"):
        stays[stay.room_id].append(stay)
    floors: dict[int, list[RoomCell]] = defaultdict(list)
    for room in Room.objects.seen_by(actor).filter(house=house_id).order_by("floor", "number"):
        floors[room.floor].append(_cell(room, stays.get(room.pk, []), (planned or {}).get(room.pk, 0)))
    return [_floor(number, cells) for number, cells in sorted(floors.items(), reverse=True)]


def free_rooms(actor: Actor) -> list[Room]:
    """The free rooms of houses in use, by house and number."""
    rows = Room.objects.seen_by(actor).filter(state=Room.State.FREE, house__state=House.State.ACTIVE)
    return list(rows.select_related("house").order_by("house__code", "number"))


def flights_waiting(actor: Actor) -> list[FlightWaiting]:
    """Flights with people who were judged for central quarantine and have no room, most people first; one query."""
    placed = Stay.objects.filter(arrival=OuterRef("pk"), ended_at=None)
    waiting = entry.Arrival.objects.seen_by(actor).filter(
        outcome=Outcome.QUARANTINE, whereabouts=entry.Whereabouts.PORT
    )
    rows = waiting.filter(~Exists(placed)).values_list("flight_id", "flight__number", "flight__date")
    return [FlightWaiting(*row) for row in rows.annotate(people=Count("pk")).order_by("-people", "flight__date")]


def _cell(room: Room, stays: list[Stay], planned: int) -> RoomCell:
    return RoomCell(room, stays, planned, _face(room, stays, planned))


def _face(room: Room, stays: list[Stay], planned: int) -> str:
    if planned:
        return "plan"
    if stays and all(stay.arrival.whereabouts == entry.Whereabouts.HOSPITAL for stay in stays):
        return "hosp"
    if stays:
        return "occ" if any(stay.admitted_at for stay in stays) else "plan"
    return {Room.State.FREE: "free", Room.State.DIRTY: "clean", Room.State.CLOSED: "closed"}.get(
        Room.State(room.state), "occ"
    )


def _floor(number: int, cells: list[RoomCell]) -> Floor:
    stays = [stay for cell in cells for stay in cell.stays]
    return Floor(number, stays[0].risk if stays else "", _cohorts(stays), cells)


def _cohorts(stays: Iterable[Stay]) -> list[str]:
    """The flights' days as `HU7976 03-21`."""
    named = dict.fromkeys(stay.cohort for stay in stays)
    return sorted(f"{cohort.partition('/')[0]} {cohort.partition('/')[2][5:]}" for cohort in named)
