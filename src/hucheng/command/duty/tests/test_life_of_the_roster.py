"""Whatever is filled, swapped and handed over in whatever order: the roster, its history and its measures agree."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hucheng.command.duty.actions import ShiftIn, fill_roster, hand_over, swap
from hucheng.command.duty.models import Shift, ShiftChange
from hucheng.command.duty.queries import leader_today, roster
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, an_actor

days = st.integers(-1, 5)
people = st.sampled_from(["甲", "乙", "丙", " "])


class Roster(RuleBasedStateMachine):
    """A roster kept in a dict beside the one in the database; a refused act must change neither."""

    def teardown(self):
        """Each history starts without a roster."""
        if hasattr(self, "history"):
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.history = transaction.atomic()
        self.history.__enter__()
        self.office, self.at = an_actor(Role.COMMAND_OFFICE), MORNING
        self.leads, self.noted = {}, set()

    @property
    def today(self):
        return self.at.astimezone(SHANGHAI).date()

    def done(self, act, **fields):
        self.at += timedelta(minutes=7)
        try:
            act(actor=self.office, at=self.at, **fields)
        except Refusal:
            return False
        return True

    @rule(hours=st.sampled_from([1, 9, 24]))
    def time_goes_by(self, hours):
        self.at += timedelta(hours=hours)

    @rule(offset=days, leader=people)
    def fill(self, offset, leader):
        day = self.today + timedelta(days=offset)
        done = self.done(fill_roster, shifts=[ShiftIn(day, leader)])
        assert done == (offset >= 0 and bool(leader.strip()))
        if done:
            self.leads[day] = leader

    @rule(one=days, other=days)
    def swap(self, one, other):
        first, second = (self.today + timedelta(days=n) for n in (one, other))
        done = self.done(swap, first=first, second=second, why="")
        assert done == (first != second and {first, second} <= set(self.leads) and min(one, other) >= 0)
        if done:
            self.leads[first], self.leads[second] = self.leads[second], self.leads[first]

    @rule(offset=days, note=st.sampled_from(["两架航班在途", " "]))
    def hand_over(self, offset, note):
        day = self.today + timedelta(days=offset)
        if day not in self.leads:
            return
        done = self.done(hand_over, day=day, note=note)
        assert done == (offset <= 0 and bool(note.strip()))
        if done:
            self.noted.add(day)

    @invariant()
    def the_roster_is_the_one_kept_by_hand(self):
        if not hasattr(self, "leads"):
            return
        assert dict(Shift.objects.values_list("day", "leader")) == self.leads
        shown = {one.day: one.shift.leader for one in roster(self.office, self.at) if one.shift}
        near = {self.today + timedelta(days=n) for n in range(-1, 14)}
        assert shown == {day: leader for day, leader in self.leads.items() if day in near}
        leading = leader_today(self.office, self.at)
        assert (leading.leader if leading else None) == self.leads.get(self.today)

    @invariant()
    def the_changes_in_order_lead_to_what_stands(self):
        if not hasattr(self, "leads"):
            return
        told = {}
        for day, before, after in ShiftChange.objects.order_by("at").values_list("shift__day", "before", "after"):
            assert told.get(day, "") == before != after
            told[day] = after
        assert told == self.leads

    @invariant()
    def the_measures_count_the_same_days(self):
        if not hasattr(self, "leads"):
            return
        ahead = {self.today + timedelta(days=n) for n in range(14)} & set(self.leads)
        behind = {self.today - timedelta(days=n) for n in range(1, 15)} & set(self.leads)
        assert read("command.duty.roster_filled_14d", self.office, self.at).numerator == len(ahead)
        unwritten = read("command.duty.days_without_handover", self.office, self.at).value
        assert unwritten == (len(behind - self.noted) if behind else None)


@pytest.mark.django_db
def test_the_roster_holds_in_any_order():
    run_state_machine_as_test(Roster, settings=settings(max_examples=25, stateful_step_count=15, deadline=None))
