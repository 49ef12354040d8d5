"""Whatever is done in whatever order: no high-risk person ever holds a valid pass (NEW-02, INQ-01)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.actions import clear, confirm_places, depart, revoke
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.actions import move
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, declared, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import bring_rules_into_force, issue_city_order, triage_flight
from hucheng.entry.triage.models import Fact, RuleInForce

LATE_RULES = ("R15", "R14")
"""Rules of onward travel that come into force somewhere in the history: before, nobody may travel on."""
SEATS = ("11A", "12C", "16D", "30A", "31C", "")
who = st.integers(0, len(SEATS) - 1)
some = st.sets(who, min_size=1)


class Entry(RuleBasedStateMachine):
    """One flight of six people; a rule is one act at the desk, an invariant what must hold after each."""

    def teardown(self):
        """Each history starts from an empty city."""
        if hasattr(self, "history"):
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)

    @initialize()
    def land(self):
        self.history = transaction.atomic()
        self.history.__enter__()
        the_rules(without=LATE_RULES)
        self.desk, self.office = an_actor(Role.ENTRY), an_actor(Role.COMMAND_OFFICE)
        people = [
            a_passenger(n, seat=seat or "1A", party="PARTY" if n in (0, 3) else "") for n, seat in enumerate(SEATS)
        ]
        self.flight = a_landed_flight(people)
        last = Arrival.objects.get(flight=self.flight, seat="1A")
        Arrival.objects.filter(pk=last.pk).update(seat="")
        self.ids = [a.pk for a in arrivals_of(self.flight)]
        self.at = after(10)

    def later(self):
        self.at += timedelta(minutes=7)
        return self.at

    def attempt(self, act, **kwargs):
        try:
            act(**kwargs, at=self.later())
        except Refusal:
            return

    def people(self, numbers):
        return [self.ids[n] for n in numbers]

    @rule()
    def everybody_is_fit(self):
        fit_to_travel(arrivals_of(self.flight), at=self.later())

    @rule(n=who, symptoms=st.sampled_from([(), ("cough",)]), contact=st.booleans(), complete=st.booleans(),
          to=st.sampled_from(Destination))  # fmt: skip
    def declare(self, n, symptoms, contact, complete, to):
        one = Arrival.objects.filter(pk=self.ids[n])
        declared(one, at=self.later(), destination=to, symptoms=symptoms, contact_14d=contact, complete=complete)

    @rule(n=who, degrees=st.sampled_from(["36.4", "37.2", "37.3", "39.0"]))
    def measure(self, n, degrees):
        fact(self.ids[n], Fact.Kind.TEMPERATURE, degrees, at=self.later())

    @rule(n=who, result=st.sampled_from(["negative", "negative", "positive", "pending", "invalid"]))
    def test(self, n, result):
        fact(self.ids[n], Fact.Kind.TEST, result, at=self.later())

    @rule(n=who, finding=st.sampled_from(["suspected", "confirmed", "cleared", "recovered"]))
    def find(self, n, finding):
        fact(self.ids[n], Fact.Kind.CASE, finding, at=self.later())

    @rule(n=who, yes=st.sampled_from(["yes", "no"]))
    def contact(self, n, yes):
        fact(self.ids[n], Fact.Kind.CONTACT, yes, at=self.later())

    @rule(n=who, found=st.sampled_from(["cough", "fever;breathless", "none"]))
    def abnormal_check(self, n, found):
        """What a daily check of a house tells: symptoms found."""
        fact(self.ids[n], Fact.Kind.SYMPTOMS, found, at=self.later())

    @rule(n=who)
    def correct_to_well(self, n):
        """The first declaration stays; the correction counts."""
        before = Declaration.objects.filter(arrival=self.ids[n]).count()
        declared(Arrival.objects.filter(pk=self.ids[n]), at=self.later())
        assert Declaration.objects.filter(arrival=self.ids[n]).count() == before + 1

    @rule(number=st.sampled_from(LATE_RULES))
    def change_the_rules(self, number):
        colleague = an_actor(Role.COMMAND_OFFICE, name="colleague").user_id
        at = self.later()
        bring_rules_into_force(actor=self.office, rules=[number], approved_by=colleague, since=at, at=at)

    @rule(numbers=some, to=st.sampled_from([Whereabouts.TRANSFER, Whereabouts.HOSPITAL, Whereabouts.PORT]))
    def move_some(self, numbers, to):
        self.attempt(move, actor=self.desk, arrival_ids=self.people(numbers), whereabouts=to, holder="TY-MOAT")

    @rule(needs=st.booleans(), waits=st.booleans(), cabin=st.booleans())
    def order(self, needs, waits, cabin):
        self.attempt(
            issue_city_order, actor=self.office, needs_place=needs, waits_for_flight=waits, whole_cabin=cabin, text="x"
        )

    @rule()
    def judge(self):
        self.attempt(triage_flight, actor=self.desk, flight_id=self.flight.pk, because="screening")

    @rule(numbers=some)
    def confirm(self, numbers):
        self.attempt(confirm_places, actor=self.desk, flight_id=self.flight.pk, arrival_ids=self.people(numbers))

    @rule(numbers=some)
    def clear_some(self, numbers):
        self.attempt(clear, actor=self.desk, flight_id=self.flight.pk, arrival_ids=self.people(numbers))

    @rule()
    def clear_those_who_may(self):
        ids = [a.pk for a in arrivals_of(self.flight) if a.outcome == Outcome.ONWARD and a.whereabouts == "port"]
        self.attempt(clear, actor=self.desk, flight_id=self.flight.pk, arrival_ids=ids)

    @rule()
    def revoke_one(self):
        held = Pass.objects.filter(revoked_at=None).first()
        if held:
            self.attempt(revoke, actor=self.desk, pass_id=held.pk, why="hand")

    @rule(numbers=some)
    def board(self, numbers):
        self.attempt(
            depart, actor=self.desk, flight_id=self.flight.pk, arrival_ids=self.people(numbers), holder="TY-MOAT"
        )

    @rule(hours=st.integers(1, 13))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    @invariant()
    def no_high_risk_person_holds_a_pass(self):
        if hasattr(self, "at"):
            wrong = Pass.objects.filter(revoked_at=None).exclude(arrival__outcome="onward", arrival__risk=Risk.LOW)
            assert not wrong.exists()

    @invariant()
    def who_left_had_a_pass_and_whoever_turned_is_recalled(self):
        if not hasattr(self, "at"):
            return
        for gone in Arrival.objects.filter(whereabouts=Whereabouts.DEPARTED):
            assert Pass.objects.filter(arrival=gone).exists()
            assert gone.risk != Risk.HIGH or Recall.objects.filter(arrival=gone).exists()

    @invariant()
    def nobody_travels_on_before_the_rules_of_it_are_in_force(self):
        if hasattr(self, "at") and RuleInForce.objects.filter(rule__in=LATE_RULES).count() < len(LATE_RULES):
            assert not Pass.objects.exists()

    @invariant()
    def a_pass_stands_on_the_last_judgement_and_no_adverse_fact_is_newer(self):
        if not hasattr(self, "at"):
            return
        for held in Pass.objects.filter(revoked_at=None).select_related("arrival__last_triage"):
            last = held.arrival.last_triage
            assert last.outcome == Outcome.ONWARD and last.risk == Risk.LOW
            for found in held.arrival.facts.filter(at__gt=last.at):
                assert found.value not in ("positive", "suspected", "confirmed", "pending"), found.value

    @invariant()
    def the_status_is_the_one_of_the_last_triage_and_the_hands_of_the_last_line(self):
        if not hasattr(self, "at"):
            return
        for person in Arrival.objects.filter(flight=self.flight).select_related("last_triage"):
            if person.last_triage:
                assert (person.outcome, person.risk) == (person.last_triage.outcome, person.last_triage.risk)
            last = person.custody.latest()
            assert (last.holder, last.whereabouts) == (person.holder, person.whereabouts)

    @invariant()
    def everybody_is_somewhere(self):
        if hasattr(self, "at"):
            assert Arrival.objects.filter(flight=self.flight).exclude(holder="").count() == len(SEATS)


@pytest.mark.django_db
def test_no_order_of_acts_lets_a_high_risk_person_hold_a_pass():
    run_state_machine_as_test(Entry, settings=settings(max_examples=18, stateful_step_count=20, deadline=None))
