"""Any order of sending, answering and moving: nobody between two hands, nobody offered twice, no answer undone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.actions import let_out, move
from hucheng.entry.flights.models import OUTSIDE, Arrival, Custody, Whereabouts
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.measures import unaccounted
from hucheng.entry.handover.models import Handover, HandoverLine
from hucheng.entry.testing import a_landed_flight, arrivals_of

RECEIVERS = {
    "C-XD-LG": (Role.COUNTY, COUNTY),
    "C-LF-LG": (Role.COUNTY, OTHER_COUNTY),
    "HOSP-A": (Role.MEDICAL, "140100"),
}
PLACES = [Whereabouts.TRANSFER, Whereabouts.HOUSE, Whereabouts.HOSPITAL]
who = st.sets(st.integers(0, 3), min_size=1)


class Hands(RuleBasedStateMachine):
    """Four people of one flight; a rule is one act of some hand, an invariant what must hold after each."""

    def teardown(self):
        """Each history starts from an empty city."""
        if hasattr(self, "history"):
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)

    @initialize()
    def land(self):
        self.history = transaction.atomic()
        self.history.__enter__()
        a_city()
        self.desk = an_actor(Role.ENTRY)
        self.ids = [one.pk for one in arrivals_of(a_landed_flight(4))]
        self.at = after(10)
        self.answers = {}

    def attempt(self, act, **said):
        """One act seven minutes later; whether it was done."""
        self.at += timedelta(minutes=7)
        try:
            with transaction.atomic():
                return act(**said, at=self.at)
        except (Refusal, Http404):
            return None

    @rule(numbers=who, receiver=st.sampled_from(sorted(RECEIVERS)))
    def send(self, numbers, receiver):
        ids = [self.ids[n] for n in numbers]
        busy = HandoverLine.objects.filter(arrival__in=ids, handover__answer="open").exists()
        said = {"actor": self.desk, "sender": "TY-MOAT", "receiver": receiver, "what": "list", "arrival_ids": ids}
        sent = self.attempt(send_handover, **said)
        assert (sent is None) == busy

    @rule(data=st.data(), accept=st.booleans(), place=st.sampled_from([None, *PLACES]), right=st.booleans())
    def answer(self, data, accept, place, right):
        handovers = list(Handover.objects.order_by("sent_at"))
        if not handovers:
            return
        handover = data.draw(st.sampled_from(handovers))
        role, where = RECEIVERS[handover.receiver]
        actor = an_actor(role, where) if right else an_actor(Role.COUNTY, "140122")
        said = {"handover_id": handover.pk, "accept": accept, "why": "full", "whereabouts": place}
        done = self.attempt(answer_handover, actor=actor, **said)
        if done is None:
            return
        assert right and handover.answer == "open"
        self.answers[done.pk] = done.answer
        holders = set(Arrival.objects.filter(handovers__handover=done).values_list("holder", flat=True))
        assert not accept or holders == {done.receiver}

    @rule(numbers=who, place=st.sampled_from(PLACES), holder=st.sampled_from(["FLEET", "H01"]))
    def pass_on(self, numbers, place, holder):
        ids = [self.ids[n] for n in numbers]
        self.attempt(move, actor=self.desk, arrival_ids=ids, whereabouts=place, holder=holder)

    @rule(n=st.integers(0, 3))
    def release(self, n):
        self.attempt(let_out, actor=self.desk, arrival_id=self.ids[n], holder="C-XD-LG")

    @invariant()
    def the_last_line_of_custody_tells_where_and_whose_everybody_is(self):
        for person in Arrival.objects.filter(pk__in=getattr(self, "ids", [])):
            lines = Custody.objects.filter(arrival=person).order_by("-at")
            last = {(line.whereabouts, line.holder) for line in lines if line.at == lines[0].at}
            assert (person.whereabouts, person.holder) in last and person.held_since == lines[0].at

    @invariant()
    def nobody_is_lost_or_offered_twice(self):
        if hasattr(self, "ids"):
            assert unaccounted(self.desk, self.at).value == 0
            offered = HandoverLine.objects.filter(handover__answer="open").values_list("arrival_id", flat=True)
            assert len(offered) == len(set(offered))

    @invariant()
    def an_answer_stands_and_whoever_left_stays_away(self):
        for pk, answer in getattr(self, "answers", {}).items():
            assert Handover.objects.get(pk=pk).answer == answer
        for person in Arrival.objects.filter(pk__in=getattr(self, "ids", []), whereabouts__in=OUTSIDE):
            later = Custody.objects.filter(arrival=person).order_by("at", "step").values_list("whereabouts", flat=True)
            first = next(n for n, where in enumerate(later) if where in OUTSIDE)
            assert set(later[first:]) == {person.whereabouts}


@pytest.mark.django_db
def test_no_order_of_acts_leaves_anybody_between_two_hands():
    run_state_machine_as_test(Hands, settings=settings(max_examples=10, stateful_step_count=14, deadline=None))
