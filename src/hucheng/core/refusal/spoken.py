"""Sentences of the engines, said in the language in force."""

from typing import TYPE_CHECKING

from django.utils.functional import lazystr
from django.utils.translation import get_language

from hucheng.engines.words.bilingual import Bilingual

if TYPE_CHECKING:
    from django.utils.functional import Promise


class _Spoken:
    def __init__(self, sentence: Bilingual) -> None:
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence.in_language(get_language() or "zh")


def spoken(sentence: Bilingual) -> "Promise":
    """Give a sentence that reads as the language in force when it is shown, like a lazy translation."""
    return lazystr(_Spoken(sentence))
