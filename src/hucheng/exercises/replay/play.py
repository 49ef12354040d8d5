"""Playing a story: each step at its own time, on the simulated clock."""

from collections.abc import Callable
from datetime import datetime

from hucheng.core.clock import frozen_at
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.places.actions import load_organisations, load_places, shipped
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.entry import door as entry
from hucheng.exercises.replay.flight import FlightPlay
from hucheng.exercises.replay.staff import hire, hire_traveller
from hucheng.exercises.replay.story import Story

Tell = Callable[[str], None]


def found_city(story: Story) -> None:
    """The city before the story: divisions, organisations, people who act."""
    load_places(actor=SYSTEM, rows=shipped("places.csv"), at=story.start)
    load_organisations(actor=SYSTEM, rows=shipped("organisations.csv"), at=story.start)
    hire(story.start)


def play(story: Story, since: datetime, until: datetime, tell: Tell) -> list[tuple[str, Refusal]]:
    """Play everything after `since` up to `until`; the clock then shows `until`. Gives what was refused."""
    refused = []
    for flight in story.flights.values():
        find_again(flight)
    for step in story.steps(since, until):
        if step.work is None:
            continue
        with frozen_at(step.at):
            try:
                step.work(step.at)
            except Refusal as no:
                refused.append((step.act, no))
                tell(f"{step.at:%m-%d %H:%M} {step.act}: {no.code}")
                continue
        if step.act in ("flight.land", "triage.run", "clearance.issue", "release.run"):
            tell(f"{step.at:%m-%d %H:%M} {step.act}")
    set_simulated_clock(actor=SYSTEM, at=until)
    return refused


def find_again(flight: FlightPlay) -> None:
    """A flight that an earlier run of the same story has announced."""
    rows = entry.Flight.objects.seen_by(SYSTEM).filter(number=flight.number, scheduled_landing=flight.lands)
    found = rows.first()
    if found and not flight.groups:
        flight.announced = found.pk
        flight.recall_groups()


def name_a_traveller(at: datetime) -> None:
    """One invented traveller who may sign in: the first inside by name."""
    rows = entry.Arrival.objects.seen_by(SYSTEM).filter(whereabouts=entry.Whereabouts.HOUSE)
    someone = rows.select_related("person").order_by("held_since", "seat").first()
    if someone:
        hire_traveller(str(someone.pk), someone.person.full_name, at)
