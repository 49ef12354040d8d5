"""Which language a text is written in, told from its sentences."""

import re
from enum import StrEnum

from hucheng.engines.minutes.notes import NOTES

SEEN = 20_000
"""Signs that are looked at; minutes do not change their language behind them."""
SENTENCE = re.compile(r"[^。！？；.!?;\n]+")
HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}")
FEWEST = 3
"""Fewer words or signs are no sentence: a name, a number of a list."""


class Language(StrEnum):
    """The languages that minutes are read in."""

    CHINESE = "zh"
    ENGLISH = "en"


def language_of(text: str) -> Language:
    """Give the language of most sentences: that of more words, a Chinese sign counting as one.

    Notes of pronunciation (書(shū)) are no words. In doubt a text is Chinese.
    """
    chinese = english = 0
    for sentence in SENTENCE.findall(NOTES.sub(r"\g<sign>", text[:SEEN])):
        signs, words = len(HAN.findall(sentence)), len(WORD.findall(sentence))
        chinese += signs >= max(words + 1, FEWEST)
        english += words >= max(signs + 1, FEWEST)
    return Language.ENGLISH if english > chinese else Language.CHINESE
