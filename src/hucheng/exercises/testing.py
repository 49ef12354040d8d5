"""Makers for tests: a small story of one's own, and one that ends early."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hucheng.core.clock import frozen_at
from hucheng.core.testing import MORNING, a_city
from hucheng.entry import door as entry
from hucheng.entry.testing import the_rules
from hucheng.exercises.replay.flight import FlightPlay
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.staff import acting, hire
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.replay.timeline import Step

SEED = 20200324
START = moment("2020-03-18T06:00")
CITY = "140100"


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """A time of the story, by month and day: `at("03-24", 20, 30)`."""
    return moment(f"2020-{day}T{hour:02}:{minute:02}")


@dataclass
class SmallStory:
    """Steps of one's own, a minute apart, in the manner of a story."""

    made: Sequence[Step]
    start: datetime = START
    end: datetime = START + timedelta(days=3)
    flights: dict[str, object] = field(default_factory=dict)

    @property
    def pause(self) -> datetime:
        """Behind the last step."""
        return self.made[-1].at

    def steps(self, since: datetime, until: datetime) -> list[Step]:
        """The steps after `since` up to `until`."""
        return [step for step in self.made if since < step.at <= until]


class ShortStory(Story):
    """The story of the demonstration, opened on the evening of 20 March: a meeting and a house, no flight yet."""

    @property
    def pause(self) -> datetime:
        """Before the first flight."""
        return moment("2020-03-20T22:30")


def a_step(minute: int, work: object = None, act: str = "tasks.assign") -> Step:
    """A step so many minutes after the start."""
    return Step(START + timedelta(minutes=minute), act, work, f"step {minute}")  # type: ignore[arg-type]


def a_played_step(minute: int, act: str = "checks.run", **fields: object) -> PlayedStep:
    """A step that is over."""
    given = {"place": CITY, "key": f"step {minute}", "act": act, "at": START + timedelta(minutes=minute)}
    return PlayedStep.objects.create(**(given | {"outcome": PlayedStep.Outcome.PLAYED} | fields))


def an_advance(hours: float = 1, **fields: object) -> Advance:
    """An advance from the start of the story, open unless said otherwise."""
    given = {"place": CITY, "since": START, "until": START + timedelta(hours=hours), "asked_on": START}
    return Advance.objects.create(**(given | fields))


def a_flight_play(passengers: int = 14, crew: int = 2, seed: int = 1, **ends: int) -> FlightPlay:
    """A small flight of the story, landing on the second morning of the flights; nothing of it has happened yet."""
    shares = {"hospital": 2, "contacts": 2, "onward": 4} | ends
    whole = shares | {"entry_city": passengers - sum(shares.values())}
    lands = moment("2020-03-22T06:50")
    return FlightPlay("F01", "HU7976", "YYZ", "PEK", lands, passengers, crew, whole, seed)


def a_staffed_city(*, rules: bool = False) -> None:
    """The city with everybody of the demonstration who acts; if asked with the entry rules and its order in force."""
    a_city()
    hire(START)
    if rules:
        the_rules()
        order = {"needs_place": True, "waits_for_flight": True, "text": "A place and every first result."}
        entry.issue_city_order(actor=acting("office"), at=MORNING, **order)


def played_up_to_minute(play: FlightPlay, minute: int) -> list[str]:
    """Play a flight up to a minute after its landing, as the story does; gives what was done."""
    done = []
    for step in sorted(play.steps(), key=lambda step: step.at):
        if step.at <= play.lands + timedelta(minutes=minute):
            with frozen_at(step.at):
                step.work(step.at)  # type: ignore[misc]
            done.append(step.act)
    return done
