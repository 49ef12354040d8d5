"""How far two names agree: the first of a dozen levels that holds, from the same characters to nothing in common."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler, LCSseq

from hucheng.engines.linkage.english import english_words, heard_as, same_name
from hucheng.engines.linkage.foreign import consonants, without_articles
from hucheng.engines.linkage.names import Name, heard_pinyin
from hucheng.engines.linkage.readings import common_surnames, keys_abroad, surnames_abroad
from hucheng.engines.linkage.spellings import pinyin_letters

FEWEST_CONSONANTS = 5
"""Consonants that two names must share where vowels are left out: fewer are common to many names."""
_VOWEL = re.compile("[AEIOUY]")
NEAR, HALF = 0.94, 0.87
"""Jaro-Winkler similarities from which two spellings count as near, and as half near."""
_SKELETON = (
    ("CK", "K"), ("CA", "KA"), ("CO", "KO"), ("CU", "KU"), ("CL", "KL"), ("CR", "KR"),
    ("ZH", "J"), ("CH", "J"), ("SH", "S"), ("TH", "S"), ("PH", "F"), ("X", "S"), ("Q", "J"), ("C", "S"), ("Z", "S"),
    ("G", "K"), ("H", "K"), ("B", "P"), ("D", "T"), ("V", "F"), ("W", "F"), ("R", "L"),
)  # fmt: skip
"""Consonants that characters do not keep apart when they write a foreign name, one after another."""


class NameLevel(NamedTuple):
    """A level of agreement; shared is the characters or the key that both have, "" below full agreement."""

    level: str
    shared: str = ""


def name_level(a: Name, b: Name) -> NameLevel:
    """Compare two names; symmetric.

    The levels, from strong to weak: hanzi, sound (other characters, one spelling), letters (a spelling in common),
    heard, abroad (characters read in another country), prefix (a cut cell), subset (a name left out), consonants
    (Arabic script against Latin), nickname, married (a husband's surname before the own name), part (a given name left
    out), edit, near, onechar, halfnear, english (an English name heard in the characters), alike and somewhat (a
    foreign name written in characters), given, surname, else; null where one is not said.
    """
    if not a.said or not b.said:
        return NameLevel("null")
    if a.hanzi and a.hanzi == b.hanzi:
        return NameLevel("hanzi", a.hanzi)
    if common := a.keys & b.keys:
        return NameLevel("sound" if a.hanzi and b.hanzi else "letters", min(common))
    if a.hanzi and b.hanzi:
        return NameLevel(_of_characters(a, b))
    if a.hanzi or b.hanzi:
        return NameLevel(_across(a, b) if a.hanzi else _across(b, a))
    return NameLevel(_of_letters(*sorted((a, b), key=lambda name: name.joined)))


def _of_characters(a: Name, b: Name) -> str:
    if a.sounds & b.sounds:
        return "heard"
    if a.family == b.family:
        return _given_characters(a.given, b.given)
    if _married(a.hanzi, b.hanzi) or _married(b.hanzi, a.hanzi):
        return "married"
    if a.given == b.given and len(a.given) > 1:
        return "given"
    return "near" if _jaro(a.spellings[0].joined, b.spellings[0].joined) >= NEAR else "else"


def _married(one: str, other: str) -> bool:
    """Whether one name is a surname and the whole other name: 陈方安生 and 方安生."""
    return len(other) > 2 and one.endswith(other) and one.removesuffix(other) in common_surnames()


def _given_characters(one: str, other: str) -> str:
    if one in other or other in one:
        return "part"
    return "onechar" if len(one) == len(other) == 2 and set(one) & set(other) else "surname"


def _of_letters(a: Name, b: Name) -> str:
    if a.sounds & b.sounds:
        return "heard"
    if _cut_short(a, b) or _cut_short(b, a):
        return "prefix"
    if _one_inside_the_other(a, b):
        return "subset"
    if _same_consonants(a, b):
        return "consonants"
    if _short_form(a, b):
        return "nickname"
    if _one_edit(a.joined, b.joined):
        return "edit"
    sorted_words = ("".join(sorted(name.words)) for name in (a, b))
    likeness = max(_jaro(a.joined, b.joined), _jaro(*sorted_words))
    return "near" if likeness >= NEAR else _half_of_letters(a, b, likeness)


def _short_form(a: Name, b: Name) -> bool:
    """Whether a word is shared and the others hold two forms of one English name."""
    mine, theirs = english_words(a.words), english_words(b.words)
    if not mine or not theirs or not (common := a.words & b.words):
        return False
    return any(same_name(one, other) for one in mine - common for other in theirs - common)


def _same_consonants(a: Name, b: Name) -> bool:
    """Whether a word without a vowel, as Arabic script gives it, stands in one name, and all consonants agree."""
    if not _vowelless(a.words) and not _vowelless(b.words):
        return False
    one, other = (sorted(map(consonants, without_articles(name.words))) for name in (a, b))
    return one == other and len("".join(one)) >= FEWEST_CONSONANTS


@lru_cache(maxsize=100_000)
def _vowelless(words: frozenset[str]) -> bool:
    return any(len(word) > 2 and not _VOWEL.search(word) for word in words)


def _half_of_letters(a: Name, b: Name, likeness: float) -> str:
    """The levels below near: one part agrees, or both are half alike."""
    rest = _best_of_other_part(a, b)
    if rest is not None:
        if rest >= 0.72:
            return "near" if rest >= 0.85 else "halfnear"
        return "given" if a.first == b.first and len(a.first) > 3 else "surname"
    common = a.words & b.words
    if common:
        others = [_jaro(x, y) for x in a.words - common for y in b.words - common]
        return "near" if others and max(others) >= 0.85 else "surname"
    straight = _jaro(a.surname, b.surname) + _jaro(a.first, b.first)
    crossed = _jaro(a.surname, b.first) + _jaro(a.first, b.surname)
    return "halfnear" if max(straight, crossed) >= 1.75 or likeness >= HALF else "else"


def _best_of_other_part(a: Name, b: Name) -> float | None:
    """Where one part of the names agrees, in either order, how alike the other parts are; None where none agrees."""
    ways = (
        (a.surname, b.surname, a.first, b.first),
        (a.first, b.first, a.surname, b.surname),
        (a.surname, b.first, a.first, b.surname),
        (a.first, b.surname, a.surname, b.first),
    )
    found = [_jaro(rest, other) for one, same, rest, other in ways if one and one == same]
    return max(found, default=None)


def _cut_short(cut: Name, whole: Name) -> bool:
    """Whether a cut name begins the other; a machine-readable zone may cut the surname and the given names each."""
    if not cut.cut or len(cut.joined) <= 10:
        return False
    both = whole.surname.startswith(cut.surname) and whole.first.startswith(cut.first)
    return whole.joined.startswith(cut.joined) or both


def _one_inside_the_other(a: Name, b: Name) -> bool:
    if a.surname == b.surname and _starts(a.first, b.first):
        return True
    if a.first == b.first and len(a.first) > 2 and _starts(a.surname, b.surname):
        return True
    return _words_inside(a, b) or _words_inside(b, a)


def _starts(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and _begins(one, other)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _words_inside(few: Name, whole: Name) -> bool:
    """Whether every word of a name of two or more stands in the other, joined or not."""
    words = [word for word in few.words if len(word) > 1]
    return len(words) > 1 and all(word in whole.joined for word in words)


def _across(chinese: Name, latin: Name) -> str:
    """A name in characters against one in letters."""
    if chinese.sounds & latin.sounds:
        return "heard"
    if _read_abroad(chinese, latin):
        return "abroad"
    parts = [(latin.surname, latin.first), (latin.first, latin.surname)]
    whole = _whole_across(chinese, {surname + first for surname, first in parts})
    if whole == "edit":
        return "edit"
    if _given_left_out(chinese, parts):
        return "part"
    return "near" if whole == "near" or _half_across(chinese, parts) else _rest_across(chinese, latin)


def _whole_across(chinese: Name, written: set[str]) -> str:
    """How close a spelling of the characters comes to the letters: edit, near or ""."""
    found = ""
    for joined in {way.joined for way in chinese.spellings[:6]}:
        for text in written:
            if _one_edit(joined, text):
                return "edit"
            if _jaro(joined, text) >= NEAR:
                found = "near"
    return found


def _read_abroad(chinese: Name, latin: Name) -> bool:
    """Whether the letters are a reading of the characters in another country; most names fall out by the surname."""
    known = surnames_abroad(chinese.family)
    return (latin.surname in known or latin.first in known) and bool(latin.keys & keys_abroad(chinese.hanzi))


def _given_left_out(chinese: Name, parts: list[tuple[str, str]]) -> bool:
    """The surname equal, and one given name the beginning of the other."""
    for way in chinese.spellings[:6]:
        for surname, first in parts:
            if way.surname == surname and min(len(way.given), len(first)) > 1 and _begins(way.given, first):
                return True
    return False


def _half_across(chinese: Name, parts: list[tuple[str, str]]) -> bool:
    """One part equal and the other similar."""
    for way in chinese.spellings[:6]:
        for surname, first in parts:
            if way.surname == surname and _jaro(way.given, first) >= 0.8:
                return True
            if way.given == first and len(first) > 2 and _jaro(way.surname, surname) >= 0.7:
                return True
    return False


def _rest_across(chinese: Name, latin: Name) -> str:
    both = {latin.surname, latin.first}
    if any(way.surname in both for way in chinese.spellings):
        english = english_words(latin.words)
        return "english" if english and _heard_in(pinyin_letters(chinese.given), english) else "surname"
    if any(way.given in both and len(way.given) > 3 for way in chinese.spellings[:3]):
        return "given"
    heard = _skeleton(heard_pinyin(chinese))
    likeness = max(_in_common(heard, way) for way in _skeletons(latin))
    if len(heard) >= 3 and likeness >= 0.8:
        return "alike"
    return "somewhat" if len(heard) >= 2 and len(chinese.hanzi) >= 3 and likeness >= 0.66 else "else"


def _heard_in(given: str, english: frozenset[str]) -> bool:
    return any(heard_as(given, word) for word in english)


def _skeletons(latin: Name) -> list[str]:
    """The consonants of the whole name in both orders, and of each word alone: characters often give one only."""
    surname, first = _skeleton(latin.surname), _skeleton(latin.first)
    return [surname + first, first + surname, *map(_skeleton, sorted(latin.words))]


@lru_cache(maxsize=100_000)
def _skeleton(text: str) -> str:
    for written, heard in _SKELETON:
        text = text.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub("[AEIOUY]", "", text))


def _in_common(one: str, other: str) -> float:
    """The share of two skeletons that is common to both, in order (longest common subsequence, Dice)."""
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other)) if one and other else 0.0


def _one_edit(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return shorter >= 6 and longer - shorter <= 1 and OSA.distance(one, other, score_cutoff=1) <= 1


def _jaro(one: str, other: str) -> float:
    return float(JaroWinkler.similarity(one, other)) if one and other else 0.0
