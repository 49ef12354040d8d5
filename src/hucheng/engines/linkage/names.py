"""A name as a list writes it, brought to forms that can be compared: characters, Latin parts, keys without order."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hucheng.engines.linkage.foreign import alike, in_latin
from hucheng.engines.linkage.spellings import Spelling, pinyin_letters, simplified, spellings
from hucheng.engines.words.names import NOT_CHINESE, latin_name, letters, split_chinese

AIRLINE_CELL = 22
"""Names of airlines' lists are cut at this many characters (the field of a teletype manifest)."""
_ANNOTATION = re.compile(r"[（(\[【].*?[)）\]】]")
_TONES = re.compile(r"(?<=[a-zü])[1-5](?=[a-zü\s·,'-]|$)", re.IGNORECASE)
_UMLAUT = re.compile(r"([LN])[ÜV](?=[^AEIOU]|E|$)")
_HEARD = (
    ("ZH", "Z"), ("CH", "C"), ("SH", "S"), ("UE", "U"), ("OE", "O"), ("AE", "A"), ("NG", "N"), ("Y", "I"), ("PH", "F"),
    ("CK", "K"),
)  # fmt: skip
"""Sounds that speakers and clerks do not keep apart: dialects of the south and centre, German and Dutch umlauts."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name.

    hanzi       simplified characters, "" for a Latin name; family and given are its parts
    surname, first   Latin letters A to Z as the list has them, in its order, joined; "" for a Chinese name
    words       the Latin words of the name
    spellings   every way the name may be spelled in Latin letters, the likeliest first
    keys        the letters of each spelling, sorted: the same in any order, joining or hyphen of the parts
    sounds      the same of what is heard alike (zh and z, ng and n, l and n)
    cut         whether the list may have cut the name off
    """

    hanzi: str = ""
    family: str = ""
    given: str = ""
    surname: str = ""
    first: str = ""
    words: frozenset[str] = frozenset()
    spellings: tuple[Spelling, ...] = ()
    keys: frozenset[str] = frozenset()
    sounds: frozenset[str] = frozenset()
    cut: bool = False

    @property
    def said(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.keys)

    @property
    def joined(self) -> str:
        """The Latin letters as written, surname first."""
        return self.surname + self.first


@lru_cache(maxsize=200_000)
def read_name(cell: str, surname: str = "", given: str = "") -> Name:
    """Read a name from a cell (`LI/XIAOMING MR`, `Li3 Xiao3ming2`, `李晓明(lǐ)`) and, where a list has them, two more.

    Characters count before Latin letters; when both are given the Latin parts are kept as one more spelling. An empty
    name, or one without any letter or character, has no keys.
    """
    text = in_latin(unicodedata.normalize("NFKC", cell).strip())
    hanzi = _characters(text)
    latin = (surname, given) if surname or given else _parts(text) if not hanzi else ("", "")
    return _name(hanzi, *_letters_of(*latin), cut="/" in text and len(text) >= AIRLINE_CELL)


def sound_key(joined: str) -> str:
    """The sorted letters of what is heard: sounds that are commonly confused are made one."""
    for written, heard in _HEARD:
        joined = joined.replace(written, heard)
    joined = joined.replace("L", "N").replace("H", "")
    return "".join(sorted(re.sub(r"(.)\1", r"\1", joined)))


def letter_key(joined: str) -> str:
    """The sorted letters."""
    return "".join(sorted(joined))


def _characters(text: str) -> str:
    plain = NOT_CHINESE.sub("", _ANNOTATION.sub("", text)) or NOT_CHINESE.sub("", text)
    return simplified(plain) if plain else ""


def _parts(text: str) -> tuple[str, str]:
    """Surname and given name of a Latin cell: before and after the stroke, or the first word and the others."""
    text = _TONES.sub("", text)
    first, stroke, rest = text.partition("/")
    if stroke:
        return latin_name(first, rest)
    first, _space, rest = text.partition(" ")
    return latin_name(first, rest)


def _letters_of(surname: str, given: str) -> tuple[str, str, frozenset[str]]:
    """Both parts in letters A to Z and the words of the name."""
    spelled = [_UMLAUT.sub(r"\1YU", unicodedata.normalize("NFC", in_latin(part).upper())) for part in (surname, given)]
    words = frozenset(filter(None, map(letters, re.split(r"[\s-]+", " ".join(spelled)))))
    return letters(spelled[0]), letters(spelled[1]), words


def _name(hanzi: str, surname: str, first: str, words: frozenset[str], *, cut: bool) -> Name:
    ways = spellings(hanzi) if hanzi else ()
    if surname or first:
        ways = (Spelling(surname, first), *ways)
    family, given = split_chinese(hanzi)
    return Name(
        hanzi=hanzi,
        family=family,
        given=given,
        surname=surname,
        first=first,
        words=words,
        spellings=ways,
        keys=frozenset(letter_key(way.joined) for way in ways if way.joined) or _rare(hanzi),
        sounds=frozenset(sound_key(way.joined) for way in ways if way.joined) | _other_sounds(words),
        cut=cut,
    )


def _other_sounds(words: frozenset[str]) -> frozenset[str]:
    """The sound of the name with each word in its usual spelling, where a word has several; the same in any order."""
    if not any(map(alike, words)):
        return frozenset()
    return frozenset({letter_key("".join(sound_key(alike(word) or word) for word in words))})


def _rare(hanzi: str) -> frozenset[str]:
    """Characters that no table spells are their own key."""
    return frozenset({hanzi} if hanzi else ())


def heard_pinyin(name: Name) -> str:
    """The pinyin of all characters, as a foreign name written in characters is read out."""
    return pinyin_letters(name.hanzi)
