"""The life of items by chance: whatever school and county do and however time passes, a small model says the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.testing import MORNING
from hucheng.schools.readiness.actions import declare, inspect, sign
from hucheng.schools.readiness.models import HOLDING, SelfCheck, Signature, State, Verdict
from hucheng.schools.readiness.queries import gaps_of, line_seen_by
from hucheng.schools.testing import a_school, a_statement, accepted, county_clerk, head_of, items_of, planned, stated

pytestmark = pytest.mark.django_db
ACCEPTED, SPOT, RETURNED = Verdict.Answer.ACCEPTED, Verdict.Answer.SPOT_CHECKED, Verdict.Answer.RETURNED
MOVING = (1, 6, 10)
"""An item without a figure, the stock that counts down, and the one that waits for the others."""
OTHERS = (2, 3, 4, 5, 7, 8, 9)


@dataclass
class Item:
    """What the model knows of an item: the statement that stands, its last day, the answer to it."""

    said: tuple | None = None
    until: date | None = None
    answer: str = ""

    def state(self, today):
        if self.said is None or not self.said[0] or self.answer == RETURNED:
            return State.MISSING
        if self.until < today:
            return State.EXPIRED
        return {"": State.TO_INSPECT, ACCEPTED: State.IN_PLACE, SPOT: State.SPOT_CHECKED}[self.answer]


@dataclass
class Model:
    """Ten items and a calendar; each act gives the code of its refusal, or nothing."""

    today: date
    items: dict[int, Item] = field(default_factory=lambda: {number: Item() for number in range(1, 11)})
    statements: int = 0
    verdicts: int = 0

    def state(self, number, in_place, figure, until):
        item = self.items[number]
        said = (in_place, figure, until)
        if item.said == said and not (item.until and item.until < self.today):
            return ""
        self.statements += 1
        last = min(until, self.today + timedelta(days=figure - 7)) if number == 6 and until else until
        self.items[number] = Item(said, last)
        return ""

    def judge(self, numbers, answer):
        for number in sorted(numbers):
            item = self.items[number]
            state = item.state(self.today)
            if item.said is None or not item.said[0]:
                return "nothing_to_inspect"
            if answer == RETURNED:
                continue
            if state == State.EXPIRED:
                return "expired"
            if answer == SPOT and state not in HOLDING:
                return "not_accepted_yet"
            if answer == ACCEPTED and state != State.TO_INSPECT:
                return "judged_before"
        after = {n: answer if n in numbers else item.answer for n, item in self.items.items()}
        nine = [Item(i.said, i.until, after[n]).state(self.today) in HOLDING for n, i in self.items.items() if n < 10]
        if answer != RETURNED and 10 in numbers and not all(nine):
            return "others_missing"
        for number in numbers:
            self.items[number].answer = answer
        self.verdicts += len(numbers)
        return ""


def code_of(act, **kwargs):
    try:
        act(**kwargs)
    except Refusal as no:
        return no.code
    return ""


NUMBERS = st.sampled_from(MOVING)
ACTS = st.one_of(
    st.tuples(st.just("state"), NUMBERS, st.booleans(), st.integers(7, 12), st.integers(0, 15)),
    st.tuples(st.just("state"), NUMBERS, st.just(True), st.just(60), st.just(100)),
    st.tuples(st.just("judge"), st.frozensets(NUMBERS, min_size=1), st.sampled_from([ACCEPTED, ACCEPTED, SPOT])),
    st.tuples(st.just("judge"), st.frozensets(NUMBERS, min_size=1, max_size=1), st.just(RETURNED)),
    st.tuples(st.just("wait"), st.integers(1, 6)),
)


def play(school, model, acts):
    """Do each act to the school and to the model, comparing refusals and states."""
    for name, *rest in acts:
        at = MORNING + timedelta(days=(model.today - MORNING.date()).days)
        wanted, code = "", ""
        if name == "wait":
            model.today += timedelta(days=rest[0])
        elif name == "state":
            number, in_place, figure, ahead = rest
            until = model.today + timedelta(days=ahead) if in_place else None
            figure = figure if number == 6 else None
            one = a_statement(number, in_place=in_place, figure=figure, valid_until=until)
            code = code_of(declare, actor=head_of(), school_id=school.pk, statements=[one], at=at)
            wanted = model.state(number, in_place, figure, until)
        else:
            numbers, answer = rest
            ids = [item.pk for item in items_of(school, *numbers)]
            code = code_of(inspect, actor=county_clerk(), item_ids=ids, answer=answer, reason="seen", at=at)
            wanted = model.judge(numbers, answer)
        assert code == wanted, (name, rest)
        told = [item.state(model.today) for item in items_of(school)]
        assert told == [item.state(model.today) for item in model.items.values()], (name, rest)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(ACTS, min_size=4, max_size=14))
def test_items_live_as_the_model_says_and_a_gap_keeps_the_county_from_signing(db, acts):
    with transaction.atomic():
        school, model = a_school(), Model(MORNING.date())
        planned(school)
        stated(school, *OTHERS)
        accepted(school, *OTHERS)
        for number in OTHERS:
            model.items[number] = Item((True,), date(2020, 6, 30), ACCEPTED)
        play(school, model, acts)
        assert SelfCheck.objects.count() == len(OTHERS) + model.statements
        assert Verdict.objects.count() == len(OTHERS) + model.verdicts
        gaps = [n for n, item in model.items.items() if item.state(model.today) not in HOLDING]
        assert [gap.number for gap in gaps_of([school], model.today)[school.pk]] == gaps
        at = MORNING + timedelta(days=(model.today - MORNING.date()).days)
        line = line_seen_by(county_clerk(), school.pk, at)
        worst = [n for n in gaps if model.items[n].state(model.today) == State.MISSING and n < 10]
        if worst:
            assert line.blocking.number == worst[0]
        code = code_of(sign, actor=county_clerk(), school_ids=[school.pk], at=at)
        assert code == ("items_missing" if gaps else "") and Signature.objects.count() == (0 if gaps else 1)
        assert AuditLine.objects.filter(act="schools.readiness.sign", refused=code).count() == 1
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("acts", "states"),
    [
        ([("state", 1, True, 60, 0), ("wait", 1)], {1: State.EXPIRED}),
        ([("state", 1, True, 60, 1), ("wait", 1)], {1: State.TO_INSPECT}),
        ([("state", 1, True, 60, 1), ("wait", 1), ("state", 1, True, 60, 0)], {1: State.TO_INSPECT}),
        ([("state", 1, True, 60, 1), ("wait", 2), ("state", 1, True, 60, 0)], {1: State.TO_INSPECT}),
        ([("state", 6, True, 7, 15), ("wait", 1)], {6: State.EXPIRED}),
        ([("state", 6, True, 8, 15), ("wait", 1)], {6: State.TO_INSPECT}),
        ([("state", 1, True, 60, 9), ("judge", {1}, RETURNED), ("wait", 20)], {1: State.MISSING}),
        ([("state", 1, True, 60, 9), ("judge", {1}, ACCEPTED), ("judge", {1}, SPOT)], {1: State.SPOT_CHECKED}),
        ([("state", 1, True, 60, 9), ("judge", {1}, ACCEPTED), ("state", 1, False, 7, 0)], {1: State.MISSING}),
        ([("state", 1, True, 60, 9), ("judge", {1}, RETURNED), ("judge", {1}, ACCEPTED)], {1: State.MISSING}),
        ([("state", n, True, 60, 9) for n in MOVING] + [("judge", set(MOVING), ACCEPTED)], {10: State.IN_PLACE}),
        ([("state", n, True, 60, 9) for n in MOVING] + [("judge", {10}, ACCEPTED)], {10: State.TO_INSPECT}),
    ],
)
def test_the_turns_that_chance_may_miss(acts, states):
    school, model = a_school(), Model(MORNING.date())
    stated(school, *OTHERS)
    accepted(school, *OTHERS)
    model.items |= {number: Item((True,), date(2020, 6, 30), ACCEPTED) for number in OTHERS}
    play(school, model, acts)
    assert SelfCheck.objects.count() == len(OTHERS) + model.statements
    assert {number: items_of(school, number)[0].state(model.today) for number in states} == states
