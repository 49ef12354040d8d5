"""What the entry desk shows of one flight."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome
from hucheng.engines.manifests import seat_row
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts
from hucheng.entry.flights.queries import arrivals_on
from hucheng.entry.manifests.models import Manifest, ManifestRow
from hucheng.entry.manifests.queries import rows_to_mend
from hucheng.entry.triage.picture import picture_of, test_status

NO_LETTER = "?"
LANES = (Outcome.HOSPITAL, Outcome.QUARANTINE, Outcome.ONWARD, Outcome.HOLD)


@dataclass(frozen=True, slots=True)
class Traveller:
    """One line of the table: the person, what is known, what was decided."""

    arrival: Arrival
    temperature: str
    test: str
    symptoms: tuple[str, ...]
    declared: bool
    case: bool
    contact: bool
    holds_pass: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """One place of the cabin: letter, state (case, contact, taken, vacant) and who sits there."""

    letter: str
    state: str
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One flight on one page."""

    flight: Flight
    travellers: list[Traveller]
    lanes: list[tuple[str, int]]
    waiting: int
    cabin: list[tuple[int, list[Seat]]]
    letters: list[str]
    manifests: list[Manifest]
    to_mend: list[ManifestRow]
    may_board: list[Arrival]
    open_passes: int
    revoked: int
    places: list[tuple[str, int]]


def desk_of(actor: Actor, flight: Flight, at: datetime) -> Desk:
    """Everything the desk shows, in a number of queries that does not depend on how many people fly."""
    arrivals = list(arrivals_on(actor, flight.pk))
    picture = picture_of(arrivals, place=flight.place, at=at)
    open_passes = set(
        Pass.objects.filter(arrival__flight=flight, revoked_at=None, expires_at__gt=at).values_list(
            "arrival_id", flat=True
        )
    )
    travellers = []
    for arrival in arrivals:
        known = picture.inputs(arrival.pk)
        temperature = known["temp_c"]
        travellers.append(
            Traveller(
                arrival=arrival,
                temperature=f"{temperature:.1f}" if temperature else "",
                test=test_status(picture.facts.get(arrival.pk, [])),
                symptoms=tuple(known["symptoms"]),
                declared=known["declaration_complete"],
                case=arrival.pk in picture.cases,
                contact=arrival.pk in picture.contacts,
                holds_pass=arrival.pk in open_passes,
            )
        )
    outcomes = Counter(arrival.outcome for arrival in arrivals)
    letters, cabin = _cabin(travellers)
    return Desk(
        flight=flight,
        travellers=travellers,
        lanes=[(outcome.value, outcomes[outcome]) for outcome in LANES],
        waiting=outcomes[""],
        cabin=cabin,
        letters=letters,
        manifests=list(Manifest.objects.seen_by(actor).filter(flight=flight).order_by("-received_at")),
        to_mend=list(rows_to_mend(actor, flight)[:200]),
        may_board=[a for a in arrivals if _may_board(a) and a.pk not in open_passes],
        open_passes=len(open_passes),
        revoked=Pass.objects.filter(arrival__flight=flight).exclude(adverse_fact_at=None).count(),
        places=_places(arrivals),
    )


def _may_board(arrival: Arrival) -> bool:
    return arrival.outcome == Outcome.ONWARD and arrival.whereabouts == Whereabouts.PORT


def _places(arrivals: list[Arrival]) -> list[tuple[str, int]]:
    """Where everybody is; the numbers sum to all people of the flight."""
    counts = Counter(arrival.whereabouts for arrival in arrivals)
    return [(str(Whereabouts(place).label), counts[place]) for place in Whereabouts.values if counts[place]]


def _cabin(travellers: list[Traveller]) -> tuple[list[str], list[tuple[int, list[Seat]]]]:
    """The letters, and each row from the front with its seats; a seat may hold an infant with its parent."""
    seats: dict[tuple[int, str], list[Traveller]] = {}
    for traveller in travellers:
        row = seat_row(traveller.arrival.seat)
        if row is not None:
            letter = traveller.arrival.seat.strip()[-1].upper()
            seats.setdefault((row, letter if letter.isalpha() else NO_LETTER), []).append(traveller)
    letters = sorted({letter for _row, letter in seats})
    rows = sorted({row for row, _letter in seats})
    return letters, [(row, [_seat(letter, seats.get((row, letter), [])) for letter in letters]) for row in rows]


def _seat(letter: str, people: list[Traveller]) -> Seat:
    if not people:
        return Seat(letter, "vacant", "")
    case, contact = any(one.case for one in people), any(one.contact for one in people)
    state = "case" if case else "contact" if contact else "taken"
    return Seat(letter, state, ", ".join(one.arrival.person.full_name for one in people))
