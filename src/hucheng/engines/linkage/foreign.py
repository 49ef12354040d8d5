"""Names of other tongues: letters of other scripts in Latin ones, and words of which several spellings are usual."""

import re
from collections.abc import Collection
from functools import cache, lru_cache

from hucheng.engines.linkage.tables import table

_HANGUL = re.compile("[가-힣]+")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3]+")
_VOWEL_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670\u200c]")
_FIRST, _COUNT = ord("가"), (21, 28)
_STARTS = "G KK N D TT R M B PP S SS - J JJ CH K T P H"
_MIDDLES = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WO WE WI YU EU UI I"
_ENDS = "- K K K N N N T L K M L L L P L M P P T T NG T T K T P T"
"""The 19, 21 and 28 parts of a Korean syllable, in the order of Unicode (section 3.12), romanised as Korea's Ministry
of Culture has it since 2000; the sounds of neighbours are not looked at."""
PARTICLES = frozenset(
    {"AL", "EL", "UL", "BIN", "BEN", "IBN", "BINT", "BINTI", "ABU", "ABI", "AR", "AS", "ASH", "AD", "ED"}
)
"""Words between Arabic names, the article and son or daughter of, which lists keep, join or leave out."""
_ARTICLE, _SERVANT = "ال", "عبد"
_SERVANT_OF = re.compile(r"ABD[AEOU]{1,2}L?([A-Z]{3,})")
_WITH_ARTICLE = re.compile(r"[AE]L([A-Z]{3,})")
_CONSONANTS = (
    ("X", ""), ("KH", "K"), ("GH", "G"), ("TH", "T"), ("DH", "D"), ("DZ", "D"), ("SH", "S"), ("ZH", "J"), ("CH", "S"),
    ("PH", "F"), ("CK", "K"), ("C", "S"), ("Q", "K"), ("J", "G"), ("V", "W"),
)  # fmt: skip
"""Consonants that Latin spellings and the codes of ICAO do not keep apart, one after another."""


@lru_cache(maxsize=100_000)
def in_latin(text: str) -> str:
    """The text with letters of other scripts in Latin ones. Anything else stays.

    Cyrillic as in machine-readable passports (ICAO Doc 9303-3, section 6, table B; Kazakh and Mongolian letters, which
    it lacks, by the Latin letter beside them). Korean syllables romanised, the first of a word apart as the surname.
    Arabic and Persian words in their usual Latin spelling where `data/written_alike.csv` knows them, else the
    consonants of the same section's table C, since the script leaves most vowels out.
    """
    if text.isascii():
        return text
    letters = _letters("cyrillic")
    text = _ARABIC.sub(_arabic, _VOWEL_SIGNS.sub("", _HANGUL.sub(_korean, text)))
    return "".join(letters.get(sign.upper(), sign) for sign in text)


def alike(word: str) -> str:
    """The usual spelling of a name's word that is spelled in several ways, MOHAMED for MUHAMMAD; "" for any other word.

    Arabic, Russian and Korean words of `data/written_alike.csv`: spellings that passports and lists of these tongues
    show side by side (no one standard is kept there). Words that are ordinary in pinyin too (LI, YU, JO) are left out.
    """
    return _usual().get(word, ("", ""))[0]


def usual_words(words: Collection[str]) -> list[str]:
    """The words of a name in their usual spelling; none where no word has one.

    Beside an Arabic word particles are left out, and ABDELRAHMAN, ABDUL RAHMAN and ABD AL-RAHMAN are one.
    """
    parts = [part for word in words for part in _parted(word)]
    tongues = {_usual()[part][1] for part in parts if part in _usual()}
    kept = [part for part in parts if not ("Arabic" in tongues and part in PARTICLES)]
    return [alike(part) or part for part in kept] if tongues else []


def without_articles(words: Collection[str]) -> list[str]:
    """The words of an Arabic name less particles and articles, also where one is joined: DOSARI for ALDOSARI."""
    bare = [_WITH_ARTICLE.fullmatch(word) for word in words]
    return [found[1] if found else word for word, found in zip(words, bare, strict=True) if word not in PARTICLES]


def consonants(word: str) -> str:
    """What Arabic script keeps of a word: consonants, without those that carry long vowels inside a word."""
    for written, kept in _CONSONANTS:
        word = word.replace(written, kept)
    bare = re.sub("[AEIOU]", "", word[:1]) + re.sub("[AEIOUWY]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", bare.removesuffix("H") if len(bare) > 2 else bare)


def _korean(word: re.Match[str]) -> str:
    first, *rest = map(_syllable, word.group())
    return f"{first} {''.join(rest)}".strip()


def _syllable(sign: str) -> str:
    rest, end = divmod(ord(sign) - _FIRST, _COUNT[1])
    start, middle = divmod(rest, _COUNT[0])
    parts = (_STARTS.split()[start], _MIDDLES.split()[middle], _ENDS.split()[end])
    return "".join(parts).replace("-", "")


def _arabic(word: re.Match[str]) -> str:
    return _arabic_word(word.group())


def _arabic_word(word: str) -> str:
    if known := _scripts().get(word):
        return known
    if word.startswith(_SERVANT) and len(word) > len(_SERVANT) + 2:
        return f"ABDUL {_arabic_word(word.removeprefix(_SERVANT).removeprefix(_ARTICLE))}"
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2:
        return f"AL {_arabic_word(word.removeprefix(_ARTICLE))}"
    letters = _letters("arabic")
    return consonants("".join(letters.get(sign, "") for sign in word))


def _parted(word: str) -> list[str]:
    """A word with the article or ABDEL joined to a known one, taken apart; any other word alone."""
    if word in _usual():
        return [word]
    if (servant := _SERVANT_OF.fullmatch(word)) and (rest := _known_end(servant[1])):
        return ["ABDUL", rest]
    if (article := _WITH_ARTICLE.fullmatch(word)) and (rest := _known_end(article[1])):
        return [rest]
    return [word]


def _known_end(word: str) -> str:
    """The Arabic word at the end, less a consonant that the article before it has doubled; "" for an unknown one."""
    found = (
        end for end in (word, word[1:] if word[0] == word[1] else "") if _usual().get(end, ("", ""))[1] == "Arabic"
    )
    return next(found, "")


@cache
def _letters(script: str) -> dict[str, str]:
    return {row["letter"]: row["latin"] for row in table(f"{script}.csv")}


@cache
def _usual() -> dict[str, tuple[str, str]]:
    """By spelling: the usual one, and the tongue."""
    rows = table("written_alike.csv")
    return {word: (row["word"], row["tongue"]) for row in rows for word in (row["word"], *row["variants"].split())}


@cache
def _scripts() -> dict[str, str]:
    return {written: row["word"] for row in table("written_alike.csv") for written in row["script"].split()} | {
        "بن": "BIN",
        "ابن": "IBN",
        "بنت": "BINT",
    }
