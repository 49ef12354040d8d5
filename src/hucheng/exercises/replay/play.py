"""Playing a story: each step at its own time, whole or not at all, on the simulated clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core import clock
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.places.actions import load_organisations, load_places, shipped
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.entry import door as entry
from hucheng.exercises.replay.actions import ask_advance, end_advance, keep_step
from hucheng.exercises.replay.flight import FlightPlay
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.queries import open_advance, played_up_to
from hucheng.exercises.replay.staff import hire, hire_traveller
from hucheng.exercises.replay.story import Story
from hucheng.exercises.replay.timeline import Step
from hucheng.exercises.score.watch import watch

Tell = Callable[[str], None]
Outcome = PlayedStep.Outcome
A_MOMENT = timedelta(microseconds=1)
TOLD = ("flight.land", "triage.run", "clearance.issue", "release.run")
"""Acts that are told while they are played: enough to see that the story moves."""


def load(story: Story, tell: Tell) -> None:
    """Found the city and play up to the pause; a load that was cut short goes on where it stopped."""
    before = story.start - timedelta(minutes=1)
    _once(Step(before, "city.found", lambda at: found_city(story), "city.found"))
    advance = open_advance(SYSTEM)
    since = stands_at(story)
    if advance is None and since < story.pause:
        advance = ask_advance(actor=SYSTEM, since=since, until=story.pause, end=story.end, at=since)
    if advance:
        finish(story, advance, tell)
    _once(Step(story.pause, "traveller.name", name_a_traveller, "traveller.name"))


def finish(story: Story, advance: Advance, tell: Tell) -> list[tuple[str, Refusal]]:
    """Play what an advance still lacks, then close it. Gives what was refused."""
    refused = play(story, stands_at(story) - A_MOMENT, advance.until, tell, advance.pk)
    end_advance(actor=SYSTEM, advance_id=advance.pk, at=advance.until)
    return refused


def stands_at(story: Story) -> datetime:
    """How far the story is: the minute of the last step that is over; what it left of that minute is still to play."""
    last = played_up_to(SYSTEM)
    if last:
        return last
    shown = SimulatedClock.objects.first()
    return shown.shows if shown else story.start - timedelta(minutes=1)


def found_city(story: Story) -> None:
    """The city before the story: divisions, organisations, people who act."""
    load_places(actor=SYSTEM, rows=shipped("places.csv"), at=story.start)
    load_organisations(actor=SYSTEM, rows=shipped("organisations.csv"), at=story.start)
    hire(story.start)


def play(
    story: Story, since: datetime, until: datetime, tell: Tell, advance_id: UUID | None = None
) -> list[tuple[str, Refusal]]:
    """Play every step after `since` up to `until` that is not over yet; the clock then shows `until`.

    Gives what was refused. Whatever stops it, the steps that are over stand and the others are still to be played.
    """
    refused = []
    over = set(PlayedStep.objects.filter(place=settings.HUCHENG_CITY, at__gte=since).values_list("key", flat=True))
    for flight in story.flights.values():
        find_again(flight)
    for step in story.steps(since, until):
        if step.key in over:
            continue
        no = play_step(step, advance_id)
        if no:
            refused.append((step.act, no))
            tell(f"{step.at:%m-%d %H:%M} {step.act}: {no.code}")
        elif step.act in TOLD:
            tell(f"{step.at:%m-%d %H:%M} {step.act}")
    with transaction.atomic():
        _show(until)
    return refused


def play_step(step: Step, advance_id: UUID | None = None) -> Refusal | None:
    """Play one step: the act, the row that it is over, the clock, in one transaction. Gives why it was refused.

    What an act did before a rule refused the rest of it stays, as it does for people.
    """
    with transaction.atomic():
        with clock.frozen_at(step.at):
            outcome, no = _done(step)
            watch(step)
        keep_step(actor=SYSTEM, step=step, outcome=outcome, no=no, advance_id=advance_id, at=step.at)
        _show(step.at)
    return no


def _done(step: Step) -> tuple[Outcome, Refusal | None]:
    if step.work is None:
        return Outcome.WAITING, None
    try:
        step.work(step.at)
    except Refusal as no:
        return Outcome.REFUSED, no
    except Http404:
        return Outcome.REFUSED, Refusal(
            "not_found",
            why=_("Who acts does not see what the act is about."),
            do=_("Look at the role and place of whoever plays this act."),
        )
    return Outcome.PLAYED, None


def _show(at: datetime) -> None:
    """Move the clock on; it never goes back, though people looked at it while a step was due."""
    shown = SimulatedClock.objects.first()
    if shown is None or shown.time_at(clock.wall_time()) < at:
        set_simulated_clock(actor=SYSTEM, at=at)


def _once(step: Step) -> None:
    if not PlayedStep.objects.filter(place=settings.HUCHENG_CITY, key=step.key).exists():
        play_step(step)


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
