"""Pronunciation notes such as 書(shū): told from real parentheses by the readings of the character before them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair

HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U000323af"
SYLLABLE = "[a-z\u00e0-\u00fc\u0101-\u01dc\u1e3f\u01f9\u0251\u0261\u0300-\u036f]{1,12}"
NOTES = re.compile(rf"(?P<sign>[{HAN}])(?P<notes>(?:[(（]{SYLLABLE}[)）])+)")
ONE = re.compile(rf"[(（]({SYLLABLE})[)）]")


def note_repairs(text: str) -> Iterator[Repair]:
    """Find the notes, repeated ones included. A string that is no reading of the character stays, and so does all
    behind it; so do upper case, digits and spaces.
    """
    kind = EditKind.NOTE
    known: dict[str, tuple[int, bool]] = {}  # few of them are different, and a long text holds many thousands
    for match in NOTES.finditer(text):
        written = match.group()
        if written not in known:
            known[written] = _read_notes(*match.groups())
        length, toned = known[written]
        if length:
            start = match.start(2)
            yield Repair(kind, start, start + length, "", toned)


def _read_notes(sign: str, notes: str) -> tuple[int, bool]:
    """Give how many of the signs behind a character are readings of it, and whether these carry tones."""
    length = 0
    for note in ONE.finditer(notes):
        if without_tone(note[1]) not in readings(sign):
            break
        length = note.end()
    return length, any(ord(letter) > 127 for letter in notes[1 : length - 1])


@lru_cache(maxsize=4_000)
def without_tone(syllable: str) -> str:
    """Give a syllable as a keyboard types it: lǜ and lv give lv, ɡōnɡ gives gong."""
    plain = unicodedata.normalize("NFD", syllable.replace("ɡ", "g").replace("ɑ", "a"))
    plain = plain.replace("u\u0308", "v")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def readings(sign: str) -> frozenset[str]:
    """Give every reading of a character without tones; ü is also read as u, since notes are often typed so."""
    from pypinyin.constants import PINYIN_DICT

    plain = {without_tone(one) for one in PINYIN_DICT.get(ord(sign), "").split(",") if one}
    return frozenset(plain | {one.replace("v", "u") for one in plain})


@cache
def first_reading(sign: str) -> str:
    """Give the reading that a converter without context takes, with its tone; empty for an unknown character."""
    from pypinyin.constants import PINYIN_DICT

    return str(PINYIN_DICT.get(ord(sign), "")).split(",", 1)[0]
