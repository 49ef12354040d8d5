"""People's names: what airlines write, what passports write, and one key for the Chinese and the Latin form."""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "CHD", "INF", "DR", "PROF"})
NO_NAME = frozenset({"FNU", "LNU", "X" * 3, "NONAME"})
GLUED_TITLE = re.compile(r"(?<=[A-Z]{3})(MSTR|MRS|MISS|CHD)$")
NOT_CHINESE = re.compile(r"[^\u3400-\u9fff\U00020000-\U000323af〇]")
SPECIAL = str.maketrans({"Ø": "OE", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "Ł": "L", "Đ": "D", "Þ": "TH"})


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Give the surnames whose reading a dictionary misses, compound ones included, as syllables."""
    with files(__package__).joinpath("names_surnames.csv").open(encoding="utf-8") as stream:
        return {row["name"]: tuple(row["pinyin"].split()) for row in csv.DictReader(stream)}


def latin_name(surname: str, given: str) -> tuple[str, str]:
    """Tidy a Latin name of a list: capitals, single spaces, no fillers, titles or stand-ins for a missing name.

    `WANG<<`, `LI<HUA MS` gives `WANG`, `LI HUA`; FNU and LNU (no given, no last name known) become empty.
    """
    return _tidy(surname), _without_titles(_tidy(given))


def _tidy(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).replace("<", " ").replace("/", " ").upper().split()
    return " ".join(word for word in words if word not in NO_NAME)


def _without_titles(text: str) -> str:
    words = text.split()
    while words and words[-1].strip(".") in TITLES and (len(words) > 1 or words[-1] not in ("DR", "INF")):
        words.pop()
    if words:
        words[-1] = GLUED_TITLE.sub("", words[-1])
    return " ".join(words)


def split_chinese(name_zh: str) -> tuple[str, str]:
    """Cut a Chinese name into surname and given name, knowing compound surnames; signs and spaces are dropped."""
    name = NOT_CHINESE.sub("", name_zh)
    length = 2 if len(name) > 2 and name[:2] in surnames() else 1
    return name[:length], name[length:]


def pinyin_of(name_zh: str) -> tuple[str, str]:
    """Give surname and given name as a Chinese passport spells them.

    单雄信 gives SHAN, XIONGXIN; 吕布 gives LYU, BU; 欧阳修 gives OUYANG, XIU. A text without Chinese characters
    gives two empty strings.
    """
    surname, given = split_chinese(name_zh)
    known = surnames().get(surname)
    return "".join(known).upper() if known else _spelled(surname), _spelled(given)


def _spelled(text: str) -> str:
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(text, errors="ignore")
    return "".join(syllable.replace("ü", "v").replace("v", "yu") for syllable in syllables).upper()


def letters(text: str) -> str:
    """Give the letters A to Z of a name: capitals, accents taken off, everything else dropped."""
    folded = unicodedata.normalize("NFKD", text.upper()).translate(SPECIAL)
    return "".join(character for character in folded if "A" <= character <= "Z")


def name_key(surname: str = "", given: str = "", name_zh: str = "") -> str:
    """Give one key for a person's name, the same for the Chinese form and its pinyin.

    The Chinese name counts when there is one. 吕布, LYU/BU, LV/BU and LÜ/BU have one key; LU/BU has another (卢布).
    """
    if NOT_CHINESE.sub("", name_zh):
        surname, given = pinyin_of(name_zh)
    else:
        surname, given = latin_name(surname, given)
    return letters(_umlaut(surname)) + letters(_umlaut(given))


def _umlaut(text: str) -> str:
    """Write ü after L and N as passports do; lists of before 2011 write V."""
    composed = unicodedata.normalize("NFC", text).upper()
    return re.sub(r"([LN])[ÜV]", r"\1YU", composed)
