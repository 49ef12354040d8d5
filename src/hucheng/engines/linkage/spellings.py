"""How one Chinese name is spelled in Latin letters: on passports of the mainland, of Taiwan and of Hong Kong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from types import MappingProxyType

from hucheng.engines.linkage.tables import table
from hucheng.engines.words.names import split_chinese, surnames
from hucheng.engines.words.script import converter

GIVEN_SPELLINGS = 20
"""How many combinations of Hong Kong spellings of a given name are kept; two characters rarely have more."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Surname and given name in capitals A to Z, joined; the official spelling of a passport comes first."""

    surname: str
    given: str

    @property
    def joined(self) -> str:
        """The whole name, surname first."""
        return self.surname + self.given


@lru_cache(maxsize=200_000)
def simplified(text: str) -> str:
    """A name in simplified characters, with variants made one: surnames that clerks write with another character of the
    same sound, and forms of one character that the tables of simplification leave alone (`data/variants.csv`)."""
    return str(converter("t2s").convert(text)).translate(_variants())


@lru_cache(maxsize=200_000)
def spellings(name_zh: str) -> tuple[Spelling, ...]:
    """Give the Latin spellings of a Chinese name, the mainland's passport first, each once.

    Pinyin with the surname's own reading, its common misreading, LU and LV for LYU; Wade-Giles (Taiwan); the Hong Kong
    Government's way over Jyutping. Sources: GB/T 28039-2011 for pinyin of names, the ALA-LC table for Wade-Giles,
    the romanisation in use at the Hong Kong Immigration Department (several spellings a syllable) for Hong Kong.
    Spellings of further countries are compared only (readings.py): as keys they would slow every look-up.
    """
    surname, given = split_chinese(name_zh)
    if not surname:
        return ()
    return tuple(dict.fromkeys([*_mainland(surname, given), _taiwan(surname, given), *_hong_kong(surname, given)]))


def pinyin_letters(text: str) -> str:
    """The pinyin of a text in capitals, ü written YU after L and N."""
    return "".join(_umlaut(syllable) for syllable in _syllables(text)).upper()


def _mainland(surname: str, given: str) -> Iterator[Spelling]:
    official = Spelling("".join(_umlaut(one) for one in _surname_syllables(surname)).upper(), pinyin_letters(given))
    yield official
    for other in _surname_table().get(surname, ("", ""))[1].split():
        yield Spelling(other.upper(), official.given)
    for written in ("LU", "LV"):
        yield Spelling(_without_umlaut(official.surname, written), _without_umlaut(official.given, written))


def _taiwan(surname: str, given: str) -> Spelling:
    first, second = (
        "".join(_wade_giles(one) for one in syllables) for syllables in (_surname_syllables(surname), _syllables(given))
    )
    return Spelling(first.upper(), second.upper())


def _hong_kong(surname: str, given: str) -> Iterator[Spelling]:
    known = _surname_table().get(surname, ("", ""))[0].split()
    firsts = known or list(islice(map("".join, product(*(_cantonese(sign)[:2] for sign in surname))), 3))
    choices = [[*_cantonese(sign), pinyin_letters(sign)] for sign in given]
    for second in islice(map("".join, product(*choices)), GIVEN_SPELLINGS):
        for first in firsts:
            yield Spelling(first, second)


def _wade_giles(syllable: str) -> str:
    """One syllable without apostrophes, which passports drop."""
    known = _wade_giles_table()
    if syllable in known["syllable"]:
        return known["syllable"][syllable]
    syllable = re.sub(r"^([jqx])u", r"\1v", _umlaut(syllable))
    start = next((one for one in known["initial"] if syllable.startswith(one)), "")
    end = syllable[len(start) :].replace("v", "u")
    return known["initial"].get(start, "") + known["final"].get(end, end)


@lru_cache(maxsize=30_000)
def _cantonese(sign: str) -> tuple[str, ...]:
    """Hong Kong spellings of one character, its two commonest readings; its pinyin where it has none."""
    from ToJyutping import get_jyutping_candidates

    readings = get_jyutping_candidates(sign)
    heard = (readings[0][1] if readings else None) or []
    found = dict.fromkeys(spelled for reading in heard[:2] for spelled in _hong_kong_syllable(reading.rstrip("123456")))
    return tuple(found) or (pinyin_letters(sign),)


@cache
def _hong_kong_syllable(jyutping: str) -> tuple[str, ...]:
    known = _hong_kong_table()
    if jyutping in known["syllable"]:
        return tuple(known["syllable"][jyutping])
    start = next((one for one in known["initial"] if jyutping.startswith(one) and jyutping != one), "")
    ends = known["final"].get(jyutping[len(start) :], [jyutping[len(start) :].upper()])
    return tuple(first + end for first in known["initial"].get(start, [""]) for end in ends)


@lru_cache(maxsize=100_000)
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text, errors="ignore"))


def _surname_syllables(surname: str) -> tuple[str, ...]:
    return surnames().get(surname) or _syllables(surname)


def _umlaut(syllable: str) -> str:
    return re.sub(r"^([ln])[üv]", r"\1yu", syllable)


def _without_umlaut(spelled: str, written: str) -> str:
    return spelled.replace("LYU", written).replace("NYU", written.replace("L", "N"))


@cache
def _variants() -> dict[int, str]:
    return str.maketrans({row["written"]: row["same"] for row in table("variants.csv")})


@cache
def _surname_table() -> MappingProxyType[str, tuple[str, str]]:
    rows = table("surnames_spelled.csv")
    return MappingProxyType({row["surname"]: (row["spellings"], row["misread"]) for row in rows})


@cache
def _wade_giles_table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in table("wade_giles.csv"):
        found.setdefault(row["kind"], {})[row["pinyin"]] = row["wade_giles"]
    return found


@cache
def _hong_kong_table() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in table("hong_kong.csv"):
        found.setdefault(row["kind"], {})[row["jyutping"]] = row["spellings"].split()
    return found
