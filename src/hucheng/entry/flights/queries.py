"""Who is on a flight and where; what other wings need to know of an arrival."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts

LATELY = timedelta(days=14)
DAY = timedelta(days=1)
ARRIVING = (Whereabouts.ABOARD, Whereabouts.PORT)


@dataclass(frozen=True, slots=True)
class ArrivalCard:
    """What lists of other wings show of a person."""

    arrival_id: UUID
    person_id: UUID
    name: str
    age: int | None
    sex: str
    seat: str
    party: str
    flight: str
    risk: str
    outcome: str
    rule: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody judged for central quarantine who has no room yet; cohort = flight and day of arrival."""

    card: ArrivalCard
    flight_id: UUID
    cohort: str
    close_contact: bool
    triaged_at: datetime


@dataclass(frozen=True, slots=True)
class FlightLine:
    """One flight with its ends; they always sum to `people`."""

    flight: Flight
    people: int
    hospital: int
    quarantine: int
    onward: int
    hold: int
    refused: int
    waiting: int


def flights_seen_by(actor: Actor, *, limit: int = 60) -> list[FlightLine]:
    """The latest flights with how many people end where, in two queries."""
    counts = {outcome.value: Count("arrivals", filter=Q(arrivals__outcome=outcome)) for outcome in Outcome}
    counts["waiting"] = Count("arrivals", filter=Q(arrivals__outcome=""))
    rows = Flight.objects.seen_by(actor).order_by("-scheduled_landing")[:limit]
    ids = [row.pk for row in rows]
    counted = Flight.objects.filter(pk__in=ids).values("pk").annotate(people=Count("arrivals"), **counts)
    by_flight: dict[UUID, dict[str, int]] = {}
    for line in counted:
        by_flight[line["pk"]] = {name: count for name, count in line.items() if name != "pk"}  # type: ignore[misc]
    return [FlightLine(row, **by_flight[row.pk]) for row in rows]


@dataclass(frozen=True, slots=True)
class Coming:
    """A flight of today or tomorrow: how many people its list names, and whether the list is here at all."""

    flight: Flight
    people: int
    has_list: bool


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Parties of flights expected or just landed whose end is still open, and flights whose list is not here.

    parties  size of each, and whether a wheelchair is among its needs as far as they are declared
    """

    flights: tuple[str, ...]
    parties: tuple[tuple[int, bool], ...]
    without_list: tuple[str, ...]


def still_open(actor: Actor, at: datetime, *, but: UUID | None = None) -> Unjudged:
    """Who may yet be judged for a house: passengers of the flights of `coming_flights` but one, not judged or held.

    Two queries. At most twelve flights, as that list has them.
    """
    coming = [one for one in coming_flights(actor, at) if one.flight.pk != but]
    rows = Arrival.objects.seen_by(actor).filter(flight__in=[one.flight.pk for one in coming])
    rows = rows.filter(kind=Arrival.Kind.PASSENGER, outcome__in=("", Outcome.HOLD), whereabouts__in=ARRIVING)
    parties: dict[tuple[UUID, str], list[bool]] = {}
    for pk, flight, party, needs in rows.values_list("pk", "flight_id", "party", "needs"):
        parties.setdefault((flight, party or str(pk)), []).append("wheelchair" in needs)
    named = {flight for flight, _party in parties}
    return Unjudged(
        flights=tuple(one.flight.number for one in coming if one.flight.pk in named),
        parties=tuple((len(chairs), any(chairs)) for chairs in parties.values()),
        without_list=tuple(one.flight.number for one in coming if not one.has_list and not one.people),
    )


def coming_flights(actor: Actor, at: datetime) -> list[Coming]:
    """Flights expected in the next 48 hours, then those that landed in the last 24, in one query; at most twelve."""
    expected = Q(landed_at=None, scheduled_landing__gt=at - DAY, scheduled_landing__lte=at + 2 * DAY)
    rows = Flight.objects.seen_by(actor).filter(expected | Q(landed_at__gt=at - DAY, landed_at__lte=at))
    counted = rows.annotate(people=Count("arrivals", distinct=True), lists=Count("manifests", distinct=True))
    found = [Coming(row, row.people, row.lists > 0) for row in counted.order_by("scheduled_landing")[:12]]
    return sorted(found, key=lambda one: one.flight.landed_at is not None)


def flight_seen_by(actor: Actor, flight_id: UUID) -> Flight:
    """This flight. Raises Http404 outside the actor's sight."""
    flight = Flight.objects.seen_by(actor).filter(pk=flight_id).first()
    if flight is None:
        raise Http404
    return flight


def arrivals_on(actor: Actor, flight_id: UUID) -> QuerySet[Arrival]:
    """The people of a flight with their last triage, in the order of their seats."""
    rows = Arrival.objects.seen_by(actor).filter(flight_id=flight_id).select_related("person", "last_triage")
    return rows.order_by("kind", "seat", "id")


def arrival_seen_by(actor: Actor, arrival_id: UUID) -> Arrival:
    """This arrival with person, flight and last triage. Raises Http404 outside the actor's sight."""
    rows = Arrival.objects.seen_by(actor).select_related("person", "flight", "last_triage")
    arrival = rows.filter(pk=arrival_id).first()
    if arrival is None:
        raise Http404
    return arrival


def arrival_of_key(access: UUID) -> Arrival:
    """The arrival whose own page this key opens. Raises Http404 for any other key."""
    arrival = Arrival.objects.select_related("person", "flight", "last_triage").filter(access=access).first()
    if arrival is None:
        raise Http404
    return arrival


def cards(actor: Actor, arrival_ids: Iterable[UUID], *, today: date) -> dict[UUID, ArrivalCard]:
    """Cards of these arrivals, in one query; those out of sight are left out."""
    rows = Arrival.objects.seen_by(actor).filter(pk__in=set(arrival_ids))
    return {row.pk: card_of(row, today) for row in rows.select_related("person", "flight", "last_triage")}


def waiting_for_room(actor: Actor, *, today: date, flight_id: UUID | None = None) -> list[Waiting]:
    """People judged for central quarantine who are still in the port, longest waiting first."""
    rows = Arrival.objects.seen_by(actor).filter(outcome=Outcome.QUARANTINE, whereabouts=Whereabouts.PORT)
    if flight_id:
        rows = rows.filter(flight_id=flight_id)
    rows = rows.select_related("person", "flight", "last_triage").order_by("last_triage__at", "seat", "id")
    return [
        Waiting(
            card=card_of(row, today),
            flight_id=row.flight_id,
            cohort=f"{row.flight.number}/{row.flight.date}",
            close_contact=row.last_triage.code == "ISOLATE_CONTACT_14D",
            triaged_at=row.last_triage.at,
        )
        for row in rows
        if row.last_triage
    ]


def card_of(arrival: Arrival, today: date) -> ArrivalCard:
    """The card of an arrival loaded with person, flight and last triage."""
    person = arrival.person
    return ArrivalCard(
        arrival_id=arrival.pk,
        person_id=person.pk,
        name=person.full_name,
        age=_age(person.birth, today),
        sex=person.sex,
        seat=arrival.seat,
        party=arrival.party,
        flight=arrival.flight.number,
        risk=arrival.risk,
        outcome=arrival.outcome,
        rule=arrival.last_triage.rule if arrival.last_triage else "",
        needs=tuple(arrival.needs),
    )


def _age(birth: str, today: date) -> int | None:
    if not birth:
        return None
    born = date.fromisoformat(birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def landed_lately(actor: Actor, at: datetime) -> list[UUID]:
    """Flights that landed in the fourteen days of the board's trend: older arrivals neither hide nor excuse today's."""
    rows = Flight.objects.seen_by(actor).filter(landed_at__gt=at - LATELY, landed_at__lte=at)
    return list(rows.values_list("pk", flat=True))
