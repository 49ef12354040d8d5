"""Makers for tests here and in the wings above: flights with people, through the actions that users call."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, MORNING, after, an_actor
from hucheng.engines.manifests import Document, Traveller, write_paxlst
from hucheng.engines.rules import written_of
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.actions import announce_flight, land
from hucheng.entry.flights.models import Arrival, Flight
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.triage.actions import FactIn, approve_table, bring_rules_into_force, propose_table, record_facts
from hucheng.entry.triage.models import Fact, RuleTable
from hucheng.entry.triage.tables import entry_table


def a_passenger(
    number: int, *, seat: str = "", party: str = "", debark: str = "PEK", kind: str = "passenger"
) -> Traveller:
    """An invented passenger whose document and seat follow from the number."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return Traveller(
        number=number,
        kind=kind,
        surname="TEST" + letters[number % 26],
        given="PERSON" + letters[number // 26 % 26] + letters[number // 676 % 26],
        sex="FM"[number % 2],
        birth=date(1960 + number % 45, 1 + number % 12, 1 + number % 28),
        nationality="CHN",
        document=Document("P", f"ZX{number:07}", date(2027, 1, 1), "CHN"),
        seat=seat or f"{11 + number // 6}{'ACDFJL'[number % 6]}",
        pnr=party or f"ZZ{number:04}",
        embark="YYZ",
        debark=debark,
    )


def the_rules(at: datetime = MORNING, *, without: Collection[str] = ()) -> None:
    """Every rule of the shipped table in force for the city, by two people; those `without` are left for later."""
    author, approver = an_actor(Role.COMMAND_OFFICE), an_actor(Role.COMMAND_OFFICE, name="approver")
    rules = {rule for row in entry_table().rows for rule in row.rules} - {"CITY-ORDER", *without}
    bring_rules_into_force(actor=author, rules=rules, approved_by=approver.user_id, since=at, at=at)


def the_table(*, version: str = "2", change: Callable[[dict[str, Any]], object] = dict) -> bytes:
    """The shipped table as a file of a version of its own, after `change` has altered what is written."""
    written = written_of(entry_table()) | {"version": version, "author": "Wang"}
    change(written)
    return json.dumps(written).encode()


def without_row(*names: str) -> Callable[[dict[str, Any]], object]:
    """A change for `the_table`: rows left out, and the tests with them that count on these rows."""

    def change(written: dict[str, Any]) -> None:
        written["rows"] = [row for row in written["rows"] if row["id"] not in names]
        written["tests"], written["stricter_with"] = [], {}

    return change


def a_proposed_table(
    place: str = CITY, *, at: datetime = MORNING, change: Callable[[dict[str, Any]], object] = dict, version: str = "2"
) -> RuleTable:
    """A table that the command office of a place has proposed."""
    actor = an_actor(Role.COMMAND_OFFICE, place)
    return propose_table(actor=actor, data=the_table(version=version, change=change), name="t.json", at=at)


def in_force(table: RuleTable, *, at: datetime) -> RuleTable:
    """A proposed table, approved by the medical group of its place from now on."""
    return approve_table(actor=an_actor(Role.MEDICAL, table.place), table_id=table.pk, since=at, at=at)


def a_flight(number: str = "HU7976", *, at: datetime = MORNING, actor: Actor | None = None) -> Flight:
    """An announced flight, due four hours later."""
    return announce_flight(
        actor=actor or an_actor(Role.ENTRY),
        number=number,
        origin="YYZ",
        destination="PEK",
        port="TYN",
        scheduled_landing=at + (after(240) - MORNING),
        at=at,
    )


def a_landed_flight(
    travellers: Sequence[Traveller] | int = 6, *, at: datetime = MORNING, number: str = "HU7976"
) -> Flight:
    """A landed flight whose passenger list has come through the upload."""
    desk = an_actor(Role.ENTRY)
    people = [a_passenger(n) for n in range(travellers)] if isinstance(travellers, int) else travellers
    flight = a_flight(number, at=at)
    data = write_paxlst(people, flight=number, prepared=at.replace(tzinfo=None))
    receive_manifest(actor=desk, flight_id=flight.pk, name="list.edi", data=data, at=at)
    return land(actor=desk, flight_id=flight.pk, holder="TY-MOAT", at=at)


def arrivals_of(flight: Flight) -> list[Arrival]:
    """The people of a flight in the order of their seats."""
    return list(Arrival.objects.filter(flight=flight).order_by("seat"))


def declared(
    arrivals: Sequence[Arrival], *, at: datetime, destination: Destination = Destination.CAPITAL, **said: object
) -> None:
    """All of them declare the same: well, no contact, bound for the capital unless said otherwise."""
    form = {"symptoms": (), "contact_14d": False, "destination": destination, **said}
    declare(
        actor=an_actor(Role.ENTRY),
        forms=[DeclarationForm(arrival_id=arrival.pk, **form) for arrival in arrivals],
        means=Declaration.Means.OWN,
        at=at,
    )


def fact(arrival_id: UUID, kind: Fact.Kind, value: str, *, at: datetime) -> None:
    """One fact about one person, from the medical group."""
    record_facts(actor=an_actor(Role.MEDICAL), facts=[FactIn(arrival_id, kind, value, at, "test")], at=at)


def facts(arrivals: Sequence[Arrival], kind: Fact.Kind, value: str, *, at: datetime) -> None:
    """The same fact about several people."""
    rows = [FactIn(arrival.pk, kind, value, at, "test") for arrival in arrivals]
    record_facts(actor=an_actor(Role.MEDICAL), facts=rows, at=at)


def fit_to_travel(arrivals: Sequence[Arrival], *, at: datetime) -> None:
    """Everything the shipped table asks of somebody who may travel on."""
    declared(arrivals, at=at)
    facts(arrivals, Fact.Kind.TEMPERATURE, "36.5", at=at)
    facts(arrivals, Fact.Kind.TEST, "negative", at=at)
