"""A name as a list writes it, brought to forms that can be compared: characters, Latin parts, keys without order."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from hucheng.engines.linkage.english import is_english
from hucheng.engines.linkage.foreign import in_latin, usual_words
from hucheng.engines.linkage.readings import common_surnames, surname_as_abroad
from hucheng.engines.linkage.spellings import Spelling, pinyin_letters, simplified, spellings
from hucheng.engines.words.names import NOT_CHINESE, latin_name, letters, split_chinese, surnames

AIRLINE_CELL = 22
"""Names of airlines' lists are cut at this many characters (the field of a teletype manifest)."""
MRZ_FIELDS = frozenset({30, 31, 39})
"""Places for a name in the machine-readable zones of sizes TD1, TD2 and TD3 (ICAO Doc 9303, parts 4 to 6)."""
_MRZ_LINE = re.compile(r"P[A-Z<][A-Z<]{3}(?=[A-Z].{38}$)")
_TITLES = re.compile(r"^(?:(?:MR|MRS|MS|MISS|MSTR|MDM|MADAM|DR|PROF)(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE)
_GLUED_MR = re.compile(r"(?<=[A-Z]{3})MR$")
_CALLED = re.compile(r"(?<=.)(?:先生|女士|小姐|太太|夫人|同志|博士|教授|老师|师傅|阿姨|叔叔|医生|大夫|经理|主任|书记)$")
_MAIDEN = re.compile(r"[\s(（,]+(?:N[EÉ]E|GEB\.?)[\s.:：]+([^\W\d]+)[)）]?", re.IGNORECASE)
_FORMER = re.compile(r"(原姓|娘家姓|原名|曾用名)[:：\s]*([\u3400-\u9fff]{1,4})")
_ANNOTATION = re.compile(r"[（(\[【].*?[)）\]】]")
_NOBODY = re.compile(
    r"无|無|不详|不詳|未知|未填|未提供|待[核查定补]|同上|暂无|匿名|旅客|乘客|本人|-+|nan|(?i:null|none|n/?a|unknown)"
)
"""What clerks and programs write where they know no name; `NAN` in capitals is one."""
_MASKED = re.compile(r"[*×●○]|某|(?<=[\u3400-\u9fff])[xX]{1,3}$")
_ONLY_SURNAME = re.compile(r"[小老阿]([\u3400-\u9fff])")
_KIN = re.compile(
    r"^(?:父亲|母亲|爸爸|妈妈|妻子|丈夫|配偶|[长次]?儿子|[长次]?女儿|[长次][子女]|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|外公|外婆|户主|司机|姓名)"
    r"[:：]?(?=[\u3400-\u9fff]{2,4}$)"
)
_COMPANY = re.compile(r"等[\d一二三四五六七八九十两]*人$")
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

    Characters count before Latin letters; when both are given the Latin parts are kept as one more spelling, and so
    are a maiden or former name (`SMITH/EMILY NEE JONES`, `王丽(原姓李)`) and an English name beside characters. A name
    of a machine-readable zone (`LI<<XIAOMING`) or one that fills its cell may be cut. An empty name, one without any
    letter or character, a placeholder (`不详`) and one of which only the surname is told (`张**`, `张某某`, `小李`,
    `张女士`) have no keys: they would be those of many people.
    """
    cell = _telling(unicodedata.normalize("NFKC", cell).strip())
    text = in_latin(cell)
    zone = _MRZ_LINE.sub("", text) if "<" in text else text
    text, maiden = _without_maiden(zone)
    hanzi = _characters(text)
    if not (surname or given) and (mixed := _mixed(hanzi, text)):
        return mixed
    latin = (surname, given) if surname or given else _parts(text) if not hanzi else ("", "")
    told = _letters_of(*latin)
    further = (*_former(cell, hanzi), *_english_beside(hanzi, text), *_as_born(maiden, told))
    return _name(hanzi, *told, cut=_may_be_cut(zone, surname, given), further=further)


def _telling(cell: str) -> str:
    """The cell without what a clerk put before or behind the name; "" where it tells no name, or a surname alone."""
    called = _CALLED.sub("", cell)
    if _NOBODY.fullmatch(cell) or _MASKED.search(cell) or (len(called) == 1 and called != cell):
        return ""
    if (short := _ONLY_SURNAME.fullmatch(cell)) and simplified(short[1]) in common_surnames():
        return ""
    return _COMPANY.sub("", _KIN.sub("", cell))


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
    return _CALLED.sub("", simplified(plain)) if plain else ""


def _without_maiden(text: str) -> tuple[str, str]:
    """The name without a note of the maiden name, and that name; a cell in characters keeps its note in brackets."""
    found = _MAIDEN.search(text)
    return (text[: found.start()] + text[found.end() :], found[1]) if found else (text, "")


def _as_born(maiden: str, told: tuple[str, str, frozenset[str]]) -> list[Spelling]:
    """The name with the surname before marriage; without a stroke it is not known which word is the given name."""
    surname, first, _words = told
    ways = [Spelling(letters(maiden), first), Spelling(letters(maiden), surname)] if maiden else []
    return [way for way in ways if way.given]


def _former(cell: str, hanzi: str) -> list[Spelling]:
    """The likeliest spellings of a former name or surname that a cell in characters tells."""
    found = _FORMER.search(cell) if hanzi else None
    if found is None:
        return []
    given = split_chinese(hanzi)[1] if found[1].endswith("姓") else ""
    return list(spellings(simplified(found[2]) + given)[:2])


def _english_beside(hanzi: str, text: str) -> list[Spelling]:
    """The surname with an English given name beside the characters: `李爱米 Emily`, `Emily 李爱米`, `李爱米(Emily)`."""
    words = [word for word in re.findall("[A-Z]+", text.upper()) if is_english(word)] if hanzi else []
    return [Spelling(spellings(hanzi)[0].surname, words[0])] if words and len(hanzi) > 1 else []


def _mixed(hanzi: str, text: str) -> Name | None:
    """A cell with a surname in characters and a given name in letters: `金Minjun`, `佐藤Yuki`, `李Emily`."""
    if not hanzi or not (len(hanzi) == 1 or hanzi in surnames() or surname_as_abroad(hanzi)):
        return None
    first = letters(_ANNOTATION.sub("", text))
    if len(first) < 2:
        return None
    read = dict.fromkeys([*surname_as_abroad(hanzi), *(way.surname for way in spellings(hanzi + "一"))])
    likeliest = spellings(hanzi + "一")[0].surname if is_english(first) else next(iter(read))
    ways = tuple(Spelling(spelled, first) for spelled in dict.fromkeys([likeliest, *read]))
    return _name("", likeliest, first, frozenset({likeliest, first}), cut=False, further=ways)


def _may_be_cut(text: str, surname: str, given: str) -> bool:
    """Whether a list had no place for more: a full teletype cell, a full name field of a machine-readable zone."""
    if surname or given:
        return len(surname) + len("<<") + len(given) in MRZ_FIELDS
    if "<<" in text:
        return len(text) in MRZ_FIELDS and not text.endswith("<")
    return "/" in text and len(text) >= AIRLINE_CELL


def _parts(text: str) -> tuple[str, str]:
    """Surname and given name of a Latin cell: before and after the stroke, or the first word and the others."""
    text = _TITLES.sub("", _TONES.sub("", text))
    first, stroke, rest = text.partition("<<" if "<<" in text else "/")
    if stroke:
        return latin_name(first, _GLUED_MR.sub("", rest))
    first, _space, rest = text.partition(" ")
    return latin_name(first, rest)


def _letters_of(surname: str, given: str) -> tuple[str, str, frozenset[str]]:
    """Both parts in letters A to Z and the words of the name."""
    spelled = [_UMLAUT.sub(r"\1YU", unicodedata.normalize("NFC", in_latin(part).upper())) for part in (surname, given)]
    words = frozenset(filter(None, map(letters, re.split(r"[\s-]+", " ".join(spelled)))))
    return letters(spelled[0]), letters(spelled[1]), words


def _name(
    hanzi: str, surname: str, first: str, words: frozenset[str], *, cut: bool, further: Iterable[Spelling] = ()
) -> Name:
    ways = spellings(hanzi) if hanzi else ()
    if surname or first:
        ways = (Spelling(surname, first), *ways)
    ways = tuple(dict.fromkeys([*ways, *further]))
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
    usual = usual_words(words)
    return frozenset({letter_key("".join(map(sound_key, usual)))}) if usual else frozenset()


def _rare(hanzi: str) -> frozenset[str]:
    """Characters that no table spells are their own key."""
    return frozenset({hanzi} if hanzi else ())


def heard_pinyin(name: Name) -> str:
    """The pinyin of all characters, as a foreign name written in characters is read out."""
    return pinyin_letters(name.hanzi)
