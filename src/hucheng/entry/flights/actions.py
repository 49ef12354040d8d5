"""Announcing and landing flights; passing people from hand to hand."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Role
from hucheng.entry.flights.left import refuse_those_who_left
from hucheng.entry.flights.models import OUTSIDE, Arrival, Custody, Flight, Whereabouts
from hucheng.situation import door as situation

DESK = {Role.ENTRY, Role.MEDICAL, Role.COMMAND_OFFICE}
MOVERS = DESK | {Role.QUARANTINE}


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def announce_flight(
    *, actor: Actor, number: str, origin: str, destination: str, port: str, scheduled_landing: datetime, at: datetime
) -> Flight:
    """Open a flight that will land here; its ledger is open from now until the last passenger is closed.

    Its origin is noted, so that the watch list may propose the country. Refuses a second announcement of the same
    flight on the same day.
    """
    day = scheduled_landing.astimezone(SHANGHAI).date()
    if Flight.objects.filter(number=number, date=day, port=port).exists():
        raise Refusal(
            "flight_known",
            why=_("This flight is announced already for that day."),
            do=_("Open it in the list of flights and change its time there."),
        )
    situation.note_origin(actor=actor, airport=origin, at=at)
    return Flight.objects.create(
        number=number,
        date=day,
        origin=origin,
        destination=destination,
        port=port,
        place=actor.place,
        scheduled_landing=scheduled_landing,
        announced_at=at,
    )


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def change_flight(*, actor: Actor, flight_id: UUID, scheduled_landing: datetime, at: datetime) -> Flight:
    """Change the expected landing of a flight that has not landed."""
    flight = flight_to_change(actor, flight_id)
    if flight.landed_at:
        raise Refusal(
            "already_landed", why=_("The flight has landed."), do=_("Its time stands; open the flight to see it.")
        )
    flight.scheduled_landing = scheduled_landing
    flight.save(update_fields=["scheduled_landing"])
    return flight


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def land(*, actor: Actor, flight_id: UUID, holder: str, at: datetime) -> Flight:
    """Record the landing: every clock of this flight starts, everybody aboard is now in the port."""
    flight = flight_to_change(actor, flight_id)
    if flight.landed_at:
        raise Refusal(
            "already_landed", why=_("The landing is recorded already."), do=_("Open the flight to see its time.")
        )
    flight.landed_at = at
    flight.save(update_fields=["landed_at"])
    aboard = Arrival.objects.filter(flight=flight, whereabouts=Whereabouts.ABOARD)
    _pass_on(list(aboard), Whereabouts.PORT, holder, at)
    return flight


@action(by=MOVERS)
def move(*, actor: Actor, arrival_ids: Collection[UUID], whereabouts: Whereabouts, holder: str, at: datetime) -> int:
    """Pass people into other hands or to another place inside the line. Gives how many.

    Refuses the ways out (travelling on, release, refusal of entry): each has an action of its own with its conditions.
    """
    if whereabouts in OUTSIDE:
        raise Refusal(
            "no_third_way_out",
            why=_("People leave only by a pass, a release or a refusal of entry."),
            do=_("Use the gate or the release list."),
        )
    arrivals = held(actor, arrival_ids)
    refuse_those_who_left(arrivals)
    return _pass_on(arrivals, whereabouts, holder, at)


@action(by={Role.ENTRY, Role.QUARANTINE, Role.MEDICAL})
def let_out(*, actor: Actor, arrival_id: UUID, holder: str, at: datetime) -> Arrival:
    """Mark one person released; called by the release of a quarantine house, which has checked its conditions.

    Refuses someone who is not in a house or hospital.
    """
    (arrival,) = held(actor, [arrival_id])
    if arrival.whereabouts not in (Whereabouts.HOUSE, Whereabouts.CREW_HOUSE, Whereabouts.HOSPITAL):
        raise Refusal(
            "not_inside",
            why=_("This person is not in a house or hospital."),
            do=_("Open the person to see where they are now."),
        )
    _pass_on([arrival], Whereabouts.RELEASED, holder, at)
    return arrival


@action(by={Role.ENTRY})
def send_back(*, actor: Actor, arrival_ids: Collection[UUID], holder: str, at: datetime) -> int:
    """Hand people whose entry is refused to the border for the way back. Refuses anybody judged otherwise."""
    arrivals = held(actor, arrival_ids)
    if any(arrival.outcome != Outcome.REFUSED for arrival in arrivals):
        raise Refusal(
            "not_refused",
            why=_("Entry was not refused to every one of them."),
            do=_("Look at the last triage; only those refused entry go back."),
        )
    return _pass_on(arrivals, Whereabouts.SENT_BACK, holder, at)


def depart_with_pass(arrivals: list[Arrival], holder: str, at: datetime) -> int:
    """Let people travel on; the gate has checked their passes and the database checks again."""
    return _pass_on(arrivals, Whereabouts.DEPARTED, holder, at)


def change_hands(arrivals: list[Arrival], whereabouts: Whereabouts | None, holder: str, at: datetime) -> int:
    """Put people into the hands of a receiver who accepted them, where they are unless a place is named."""
    for arrival in arrivals:
        _put(arrival, whereabouts or Whereabouts(arrival.whereabouts), holder, at)
    return _write(arrivals, at)


def held(actor: Actor, arrival_ids: Collection[UUID]) -> list[Arrival]:
    """These arrivals, locked in the order of their ids. Raises Http404 when one is out of the actor's sight."""
    wanted = set(arrival_ids)
    rows = Arrival.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    arrivals = list(rows)
    if len(arrivals) != len(wanted):
        raise Http404
    return arrivals


def flight_to_change(actor: Actor, flight_id: UUID) -> Flight:
    """This flight, locked. Raises Http404 outside the actor's sight."""
    flight = Flight.objects.seen_by(actor).select_for_update().filter(pk=flight_id).first()
    if flight is None:
        raise Http404
    return flight


def _pass_on(arrivals: list[Arrival], whereabouts: Whereabouts, holder: str, at: datetime) -> int:
    for arrival in arrivals:
        _put(arrival, whereabouts, holder, at)
    return _write(arrivals, at)


def _put(arrival: Arrival, whereabouts: Whereabouts, holder: str, at: datetime) -> None:
    arrival.whereabouts, arrival.holder, arrival.held_since = whereabouts, holder, at


def _write(arrivals: list[Arrival], at: datetime) -> int:
    Arrival.objects.bulk_update(arrivals, ["whereabouts", "holder", "held_since"], batch_size=100)
    before = Counter(Custody.objects.filter(arrival__in=arrivals).values_list("arrival", flat=True))
    Custody.objects.bulk_create(
        Custody(arrival=one, at=at, step=before[one.pk], whereabouts=one.whereabouts, holder=one.holder)
        for one in arrivals
    )
    return len(arrivals)
