"""Whether two directives are the same demand, worded twice: by the words they share and what they ask for."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from hucheng.engines.minutes.alike import bare
from hucheng.engines.minutes.english_alike import content, is_english
from hucheng.engines.minutes.english_alike import light as english_light
from hucheng.engines.minutes.judge import deadline
from hucheng.engines.minutes.records import Directive
from hucheng.engines.minutes.vocabulary import lists, words

SAME = 0.4
"""From this likeness on, two directives count as one demand (set on invented pairs, held to others in the tests)."""
TEXT = 0.9
WEIGHTS = {"actors": 0.04, "deadline": 0.03, "modality": 0.03}
"""What agrees beside the text; with the text it makes 1."""
LIGHT = 0.3
"""Weight of two signs of a word that many demands share (做好, 管理), against 1 for any other."""


def likeness(first: Directive, second: Directive) -> float:
    """Give how alike two directives are, from 0 to 1: nine tenths by their text, the rest by what agrees."""
    text = text_likeness(first.text_clean, second.text_clean)
    return round(TEXT * text + sum(WEIGHTS[field] for field in agreeing(first, second)), 4)


def agreeing(first: Directive, second: Directive) -> list[str]:
    """Name what two directives have in common beside their text."""
    same = {
        "actors": frozenset(first.actors) == frozenset(second.actors),
        "deadline": first.deadline == second.deadline,
        "modality": first.modality == second.modality,
    }
    return [field for field, yes in same.items() if yes]


def text_likeness(first: str, second: str) -> float:
    """Give how alike two demands are by their words alone: 1 for the same words, 0 for none in common.

    Pairs of neighbouring signs, weighted: half of Dice's share of both and half of the share of the shorter one, which
    a demand that only grew longer keeps. Subjects stay; 要, adverbs, time words and marks do not count.
    """
    if bare(first) == bare(second):
        return 1.0
    ours, theirs = grams(first), grams(second)
    common, one, other = (_weight(part) for part in (ours & theirs, ours, theirs))
    if not common:
        return 0.0
    return common / (one + other) + common / min(one, other) / 2


@lru_cache(maxsize=10_000)
def grams(text: str) -> Counter[str]:
    """Count the pairs of neighbouring signs of a demand (in English its words) without what carries no matter."""
    if is_english(text):
        return content(text)
    core = bare(text)
    if time_word := deadline(core):
        core = core.replace(time_word, "")
    core = re.sub(f"^(?:要|必须|务必|在|{words('verbs', 'adverbs')})+", "", core)
    core = re.sub(words("compare", "fillers"), "", core)
    return Counter(core[at : at + 2] for at in range(max(1, len(core) - 1)) if core)


def signs(text: str) -> set[str]:
    """Give what two demands must share one of to be alike at all."""
    return {*grams(text), bare(text)}


def _weight(counted: Mapping[str, int]) -> float:
    return sum(number * (LIGHT if pair in _light() else 1.0) for pair, number in counted.items())


@cache
def _light() -> frozenset[str]:
    every = [*lists("compare")["light"], *lists("verbs")["verbs"]]
    return frozenset(word[at : at + 2] for word in every for at in range(len(word) - 1)) | english_light()
