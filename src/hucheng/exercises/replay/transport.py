"""The fleet of the reception task force, and the trips of a flight step by step."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Work
from hucheng.quarantine import door as quarantine

BUSES, SEATS, AMBULANCES, DRIVERS = 12, 33, 8, 30
"""What the scenario gives the task force (setup, staff TF-RECV); plates are invented."""
TO_THE_BUS, ON_THE_ROAD = timedelta(minutes=20), 50
SOON = timedelta(minutes=10)
State = quarantine.Trip.State


def put_on_duty(at: datetime) -> None:
    """Today's drivers: one half from six to eighteen, the other from noon to midnight; the fleet on the first day."""
    if not quarantine.Vehicle.objects.seen_by(SYSTEM).exists():
        enter_fleet(at)
    day = at.replace(hour=0, minute=0)
    for number in range(1, DRIVERS + 1):
        driver = quarantine.known_driver(actor=acting("rooms"), code=f"D{number:02}", at=at)
        starts = day + timedelta(hours=6 if number % 2 else 12)
        quarantine.add_shift(
            actor=acting("rooms"), driver_id=driver.pk, starts_at=starts, ends_at=starts + timedelta(hours=12), at=at
        )


def enter_fleet(at: datetime) -> None:
    """The task force's buses and ambulances."""
    kinds = quarantine.Vehicle.Kind
    fleet = [(f"B{n:02}", kinds.BUS, SEATS) for n in range(1, BUSES + 1)]
    fleet += [(f"A{n:02}", kinds.AMBULANCE, 2) for n in range(1, AMBULANCES + 1)]
    for number, (code, kind, seats) in enumerate(fleet, start=1):
        plate = f"晋A·T{number:04}"
        quarantine.add_vehicle(actor=acting("rooms"), code=code, kind=kind, plate=plate, seats=seats, at=at)


def plan(flight_id: UUID, at: datetime) -> None:
    """Plan and publish the trips of everybody who has a room."""
    leaves = at + TO_THE_BUS
    done = quarantine.plan_trips(actor=acting("rooms"), flight_id=flight_id, leaves=leaves, minutes=ON_THE_ROAD, at=at)
    if done.trips:
        quarantine.publish_trips(actor=acting("rooms"), flight_id=flight_id, at=at)


def board(flight_id: UUID, at: datetime) -> None:
    """Everybody listed is counted aboard the vehicles that leave soon."""
    for trip in _at_step(flight_id, State.PUBLISHED).filter(departs_at__lte=at + SOON):
        people = list(trip.rides.filter(left_at=None).values_list("arrival_id", flat=True))
        quarantine.board(actor=acting("airport"), trip_id=trip.pk, arrival_ids=people, at=at)


def leave(flight_id: UUID, at: datetime) -> None:
    """The vehicles set off."""
    for trip in _at_step(flight_id, State.PUBLISHED).filter(departs_at__lte=at):
        quarantine.depart(actor=acting("airport"), trip_id=trip.pk, at=at)


def arrive(flight_id: UUID, at: datetime) -> None:
    """Everybody is counted off at the door."""
    for trip in _at_step(flight_id, State.DEPARTED):
        people = list(trip.rides.filter(left_at=None).values_list("arrival_id", flat=True))
        quarantine.arrive(actor=acting("rooms"), trip_id=trip.pk, arrival_ids=people, at=at)


def accept(flight_id: UUID, at: datetime) -> None:
    """The houses take everybody in."""
    for trip in _at_step(flight_id, State.ARRIVED):
        quarantine.accept(actor=acting("rooms"), trip_id=trip.pk, at=at)


def disinfect(flight_id: UUID, at: datetime) -> None:
    """The vehicles are clean again."""
    used = quarantine.Vehicle.objects.seen_by(SYSTEM).filter(trips__in=_at_step(flight_id, State.ACCEPTED))
    for vehicle in used.exclude(cohort="").distinct().order_by("code"):
        quarantine.disinfect_vehicle(actor=acting("rooms"), vehicle_id=vehicle.pk, at=at)


def _at_step(flight_id: UUID, state: quarantine.Trip.State) -> QuerySet[quarantine.Trip]:
    return quarantine.Trip.objects.seen_by(SYSTEM).filter(flight_id=flight_id, state=state).order_by("code")


def works() -> dict[str, Work]:
    """No act of the story's own: the trips belong to the flights."""
    return {}


def days(seed: int) -> list[Day]:
    """Drivers come on duty."""
    return [("05:30", "transfer.run", put_on_duty)]
