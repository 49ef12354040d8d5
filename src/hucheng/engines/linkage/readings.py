"""How a Chinese name is read and spelled outside China: in Singapore and Malaysia, in Korea and in Vietnam."""

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice, product

from hucheng.engines.linkage.spellings import pinyin_letters
from hucheng.engines.linkage.tables import table
from hucheng.engines.words.names import split_chinese

WAYS = ("straits", "korean", "vietnamese")
"""The tables `data/read_*.csv`. Straits: Hokkien, Teochew and Cantonese as Singapore and Malaysia spell them, by use
and not by rule; Korean: readings of hanja as passports spell them, by use and by the rules of 2000; Vietnamese:
Sino-Vietnamese readings, without the signs over and under letters, which passports drop. Of Japanese names only
surnames are read (`read_japanese.csv`): given names have too many readings."""
MOST = 24
"""Spellings of one name that are kept of one way; names of two characters rarely have more."""


@cache
def common_surnames() -> frozenset[str]:
    """Chinese surnames of the tables: those that many people have."""
    return frozenset(surname for way in WAYS for surname in _read(way)["surname"])


def surname_as_abroad(surname: str) -> tuple[str, ...]:
    """How Japanese and Koreans spell a surname that a list has in characters, the commonest first."""
    return (*_read("japanese")["surname"].get(surname, ()), *_read("korean")["surname"].get(surname, ()))


@lru_cache(maxsize=20_000)
def surnames_abroad(surname: str) -> frozenset[str]:
    """Every spelling abroad of a Chinese surname."""
    return frozenset(spelled for way in WAYS for spelled in _read(way)["surname"].get(surname, ()))


@lru_cache(maxsize=50_000)
def keys_abroad(name_zh: str) -> frozenset[str]:
    """The sorted letters of every spelling abroad of a Chinese name; a way that lacks one of its characters has none.

    In Singapore and Malaysia a given name is as often spelled in pinyin, after a surname that is not.
    """
    surname, given = split_chinese(name_zh)
    joined = [spelled for way in WAYS for spelled in _spelled(_read(way), surname, given)]
    joined += [spelled + pinyin_letters(given) for spelled in _read("straits")["surname"].get(surname, ())]
    return frozenset("".join(sorted(spelled)) for spelled in joined)


def _spelled(known: Mapping[str, Mapping[str, tuple[str, ...]]], surname: str, given: str) -> list[str]:
    parts = [known["surname"].get(surname, ()), *(known["given"].get(sign, ()) for sign in given)]
    return ["".join(one) for one in islice(product(*parts), MOST)] if given else []


@cache
def _read(way: str) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {"surname": {}, "given": {}}
    for row in table(f"read_{way}.csv"):
        for signs in row["signs"].split():
            found[row["part"]][signs] = tuple(row["spellings"].split())
    return found
