"""A scenario file as steps: its events, its flights, its days; what no room answers for is counted, never faked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import DAILY
from hucheng.core.jobs.rounds import run_due
from hucheng.core.scope.actor import SYSTEM
from hucheng.entry import door as entry
from hucheng.exercises.replay import (
    care,
    economy,
    house_days,
    houses,
    meetings,
    register,
    schools,
    situation,
    stability,
    transport,
)
from hucheng.exercises.replay.ca910 import CabinPlay
from hucheng.exercises.replay.flight import FlightPlay
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Step
from hucheng.exercises.scenarios import written
from hucheng.exercises.score.expectations import expectations
from hucheng.exercises.score.watch import steps_of

SIDES = (meetings, care, register, schools, economy, stability, situation, transport)
"""Each plays its own acts: `works` by name, `days` every day."""


class Story:
    """One scenario, ready to be played from a time to another. The same file and seed give the same steps."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written: dict[str, Any] = written(name)
        self.seed: int = self.written["seed"]
        self.houses = {house["code"]: house for house in self.written["setup"]["houses"]}
        self.flights = {f["id"]: self._flight(f) for f in self.written["flights"] if "file" not in f}
        self.cabins = {f["id"]: CabinPlay(f) for f in self.written["flights"] if "file" in f}

    @property
    def start(self) -> datetime:
        """When the story begins."""
        return moment(self.written["clock"]["start"])

    @property
    def pause(self) -> datetime:
        """When the demonstration opens."""
        return moment(self.written["clock"]["pause_at"][0])

    @property
    def end(self) -> datetime:
        """When the story is over."""
        return moment(self.written["clock"]["end"])

    def steps(self, since: datetime, until: datetime) -> list[Step]:
        """Everything after `since` up to `until`, in order of time; ties in the order of the file, checks last.

        Each step has a key of its own that is the same in every run of the same file.
        """
        looks = steps_of(self.name, expectations(self.written), self.start, self.end)
        every = [*self._events(), *self._of_flights(), *self._days(), *looks]
        in_order = sorted(every, key=lambda step: step.at)
        return [step for step in _numbered(in_order) if since < step.at <= until]

    def waiting(self, until: datetime) -> Counter[str]:
        """Acts up to a time that no room answers for yet, with how many there are."""
        return Counter(step.act for step in self.steps(self.start - timedelta(days=1), until) if step.work is None)

    def _events(self) -> Iterator[Step]:
        works = self._works()
        for event in self.written["events"]:
            maker = works.get(event["act"])
            work = partial(maker, event.get("with", {})) if maker else None
            yield Step(moment(event["at"]), event["act"], work)

    def _works(self) -> dict[str, Any]:
        return {
            "rule.bring_into_force": self._rules,
            "city_order.issue": self._order,
            "flight.announce": self._announce,
            "requisition.order": self._requisition,
            "house.ready": self._ready,
            "checkpoint": lambda given, at: None,
            "release.run": lambda given, at: house_days.let_go(at),
            **{name: work for side in SIDES for name, work in side.works().items()},
        }

    def _of_flights(self) -> Iterator[Step]:
        for flight in self.flights.values():
            yield from (step for step in flight.steps() if step.act != "onward.depart" or flight.ends["onward"])
        for cabin in self.cabins.values():
            yield from cabin.steps()

    def _days(self) -> Iterator[Step]:
        day = self.start.replace(hour=0, minute=0)
        every = [*house_days.works(self.seed), *_daily_work(), *(act for side in SIDES for act in side.days(self.seed))]
        while day < self.end:
            for hour, act, work in every:
                hours, minutes = hour.split(":")
                yield Step(day + timedelta(hours=int(hours), minutes=int(minutes)), act, work)
            day += timedelta(days=1)

    def _flight(self, row: dict[str, Any]) -> FlightPlay:
        told = any(e["act"] == "flight.announce" and e["with"]["flight"] == row["id"] for e in self.written["events"])
        return FlightPlay(
            id=row["id"],
            number=row["flight"].replace("RUS-PEK", "SU204"),
            origin=row["from"],
            destination=row["to"],
            lands=moment(row["lands"]),
            passengers=row["passengers"],
            crew=row["crew"],
            ends=row["ends"],
            seed=self.seed,
            told_by_an_event=told,
        )

    def _rules(self, given: dict[str, Any], at: datetime) -> None:
        approver = acting("office2").user_id
        entry.bring_rules_into_force(
            actor=acting("office"), rules=given["rules"], approved_by=approver, since=at, at=at
        )

    def _order(self, given: dict[str, Any], at: datetime) -> None:
        entry.issue_city_order(
            actor=acting("office"), needs_place=True, waits_for_flight=True, text=str(given["order"]), at=at
        )

    def _announce(self, given: dict[str, Any], at: datetime) -> None:
        flight = self.flights.get(given["flight"])
        if flight:
            flight.announce(at)

    def _requisition(self, given: dict[str, Any], at: datetime) -> None:
        for code in given["houses"]:
            houses.order(self.houses[code], self.seed, at)

    def _ready(self, given: dict[str, Any], at: datetime) -> None:
        for code in given["houses"]:
            houses.open_house(code, at)
        houses.place_the_waiting(at)


def _daily_work() -> list[Day]:
    """The work that the house does once a day by itself, at its hours."""
    hours = sorted({f"{piece.at:%H:%M}" for piece in DAILY.values()})
    return [(hour, "daily.work", lambda at: run_due(actor=SYSTEM, at=at)) for hour in hours]


def _numbered(steps: list[Step]) -> Iterator[Step]:
    """Give each step its key: time and act, and a number where an act comes twice in a minute."""
    seen: Counter[str] = Counter()
    for step in steps:
        name = f"{step.at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M} {step.act}"
        seen[name] += 1
        yield replace(step, key=f"{name} {seen[name]}" if seen[name] > 1 else name)


def times(name: str) -> tuple[datetime, datetime, datetime]:
    """When a scenario begins, pauses and ends, without making its story."""
    clock = written(name)["clock"]
    return moment(clock["start"]), moment(clock["pause_at"][0]), moment(clock["end"])


def moment(text: str) -> datetime:
    """A time of the scenario, in the city's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
