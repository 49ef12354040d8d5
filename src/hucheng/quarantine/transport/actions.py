"""Planning and running trips: whoever rides is held by the desk, then the trip, then the house, at every minute."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.entry import door as entry
from hucheng.quarantine.fleet.models import Vehicle
from hucheng.quarantine.fleet.rules import Run, drives_at_night, night_refusal, on_duty, within_hours
from hucheng.quarantine.lodging.actions import admit
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.transport.boarding import (
    cohort_of,
    holder_of,
    leave_other_trips,
    refuse_if_unclean,
    refuse_strangers,
    rides_for,
)
from hucheng.quarantine.transport.models import Ride, Trip
from hucheng.quarantine.transport.planning import TripPlan, propose_trips, runs_of_driver

ESCORTS = {Role.QUARANTINE, Role.ENTRY}
"""The reception task force at the airport and the quarantine operations that send the vehicles."""
RECEIVERS = {Role.HOUSE, Role.QUARANTINE, Role.MEDICAL}
State = Trip.State


@action(by=ESCORTS)
def plan_trips(*, actor: Actor, flight_id: UUID, leaves: datetime, minutes: int, at: datetime) -> TripPlan:
    """Plan the trips of a flight. After it: everybody with a room who waits has a seat, or is named with why not.

    Refuses a time that lies behind and a way of no or more than 1,440 minutes.
    """
    if leaves < at or not 1 <= minutes <= 1440:
        raise Refusal(
            "no_such_time",
            why=_("The departure lies behind, or the minutes on the road are not between 1 and 1,440."),
            do=_("Choose a time from now on and the minutes to the house."),
        )
    list(Vehicle.objects.seen_by(actor).select_for_update().order_by("pk"))
    plan = propose_trips(actor, flight_id, leaves=leaves, minutes=minutes)
    ids = [stay.arrival_id for trip in plan.trips for stay in trip.stays]
    since = entry.judged_since(ids)
    number = Trip.objects.filter(flight_id=flight_id).count()
    for planned in plan.trips:
        number += 1
        flight = planned.stays[0].arrival.flight
        trip = Trip.objects.create(
            code=_code(flight, number),
            flight=flight,
            place=planned.stays[0].place,
            origin=planned.stays[0].arrival.holder,
            destination=planned.house,
            risk=planned.risk,
            cohort=planned.cohort,
            vehicle=planned.vehicle,
            driver=planned.driver,
            minutes=minutes,
            departs_at=planned.leaves,
            planned_at=at,
            planned_by_id=actor.user_id,
        )
        Ride.objects.bulk_create(
            Ride(trip=trip, arrival_id=stay.arrival_id, judged_at=since.get(stay.arrival_id)) for stay in planned.stays
        )
    return plan


@action(by=ESCORTS)
def publish_trips(*, actor: Actor, flight_id: UUID, at: datetime) -> int:
    """Publish the planned trips of a flight to desk, escorts and houses. Gives how many; refuses none."""
    rows = Trip.objects.seen_by(actor).filter(flight_id=flight_id, state=State.PLANNED)
    published = rows.update(state=State.PUBLISHED, published_at=at)
    if not published:
        raise Refusal(
            "nothing_planned", why=_("No trip of this flight is planned."), do=_("Plan the trips of the flight first.")
        )
    return published


@action(by=ESCORTS | {Role.MEDICAL})
def declare_emergency(*, actor: Actor, trip_id: UUID, at: datetime) -> Trip:
    """Make a trip an emergency: nothing is asked, no rule of the road or of cohorts holds it up from now (INQ-34)."""
    trip = _trip(actor, trip_id)
    trip.emergency = True
    trip.save(update_fields=["emergency"])
    return trip


@action(by=ESCORTS)
def board(*, actor: Actor, trip_id: UUID, arrival_ids: Collection[UUID], at: datetime) -> int:
    """Count people aboard: they are in the hands of the trip from this minute. Gives how many are aboard now.

    Somebody listed on another trip of the same cohort and house may ride here instead.
    Refuses a trip that is not published, somebody of another cohort, house or whose judgement has changed, somebody
    aboard another trip, more people than seats, and a vehicle that was not disinfected after another cohort.
    """
    trip = _trip(actor, trip_id)
    _refuse_unless(trip, State.PUBLISHED)
    people = entry.held(actor, arrival_ids)
    prefetch_related_objects(people, "flight")
    refuse_if_unclean(trip)
    refuse_strangers(trip, people)
    leave_other_trips(trip, people, at)
    rides = rides_for(trip, people)
    for ride, person in zip(rides, people, strict=True):
        ride.boarded_at, ride.left_at, ride.missing_at = at, None, None
        ride.risk, ride.cohort = cohort_of(person)
    Ride.objects.bulk_update(rides, ["boarded_at", "left_at", "missing_at", "risk", "cohort"], batch_size=100)
    aboard = trip.rides.filter(boarded_at__isnull=False, left_at=None).count()
    if trip.vehicle and aboard > trip.vehicle.seats:
        raise Refusal(
            "no_seat",
            why=_("The vehicle has %(seats)d seats.") % {"seats": trip.vehicle.seats},
            do=_("Let the others ride on another trip."),
        )
    transfer = entry.Whereabouts.TRANSFER
    ids = [person.pk for person in people]
    entry.move(actor=SYSTEM, arrival_ids=ids, whereabouts=transfer, holder=holder_of(trip), at=at)
    return aboard


@action(by=ESCORTS)
def depart(*, actor: Actor, trip_id: UUID, at: datetime) -> Trip:
    """The vehicle leaves. Whoever was listed and is not aboard stays with the sender and is shown as missing.

    Refuses an empty vehicle, a way that touches 02:00 to 05:00, and a driver off duty or over hours; an emergency
    passes all of these.
    """
    trip = _trip(actor, trip_id)
    _refuse_unless(trip, State.PUBLISHED)
    if not trip.rides.filter(boarded_at__isnull=False, left_at=None).exists():
        raise Refusal("nobody_aboard", why=_("Nobody is aboard."), do=_("Count people aboard, or call the trip off."))
    trip.night = drives_at_night(at, trip.minutes)
    if not trip.emergency:
        _refuse_against_the_road(trip, at)
    trip.rides.filter(boarded_at=None, left_at=None).update(left_at=at, missing_at=at)
    _set_off(trip, at)
    return trip


@action(by=ESCORTS | {Role.MEDICAL})
def arrive(*, actor: Actor, trip_id: UUID, arrival_ids: Collection[UUID], at: datetime) -> Trip:
    """At the door: these people are counted off and offered to the house. Whoever is missing stays on the trip's count.

    Called again when somebody missing is found. Refuses people who are not aboard.
    """
    trip = _trip(actor, trip_id)
    _refuse_unless(trip, State.DEPARTED, State.ARRIVED, State.ACCEPTED)
    trip.rides.filter(boarded_at__isnull=False, accepted_at=None, left_at=None).exclude(
        arrival__whereabouts=entry.Whereabouts.TRANSFER
    ).update(left_at=at)
    aboard = trip.rides.filter(boarded_at__isnull=False, accepted_at=None, left_at=None)
    here = aboard.filter(arrival_id__in=arrival_ids)
    if here.count() != len(set(arrival_ids)):
        raise Refusal(
            "not_aboard",
            why=_("Somebody on the list is not aboard this trip."),
            do=_("Count again; people of other trips are counted there."),
        )
    here.update(counted_at=at)
    aboard.filter(counted_at=None, missing_at=None).update(missing_at=at)
    if trip.state == State.DEPARTED:
        trip.state, trip.arrived_at = State.ARRIVED, trip.arrived_at or at
        trip.save(update_fields=["state", "arrived_at"])
    return trip


@action(by=RECEIVERS)
def accept(*, actor: Actor, trip_id: UUID, at: datetime) -> int:
    """The receiver takes over everybody counted off: they move in, or are in the hospital's hands. Gives how many."""
    trip = _trip(actor, trip_id)
    rides = list(trip.rides.filter(counted_at__isnull=False, accepted_at=None, left_at=None))
    if not rides:
        raise Refusal(
            "nobody_to_accept",
            why=_("Nobody of this trip has been counted off at the door."),
            do=_("Ask the escort to count people off first."),
        )
    ids = [ride.arrival_id for ride in rides]
    Ride.objects.filter(pk__in=[ride.pk for ride in rides]).update(accepted_at=at)
    stays = Stay.objects.filter(arrival_id__in=ids, ended_at=None, admitted_at=None, room__house__code=trip.destination)
    coming = {stay.arrival_id: stay.pk for stay in stays}
    if coming:
        admit(actor=actor, stay_ids=list(coming.values()), at=at)
    if others := [pk for pk in ids if pk not in coming]:
        where = entry.Whereabouts.HOSPITAL if trip.emergency else entry.Whereabouts.HOUSE
        entry.move(actor=SYSTEM, arrival_ids=others, whereabouts=where, holder=trip.destination, at=at)
    if trip.state == State.ARRIVED:
        trip.state = State.ACCEPTED
        trip.save(update_fields=["state"])
    return len(ids)


@action(by=RECEIVERS)
def turn_away(*, actor: Actor, trip_id: UUID, why: str, at: datetime) -> Trip:
    """The receiver refuses the people at the door: they stay with the trip. Refuses without a reason."""
    trip = _trip(actor, trip_id)
    _refuse_unless(trip, State.ARRIVED)
    _refuse_without(why)
    trip.state, trip.why = State.DEPARTED, why.strip()[:200]
    trip.save(update_fields=["state", "why"])
    trip.rides.filter(accepted_at=None, left_at=None).update(counted_at=None)
    return trip


@action(by=ESCORTS)
def bring_back(*, actor: Actor, trip_id: UUID, arrival_ids: Collection[UUID], at: datetime) -> int:
    """People come back to the desk that sent them: turned away, called off, or found there. Gives how many."""
    trip = _trip(actor, trip_id)
    back = trip.rides.filter(arrival_id__in=arrival_ids, boarded_at__isnull=False, accepted_at=None, left_at=None)
    ids = list(back.values_list("arrival_id", flat=True))
    if not ids or len(ids) != len(set(arrival_ids)):
        raise Refusal(
            "not_aboard", why=_("Somebody on the list is not aboard this trip."), do=_("Choose people of this trip.")
        )
    back.update(left_at=at)
    entry.move(actor=SYSTEM, arrival_ids=ids, whereabouts=entry.Whereabouts.PORT, holder=trip.origin, at=at)
    if trip.state in (State.DEPARTED, State.ARRIVED) and not trip.rides.filter(left_at=None).exists():
        trip.state = State.CALLED_OFF
        trip.save(update_fields=["state"])
    return len(ids)


@action(by=ESCORTS)
def call_off(*, actor: Actor, trip_id: UUID, why: str, at: datetime) -> Trip:
    """Call a trip off before it leaves: whoever is aboard goes back to the desk, everybody may be planned again."""
    trip = _trip(actor, trip_id)
    _refuse_unless(trip, State.PLANNED, State.PUBLISHED)
    _refuse_without(why)
    aboard = list(trip.rides.filter(boarded_at__isnull=False, left_at=None).values_list("arrival_id", flat=True))
    trip.rides.filter(left_at=None).update(left_at=at)
    if aboard:
        entry.move(actor=SYSTEM, arrival_ids=aboard, whereabouts=entry.Whereabouts.PORT, holder=trip.origin, at=at)
    trip.state, trip.why = State.CALLED_OFF, why.strip()[:200]
    trip.save(update_fields=["state", "why"])
    return trip


@action(by={Role.QUARANTINE, Role.ENTRY, Role.MEDICAL, Role.HOUSE})
def send_emergency(*, actor: Actor, arrival_ids: Collection[UUID], to: str, at: datetime) -> Trip:
    """Somebody goes to hospital now: no plan, test, cohort, shift or vehicle is waited for (INQ-34).

    After it: they are on the road in the hands of the trip; an ambulance that is free is on record for it.
    """
    people = entry.held(SYSTEM if _inside_own_house(actor, arrival_ids) else actor, arrival_ids)
    if not people:
        raise Refusal("nobody_named", why=_("Nobody is named."), do=_("Name at least one person."))
    prefetch_related_objects(people, "flight")
    flight = people[0].flight
    busy = Trip.objects.filter(state__in=[State.DEPARTED, State.ARRIVED], vehicle__isnull=False).values("vehicle_id")
    ambulances = Vehicle.objects.filter(kind=Vehicle.Kind.AMBULANCE, place__startswith=flight.place[:4])
    trip = Trip.objects.create(
        code=_code(flight, Trip.objects.filter(flight=flight).count() + 1),
        flight=flight,
        place=flight.place,
        origin=people[0].holder,
        destination=to,
        cohort=f"{flight.number}/{flight.date}",
        vehicle=ambulances.exclude(pk__in=busy).order_by("code").first(),
        emergency=True,
        minutes=30,
        departs_at=at,
        planned_at=at,
        planned_by_id=actor.user_id,
    )
    Ride.objects.filter(arrival__in=people, accepted_at=None, left_at=None).update(left_at=at)
    rides = [Ride(trip=trip, arrival=person, boarded_at=at) for person in people]
    for ride, person in zip(rides, people, strict=True):
        ride.risk, ride.cohort = cohort_of(person)
    Ride.objects.bulk_create(rides)
    trip.night = drives_at_night(at, trip.minutes)
    ids = [person.pk for person in people]
    where = entry.Whereabouts.TRANSFER
    entry.move(actor=SYSTEM, arrival_ids=ids, whereabouts=where, holder=holder_of(trip), at=at)
    _set_off(trip, at)
    return trip


def _trip(actor: Actor, trip_id: UUID) -> Trip:
    """This trip, locked. Raises Http404 outside the actor's sight."""
    rows = Trip.objects.seen_by(actor).select_for_update(of=("self",)).select_related("vehicle", "flight")
    trip = rows.filter(pk=trip_id).first()
    if trip is None:
        raise Http404
    return trip


def _set_off(trip: Trip, at: datetime) -> None:
    if trip.vehicle_id:
        Vehicle.objects.filter(pk=trip.vehicle_id).update(cohort=f"{trip.risk} {trip.cohort}".strip())
    trip.state, trip.departed_at = State.DEPARTED, at
    trip.save(update_fields=["state", "departed_at", "night"])


def _refuse_against_the_road(trip: Trip, at: datetime) -> None:
    if trip.night:
        raise night_refusal()
    run = Run(at, trip.minutes)
    assert trip.driver is not None, "the database holds it"
    shifts = list(trip.driver.shifts.values_list("starts_at", "ends_at"))
    around = runs_of_driver(trip.driver.pk, at, but=trip.pk)
    if not on_duty(run, shifts) or not within_hours(run, around):
        raise Refusal(
            "driver_hours",
            why=_("The driver is not on duty for the whole way, or would drive more than eight hours in 24."),
            do=_("Call the trip off and plan it with another driver; an emergency may leave at once."),
        )


def _refuse_unless(trip: Trip, *states: Trip.State) -> None:
    if trip.state not in states:
        raise Refusal(
            "not_at_this_step",
            why=_("The trip is at another step: %(state)s.") % {"state": trip.get_state_display()},
            do=_("Reload the trip to see what comes next."),
        )


def _refuse_without(why: str) -> None:
    if not why.strip():
        raise Refusal("reason_missing", why=_("A reason is missing."), do=_("Say why in a few words."))


def _inside_own_house(actor: Actor, arrival_ids: Collection[UUID]) -> bool:
    """A house may send its own people; it sees no row of entry by itself."""
    inside = Stay.objects.seen_by(actor).filter(arrival_id__in=arrival_ids, ended_at=None)
    return inside.count() == len(set(arrival_ids)) > 0


def _code(flight: entry.Flight, number: int) -> str:
    return f"{flight.number}/{flight.date:%m%d}-{number:02}"
