"""Looking at the expectations while the story is played.

At its time: each expectation of `expect`. At every full hour: each of `always`, the slow ones at every sixth hour.
After every act: those of `always` that cost one short count, so that a breach names the act that made it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.timeline import Step
from hucheng.exercises.score.actions import keep_findings
from hucheng.exercises.score.expectations import Expectation
from hucheng.exercises.score.models import Finding
from hucheng.exercises.score.questions import Asked, answer

RED_LINE = Expectation(Finding.Kind.ALWAYS, "no high-risk person holds a pass", "", None,
                       "entry.clearance.high_risk_with_pass", "", "==", 0)  # fmt: skip
"""Looked at after every act."""
SLOW = ("tasks shown as met whose measure has no value",)
"""Questions that read every measure of every task: looked at every six hours."""
SLOWLY = 6


def look(expectation: Expectation, scenario: str, at: datetime) -> float | None:
    """What is found of an expectation, as the city sees it; None when nobody can read it."""
    if expectation.measure:
        reading = read(expectation.measure, replace(SYSTEM, place=settings.HUCHENG_CITY), at)
        return reading.value if reading else None
    return answer(expectation.query, Asked(scenario, at))


def watch(step: Step) -> None:
    """Look at the red line after an act; only a breach is written, with the act that made it."""
    value = look(RED_LINE, "", step.at)
    if value:
        keep_findings(actor=SYSTEM, found=[(RED_LINE, value)], after=step.key, at=step.at)


def steps_of(scenario: str, every: Sequence[Expectation], start: datetime, end: datetime) -> Iterator[Step]:
    """When to look at what, as steps of the story."""
    for one in every:
        if one.at:
            yield Step(one.at, "expect", partial(_look_at, scenario, [one]))
    always = [one for one in every if one.at is None]
    quick = [one for one in always if one.query not in SLOW]
    hour = start.replace(minute=0) + timedelta(hours=1)
    while hour <= end and always:
        now = always if hour.astimezone(SHANGHAI).hour % SLOWLY == 0 else quick
        yield Step(hour, "always", partial(_look_at, scenario, now))
        hour += timedelta(hours=1)


def _look_at(scenario: str, chosen: Sequence[Expectation], at: datetime) -> None:
    found = [(one, look(one, scenario, at)) for one in chosen]
    keep_findings(actor=SYSTEM, found=found, after="", at=at)
