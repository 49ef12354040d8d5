"""What is known of a flight's people at a moment, as inputs of the entry table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hucheng.core.terms import Destination
from hucheng.engines.manifests import Aboard, Contact, contacts_aboard, open_cabin
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival
from hucheng.entry.triage.models import CityOrder, Fact

BOUND_FOR = {Destination.CAPITAL: "Beijing", Destination.CITY: "Taiyuan"}
CASES = frozenset({"suspected", "confirmed", "asymptomatic"})
RANK = {"cleared": 0, "recovered": 1, "negative": 0, "not_done": 1, "pending": 2, "invalid": 3, "positive": 9}
"""Of two facts of the same moment the graver one counts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The arrivals of one flight with everything the table asks about each."""

    arrivals: Mapping[UUID, Arrival]
    declarations: Mapping[UUID, Declaration]
    facts: Mapping[UUID, list[Fact]]
    cases: frozenset[UUID]
    contacts: Mapping[UUID, Contact[UUID]]
    order: CityOrder | None
    results_complete: bool

    def inputs(self, arrival_id: UUID) -> dict[str, Any]:
        """The inputs of the entry table for one person."""
        arrival, facts = self.arrivals[arrival_id], self.facts.get(arrival_id, [])
        declared, near = self.declarations.get(arrival_id), self.contacts.get(arrival_id)
        found = _latest(facts, Fact.Kind.SYMPTOMS)
        case = case_status(facts)
        temperature = _latest(facts, Fact.Kind.TEMPERATURE)
        return {
            "temp_c": float(temperature) if temperature else None,
            "symptoms": sorted({*(declared.symptom_codes if declared else ()), *_codes(found)}),
            "contact_14d": bool(declared and declared.had_contact) or _latest(facts, Fact.Kind.CONTACT) == "yes",
            "rows_from_case": near.rows_from_case if near else None,
            "companion_of_case": bool(near and near.companion),
            "crew_of_zone": bool(near and near.crew),
            "seat_unknown_with_case": bool(near and (near.unknown or near.zone)),
            "whole_cabin_contacts": bool(self.order and self.order.whole_cabin and self.cases - {arrival_id}),
            "test": test_status(facts),
            "case_status": "cleared" if case == "recovered" else case,
            "declaration_complete": bool(declared and declared.complete),
            "destination": BOUND_FOR.get(Destination(arrival.destination), "other"),
            "foreigner_suspended": arrival.suspended_class,
            "order_needs_place": bool(self.order and self.order.needs_place),
            "place_confirmed": arrival.place_confirmed,
            "order_waits_for_flight": bool(self.order and self.order.waits_for_flight),
            "flight_results_complete": self.results_complete,
        }


def picture_of(arrivals: Iterable[Arrival], *, place: str, at: datetime) -> Picture:
    """Read what is known of these arrivals (all of one flight) at a moment, in four queries."""
    by_id = {arrival.pk: arrival for arrival in arrivals}
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(arrival_id__in=by_id, at__lte=at):
        facts[fact.arrival_id].append(fact)
    declarations: dict[UUID, Declaration] = {}
    for declaration in Declaration.objects.filter(arrival_id__in=by_id, at__lte=at).order_by("at", "id"):
        declarations[declaration.arrival_id] = declaration
    cases = frozenset(pk for pk in by_id if is_case(facts.get(pk, [])))
    contacts = contacts_aboard(map(_aboard, by_id.values()), cases)
    order = CityOrder.objects.filter(place=place, since__lte=at).order_by("-since", "-id").first()
    passengers = [pk for pk, arrival in by_id.items() if arrival.kind == Arrival.Kind.PASSENGER]
    complete = all(has_first_result(facts.get(pk, [])) for pk in passengers)
    return Picture(by_id, declarations, facts, cases, contacts, order, complete)


def _aboard(arrival: Arrival) -> Aboard[UUID]:
    """No list says which zone crew served or which aircraft flew: crew served everywhere, rows follow their numbers."""
    if arrival.kind == Arrival.Kind.CREW:
        return Aboard(arrival.pk, party=arrival.party, crew=True, zones=frozenset(open_cabin().zones))
    return Aboard(arrival.pk, arrival.seat, arrival.party)


def is_case(facts: list[Fact]) -> bool:
    """Whether a person counts as a case for those around: also after recovery, not after being ruled out."""
    return case_status(facts) in CASES | {"recovered"} or test_status(facts) == "positive"


def has_first_result(facts: list[Fact]) -> bool:
    """Whether nothing is awaited any more: a test came out, or the hospital has found a case."""
    return test_status(facts) in ("negative", "positive") or case_status(facts) in CASES


def case_status(facts: list[Fact]) -> str:
    """The latest finding: none, suspected, confirmed, asymptomatic, cleared (ruled out) or recovered."""
    return _latest(facts, Fact.Kind.CASE) or "none"


def test_status(facts: list[Fact]) -> str:
    """The latest test; a positive one stands until the hospital clears the person later."""
    tests = [fact for fact in facts if fact.kind == Fact.Kind.TEST]
    cleared = [f.at for f in facts if f.kind == Fact.Kind.CASE and f.value in ("cleared", "recovered")]
    positive = [fact.at for fact in tests if fact.value == "positive"]
    if positive and (not cleared or max(cleared) <= max(positive)):
        return "positive"
    later = [fact for fact in tests if fact.value != "positive"]
    return _latest(later, Fact.Kind.TEST) or ("negative" if positive else "not_done")


def _latest(facts: list[Fact], kind: str) -> str:
    of_kind = [fact for fact in facts if fact.kind == kind]
    if not of_kind:
        return ""
    return str(max(of_kind, key=lambda fact: (fact.at, fact.recorded_at, RANK.get(fact.value, 5))).value)


def _codes(text: str) -> list[str]:
    return [code for code in text.split(";") if code and code != "none"]
