"""The demonstration as it opens, on the evening of 24 March: what the scenario expects, as far as rooms stand."""

from collections import Counter
from datetime import timedelta

import pytest

from hucheng.command.supervision.models import Reminder
from hucheng.core.clock import now
from hucheng.core.jobs.models import DailyRun
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Outcome
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.play import load
from hucheng.exercises.replay.queries import refused_count, waiting
from hucheng.exercises.replay.story import Story
from hucheng.exercises.score.expectations import expectations
from hucheng.exercises.score.models import Finding
from hucheng.exercises.score.queries import score

PLAYABLE = {
    "evening of 24 March: flights landed",
    "evening of 24 March: passengers landed",
    "evening of 24 March: onward from the first two flights",
    "evening of 24 March: people in houses from the first two flights",
    "evening of 24 March: rooms free tonight are short",
    "evening of 24 March: bodies not yet set up",
    "directives of the 43rd meeting",
    "each has an owner",
    "roster filled",
    "imported cases on 24 March",
    "no high-risk person holds a pass",
    "one responsible holder",
    "sum of ends equals manifests plus crew",
    "no positive was ever cleared",
    "one bed a person",
    "certificates",
    "a measure that cannot be read is blind, never met",
}
"""Expectations whose rooms stand; the others of the evening wait for theirs."""


@pytest.mark.django_db
def test_the_evening_of_24_march_is_as_the_scenario_expects(settings):
    settings.HUCHENG_EXERCISE = True
    story = Story("taiyuan-2020")
    told: list[str] = []
    load(story, told.append)

    found = score(SYSTEM, expectations(story.written))
    state = {line.expectation.name: (line.state, line.finding and line.finding.found) for line in found.lines}
    assert {name: state[name] for name in PLAYABLE if state[name][0] != Finding.State.HELD} == {}
    later = {one.name for one in expectations(story.written) if one.at and one.at > story.pause}
    assert {name for name, (how, _found) in state.items() if how == "to_come"} == later
    assert not found.broken

    due = {step.key for step in story.steps(story.start - timedelta(minutes=1), story.pause)}
    rows = list(PlayedStep.objects.values_list("key", "outcome"))
    assert {key for key, _outcome in rows} == due | {"city.found", "traveller.name"} and len(rows) == len(due) + 2
    assert refused_count(SYSTEM) == 0 and not [line for line in told if ": " in line[12:]]
    assert {one.act: one.count for one in waiting(SYSTEM)} == Counter(story.waiting(story.pause))
    assert Advance.objects.get().ended_on and (now() - story.pause).total_seconds() < 120

    assert set(DailyRun.objects.values_list("day", flat=True)) == {
        (story.start.replace(day=day)).date() for day in range(18, 25)
    }
    assert Reminder.objects.exists()
    port = Arrival.objects.filter(whereabouts=Whereabouts.PORT, flight__number="HU7976")
    assert not port.filter(outcome=Outcome.QUARANTINE).exists()
