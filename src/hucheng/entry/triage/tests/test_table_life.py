"""The life of tables in any order of acts: each place is judged by what a plain book-keeping says (INQ-02, INQ-13)."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import the_table
from hucheng.entry.triage.actions import approve_table, propose_table
from hucheng.entry.triage.models import RuleInForce, RuleTable
from hucheng.entry.triage.tables import parsed, table_in_force

pytestmark = pytest.mark.django_db
PLACES = (CITY, COUNTY, OTHER_COUNTY)
FEVERS = (36.8, 37.0, 37.3, 37.5)
SHIPPED = 37.3


def fever_from(degrees):
    def change(written):
        for row in written["rows"]:
            if row["id"] == "fever":
                row["when"] = {"temp_c": {"at_least": degrees}}
            if row["id"] == "onward":
                row["when"] = {"test": ["negative"], "temp_c": {"below": degrees}}
        written["tests"] = []

    return change


def fever_of(table):
    (row,) = [row for row in table.rows if row.id == "fever"]
    return row.conditions[0].written["at_least"]


class Tables(RuleBasedStateMachine):
    """Book-keeping beside the house: proposals, approvals with their time, and the fever that each place judges by."""

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.minute, self.made = 0, 0
        self.waiting: dict[object, tuple[str, float, str]] = {}
        self.approved: list[tuple[int, int, str, float]] = []

    def teardown(self):
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def at(self, minutes=0):
        return after(self.minute + minutes)

    def fever_at(self, place, minute):
        """By hand: the city's latest table; a county's own while it calls fever no later than the city does."""
        mine = self.latest(CITY, minute, SHIPPED)
        return mine if place == CITY else min(mine, self.latest(place, minute, mine))

    def latest(self, place, minute, otherwise):
        known = [one for one in self.approved if one[2] == place and one[0] <= minute]
        return max(known, key=lambda one: (one[0], one[1]))[3] if known else otherwise

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes):
        self.minute += minutes

    @rule(place=st.sampled_from(PLACES), degrees=st.sampled_from(FEVERS), hand=st.sampled_from(["office", "medical"]))
    def propose(self, place, degrees, hand):
        self.made += 1
        data = the_table(version=f"v{self.made}", change=fever_from(degrees))
        actor = an_actor(Role.COMMAND_OFFICE if hand == "office" else Role.MEDICAL, place)
        laxer = place != CITY and degrees > self.fever_at(CITY, self.minute)
        try:
            table = propose_table(actor=actor, data=data, name="t.json", at=self.at())
        except Refusal as no:
            assert laxer and no.code == "laxer_than_above"
        else:
            assert not laxer
            self.waiting[table.pk] = (place, degrees, hand)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), hand=st.sampled_from(["office", "medical"]), later=st.sampled_from([0, 0, 30]))
    def approve(self, data, hand, later):
        pk = data.draw(st.sampled_from(sorted(self.waiting, key=str)))
        place, degrees, author = self.waiting[pk]
        actor = an_actor(Role.COMMAND_OFFICE if hand == "office" else Role.MEDICAL, place)
        own, laxer = hand == author, place != CITY and degrees > self.fever_at(CITY, self.minute)
        try:
            approve_table(actor=actor, table_id=pk, since=self.at(later), at=self.at())
        except Refusal as no:
            assert no.code == ("one_hand_only" if own else "laxer_than_above") and (own or laxer)
        else:
            assert not own and not laxer
            del self.waiting[pk]
            self.approved.append((self.minute + later, len(self.approved), place, degrees))
            self.minute += 1  # two approvals of one minute would have no order

    @invariant()
    def each_place_is_judged_by_the_table_that_the_book_says(self):
        for place in PLACES:
            for minute in {self.minute, max(0, self.minute - 45), self.minute + 30}:
                assert fever_of(table_in_force(place, after(minute))) == self.fever_at(place, minute), (place, minute)

    @invariant()
    def no_county_calls_fever_later_than_its_city(self):
        city = fever_of(table_in_force(CITY, self.at()))
        assert all(fever_of(table_in_force(place, self.at())) <= city for place in PLACES)

    @invariant()
    def what_is_approved_has_two_hands_and_its_rules_in_force(self):
        for row in RuleTable.objects.exclude(approved_at=None):
            assert row.author_id != row.approved_by_id and row.since >= row.approved_at
            rules = {rule for line in parsed(row.text).rows for rule in line.rules + line.needs}
            brought = RuleInForce.objects.filter(place=row.place, version=row.version)
            assert set(brought.values_list("rule", flat=True)) == rules


def test_any_order_of_proposals_and_approvals_leaves_each_place_its_right_table():
    run_state_machine_as_test(Tables, settings=settings(max_examples=12, stateful_step_count=12))
