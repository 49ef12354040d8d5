"""Recording facts, judging, and bringing rules and orders into force."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.engines.rules import InvalidFact, NotApproved, Table, approve, as_json, check
from hucheng.engines.rules.files import read_table
from hucheng.entry.declarations.symptoms import check_symptoms
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts
from hucheng.entry.triage.judgement import Because, judge_flight
from hucheng.entry.triage.models import CityOrder, Fact, RuleInForce, RuleTable, Triage
from hucheng.entry.triage.proposals import fits_the_desk, no_fatal, not_laxer, one_hand_only
from hucheng.entry.triage.tables import entry_table, parsed, table_in_force

DESK = {Role.ENTRY, Role.MEDICAL}
RULERS = {Role.COMMAND_OFFICE, Role.MEDICAL}
FINDERS = DESK | {Role.LABORATORY}
RULE = re.compile(r"R\d{2}[a-z]?\Z")
VALUES = {
    Fact.Kind.TEST: {"not_done", "pending", "invalid", "negative", "positive"},
    Fact.Kind.CASE: {"suspected", "confirmed", "asymptomatic", "cleared", "recovered"},
    Fact.Kind.CONTACT: {"yes", "no"},
}


@dataclass(frozen=True, slots=True)
class FactIn:
    """One fact to record. value: degrees, symptom codes by `;`, or a word of `VALUES`."""

    arrival_id: UUID
    kind: Fact.Kind
    value: str
    at: datetime
    source: str


@action(by=FINDERS)
def record_facts(*, actor: Actor, facts: Sequence[FactIn], at: datetime) -> list[Fact]:
    """Record facts and judge again everybody they touch, in one transaction.

    After it: those named who were judged before have a new triage, so has everybody of their flights whose judgement
    changed or who belongs in hospital; passes that no longer hold are revoked, contacts are named, those who travelled
    on are recalled. Anybody else waits for the screening to be complete.
    Refuses a value that cannot be true and a fact from the future; nothing of the batch is kept then.
    """
    for fact in facts:
        _check(fact, at)
    arrivals = Arrival.objects.seen_by(actor).in_bulk({fact.arrival_id for fact in facts})
    if len(arrivals) != len({fact.arrival_id for fact in facts}):
        raise Http404
    rows = [
        Fact(arrival_id=f.arrival_id, kind=f.kind, value=f.value, at=f.at, recorded_at=at, source=f.source)
        for f in facts
    ]
    flights: dict[UUID, set[UUID]] = {}
    for fact in facts:
        arrival = arrivals[fact.arrival_id]
        flights.setdefault(arrival.flight_id, set()).update([arrival.pk] if arrival.last_triage_id else [])
    list(Flight.objects.select_for_update().filter(pk__in=flights).order_by("pk"))
    Fact.objects.bulk_create(rows)
    since = min(fact.at for fact in facts) if facts else at
    for flight_id, named in sorted(flights.items()):
        judge_flight(actor, flight_id, Because("fact", since), at, named=named)
    return rows


@action(by=DESK)
def triage(*, actor: Actor, arrival_id: UUID, because: str, at: datetime) -> Triage:
    """Judge one person now. Gives the new triage; others of the flight whose judgement changed get theirs too.

    Refuses somebody who was sent back: nothing follows from a judgement any more.
    """
    arrival = Arrival.objects.seen_by(actor).filter(pk=arrival_id).first()
    if arrival is None:
        raise Http404
    if arrival.whereabouts == Whereabouts.SENT_BACK:
        raise Refusal(
            "was_sent_back",
            why=_("This person was refused entry and has gone back."),
            do=_("A new entry is a new arrival with a flight of its own."),
        )
    written = judge_flight(actor, arrival.flight_id, Because(because, at), at, named={arrival_id})
    return next(triage for triage in written if triage.arrival_id == arrival_id)


@action(by=DESK)
def triage_flight(*, actor: Actor, flight_id: UUID, because: str, at: datetime) -> int:
    """Judge everybody of a flight now. Refuses before landing. Gives how many were judged."""
    flight = Flight.objects.seen_by(actor).filter(pk=flight_id).first()
    if flight is None:
        raise Http404
    if flight.landed_at is None or flight.landed_at > at:
        raise Refusal(
            "not_landed",
            why=_("The flight has not landed yet."),
            do=_("Record the landing first; people are judged from then on."),
        )
    return len(judge_flight(actor, flight_id, Because(because, at), at, named=None))


@action(by=RULERS)
def bring_rules_into_force(
    *, actor: Actor, rules: Collection[str], approved_by: UUID | None, since: datetime, at: datetime
) -> int:
    """Bring rules of the entry table into force for the actor's city, and judge all open arrivals again.

    Refuses when author and approver are one person, when the table has a gap, and for an unknown rule.
    """
    if approved_by is None or approved_by == actor.user_id:
        one_hand_only()
    table = table_in_force(actor.place, at)
    no_fatal([finding for finding in check(table) if finding.fatal])
    unknown = {rule for rule in rules if not RULE.match(rule)}
    if unknown:
        raise Refusal(
            "unknown_rule",
            why=_("This is no number of a rule: %(codes)s.") % {"codes": ", ".join(sorted(unknown))},
            do=_("Name rules by their numbers, as R15 or R17a."),
        )
    brought = _bring(table, rules, actor.place, since, author=actor.user_id, approver=approved_by)
    _judge_all_open(actor, Because("rule", since), at)
    return brought


@action(by=RULERS)
def propose_table(*, actor: Actor, data: bytes, name: str, at: datetime) -> RuleTable:
    """Keep a decision table for the actor's place, for somebody else to approve. It judges nobody yet.

    Refuses what is no table, one that asks what the desk does not know or ends where nobody can be sent, a version
    that is there already, and a table of a county that is laxer anywhere than the one above it (INQ-02).
    """
    try:
        table = read_table(data, name=name)
    except ValueError as wrong:
        raise Refusal(
            "not_a_table",
            why=_("The file is no decision table: %(what)s") % {"what": wrong},
            do=_("Download the table in force, change its rows, and send it again."),
        ) from wrong
    fits_the_desk(table)
    not_laxer(table, actor.place, at)
    if RuleTable.objects.filter(place=actor.place, name=table.name, version=table.version).exists():
        raise Refusal(
            "version_taken",
            why=_("Version %(version)s of this table was proposed before.") % {"version": table.version},
            do=_("Raise the version in the file and send it again."),
        )
    return RuleTable.objects.create(
        place=actor.place,
        name=table.name,
        version=table.version,
        text=as_json(table),
        author_id=actor.user_id or one_hand_only(),
        proposed_at=at,
    )


@action(by=RULERS)
def approve_table(*, actor: Actor, table_id: UUID, since: datetime, at: datetime) -> RuleTable:
    """Let a proposed table judge from a time on, its rules with it, and judge all open arrivals again.

    Refuses the author's own hand, a second approval, a time gone by, a table with a gap or another fatal finding, and
    one that has become laxer than the table above it.
    """
    found = RuleTable.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=table_id).first()
    if found is None:
        raise Http404
    if found.approved_at:
        raise Refusal(
            "already_approved",
            why=_("This table was approved before."),
            do=_("Propose a new version to change it."),
        )
    if actor.user_id in (None, found.author_id):
        one_hand_only()
    if since < at:
        raise Refusal(
            "since_gone_by",
            why=_("A table cannot come into force in the past."),
            do=_("Choose a time from now on."),
        )
    table = parsed(found.text)
    try:
        approve(table, by=str(actor.user_id), on=at.date())
    except NotApproved as no:
        no_fatal(no.findings)
    not_laxer(table, found.place, at)
    found.since, found.approved_by_id, found.approved_at = since, actor.user_id, at
    found.save(update_fields=["since", "approved_by", "approved_at"])
    rules = {rule for row in table.rows for rule in row.rules + row.needs}
    _bring(table, rules, found.place, since, author=found.author_id, approver=actor.user_id)
    _judge_all_open(actor, Because("table", since), at)
    return found


@action(by={Role.COMMAND_OFFICE})
def issue_city_order(
    *,
    actor: Actor,
    needs_place: bool,
    waits_for_flight: bool,
    whole_cabin: bool = False,
    text: str,
    at: datetime,
) -> CityOrder:
    """Order how onward travel is handled from now on, and judge all open arrivals again."""
    order = CityOrder.objects.create(
        place=actor.place,
        since=at,
        needs_place=needs_place,
        waits_for_flight=waits_for_flight,
        whole_cabin=whole_cabin,
        text=text,
        issued_by_id=actor.user_id,
    )
    _judge_all_open(actor, Because("order", at), at)
    return order


def _bring(
    table: Table, rules: Collection[str], place: str, since: datetime, *, author: UUID | None, approver: UUID | None
) -> int:
    held = set(RuleInForce.objects.filter(place=place, version=table.version).values_list("rule", flat=True))
    new = [
        RuleInForce(
            rule=rule,
            place=place,
            since=since,
            table=table.name,
            version=table.version,
            author_id=author,
            approved_by_id=approver,
        )
        for rule in rules
        if rule not in held
    ]
    RuleInForce.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _judge_all_open(actor: Actor, because: Because, at: datetime) -> None:
    closed = (Whereabouts.SENT_BACK, Whereabouts.RELEASED)
    open_arrivals = Arrival.objects.seen_by(actor).exclude(whereabouts__in=closed).exclude(last_triage=None)
    for flight_id in sorted(set(open_arrivals.values_list("flight_id", flat=True))):
        judge_flight(actor, flight_id, because, at)


def _check(fact: FactIn, at: datetime) -> None:
    if fact.at > at:
        raise Refusal(
            "fact_from_the_future",
            why=_("The time of the fact lies ahead."),
            do=_("Check date and time and record it again."),
        )
    if fact.kind == Fact.Kind.TEMPERATURE:
        _check_temperature(fact.value)
    elif fact.kind == Fact.Kind.SYMPTOMS:
        check_symptoms(fact.value.split(";"))
    elif fact.kind in VALUES and fact.value not in VALUES[fact.kind]:
        raise Refusal(
            "unknown_value",
            why=_("“%(value)s” is not a value of this kind of fact.") % {"value": fact.value},
            do=_("Choose one of: %(values)s.") % {"values": ", ".join(sorted(VALUES[fact.kind]))},
        )


def _check_temperature(value: str) -> None:
    try:
        entry_table().inputs["temp_c"].accept(float(value))
    except (ValueError, InvalidFact):
        raise Refusal(
            "impossible_temperature",
            why=_("%(value)s °C cannot be the temperature of a living person.") % {"value": value},
            do=_("Measure again and enter a value between 34 and 43."),
        ) from None
