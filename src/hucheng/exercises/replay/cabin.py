"""Invented people for the seats of a cabin: party, age band and nationality are the file's, the rest is drawn."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hucheng.engines.manifests import Document, Traveller
from hucheng.exercises.replay.people import GIVEN, SURNAMES

ABROAD = ("ORLOV", "SMIRNOV", "VOLKOV", "SOKOLOV")
AGES = {"0-5": (1, 5), "6-13": (6, 13), "14-17": (14, 17), "18-39": (18, 39), "40-59": (40, 59), "60-69": (60, 69),
        "70+": (70, 82)}  # fmt: skip


def cabin_people(cabin: Sequence[Mapping[str, Any]], *, seed: int, day: date) -> list[Traveller]:
    """One traveller a seat. Same seed, same people."""
    rng = random.Random(f"{seed}/people")
    return [_traveller(rng, number, seat, day) for number, seat in enumerate(cabin)]


def _traveller(rng: random.Random, number: int, seat: Mapping[str, Any], day: date) -> Traveller:
    low, high = AGES[seat["age_band"]]
    own = seat["nationality"] == "CHN"
    return Traveller(
        number=number + 1,
        kind="passenger",
        surname=rng.choice(list(SURNAMES.values())) if own else rng.choice(ABROAD),
        given=" ".join(GIVEN[sign] for sign in rng.sample(list(GIVEN), 2)),
        sex=seat["sex"],
        birth=date(day.year - rng.randint(low, high) - 1, rng.randint(5, 12), rng.randint(1, 28)),
        nationality=seat["nationality"],
        document=Document("P", f"ZT{day:%m%d}0{number:04}", date(day.year + 4, 6, 1), seat["nationality"]),
        seat=seat["seat"],
        pnr=seat["party"],
        embark="SVO",
        debark="PEK",
    )
