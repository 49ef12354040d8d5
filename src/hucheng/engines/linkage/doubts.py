"""What looks wrong about a list: said to a person before its rows are linked."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hucheng.engines.linkage.births import birth
from hucheng.engines.linkage.blocking import USUAL
from hucheng.engines.linkage.fields import document, phone
from hucheng.engines.linkage.lists import (
    Columns,
    absent,
    broken_number,
    check_header,
    decoded,
    likely,
    lines_of,
    told,
    unused,
    with_hint,
)
from hucheng.engines.linkage.records import SEXES
from hucheng.engines.words.bilingual import Bilingual

MOSTLY = 0.5
"""A column is doubted when more of its filled cells than this cannot be read as what the map says."""
NEW_YEAR = 0.1
"""The share of births on 1 January above which a list is doubted: one in 365 is born then, and lists that hold
defaults had one in a hundred."""
SHOWN = 5
"""Lines that are named; of more it is said how many."""
MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d-?\d{4}-?\d{4}")
Lines = Sequence[Mapping[str, str]]
_ABSENT = Bilingual(
    "没有这一栏，按空白读入；名单中若有此项，请改正映射",
    "there is no such column, it is read as empty: correct the map if the list has it under another name",
)
_NO_DATES = Bilingual(
    "这一栏多数内容读不成日期：请核对映射", "most of this column cannot be read as dates: check the map"
)
_NO_NAMES = Bilingual(
    "这一栏多数内容是号码，不像姓名：请核对映射", "most of this column are numbers, not names: check the map"
)
_NO_SEXES = Bilingual(
    "这一栏多数内容不是性别：请核对映射", "most of this column cannot be read as a sex: check the map"
)
_NO_PHONES = Bilingual("这一栏多数内容不是电话：请核对映射", "most of this column are no phones: check the map")
_NO_DOCUMENTS = Bilingual(
    "这一栏多数内容是手机号或不含数字，不像证件：请核对映射",
    "most of this column are mobile phones or hold no figure, not documents: check the map",
)
_UNBORN = Bilingual(
    "{count}人的出生日期晚于到达日期：请核对", "{count} dates of birth lie after the day of arrival: check them"
)
_BROKEN = Bilingual(
    "{count}个号码被表格软件改成了科学计数，位数已丢失：请以文本格式重新导出",
    "{count} numbers were turned into powers of ten by a spreadsheet and have lost digits: export them as text",
)
_UNEVEN = Bilingual(
    "{count}行的格数与表头不符（第{lines}行），内容可能错位：请核对",
    "{count} lines have more or fewer cells than the header (lines {lines}) and may be shifted: check them",
)
_MIXED = Bilingual(
    "{count}行的编码与全文不同（第{lines}行），已分别识读：请核对",
    "{count} lines are in another encoding than the rest (lines {lines}) and were read as such: check them",
)
_NEW_YEAR = Bilingual(
    "{count}人的出生日期是1月1日，多为不详时的默认值：只知年份的请只写年份",
    "{count} dates of birth are 1 January, most of them a default for one not known: write the year alone",
)
_CROWD = Bilingual(
    "{count}行同为“{name}”、生于{birth}：只能靠证件或电话区分，未写的各算一人；请核对是否默认值",
    "{count} lines are of one name and birth ({name}, {birth}): only a document or a phone tells them apart, and each "
    "without one stays a person of its own; check whether they are defaults",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a list that a person should look at; column is "" for what concerns whole lines."""

    source: str
    column: str
    words: Bilingual


def read_doubts(path: Path, source: str, columns: Columns) -> list[Doubt]:
    """Say what looks wrong: columns of the map that are not there, with the one that may be meant, columns that hold
    something else than the map says, births after the arrival or too often on 1 January, a crowd of one name and
    birth, numbers that a spreadsheet has broken, lines with too many or too few cells, lines in another encoding.

    Raises ListError for a file that is no text, or of whose columns nothing can be used.
    """
    text, mixed = decoded(path.read_bytes(), source)
    table = csv.DictReader(text.splitlines())
    header = table.fieldnames or []
    check_header(source, columns, header)
    lines: list[Mapping[str, str]] = []
    uneven: list[int] = []
    for line in lines_of(table, source):
        if None in line or None in line.values():
            uneven.append(table.line_num)
        lines.append({name: cell for name, cell in line.items() if isinstance(name, str) and isinstance(cell, str)})
    return [
        *(Doubt(source, column, words) for column, words in _absent(columns, header, lines)),
        *(Doubt(source, column, words) for column, words in _misread(columns, lines)),
        *(Doubt(source, column, words) for column, words in _unborn(columns, lines)),
        *(Doubt(source, column, words) for column, words in _defaulted(columns, lines)),
        *(Doubt(source, column, words) for column, words in _crowded(columns, lines)),
        *(Doubt(source, column, words) for column, words in _broken(lines)),
        *(Doubt(source, "", words) for words in (*_of_lines(_UNEVEN, uneven), *_of_lines(_MIXED, mixed))),
    ]


def _absent(columns: Columns, header: Sequence[str], lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    """Columns of the map that are not there."""
    others, gone = unused(columns, header), absent(columns, header)
    spelled = {column: likely(column, others) for column in gone}
    left = [other for other in others if other not in spelled.values()]
    for column in gone:
        yield column, with_hint(_ABSENT, left, spelled[column] or _holding(column, columns, left, lines))


def _holding(column: str, columns: Columns, others: Sequence[str], lines: Lines) -> str:
    """The only one of other columns that holds what the map expects in one; "" where none or several do."""
    fields = [field for field in TELLING if column in told(columns, [field])]
    fit = [other for field in fields for other in others if (held := _filled(other, lines)) and _reads(field, held)]
    return fit[0] if len(fit) == 1 else ""


def _misread(columns: Columns, lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    """Columns of the map that hold something else."""
    for field, (_read, words) in _READ.items():
        for column in told(columns, [field]):
            if not _reads(field, _filled(column, lines)):
                yield column, words


def _filled(column: str, lines: Lines) -> list[str]:
    """What the cells of a column hold, without numbers that a spreadsheet has broken."""
    return [text for line in lines if (text := line.get(column, "").strip()) and not broken_number(text)]


def _reads(field: str, cells: Sequence[str]) -> bool:
    """Whether no more than some of the cells hold something else than a field does."""
    return sum(not _READ[field][0](text) for text in cells) <= MOSTLY * len(cells)


def _is_date(text: str) -> bool:
    return birth(text).year is not None


def _is_name(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) * 2 < len(text)


def _is_document(text: str) -> bool:
    return bool(document(text)) and not MOBILE.fullmatch(text)


_READ: dict[str, tuple[Callable[[str], bool], Bilingual]] = {
    "birth": (_is_date, _NO_DATES),
    "day": (_is_date, _NO_DATES),
    "name": (_is_name, _NO_NAMES),
    "surname": (_is_name, _NO_NAMES),
    "given": (_is_name, _NO_NAMES),
    "sex": (lambda text: text.casefold() in SEXES, _NO_SEXES),
    "phone": (lambda text: bool(phone(text)) and not _is_date(text), _NO_PHONES),
    "documents": (_is_document, _NO_DOCUMENTS),
}
"""How a cell of each field is told from something else."""
TELLING = ("birth", "day", "sex", "phone")
"""Fields whose cells are unlike those of any other; many columns could hold a name or a number."""


def _unborn(columns: Columns, lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    born, arrived = columns.get("birth", ""), columns.get("day", "")
    if not isinstance(born, str) or not isinstance(arrived, str):
        return
    days = [(birth(line.get(born, "")).day, birth(line.get(arrived, "")).day) for line in lines]
    if late := sum(one is not None and day is not None and one > day for one, day in days):
        yield born, _UNBORN.filled(count=late)


def _defaulted(columns: Columns, lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    """Births that stand for one not known."""
    for born in told(columns, ["birth"]):
        days = [day for line in lines if (day := birth(line.get(born, "")).day)]
        first = sum((day.month, day.day) == (1, 1) for day in days)
        if first > max(SHOWN, NEW_YEAR * len(days)):
            yield born, _NEW_YEAR.filled(count=first)


def _crowded(columns: Columns, lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    """A name and a birth that more lines share than can be compared by them."""
    names = told(columns, ["name", "surname", "given"])
    for born in told(columns, ["birth"]):
        said = ((" ".join(line.get(name, "") for name in names).strip(), line.get(born, "")) for line in lines)
        for (name, day), count in Counter(filter(all, said)).most_common(1):
            if count > USUAL:
                yield born, _CROWD.filled(count=count, name=name, birth=day)


def _broken(lines: Lines) -> Iterator[tuple[str, Bilingual]]:
    broken = Counter(name for line in lines for name, text in line.items() if broken_number(text))
    for name, count in sorted(broken.items()):
        yield name, _BROKEN.filled(count=count)


def _of_lines(words: Bilingual, lines: Sequence[int]) -> Iterator[Bilingual]:
    if lines:
        shown = ", ".join(map(str, lines[:SHOWN])) + (" …" if len(lines) > SHOWN else "")
        yield words.filled(count=len(lines), lines=shown)
