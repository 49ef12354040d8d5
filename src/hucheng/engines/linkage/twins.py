"""Signs that two rows speak of two people of one family, and not of one person written twice.

A name or a number that differs may be an error; only what an error would not make counts here.
"""

from collections.abc import Collection

from rapidfuzz.distance import OSA

from hucheng.engines.linkage.names import Name

MISSPELLED = 0.75
"""The share of letters in common from which two given names may be one, misspelled: twins in pinyin (SIYU, SIQI) have
fewer, and slips of one letter in five have more."""
IN_A_ROW = 3
"""Numbers of a family's passports, issued at one counter on one day, are at most so far apart."""
Parts = tuple[str, str]


def other_given(a: Name, b: Name) -> bool:
    """Whether two names give two given names: both are told, in either order of the parts, and no slip of the pen
    makes one of the other. One that is missing, and another surname before the same given name, are no such sign."""
    if a.hanzi and b.hanzi:
        return _other_characters(a, b)
    return a.said and b.said and all(_other_letters(one, other) for one in _ways(a) for other in _ways(b))


def half_told(a: Name, b: Name) -> bool:
    """Whether one name is a single part, in letters, that is a part of the other, give or take a slip."""
    return _part_of(a, b) or _part_of(b, a)


def in_a_row(mine: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two numbers follow each other, as those of a family do that were issued together."""
    return any(_apart(one, other) in range(1, IN_A_ROW + 1) for one in mine for other in theirs)


def _other_characters(a: Name, b: Name) -> bool:
    if not a.given or not b.given or a.given in b.given or b.given in a.given:
        return False
    return a.given != b.given


def _part_of(single: Name, whole: Name) -> bool:
    if single.hanzi or bool(single.surname) == bool(single.first):
        return False
    told = single.joined
    return any(_alike(told, part) for way in _ways(whole) for part in way if part)


def _ways(name: Name) -> list[Parts]:
    """Surname and given name in letters: as written, or as the characters are usually spelled."""
    if name.first or name.surname:
        return [(name.surname, name.first)]
    return [(way.surname, way.given) for way in name.spellings[:3]]


def _other_letters(one: Parts, other: Parts) -> bool:
    (surname, given), (its_surname, its_given) = one, other
    if not given or not its_given or _alike(given, its_given):
        return False
    return not (_alike(given, its_surname) and _alike(surname, its_given))


def _alike(one: str, other: str) -> bool:
    return OSA.normalized_similarity(one, other) >= MISSPELLED or _begins(one, other)


def _begins(one: str, other: str) -> bool:
    """Whether one is the beginning of the other: an initial, a name cut off, a second given name left out."""
    return one.startswith(other) or other.startswith(one)


def _apart(one: str, other: str) -> int:
    """How far apart two numbers of one form are; 0 for numbers that are not."""
    head, its_head = one[:-4], other[:-4]
    tail, its_tail = one[-4:], other[-4:]
    if len(one) != len(other) or head != its_head or not (tail.isdecimal() and its_tail.isdecimal()):
        return 0
    return abs(int(tail) - int(its_tail))
