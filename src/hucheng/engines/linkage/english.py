"""English given names: their short forms, and characters in which one is heard."""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from hucheng.engines.linkage.tables import table

HEARD = 0.85
"""Jaro-Winkler similarity from which a given name in pinyin is heard as an English one: AIMI as EMILY."""
_SOUNDS = (
    ("CK", "K"), ("ZH", "J"), ("PH", "F"), ("AI", "E"), ("EI", "E"), ("IE", "E"), ("AO", "O"), ("OU", "O"), ("UO", "O"),
    ("SH", "S"), ("Y", "I"), ("V", "W"), ("X", "S"), ("Q", "J"),
)  # fmt: skip
"""Spellings of pinyin and of English that are said alike, one after another."""


def is_english(word: str) -> bool:
    """Whether a word in capitals is an English given name or the short form of one."""
    return word in _names()


@lru_cache(maxsize=100_000)
def english_words(words: frozenset[str]) -> frozenset[str]:
    """The words of a name that are English given names or short forms."""
    return frozenset(word for word in words if is_english(word))


def same_name(one: str, other: str) -> bool:
    """Whether two words can be forms of one English given name: BOB and ROBERT, LIZ and BETH, SAM and SAMUEL."""
    return bool(_names().get(one, frozenset()) & _names().get(other, frozenset()))


def heard_as(pinyin: str, english: str) -> bool:
    """Whether a given name in pinyin sounds like an English one; weak evidence, since many names sound alike."""
    one, other = _heard(pinyin), _heard(english)
    if min(len(one), len(other)) < 2:
        return False
    bare, same = (re.sub("[AEIOU]", "", text) for text in (one, other))
    if len(bare) > 1 and bare == same:
        return True
    return float(JaroWinkler.similarity(one, other)) >= HEARD


def _heard(text: str) -> str:
    text = re.sub("C(?=[EIY])", "S", text)
    for written, said in _SOUNDS:
        text = text.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def _names() -> dict[str, frozenset[str]]:
    """The full names of every word: of a full name itself, of a short form each name that it is short for."""
    found: dict[str, set[str]] = {}
    for row in table("english.csv"):
        for word in (row["name"], *row["short"].split()):
            found.setdefault(word, set()).add(row["name"])
    return {word: frozenset(names) for word, names in found.items()}
