"""Who may step aboard: one cohort a vehicle, one trip a person, a clean vehicle."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Risk
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.transport.models import Ride, Trip

CONTACT, GENERAL = "contact", "general"
"""The classes of the houses' floors: a close contact is high risk, everybody else in quarantine is not."""


def cohort_of(person: entry.Arrival) -> tuple[str, str]:
    """Class and flight of a person as judged now."""
    risk = CONTACT if person.risk == Risk.HIGH else GENERAL
    return risk, f"{person.flight.number}/{person.flight.date}"


def holder_of(trip: Trip) -> str:
    """In whose hands the riders are: the transfer task force with the vehicle, or an emergency service's own."""
    return f"TF-RECV {trip.vehicle.code if trip.vehicle else '120'}"


def refuse_if_unclean(trip: Trip) -> None:
    """Refuse a vehicle that carried another cohort since it was disinfected."""
    carried = trip.vehicle.cohort if trip.vehicle else ""
    if carried not in ("", f"{trip.risk} {trip.cohort}") and not trip.emergency:
        raise Refusal(
            "vehicle_not_clean",
            why=_("The vehicle carried another cohort since it was last disinfected."),
            do=_("Disinfect it and record that, or send another vehicle."),
        )


def refuse_strangers(trip: Trip, people: Sequence[entry.Arrival]) -> None:
    """Refuse who is not in the port, of another cohort, judged otherwise by now, or bound for another house."""
    if any(person.whereabouts != entry.Whereabouts.PORT for person in people):
        raise Refusal(
            "not_at_the_desk",
            why=_("Somebody is not at the desk any more: aboard another trip, or moved on."),
            do=_("Open the person to see in whose hands they are."),
        )
    if trip.emergency:
        return
    if any(person.outcome != Outcome.QUARANTINE or cohort_of(person) != (trip.risk, trip.cohort) for person in people):
        raise Refusal(
            "other_cohort",
            why=_("Somebody is of another risk class or flight than this vehicle carries, or is judged anew."),
            do=_("Leave them at the desk; they ride with their own cohort."),
        )
    bound = Stay.objects.filter(arrival__in=people, ended_at=None, room__house__code=trip.destination)
    if bound.count() != len(people):
        raise Refusal(
            "other_house",
            why=_("Somebody has no room in the house that this trip goes to."),
            do=_("Look at the list of the trip; each person rides to the own house."),
        )


def leave_other_trips(trip: Trip, people: Sequence[entry.Arrival], at: datetime) -> None:
    """Strike them off other lists where they stand but are not aboard."""
    listed = Ride.objects.filter(arrival__in=people, boarded_at=None, accepted_at=None, left_at=None)
    listed.exclude(trip=trip).update(left_at=at)


def rides_for(trip: Trip, people: Sequence[entry.Arrival]) -> list[Ride]:
    """Each person's line on this trip, made where there is none, in the order of the people."""
    known = {ride.arrival_id: ride for ride in trip.rides.filter(arrival__in=people)}
    missing = [person for person in people if person.pk not in known]
    since = entry.judged_since([person.pk for person in missing]) if missing else {}
    made = Ride.objects.bulk_create(
        Ride(trip=trip, arrival=person, judged_at=since.get(person.pk)) for person in missing
    )
    known |= {ride.arrival_id: ride for ride in made}
    return [known[person.pk] for person in people]
