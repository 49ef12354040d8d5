"""Whatever is done to directives in whatever order: what is published stands, history is whole, owners are counted."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hucheng.command.directives.actions import accept, assign, edit, merge, publish, reject, split
from hucheng.command.directives.models import Directive
from hucheng.command.meetings.actions import discard_meeting
from hucheng.command.tasks.models import Task
from hucheng.command.testing import a_meeting, given
from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role, Theme
from hucheng.core.testing import MORNING, a_city, an_actor

State = Directive.State
which = st.integers(0, 7)
OPEN = {State.PROPOSED, State.ACCEPTED}
ASSIGNABLE = OPEN | {State.PUBLISHED}


class Life(RuleBasedStateMachine):
    """The directives of one meeting in the hands of the office."""

    def teardown(self):
        """Each history starts without a meeting."""
        if hasattr(self, "history"):
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)

    @initialize()
    def take_the_minutes_in(self):
        self.history = transaction.atomic()
        self.history.__enter__()
        self.meeting, self.office, self.at = a_meeting(), an_actor(Role.COMMAND_OFFICE), MORNING
        self.published, self.rows, self.acts, self.refusals = {}, {}, 0, 0

    def one(self, number):
        every = list(self.meeting.directives.order_by("number", "part"))
        return every[number % len(every)]

    def attempt(self, act, allowed, **fields):
        self.at += timedelta(minutes=7)
        try:
            act(actor=self.office, at=self.at, **fields)
        except Refusal:
            assert not allowed, f"{act.__name__} was refused"
            self.refusals += 1
        else:
            assert allowed, f"{act.__name__} was not refused"
            self.acts += 1

    @rule(n=which)
    def confirm(self, n):
        one = self.one(n)
        self.attempt(accept, one.state in (State.PROPOSED, State.REJECTED), directive_id=one.pk)

    @rule(n=which)
    def set_aside(self, n):
        one = self.one(n)
        self.attempt(reject, one.state in OPEN, directive_id=one.pk)

    @rule(n=which, words=st.sampled_from(["两日内征用三家酒店", "  "]), kind=st.sampled_from(Directive.Kind))
    def reword(self, n, words, kind):
        one = self.one(n)
        may = one.state in OPEN and bool(words.strip())
        self.attempt(edit, may, directive_id=one.pk, text=words, kind=kind, theme=Theme.GENERAL)

    @rule(n=which, cut=st.integers(1, 6))
    def divide(self, n, cut):
        one = self.one(n)
        parts = [part for part in (one.text[:cut], one.text[cut:]) if part.strip()]
        self.attempt(split, one.state in OPEN and len(parts) == 2, directive_id=one.pk, texts=parts)

    @rule(n=which, m=which)
    def join(self, n, m):
        one, other = self.one(n), self.one(m)
        may = one.pk != other.pk and {one.state, other.state} <= OPEN
        self.attempt(merge, may, directive_id=one.pk, other_id=other.pk)

    @rule(
        n=which, lead=st.sampled_from(["TF-HOTEL", "TY-HQ", "NOBODY"]), days=st.integers(-1, 3), counties=st.booleans()
    )
    def give(self, n, lead, days, counties):
        one, due = self.one(n), self.at + timedelta(days=days)
        may = one.state in ASSIGNABLE and lead != "NOBODY" and days > 0
        supports = ["C-*-LG"] if counties else []
        self.attempt(assign, may, directive_id=one.pk, given=given(lead=lead, due=due, supports=supports))

    @rule()
    def publish_what_is_confirmed(self):
        ready = self.meeting.directives.filter(state=State.ACCEPTED).exists()
        self.attempt(publish, ready, meeting_id=self.meeting.pk)

    @rule()
    def try_to_put_the_minutes_aside_once_something_is_published(self):
        if self.published:
            self.attempt(discard_meeting, False, meeting_id=self.meeting.pk)

    @invariant()
    def what_is_published_keeps_its_words_kind_and_day(self):
        if not hasattr(self, "rows"):
            return
        now = {
            one.pk: (one.text, one.kind, one.published_at, one.start, one.end)
            for one in self.meeting.directives.filter(state=State.PUBLISHED)
        }
        assert self.published.items() <= now.items()
        self.published = now

    @invariant()
    def every_row_of_history_stands_and_together_they_tell_what_is(self):
        if not hasattr(self, "rows"):
            return
        told = {}
        for one in self.meeting.directives.prefetch_related("changes"):
            first, *rest = sorted(one.changes.all(), key=lambda row: (row.at, row.pk))
            assert first.act in ("read", "split") and not first.before
            known = {"text": first.after["text"], "state": "proposed"}
            for row in rest:
                assert all(known.get(name, old) == old for name, old in row.before.items())
                known |= row.after
            assert (known["text"], known["state"]) == (one.text, one.state)
            told |= {row.pk: (row.act, row.before, row.after, row.at) for row in (first, *rest)}
        assert self.rows.items() <= told.items()
        self.rows = told

    @invariant()
    def every_published_demand_has_an_owner_or_counts_as_unowned(self):
        if not hasattr(self, "rows"):
            return
        demands = [one for one in self.meeting.directives.filter(state=State.PUBLISHED) if one.counts]
        owned = [one for one in demands if one.lead_id and one.due and (one.measure or one.no_measure)]
        reading = read("command.directives.owned", self.office, self.at)
        assert (reading.numerator, reading.denominator) == (len(owned), len(demands))
        leads = set(Task.objects.filter(parent=None).values_list("directive_id", "unit_id", "due"))
        assert leads == {(one.pk, one.lead_id, one.due) for one in owned}

    @invariant()
    def nothing_is_deleted_and_what_was_split_or_merged_names_its_successor(self):
        if not hasattr(self, "rows"):
            return
        for one in self.meeting.directives.prefetch_related("parts"):
            assert (one.state == State.MERGED) == (one.merged_into_id is not None)
            assert one.state != State.SPLIT or len(one.parts.all()) >= 2
            assert one.text and 0 <= one.start < one.end <= len(self.meeting.clean_text)

    @invariant()
    def each_act_and_each_refusal_left_its_line(self):
        if not hasattr(self, "rows"):
            return
        lines = AuditLine.objects.filter(at__gt=MORNING)
        found = lines.filter(refused="").count(), lines.exclude(refused="").count()
        assert found == (self.acts, self.refusals)


@pytest.mark.django_db
def test_the_life_of_directives_holds_in_any_order():
    a_city()
    run_state_machine_as_test(Life, settings=settings(max_examples=15, stateful_step_count=12, deadline=None))
