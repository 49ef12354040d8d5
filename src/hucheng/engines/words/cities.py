"""Chinese cities: their names, the province each lies in, and the one-character names that papers use for them."""

import csv
import re
from collections import Counter
from functools import cache
from importlib.resources import files

MOVES = "入离返来抵在赴进到出留"
"""Verbs of movement or stay: only behind one of them is a single character the name of a place."""


@cache
def provinces_by_city() -> dict[str, str]:
    """Give the province of each city at prefecture level (and some border cities below it), names without 市."""
    with files(__package__).joinpath("cities.csv").open(encoding="utf-8") as stream:
        return {city: row["province"] for row in csv.DictReader(stream) for city in row["cities"].split()}


@cache
def short_names() -> dict[str, str]:
    """Give the place that each one-character name stands for: 并 is 太原, 沪 is 上海."""
    with files(__package__).joinpath("cities_short.csv").open(encoding="utf-8") as stream:
        return {row["short"]: row["name_zh"] for row in csv.DictReader(stream)}


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(provinces_by_city(), key=len, reverse=True)
    return re.compile("|".join(longest_first))


def cities_named(text: str) -> Counter[str]:
    """Count the cities that a text names in full: 太原市 and 太原 are both 太原."""
    return Counter(_names().findall(text))


def places_by_short_name(text: str) -> Counter[str]:
    """Count the places meant by one character behind a verb of movement: 离并进京 names 太原 and 北京."""
    pattern = f"(?<=[{MOVES}])[{''.join(short_names())}](?![一-鿿]?[市省县区])"
    return Counter(short_names()[sign] for sign in re.findall(pattern, text))
