"""In whatever order people ask, look, play and cut: the clock never goes back, one advance is open, no step is half."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.http import Http404
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hucheng.core import clock
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.actions import ask_advance, end_advance
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.play import play_step, stands_at
from hucheng.exercises.testing import START, SmallStory, a_step

pytestmark = pytest.mark.django_db
MINUTES = st.integers(1, 300)
END = START + timedelta(minutes=240)
STORY = SmallStory([a_step(1)], end=END)


class PowerCut(BaseException):
    """Nothing catches it."""


class Exercise(RuleBasedStateMachine):
    """A story that people play, look at and cut; beside it a plain record of what must be true."""

    def __init__(self) -> None:
        super().__init__()
        for rows in (PlayedStep, Advance, SimulatedClock, Organisation):
            rows.objects.all().delete()
        self.shown = [START - timedelta(days=1)]
        self.over: dict[str, str] = {}
        self.made = 0

    def step(self, minute: int, ending: BaseException | None):
        """A step that founds one body and then ends as told."""

        def work(_at):
            Organisation.objects.create(code=f"X{minute}", place="140100", name_zh="x", name_en="x", kind="x")
            if ending:
                raise ending

        return a_step(minute, work)

    @rule(minute=MINUTES, ending=st.sampled_from(["played", "refused", "hidden", "cut"]))
    def play(self, minute, ending):
        step = self.step(minute, {
            "refused": Refusal("no_room", why="full", do="wait"), "hidden": Http404("x"), "cut": PowerCut(),
        }.get(ending))  # fmt: skip
        if step.key in self.over:
            return
        with suppress(PowerCut):
            play_step(step)
        if ending != "cut":
            self.over[step.key] = "played" if ending == "played" else "refused"
            self.made += 1

    @rule(minutes=MINUTES)
    def ask(self, minutes):
        since, until = stands_at(STORY), START + timedelta(minutes=minutes)
        free = not Advance.objects.filter(ended_on=None).exists()
        try:
            asked = ask_advance(actor=SYSTEM, since=since, until=until, end=END, at=START)
        except Refusal as no:
            assert no.code == ("advance_running" if not free else "story_over")
            assert not free or min(until, END) <= since
        else:
            assert free and asked.since < asked.until <= END

    @rule()
    def end(self):
        advance = Advance.objects.first()
        if advance:
            before = advance.ended_on
            after = end_advance(actor=SYSTEM, advance_id=advance.pk, at=START).ended_on
            assert after is not None and before in (None, after)

    @rule()
    def look(self):
        if SimulatedClock.objects.exists():
            self.shown.append(clock.now())

    @invariant()
    def the_clock_never_goes_back(self):
        row = SimulatedClock.objects.first()
        if row:
            assert row.shows >= max(self.shown) - timedelta(minutes=1), "what people saw stands"
            assert self.shown == sorted(self.shown)
            self.shown.append(clock.now())

    @invariant()
    def at_most_one_advance_is_open(self):
        assert Advance.objects.filter(ended_on=None).count() <= 1

    @invariant()
    def every_step_is_whole_or_not_there(self):
        assert dict(PlayedStep.objects.values_list("key", "outcome")) == self.over
        assert Organisation.objects.count() == self.made, "what was done before a refusal stays, what was cut does not"


def test_in_any_order(settings):
    settings.HUCHENG_EXERCISE = True
    machine = Exercise.TestCase
    machine.settings = hypothesis_settings(max_examples=20, stateful_step_count=12, deadline=None)
    machine().runTest()
    assert AuditLine.objects.filter(act="exercises.replay.keep_step").exists()
