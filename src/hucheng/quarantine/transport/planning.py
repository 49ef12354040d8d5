"""Which trips a flight needs: one cohort a vehicle, families together, a driver within hours. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import spoken
from hucheng.core.scope.actor import Actor
from hucheng.engines.planning import Rider, group_trips
from hucheng.engines.planning import Trip as Load
from hucheng.entry import door as entry
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle
from hucheng.quarantine.fleet.rules import CLEANING, DAY, Run, drives_at_night, on_duty, vehicle_free, within_hours
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.transport.models import Ride, Trip

WAVES = 4
"""Times that the vehicles go out before those left are told that there is none."""


@dataclass(frozen=True, slots=True)
class PlannedTrip:
    """One trip of the proposal."""

    house: str
    risk: str
    cohort: str
    leaves: datetime
    minutes: int
    vehicle: Vehicle
    driver: Driver
    stays: list[Stay]


@dataclass(frozen=True, slots=True)
class NotPlanned:
    """Somebody who stays at the desk for now, with why and what to do."""

    stay: Stay
    why: str | Promise
    do: str | Promise


@dataclass(slots=True)
class TripPlan:
    """Everybody of a flight who has a room and waits: each once, on a trip or not planned."""

    trips: list[PlannedTrip] = field(default_factory=list)
    left: list[NotPlanned] = field(default_factory=list)

    @property
    def riders(self) -> int:
        """How many people have a seat."""
        return sum(len(trip.stays) for trip in self.trips)


@dataclass(slots=True)
class _Pool:
    """Vehicles and drivers with what they do already."""

    vehicles: list[Vehicle]
    drivers: list[Driver]
    shifts: Mapping[UUID, list[tuple[datetime, datetime]]]
    of_vehicle: dict[UUID, list[Run]]
    of_driver: dict[UUID, list[Run]]

    def take(self, run: Run, riders: int) -> tuple[Vehicle, Driver] | None:
        """The smallest free vehicle with the seats, and the first driver on duty with hours left."""
        fit = (v for v in self.vehicles if v.seats >= riders and vehicle_free(run, self.of_vehicle[v.pk]))
        able = (
            d
            for d in self.drivers
            if on_duty(run, self.shifts.get(d.pk, [])) and within_hours(run, self.of_driver[d.pk])
        )
        vehicle, driver = next(fit, None), next(able, None)
        if vehicle is None or driver is None:
            return None
        self.of_vehicle[vehicle.pk].append(run)
        self.of_driver[driver.pk].append(run)
        return vehicle, driver


def propose_trips(actor: Actor, flight_id: UUID, *, leaves: datetime, minutes: int) -> TripPlan:
    """Trips for everybody of a flight who has a room and still waits in the port, in a fixed number of queries."""
    stays = waiting_for_trip(actor, flight_id)
    pool = _pool(actor, leaves)
    plan = TripPlan()
    if not pool.vehicles:
        plan.left = [_none_free(stay) for stay in stays.values()]
        return plan
    people = [
        Rider(key, stay.risk, stay.room.house.code, stay.cohort, stay.arrival.party) for key, stay in stays.items()
    ]
    seats = pool.vehicles[0].seats
    grouped = group_trips(people, seats=seats, depart=leaves.astimezone(SHANGHAI), minutes=minutes)
    for refused in grouped.refused:
        why, do = spoken(refused.why), spoken(refused.do)
        plan.left += [NotPlanned(stays[key], why, do) for key in refused.riders]
    _send_out(plan, list(grouped.trips), pool, stays, leaves, minutes)
    return plan


def waiting_for_trip(actor: Actor, flight_id: UUID) -> dict[str, Stay]:
    """Stays given but not moved into, of people in the port who ride on no open trip, by id as text."""
    riding = Ride.objects.filter(accepted_at=None, left_at=None, arrival__flight_id=flight_id).values("arrival_id")
    rows = Stay.objects.seen_by(actor).filter(
        arrival__flight_id=flight_id, arrival__whereabouts=entry.Whereabouts.PORT, ended_at=None, admitted_at=None
    )
    rows = rows.exclude(arrival_id__in=riding).select_related("room__house", "arrival__person", "arrival__flight")
    return {str(stay.pk): stay for stay in rows.order_by("room__house__code", "room__number", "bed")}


def _send_out(
    plan: TripPlan, loads: list[Load], pool: _Pool, stays: Mapping[str, Stay], leaves: datetime, minutes: int
) -> None:
    """The largest loads first; those for whom no vehicle is left go with the next wave."""
    loads.sort(key=lambda load: (-len(load.riders), load.group))
    for wave in range(WAVES):
        start = leaves + wave * (timedelta(minutes=2 * minutes) + CLEANING)
        waiting = []
        for load in loads:
            run = Run(start, minutes, f"{load.group.risk} {load.group.cohort}")
            taken = None if drives_at_night(start, minutes) else pool.take(run, len(load.riders))
            if taken is None:
                waiting.append(load)
                continue
            people = [stays[key] for key in load.riders]
            plan.trips.append(
                PlannedTrip(load.group.destination, load.group.risk, load.group.cohort, start, minutes, *taken, people)
            )
        loads = waiting
    plan.left += [_none_free(stays[key]) for load in loads for key in load.riders]


def _none_free(stay: Stay) -> NotPlanned:
    return NotPlanned(
        stay,
        _("No vehicle with a driver on duty and within hours is free."),
        _("Add a vehicle, a driver or a shift, or plan again for a later time."),
    )


def _pool(actor: Actor, leaves: datetime) -> _Pool:
    near = (leaves - 2 * DAY, leaves + 2 * DAY)
    of_vehicle: dict[UUID, list[Run]] = defaultdict(list)
    of_driver: dict[UUID, list[Run]] = defaultdict(list)
    for trip in Trip.objects.filter(departs_at__range=near).exclude(state=Trip.State.CALLED_OFF):
        run = run_of(trip)
        if trip.vehicle_id:
            of_vehicle[trip.vehicle_id].append(run)
        if trip.driver_id:
            of_driver[trip.driver_id].append(run)
    shifts: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for shift in DrivingShift.objects.seen_by(actor).filter(starts_at__lte=near[1], ends_at__gte=near[0]):
        shifts[shift.driver_id].append((shift.starts_at, shift.ends_at))
    buses = Vehicle.objects.seen_by(actor).filter(kind=Vehicle.Kind.BUS).order_by("seats", "code")
    drivers = list(Driver.objects.seen_by(actor).order_by("code"))
    return _Pool(list(buses), drivers, shifts, of_vehicle, of_driver)


def run_of(trip: Trip) -> Run:
    """A trip as the time that it takes of its vehicle and driver: as driven where that is known."""
    return Run(trip.departed_at or trip.departs_at, trip.minutes, f"{trip.risk} {trip.cohort}")


def runs_of_driver(driver_id: UUID, around: datetime, *, but: UUID) -> Iterable[Run]:
    """What a driver drives near a time, one trip left out; only what was driven counts, plans may yet change."""
    rows = Trip.objects.filter(driver_id=driver_id, departed_at__range=(around - 2 * DAY, around + DAY))
    return [run_of(trip) for trip in rows.exclude(pk=but)]
