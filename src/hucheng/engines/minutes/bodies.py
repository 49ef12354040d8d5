"""Who is named as responsible, found in a register of the bodies of a city or county; groups have their members."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.resources import files

from hucheng.engines.words.bilingual import Bilingual

LEVELS = re.compile(r"^(?:全|本|我)?(?P<level>[省市县区州])?(?:级)?")
CITY = re.compile(r"^[一-鿿]{2,4}(?P<level>[省市县区州])(?=.{2,})")


@dataclass(frozen=True, slots=True)
class Body:
    """One actor as written, resolved: code and name of the register, whether it is a group, and whom a group holds.

    level  the level of government that the text names (市, 县 …), empty where it names none
    """

    written: str
    code: str
    name: Bilingual
    level: str = ""
    members: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether the words stand for many bodies."""
        return self.code.startswith("group.")

    def as_dict(self) -> dict[str, object]:
        """Give the body ready for JSON."""
        return asdict(self) | {"members": list(self.members)}


@lru_cache(maxsize=4_000)
def body_of(written: str) -> Body | None:
    """Find an actor in the register; None where the register does not know it.

    Groups come first (各县区 are all counties), then names as they stand, then names behind the level or the city.
    """
    plain = written.translate(str.maketrans("()", "（）"))
    for name, level in _readings(plain):
        if found := _groups().get(name):
            code, named, members = found
            return Body(written, f"group.{code}", named, level, members)
        if body := _bodies().get(name):
            return Body(written, body[0], body[1], level)
    return None


def _readings(name: str) -> list[tuple[str, str]]:
    """Give the name as it stands, without its level, without its city, each with the level that was taken off."""
    readings = [(name, "")]
    for pattern in (LEVELS, CITY):
        match = pattern.match(name)
        if match and match.end() and match.end() < len(name):
            readings.append((name[match.end() :], match["level"] or ""))
    return readings


def led_and_supported(
    actors: Sequence[str], leads: Sequence[str], resolve: Callable[[str], Body | None] = body_of
) -> tuple[Body | None, tuple[Body, ...]]:
    """Give who leads and who supports: whom the text calls leading, else the first body named; a group never leads
    where a body of the register is named beside it.

    resolve  finds an actor in the register, in the language of the text
    """
    found = [body for one in actors if (body := resolve(one))]
    first = next((one for one in found if one.written in leads), None)
    lead = first or next((one for one in found if not one.is_group), next(iter(found), None))
    return lead, tuple(one for one in found if one is not lead)


@cache
def register() -> dict[str, Bilingual]:
    """Give the codes of the register with their names, groups not among them."""
    return {row["code"]: Bilingual(row["zh"], row["en"]) for row in _rows("organisations")}


@cache
def groups() -> dict[str, tuple[Bilingual, tuple[str, ...]]]:
    """Give the codes of the groups with their names and whom each holds."""
    return {row["code"]: (Bilingual(row["zh"], row["en"]), tuple(row["members"].split())) for row in _rows("groups")}


@cache
def _bodies() -> dict[str, tuple[str, Bilingual]]:
    return {
        name: (row["code"], Bilingual(row["zh"], row["en"]))
        for row in _rows("organisations")
        for name in row["names"].split()
    }


@cache
def _groups() -> dict[str, tuple[str, Bilingual, tuple[str, ...]]]:
    return {
        name: (row["code"], Bilingual(row["zh"], row["en"]), tuple(row["members"].split()))
        for row in _rows("groups")
        for name in row["names"].split()
    }


def _rows(name: str) -> list[dict[str, str]]:
    with files(__package__).joinpath(f"data/{name}.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))
