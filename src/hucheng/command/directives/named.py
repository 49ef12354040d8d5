"""Which bodies of the city the words of the minutes name: each actor as written, with the bodies it stands for.

A name of the city's own register counts as it stands. Otherwise the engine says what kind of body is meant, and
`data/bodies.csv`, the project's own, says who that is here; it also holds words for those whom a body answers for.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hucheng.command.directives.units import PATTERN
from hucheng.core.places.models import Organisation
from hucheng.engines import minutes

TABLE = Path(__file__).parent / "data" / "bodies.csv"
EVERYBODY = "group.everyone"
COUNTY_LEVELS = frozenset("县区")
PROVINCE = "省"


@dataclass(frozen=True, slots=True)
class Named:
    """One actor as written and the bodies it stands for, the likeliest first; none where nobody here is meant.

    general  whether everybody is meant: its bodies are offered, but not chosen before a person does
    """

    written: str
    units: tuple[str, ...]
    general: bool = False


def named_in(actors: Iterable[str], known: Mapping[str, Organisation]) -> tuple[Named, ...]:
    """Resolve each actor of a directive, in the order of the text."""
    own = _own_names(known)
    return tuple(_named(one, own, known) for one in actors)


def lead_and_supports(named: Sequence[Named], lead: str, supports: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Put the bodies that the text names before those of the catalogue (`lead`, empty for none, and `supports`).

    The first body of the city that is named leads; patterns over the counties support, as they never lead.
    """
    said = [unit for one in named if not one.general for unit in one.units]
    first = next((unit for unit in said if not unit.startswith(PATTERN)), lead)
    rest = dict.fromkeys(unit for unit in (*said, lead, *supports) if unit and unit != first)
    return first, tuple(rest)


def offered(named: Sequence[Named]) -> list[str]:
    """Every body named, each once, in the order of the text."""
    return list(dict.fromkeys(unit for one in named for unit in one.units))


def _named(written: str, own: Mapping[str, str], known: Mapping[str, Organisation]) -> Named:
    code = own.get(written) or own.get(written.lower().removeprefix("the "))
    if code is not None:
        return Named(written, () if code.startswith("C-") else (code,))
    body = minutes.body_of(written)
    kind, level = (body.code, body.level) if body else (_words().get(written, ""), "")
    if level == PROVINCE:
        return Named(written, ())
    units = [unit for unit in _table().get(kind, ()) if unit.startswith(PATTERN) or unit in known]
    units.sort(key=lambda unit: unit.startswith(PATTERN) != (level in COUNTY_LEVELS))
    return Named(written, tuple(units), kind == EVERYBODY)


def _own_names(known: Mapping[str, Organisation]) -> dict[str, str]:
    """Names of the register, in Chinese with and without the city in front, in English with and without its article and
    in small letters; a name that two bodies share names neither.
    """
    found: dict[str, set[str]] = {}
    for code, body in known.items():
        english = body.name_en.lower().removeprefix("the ")
        for name in (body.name_zh, body.name_zh.removeprefix("市"), english, english.removeprefix("municipal ")):
            found.setdefault(name, set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {row["body"]: tuple(row["units"].split()) for row in _rows()}


@cache
def _words() -> dict[str, str]:
    return {word: row["body"] for row in _rows() for word in row["words"].split()}


@cache
def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
