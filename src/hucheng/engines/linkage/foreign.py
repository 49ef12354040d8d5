"""Names of other tongues: Cyrillic and Korean letters in Latin ones, and words of which several spellings are usual."""

import re
from functools import cache, lru_cache

from hucheng.engines.linkage.tables import table

_HANGUL = re.compile("[가-힣]+")
_FIRST, _COUNT = ord("가"), (21, 28)
_STARTS = "G KK N D TT R M B PP S SS - J JJ CH K T P H"
_MIDDLES = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WO WE WI YU EU UI I"
_ENDS = "- K K K N N N T L K M L L L P L M P P T T NG T T K T P T"
"""The 19, 21 and 28 parts of a Korean syllable, in the order of Unicode (section 3.12), romanised as Korea's Ministry
of Culture has it since 2000; the sounds of neighbours are not looked at."""


@lru_cache(maxsize=100_000)
def in_latin(text: str) -> str:
    """The text with Cyrillic letters transliterated as in machine-readable passports (ICAO Doc 9303-3, table 6B), and
    Korean syllables romanised, the first of a word apart as the surname. Anything else stays."""
    if text.isascii():
        return text
    letters = _cyrillic()
    return "".join(letters.get(sign.upper(), sign) for sign in _HANGUL.sub(_korean, text))


def _korean(word: re.Match[str]) -> str:
    first, *rest = map(_syllable, word.group())
    return f"{first} {''.join(rest)}".strip()


def _syllable(sign: str) -> str:
    rest, end = divmod(ord(sign) - _FIRST, _COUNT[1])
    start, middle = divmod(rest, _COUNT[0])
    parts = (_STARTS.split()[start], _MIDDLES.split()[middle], _ENDS.split()[end])
    return "".join(parts).replace("-", "")


def alike(word: str) -> str:
    """The usual spelling of a name's word that is spelled in several ways, MOHAMED for MUHAMMAD; "" for any other word.

    Arabic, Russian and Korean words of `data/written_alike.csv`: spellings that passports and lists of these tongues
    show side by side (no one standard is kept there). Words that are ordinary in pinyin too (LI, YU, JO) are left out.
    """
    return _usual().get(word, "")


@cache
def _cyrillic() -> dict[str, str]:
    return {row["letter"]: row["latin"] for row in table("cyrillic.csv")}


@cache
def _usual() -> dict[str, str]:
    rows = table("written_alike.csv")
    return {variant: row["word"] for row in rows for variant in (row["word"], *row["variants"].split())}
