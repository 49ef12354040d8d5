"""Trips as a phone or another program sees and steps them."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.pages import READERS
from hucheng.quarantine.transport.queries import TripLine, rides_of, trip_seen_by, trips_of_day

router = Router(tags=["trips"])


class TripOut(Schema):
    """One trip with its people by where they stand."""

    id: UUID
    code: str
    state: str
    origin: str
    destination: str
    cohort: str
    risk: str
    emergency: bool
    departs_at: datetime
    listed: int
    aboard: int
    missing: int
    accepted: int
    stuck: bool


class RideOut(Schema):
    """One person of a trip."""

    arrival_id: UUID
    seat: str
    boarded_at: datetime | None
    counted_at: datetime | None
    missing_at: datetime | None
    accepted_at: datetime | None


class People(Schema):
    """Who was counted."""

    arrival_ids: list[UUID]


class Counted(Schema):
    """How many."""

    people: int


@router.get("/trips", response={200: list[TripOut], 409: RefusalOut})
def get_trips(request: Request, day: date | None = None) -> list[TripOut]:
    """Trips of a day (today unless told) and older ones still open."""
    check_role(request.actor, READERS)
    return [_told(line) for line in trips_of_day(request.actor, day or clock.today(), clock.now())]


@router.get("/trips/{trip_id}/people", response={200: list[RideOut], 409: RefusalOut})
def get_people(request: Request, trip_id: UUID) -> list[RideOut]:
    """Who rides, and who is missing."""
    check_role(request.actor, READERS)
    return [
        RideOut(
            arrival_id=ride.arrival_id,
            seat=ride.arrival.seat,
            boarded_at=ride.boarded_at,
            counted_at=ride.counted_at,
            missing_at=ride.missing_at,
            accepted_at=ride.accepted_at,
        )
        for ride in rides_of(trip_seen_by(request.actor, trip_id))
    ]


@router.post("/trips/{trip_id}/board", response={200: Counted, 409: RefusalOut})
def post_board(request: Request, trip_id: UUID, body: People) -> Counted:
    """Count people aboard; gives how many are aboard now."""
    aboard = actions.board(actor=request.actor, trip_id=trip_id, arrival_ids=body.arrival_ids, at=clock.now())
    return Counted(people=aboard)


@router.post("/trips/{trip_id}/depart", response={200: Counted, 409: RefusalOut})
def post_depart(request: Request, trip_id: UUID) -> Counted:
    """The vehicle leaves; gives how many were listed and are missing."""
    trip = actions.depart(actor=request.actor, trip_id=trip_id, at=clock.now())
    return Counted(people=sum(ride.missing_at is not None for ride in rides_of(trip)))


@router.post("/trips/{trip_id}/arrive", response={200: Counted, 409: RefusalOut})
def post_arrive(request: Request, trip_id: UUID, body: People) -> Counted:
    """Count people off at the door; gives how many are missing."""
    trip = actions.arrive(actor=request.actor, trip_id=trip_id, arrival_ids=body.arrival_ids, at=clock.now())
    missing = [ride for ride in rides_of(trip) if ride.missing_at and not ride.counted_at and not ride.left_at]
    return Counted(people=len(missing))


@router.post("/trips/{trip_id}/accept", response={200: Counted, 409: RefusalOut})
def post_accept(request: Request, trip_id: UUID) -> Counted:
    """The house takes over everybody counted off."""
    return Counted(people=actions.accept(actor=request.actor, trip_id=trip_id, at=clock.now()))


def _told(line: TripLine) -> TripOut:
    trip = line.trip
    return TripOut(
        id=trip.pk,
        code=trip.code,
        state=trip.state,
        origin=trip.origin,
        destination=trip.destination,
        cohort=trip.cohort,
        risk=trip.risk,
        emergency=trip.emergency,
        departs_at=trip.departs_at,
        listed=line.listed,
        aboard=line.aboard,
        missing=line.missing,
        accepted=line.accepted,
        stuck=line.stuck,
    )
