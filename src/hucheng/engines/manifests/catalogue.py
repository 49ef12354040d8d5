"""The catalogue of problems: code, weight, meaning and remedy in both languages, from `problems.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hucheng.engines.manifests.records import ManifestUnreadable, Problem
from hucheng.engines.words.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of problem; the texts have places such as `{value}`."""

    fatal: bool
    why: Bilingual
    do: Bilingual


@cache
def catalogue() -> dict[str, Entry]:
    """Give every kind of problem by its code."""
    with files(__package__).joinpath("problems.csv").open(encoding="utf-8") as stream:
        return {row["code"]: _entry(row) for row in csv.DictReader(stream)}


def _entry(row: dict[str, str]) -> Entry:
    return Entry(row["fatal"] == "1", Bilingual(row["why_zh"], row["why_en"]), Bilingual(row["do_zh"], row["do_en"]))


def problem(
    code: str, *, line: int = 0, field: str = "", value: object = "", person: int | None = None, **facts: Any
) -> Problem:
    """Make one problem of the catalogue, its texts filled with `value` and the facts.

    A fact named `fatal` overrides the weight of the catalogue; `texts` fills places without becoming a fact.
    Raises KeyError for an unknown code.
    """
    entry = catalogue()[code]
    fatal = bool(facts.pop("fatal", entry.fatal))
    places = {"value": shortened(str(value)), **facts, **facts.pop("texts", {})}
    why, do = entry.why.filled(**places), entry.do.filled(**places)
    return Problem(code, line, field, str(value)[:500], why, do, fatal, person, tuple(facts.items()))


def shortened(text: str, limit: int = 60) -> str:
    """Cut a long value so that a sentence with it stays readable."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def unreadable(code: str, **facts: Any) -> ManifestUnreadable:
    """Make the refusal of a whole file."""
    return ManifestUnreadable(problem(code, **facts))
