"""Slips of the pen that a text may hold: pointed at, never changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import ne

from hucheng.engines.minutes.notes import readings
from hucheng.engines.minutes.vocabulary import lists
from hucheng.engines.words.bilingual import Bilingual
from hucheng.engines.words.cities import MOVES, short_names

SHORTEST = 4
"""Fewer signs have too many honest neighbours."""
WHY = Bilingual("疑似错字：“{written}”或为“{meant}”。", "Suspected slip: “{written}” may be meant as “{meant}”.")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A stretch that may be a slip: `text[start:end] == written`, and what may be meant."""

    start: int
    end: int
    written: str
    meant: str

    @property
    def why(self) -> Bilingual:
        """The suspicion in one sentence."""
        return WHY.filled(written=self.written, meant=self.meant)


def suspects(text: str) -> tuple[Suspect, ...]:
    """Find expressions that differ from a fixed one (`data/fixed.yaml`) in one sign that sounds or looks the same.

    The short name of a place behind a verb of movement is no slip: 入京人员 is not meant as 入境人员, and 离并进京 is
    right. Each place is told once; the text stays as it is.
    """
    heads, tails = _halves()
    places = (match.start() for match in _pairs().finditer(text))
    likely = (at for at in places if (pair := text[at : at + 2]) in heads or pair in tails)
    found = {one.start: one for at in likely for one in _at(text, at)}
    return tuple(found[start] for start in sorted(found))


def _at(text: str, at: int) -> Iterator[Suspect]:
    """Find what stands where the first or the last two signs of a fixed expression are whole."""
    pair = text[at : at + 2]
    heads, tails = _halves()
    starts = [(at, word) for word in heads.get(pair, ())]
    starts += [(at + 2 - len(word), word) for word in tails.get(pair, ())]
    for start, word in starts:
        written = text[start : start + len(word)]
        if written != word and len(written) == len(word) and _is_slip(text, start, written, word):
            yield Suspect(start, start + len(word), written, word)


def _is_slip(text: str, start: int, written: str, word: str) -> bool:
    if sum(map(ne, written, word)) != 1:
        return False
    at = next(at for at, sign in enumerate(word) if written[at] != sign)
    if written[at] in short_names() and text[start + at - 1 : start + at] in tuple(MOVES):
        return False
    return bool(readings(written[at]) & readings(word[at])) or _look_alike(written[at], word[at])


def _look_alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in lists("fixed")["lookalikes"])


@cache
def _pairs() -> re.Pattern[str]:
    """Give a quick look for any two signs that may begin or end a fixed expression."""
    pairs = [pair for half in _halves() for pair in half]
    return re.compile(f"[{''.join({one[0] for one in pairs})}](?=[{''.join({one[1] for one in pairs})}])")


@cache
def _halves() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for word in lists("fixed")["expressions"]:
        if len(word) >= SHORTEST:
            heads.setdefault(word[:2], []).append(word)
            tails.setdefault(word[-2:], []).append(word)
    return heads, tails
