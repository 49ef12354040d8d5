"""Addresses as lists write them, brought to parts that can be compared: the house, its street, the place, the region.

A Chinese address begins with divisions from the large to the small (省, 市, 县, 街道) and ends with road and number; a
western list has lines of number and street, then locality, postcode and state in cells of their own.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from hucheng.engines.linkage.fields import plain
from hucheng.engines.linkage.spellings import simplified
from hucheng.engines.linkage.tables import table

ALIKE, LONG = 0.8, 5
"""The share of letters that two spellings of one street or place have in common; shorter names must be equal."""
DIVISIONS = re.compile(
    r"(?P<region>(?:[^\d省市]{2,7}(?:省|自治区)|北京市?|上海市?|天津市?|重庆市?(?=[^\d市]*[区县]))?)"
    r"(?P<city>(?:[^\d市区县路街]{1,7}[市州盟])?)"
    r"(?P<county>(?:[^\d路街号]{1,4}?(?:(?<![社小园校院厂])区|县|市|旗))?)"
    r"(?P<town>(?:[^\d路号]{1,7}?(?:街道(?:办事处)?|[^\d路号]镇|[^\d路号]乡|苏木))?)"
)
"""GB/T 2260 names a province, a city and a county; towns and street offices follow (GB/T 10114)."""
_WORDS = re.compile(r"[^\W\d_]+")
_HANZI = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Address:
    """Parts of an address in one form, "" where the list does not say them.

    lines      the letters of each line: a street, a building, a village
    house      the first number
    locality   suburb, town or street office; postcode; region: the province or state
    """

    lines: tuple[str, ...] = ()
    house: str = ""
    locality: str = ""
    postcode: str = ""
    region: str = ""

    @property
    def homes(self) -> frozenset[str]:
        """The keys of the home: each line with the number of the house."""
        return frozenset(f"{line} {self.house}" for line in self.lines) if self.house else frozenset()


NOTHING = Address()


@lru_cache(maxsize=100_000)
def read_address(lines: tuple[str, ...], locality: str = "", postcode: str = "", region: str = "") -> Address:
    """Bring an address to its parts; divisions inside a Chinese line stand in for cells that are empty."""
    told = [simplified(unicodedata.normalize("NFKC", line)) if is_chinese(line) else line for line in lines]
    split = [divided(line) for line in told if is_chinese(line)]
    towns = (parts["town"] for parts in split if parts["town"])
    regions = (parts["region"] for parts in split if parts["region"])
    streets = tuple(dict.fromkeys(filter(None, map(_letters, told))))
    return Address(
        lines=streets,
        house=next((number for line in told for number in re.findall(r"\d+", line)), ""),
        locality=plain(locality) or next(towns, ""),
        postcode=plain(postcode),
        region=plain(region) or next(regions, ""),
    )


def is_chinese(line: str) -> bool:
    """Whether a line is written in characters."""
    return _HANZI.search(line) is not None


def divided(address: str) -> dict[str, str]:
    """Give `region`, `city`, `county` and `town` with which a Chinese address begins, and the `rest`."""
    text = re.sub(r"\s", "", address)
    match = DIVISIONS.match(text)
    parts = match.groupdict() if match else {}
    return parts | {"rest": text[match.end() :] if match else text}


def county_of(lines: Iterable[str]) -> str:
    """The county, county-level city or district that the lines of a Chinese address name; "" where they name none."""
    split = (divided(line) for line in lines if is_chinese(line))
    named = (parts["county"] or (parts["city"] if parts["city"].endswith("市") else "") for parts in split)
    return next(filter(None, named), "")


def address_level(a: Address, b: Address) -> str:
    """Compare two addresses as a whole, since its parts do not speak for themselves: who shares a street shares its
    place.

    home (street and house), homelike (all but one part, or street and building), street, place (locality and
    postcode), part (one of the two, or a street of another place), region, else; null where they say nothing of one
    kind.
    """
    if NOTHING in (a, b):
        return "null"
    lines, house = _lines(a, b), _number_alike(a.house, b.house)
    street = None if lines is None else lines > 0
    locality, postcode = _named_alike(a.locality, b.locality), _number_alike(a.postcode, b.postcode)
    places = {locality, postcode}
    elsewhere = False in places and True not in places
    if street and house and not elsewhere:
        return "home"
    if (locality and postcode and (house or (street and house is None))) or _building(lines, house, elsewhere):
        return "homelike"
    if street and not elsewhere:
        return "street"
    if places == {True}:
        return "place"
    if street or True in places:
        return "part"
    return _by_region(a, b, silent=street is None and places == {None})


def _by_region(a: Address, b: Address, *, silent: bool) -> str:
    region = _named_alike(a.region, b.region)
    if region:
        return "region"
    return "null" if silent and region is None else "else"


def _lines(a: Address, b: Address) -> int | None:
    """How many lines of one are lines of the other; lists put the building before the street or after it. A street
    with a number and the name of a community, both in characters, cannot be compared."""
    if not a.lines or not b.lines:
        return None
    common = min(
        sum(any(_alike(one, other) for other in theirs) for one in mine)
        for mine, theirs in ((a.lines, b.lines), (b.lines, a.lines))
    )
    community = bool(a.house) != bool(b.house) and is_chinese(a.lines[0]) and is_chinese(b.lines[0])
    return None if community and not common else common


def _building(lines: int | None, house: bool | None, elsewhere: bool) -> bool:
    """Whether street and building agree, in one place or with one number."""
    return (lines or 0) > 1 and (bool(house) or not elsewhere)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= LONG and OSA.normalized_similarity(one, other, score_cutoff=ALIKE) > 0


def _named_alike(one: str, other: str) -> bool | None:
    return _alike(one, other) if one and other else None


def _number_alike(one: str, other: str) -> bool | None:
    """Postcodes and numbers of houses; two figures exchanged or one left out say nothing, being slips as often as not.
    Another last figure is the neighbour."""
    slip = one != other and (sorted(one) == sorted(other) or len(one) != len(other))
    if not one or not other or (slip and OSA.distance(one, other, score_cutoff=1) <= 1):
        return None
    return one == other


def _letters(line: str) -> str:
    """The letters of a line without divisions and numbers: of a Chinese one those before the number of the house."""
    if is_chinese(line):
        rest = divided(line)["rest"]
        return plain(re.split(r"\d", rest, maxsplit=1)[0])
    words = _WORDS.findall(unicodedata.normalize("NFKC", line).casefold())
    return "".join(_in_full(words))


def _in_full(words: Iterable[str]) -> Iterable[str]:
    """Words of a street in full: `st` is `street` behind a name and `saint` before one, where it stays as it is."""
    for place, word in enumerate(words):
        yield _long().get(word, word) if place else word


@cache
def _long() -> dict[str, str]:
    """Short forms of street words in English (Australia Post's and the United States Postal Service's lists)."""
    return {row["short"]: row["long"] for row in table("street_words.csv")}
