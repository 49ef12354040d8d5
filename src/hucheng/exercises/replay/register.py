"""The register in the story: clerks find out which county answers for those who did not say."""

import random
from datetime import datetime
from functools import partial

from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.replay.timeline import Day, Work
from hucheng.people import door as people

FOUND = 0.9
"""Share of the queue that a day of calls settles (story, invented)."""


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {}


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return [("19:00", "homes.settle", partial(settle, seed))]


def settle(seed: int, at: datetime) -> None:
    """Call those in the queue; most name a county, drawn by population."""
    counties = counties_of(CITY)
    weights = [county.population or 0 for county in counties]
    homes = {}
    for person in people.without_county(SYSTEM):
        rng = random.Random(f"{seed}/{person.document_number}")
        if rng.random() < FOUND:
            homes[person.pk] = rng.choices(counties, weights)[0].code
    if homes:
        people.settle_homes(actor=acting("office"), homes=homes, why="电话核实 by telephone", at=at)
