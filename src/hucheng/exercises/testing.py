"""Makers for tests: a small story of one's own, and one that ends early."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.replay.timeline import Step

START = moment("2020-03-18T06:00")
CITY = "140100"


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
