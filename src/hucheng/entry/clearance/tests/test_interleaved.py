"""Two hands that act at the same time, whatever they do: on PostgreSQL, in any interleaving (NEW-02, INQ-01)."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.actions import clear, confirm_places, depart, revoke
from hucheng.entry.clearance.models import Pass
from hucheng.entry.contacts.models import CloseContact
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.actions import move
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import (
    FactIn,
    bring_rules_into_force,
    issue_city_order,
    record_facts,
    triage,
    triage_flight,
)
from hucheng.entry.triage.models import Fact, Triage
from hucheng.entry.triage.picture import picture_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TURNS = 7


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")


class Hand:
    """One colleague with a clock of their own; each act is chosen by a seeded chance."""

    def __init__(self, seed: int, flight, ids, minute: int) -> None:
        self.chance = random.Random(seed)
        self.flight, self.ids = flight, ids
        self.at = after(minute)
        self.desk, self.medic = an_actor(Role.ENTRY), an_actor(Role.MEDICAL)
        self.office, self.second = an_actor(Role.COMMAND_OFFICE), an_actor(Role.COMMAND_OFFICE, name="second")
        self.broken: list[DatabaseError] = []

    def one(self):
        return self.chance.choice(self.ids)

    def some(self):
        return self.chance.sample(self.ids, self.chance.randint(1, len(self.ids)))

    def fact(self, kind, value):
        record_facts(actor=self.medic, facts=[FactIn(self.one(), kind, value, self.at, "x")], at=self.at)

    def declaration(self, symptoms, complete=True):
        forms = [DeclarationForm(pk, symptoms, False, Destination.CAPITAL, complete=complete) for pk in self.some()]
        declare(actor=self.desk, forms=forms, means=Declaration.Means.PAPER, at=self.at)

    def rules(self):
        args = {"approved_by": self.second.user_id, "since": self.at, "at": self.at}
        bring_rules_into_force(actor=self.office, rules=["R14", "R15"], **args)

    def order(self):
        order = {"needs_place": self.chance.random() < 0.3, "waits_for_flight": False, "text": "x"}
        issue_city_order(actor=self.office, at=self.at, **order)

    def revoke(self):
        held = Pass.objects.filter(revoked_at=None).order_by("?").first()
        if held:
            revoke(actor=self.desk, pass_id=held.pk, why="hand", at=self.at)

    def acts(self) -> list[Callable[[], object]]:
        flight = {"actor": self.desk, "flight_id": self.flight.pk, "at": self.at}
        may = Arrival.objects.filter(pk__in=self.ids, outcome="onward", whereabouts="port")
        onward, port = list(may.values_list("pk", flat=True)), Whereabouts.PORT
        return [
            lambda: self.fact(Fact.Kind.TEST, self.chance.choice(["positive", "negative", "negative", "pending"])),
            lambda: self.fact(Fact.Kind.TEMPERATURE, self.chance.choice(["36.4", "38.1"])),
            lambda: self.fact(Fact.Kind.SYMPTOMS, self.chance.choice(["cough", "none", "none"])),
            lambda: self.fact(Fact.Kind.CONTACT, self.chance.choice(["yes", "no", "no"])),
            lambda: self.fact(Fact.Kind.CASE, self.chance.choice(["confirmed", "cleared"])),
            lambda: self.declaration(self.chance.choice([(), (), ("fever",)])),
            lambda: self.declaration((), complete=False),
            self.rules,
            self.order,
            self.revoke,
            lambda: triage_flight(because="screening", **flight),
            lambda: triage(actor=self.desk, arrival_id=self.one(), because="again", at=self.at),
            lambda: confirm_places(arrival_ids=self.some(), **flight),
            lambda: clear(arrival_ids=onward, **flight),
            lambda: clear(arrival_ids=self.some(), **flight),
            lambda: depart(arrival_ids=self.some(), holder="TY-MOAT", **flight),
            lambda: move(actor=self.desk, arrival_ids=[self.one()], whereabouts=port, holder="TY-MOAT", at=self.at),
        ]  # fmt: skip

    def work(self, start: threading.Barrier) -> None:
        try:
            start.wait(timeout=30)
            for _turn in range(TURNS):
                self.at += timedelta(minutes=2)
                try:
                    self.chance.choice(self.acts())()
                except (Refusal, Http404):
                    continue
        except DatabaseError as no:
            self.broken.append(no)
        finally:
            connections.close_all()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_two_hands_do_at_once_the_gate_holds(seed):
    the_rules(without=("R15", "R14") if seed % 2 else ())
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 2 * n}A") for n in range(5)])
    ids = [a.pk for a in arrivals_of(flight)]
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    hands = [Hand(1000 * seed + n, flight, ids, 70 + n) for n in range(2)]
    start = threading.Barrier(len(hands))
    threads = [threading.Thread(target=hand.work, args=(start,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(hand.broken for hand in hands), [hand.broken for hand in hands]
    what_must_hold(flight)


def what_must_hold(flight) -> None:
    """The gate, the line of hands and the account of acts, after any history."""
    people = list(Arrival.objects.filter(flight=flight).select_related("last_triage"))
    open_passes = Pass.objects.filter(revoked_at=None).select_related("arrival__last_triage")
    for held in open_passes:
        assert (held.arrival.outcome, held.arrival.risk) == (Outcome.ONWARD, Risk.LOW)
    for person in people:
        assert (person.outcome, person.risk) == (person.last_triage.outcome, person.last_triage.risk)
        if person.whereabouts == Whereabouts.DEPARTED:
            assert person.passes.exists() and (person.risk != Risk.HIGH or person.recalls.exists())
        last = person.custody.order_by("at", "step").last()
        assert (last.whereabouts, last.holder) == (person.whereabouts, person.holder)
    latest = max(Triage.objects.latest("at").at, Fact.objects.latest("at").at, Declaration.objects.latest("at").at)
    cases = picture_of(people, place=flight.place, at=latest).cases
    assert not open_passes.filter(arrival__in=cases).exists()
    assert not open_passes.filter(arrival__in=CloseContact.objects.filter(arrival__in=cases).values("arrival")).exists()
    assert AuditLine.objects.filter(act="entry.clearance.depart", refused="").count() <= len(people)


@pytest.mark.parametrize("turn", range(4))
def test_a_correction_that_meets_the_screening_is_judged_by_one_of_the_two(turn):
    """A declaration that was not judged yet, committed beside the first judgement, was judged by nobody."""
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 10 * n}A") for n in range(3)])
    people = arrivals_of(flight)
    fit_to_travel(people, at=after(30))
    desk = an_actor(Role.ENTRY)
    start, broken = threading.Barrier(2), []

    def run(act):
        try:
            start.wait(timeout=30)
            act()
        except DatabaseError as no:
            broken.append(no)
        finally:
            connections.close_all()

    form = DeclarationForm(people[0].pk, ("fever",), False, Destination.CAPITAL)
    acts = (
        lambda: declare(actor=desk, forms=[form], means=Declaration.Means.PAPER, at=after(60)),
        lambda: triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60)),
    )
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    people[0].refresh_from_db()
    assert not broken and people[0].outcome == Outcome.HOSPITAL


def test_two_offices_bring_the_same_rule_into_force_at_once():
    office, second = an_actor(Role.COMMAND_OFFICE), an_actor(Role.COMMAND_OFFICE, name="second")
    start, broken = threading.Barrier(4), []

    def run():
        try:
            start.wait(timeout=30)
            args = {"approved_by": second.user_id, "since": after(0), "at": after(0)}
            bring_rules_into_force(actor=office, rules=["R15", "R16", "R14"], **args)
        except DatabaseError as no:
            broken.append(no)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not broken
