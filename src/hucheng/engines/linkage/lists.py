"""Lists as files: CSV tables, and the map that says which column holds what."""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from hucheng.engines.linkage.addresses import county_of, is_chinese
from hucheng.engines.linkage.births import birth
from hucheng.engines.linkage.records import Row
from hucheng.engines.words.bilingual import Bilingual

FIELDS = (
    "number", "name", "surname", "given", "birth", "documents", "phone", "sex", "nationality", "flight", "day", "seat",
    "county", "origin", "address", "locality", "postcode", "region",
)  # fmt: skip
"""What a map may name; `documents` and `address` may be lists of columns, all others one column."""
ENCODINGS = ("utf-8-sig", "gb18030")
BROKEN_NUMBER = re.compile(r"\d(?:\.\d+)?E\+\d\d", re.IGNORECASE)
WHO = ("name", "surname", "given", "documents")
"""What a list must say something of: nothing else points at a person."""
SEVERAL = ("documents", "address")
ALIKE = 0.7
"""The share of signs that two names of columns have in common from which one may be meant by the other."""
SHOWN_COLUMNS = 8
MOST_LINES = 10
"""Lines that one row takes where cells hold line breaks; beyond, a quotation mark was left open."""
LONGEST_CELL = 100_000
"""Signs of a cell; a longer one comes from an open quotation mark too. The reader's own limit is one for the whole
process, which others change."""
SEPARATORS = ";\t|"
HEADER_WORDS = 2
"""Names of columns in one line from which it is a header."""
CJK_BYTES = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")
"""A character as UTF-8 writes it; text in GB18030 is hardly ever valid UTF-8 that holds one."""

_UNENDED = Bilingual(
    "名单{source}：第{line}行开始的一行没有结束，多半是引号没有成对，请改正",
    "list {source}: the row from line {line} on does not end, most likely a quotation mark is left open: correct it",
)
_EMPTY = Bilingual("名单{source}：文件是空的，请重新导出", "list {source}: the file is empty: export it again")
_NO_COMMAS = Bilingual(
    "名单{source}：栏目不是用逗号分隔的，请另存为逗号分隔的 CSV",
    "list {source}: its columns are not separated by commas: save it as CSV with commas",
)
_NO_NUMBER = Bilingual(
    "名单{source}：缺少编号栏“{columns}”，请改正映射",
    "list {source}: no column {columns} for the number: correct the map",
)
_NOBODY = Bilingual(
    "名单{source}：姓名栏和证件栏都不存在（{columns}），请改正映射",
    "list {source}: no column of a name or a document is there ({columns}): correct the map",
)
_MEANT = Bilingual("；是否应为“{column}”？", "; did you mean “{column}”?")
_UNUSED = Bilingual("；映射未用的栏目：{columns}", "; columns that the map does not use: {columns}")

Columns = dict[str, str | list[str]]


class ListError(ValueError):
    """A list or a map that cannot be used; says what to do, in both languages."""

    def __init__(self, words: Bilingual) -> None:
        super().__init__(words.en)
        self.words = words


def read_map(text: str) -> dict[str, Columns]:
    """Read a map of lists: YAML with one table a list, our field to their column.

    Raises ListError for text that is no such map, an unknown field, or a list without `number` and some name.
    """
    import yaml

    try:
        told = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts only: a column may be called `no`
    except yaml.YAMLError as error:
        raise ListError(Bilingual("映射文件不是 YAML", "the map is not YAML")) from error
    if not isinstance(told, dict) or not all(isinstance(columns, dict) for columns in told.values()):
        raise ListError(Bilingual("映射文件应为每份名单列出栏目", "the map must give columns for each list"))
    for source, columns in told.items():
        _check_columns(source, columns)
    return told


def _check_columns(source: str, columns: Columns) -> None:
    for name in columns:
        if name not in FIELDS:
            words = Bilingual("名单{source}：没有“{name}”这一项", "list {source}: there is no field {name}")
            raise ListError(words.filled(source=source, name=name))
        if not _names_columns(columns[name], several=name in SEVERAL):
            words = Bilingual("名单{source}：“{name}”请写栏目名", "list {source}: {name} takes the name of a column")
            raise ListError(words.filled(source=source, name=name))
    if "number" not in columns or not {"name", "surname", "given"} & set(columns):
        words = Bilingual("名单{source}：请写明编号栏和姓名栏", "list {source}: name the columns of number and name")
        raise ListError(words.filled(source=source))


def _names_columns(value: object, *, several: bool) -> bool:
    """Whether a value of a map is the name of a column, or names where a field may have several."""
    if several and isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def read_list(path: Path, source: str, columns: Columns) -> Iterator[Row]:
    """Read the rows of one list, one after another.

    A column of the map that is not there is read as empty; a line without anything is no row.
    Raises ListError for a file that is no CSV text in UTF-8 or GB18030, for one without number or without name and
    document, and, with the line, for a number that stands twice or is empty and for a second list in the same file.
    """
    lines = csv.DictReader(decoded(path.read_bytes(), source)[0].splitlines())
    header = lines.fieldnames or []
    check_header(source, columns, header)
    seen: dict[str, int] = {}
    for cells in lines_of(lines, source):
        if not any(isinstance(text, str) and text.strip() for text in cells.values()):
            continue
        _check_second_list(source, columns, cells, header, lines.line_num)
        row = row_of(source, columns, {key: value or "" for key, value in cells.items() if isinstance(key, str)})
        if not row.number:
            words = Bilingual(
                "名单{source}：第{line}行没有编号，请补上", "list {source}: line {line} lacks its number: add it"
            )
            raise ListError(words.filled(source=source, line=lines.line_num))
        if row.number in seen:
            words = Bilingual(
                "名单{source}：编号“{number}”在第{first}行和第{second}行各出现一次，请删去一行或改编号",
                "list {source}: number {number} stands on lines {first} and {second}: remove or renumber one",
            )
            raise ListError(
                words.filled(source=source, number=row.number, first=seen[row.number], second=lines.line_num)
            )
        seen[row.number] = lines.line_num
        yield row


def lines_of(table: "csv.DictReader[str]", source: str) -> Iterator[dict[str, str]]:
    """The rows of a table. Raises ListError for one that does not end: it would swallow those after it."""
    ended = table.line_num
    try:
        for cells in table:
            if table.line_num - ended > MOST_LINES or _longest(cells) > LONGEST_CELL:
                raise ListError(_UNENDED.filled(source=source, line=ended + 1))
            ended = table.line_num
            yield cells
    except csv.Error as error:
        raise ListError(_UNENDED.filled(source=source, line=ended + 1)) from error


def _longest(cells: Mapping[str, str | None]) -> int:
    return max((len(text) for text in cells.values() if text), default=0)


def decoded(data: bytes, source: str) -> tuple[str, list[int]]:
    """Give the text of a file in UTF-8 or GB18030, and the lines in UTF-8 of a file that is in GB18030 else: lists that
    were put together from two systems. Raises ListError for anything else."""
    if (whole := _line(data, ENCODINGS[0])) is not None:
        return whole, []
    read, mixed = [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        utf8 = CJK_BYTES.search(line) is not None and _line(line, ENCODINGS[0])
        if utf8:
            mixed.append(number)
        text = utf8 or _line(line, ENCODINGS[1])
        if text is None:
            words = Bilingual(
                "名单{source}：不是 UTF-8 或 GB18030 文本，请另存为 UTF-8 的 CSV",
                "list {source}: not text in UTF-8 or GB18030: save it as CSV in UTF-8",
            )
            raise ListError(words.filled(source=source))
        read.append(text)
    return "\n".join(read), mixed


def _line(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def check_header(source: str, columns: Columns, header: Sequence[str]) -> None:
    """Raises ListError for a list of which nothing can be used: an empty file, columns that no commas separate, no
    column of the number, none of a name or a document. Any other column may be absent."""
    if not header:
        raise ListError(_EMPTY.filled(source=source))
    if len(header) == 1 and any(sign in header[0] for sign in SEPARATORS):
        raise ListError(_NO_COMMAS.filled(source=source))
    gone = absent(columns, header)
    number, who = told(columns, ["number"]), told(columns, WHO)
    for words, needed in ((_NO_NUMBER, number), (_NOBODY, who)):
        if set(needed) <= set(gone):
            others = unused(columns, header)
            like = next(filter(None, (likely(column, others) for column in needed)), "")
            raise ListError(with_hint(words.filled(source=source, columns=", ".join(needed)), others, like))


def told(columns: Columns, fields: Collection[str] = FIELDS) -> list[str]:
    """The columns that a map names for some fields, each once, in the order of the map."""
    named = [some for field, some in columns.items() if field in fields]
    return list(dict.fromkeys(one for some in named for one in ([some] if isinstance(some, str) else some)))


def absent(columns: Columns, header: Collection[str]) -> list[str]:
    """The columns that a map names and a list lacks."""
    return [column for column in told(columns) if column not in header]


def unused(columns: Columns, header: Sequence[str]) -> list[str]:
    """The columns of a list that its map does not name."""
    named = told(columns)
    return [column for column in header if column.strip() and column not in named]


def likely(column: str, others: Sequence[str]) -> str:
    """The column that may be meant by a name that is not there: one spelled much like it; "" for none."""
    plain = {_plain(other): other for other in others}
    return next((plain[one] for one in get_close_matches(_plain(column), list(plain), 1, ALIKE)), "")


def _plain(column: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", column).casefold()))


def with_hint(words: Bilingual, others: Sequence[str], like: str) -> Bilingual:
    """Words about a column that is not there, with the one that may be meant, or else those that are left."""
    shown = ", ".join(others[:SHOWN_COLUMNS]) + (" …" if len(others) > SHOWN_COLUMNS else "")
    hint = _MEANT.filled(column=like) if like else _UNUSED.filled(columns=shown) if others else Bilingual("", "")
    return Bilingual(words.zh + hint.zh, words.en + hint.en)


def _check_second_list(
    source: str, columns: Columns, cells: Mapping[str, str | None], header: Collection[str], line: int
) -> None:
    """Raises ListError for a line that names columns again: those of this list, or those of another, where every cell
    is filled and none holds a figure, not even the number."""
    told = [text for text in cells.values() if isinstance(text, str)]
    number = cells.get(str(columns["number"])) or ""
    again = len(set(told) & set(header)) >= HEADER_WORDS
    words_alone = number.isalpha() and all(told) and not re.search(r"\d", "".join(told))
    if again or (words_alone and len(told) > HEADER_WORDS):
        words = Bilingual(
            "名单{source}：第{line}行像是又一个表头，一个文件里有两份名单：请分成两个文件",
            "list {source}: line {line} looks like another header, two lists in one file: make it two files",
        )
        raise ListError(words.filled(source=source, line=line))


def row_of(source: str, columns: Columns, cells: Mapping[str, str]) -> Row:
    """Read one line of a list: what it says in the columns that the map names."""

    def said(name: str) -> str:
        column = columns.get(name, "")
        return cells.get(column, "").strip() if isinstance(column, str) else ""

    def lines(name: str) -> list[str]:
        listed = columns.get(name, [])
        return [cells.get(column, "").strip() for column in ([listed] if isinstance(listed, str) else listed)]

    return Row(
        source=source,
        number=said("number"),
        name=said("name"),
        surname=said("surname"),
        given=said("given"),
        birth=birth(said("birth")),
        documents=tuple(number.lstrip("'") for number in lines("documents") if not broken_number(number)),
        phone="" if broken_number(said("phone")) else said("phone"),
        sex=said("sex"),
        nationality=said("nationality"),
        flight=said("flight"),
        day=day(said("day")),
        seat=said("seat"),
        county=county(said("county")),
        origin=said("origin"),
        address=tuple(filter(None, lines("address"))),
        locality=said("locality"),
        postcode=said("postcode"),
        region=said("region"),
    )


def broken_number(text: str) -> bool:
    """Whether a spreadsheet has turned a long number into 1.4E+17: its digits are lost."""
    return BROKEN_NUMBER.fullmatch(text.strip()) is not None


def day(text: str) -> date | None:
    """A day of arrival; None where the text is none."""
    return birth(text).day


def county(cell: str) -> str:
    """The county of a cell: 太原市小店区平阳路 gives 小店区; "" where characters name none; letters as they are."""
    return county_of([cell]) if is_chinese(cell) else cell.strip()
