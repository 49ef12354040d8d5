"""Tables: a page names its columns once, and the same rows make the page, the workbook and the CSV."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html

from hucheng.core import clock
from hucheng.core.audit.actions import trace_reads
from hucheng.core.design.spoken import spoken
from hucheng.core.scope.request import Request
from hucheng.engines.papers import table_csv, table_xlsx

T = TypeVar("T")
Plain = str | int | float | Decimal | date | datetime | Promise | None
"""What a cell says without its looks; None is "known none"."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
STICKY = 20
"""Above so many rows a table keeps its head in sight and offers a box to filter."""


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column.

    title     its head, in the reader's language
    of        what it says: what is sorted by and exported
    show      how it looks, where that is more than its words
    link      the page it opens
    template  a fragment with `row`, for controls: a column of acts has no `of` and is not exported
    """

    title: str | Promise
    of: Callable[[T], Plain] | None = None
    show: Callable[[T], str] | None = None
    link: Callable[[T], str] | None = None
    template: str = ""
    number: bool = False
    nowrap: bool = False

    @property
    def says(self) -> bool:
        """It holds words, not controls; a template cannot ask `of` itself, which it would call."""
        return self.of is not None

    def plain(self, row: T) -> str | int | float | None:
        """What it says of a row, as a sheet holds it."""
        return plain(self.of(row)) if self.of else None


@dataclass(frozen=True)
class Table(Generic[T]):
    """Rows with their columns.

    name    stands in the address of an export, so that a page may hold several
    key     what tells rows apart; only a digest of it leaves the house
    group   the column by whose value rows stand in blocks; an export has it as its first column
    person  whose record a row shows: an export leaves a trace on each
    """

    name: str
    title: str | Promise
    rows: Sequence[T]
    columns: Sequence[Column[T]]
    key: Callable[[T], object]
    group: Column[T] | None = None
    person: Callable[[T], UUID] | None = None
    note: str | Promise = ""
    empty: tuple[str | Promise, str | Promise] | None = None

    @property
    def sticky(self) -> bool:
        """Long enough to keep its head in sight."""
        return len(self.rows) > STICKY

    @property
    def exported(self) -> list[Column[T]]:
        """The columns of an export: those that say something."""
        return [column for column in ([self.group] if self.group else []) + list(self.columns) if column.of]

    def heads(self) -> list[str]:
        """The heads of an export."""
        return [str(column.title) for column in self.exported]

    def plain(self, rows: Sequence[T] | None = None) -> list[list[str | int | float | None]]:
        """The rows as an export writes them."""
        shown = self.rows if rows is None else rows
        return [[column.plain(row) for column in self.exported] for row in shown]

    def chosen(self, keys: str) -> list[T]:
        """The rows of these keys in their order: what is in sight after filter and sort. No keys: all rows."""
        if not keys:
            return list(self.rows)
        known = {row_key(self.key(row)): row for row in self.rows}
        return [known[key] for key in dict.fromkeys(keys.split(",")) if key in known]


def export_asked(request: Request, *tables: Table[Any]) -> HttpResponse | None:
    """The file that `?as=xlsx|csv&table=<name>&rows=<keys>` asks of one of these tables; None when a page is meant.

    Raises Http404 for a table that the page does not have. Guard and scope are those of the page: it is its address.
    """
    kind = request.GET.get("as", "")
    if request.method != "GET" or kind not in KINDS:
        return None
    table = _named(tables, request.GET.get("table") or tables[0].name)
    rows = table.chosen(request.GET.get("rows", ""))
    if table.person:
        people = dict.fromkeys(table.person(row) for row in rows)
        trace_reads(actor=request.actor, person_ids=people, purpose=f"export {table.name}", at=clock.now())
    write = table_xlsx if kind == "xlsx" else table_csv
    reply = HttpResponse(write(table.heads(), table.plain(rows), title=str(table.title)), content_type=KINDS[kind])
    stamp = clock.now().astimezone(clock.SHANGHAI)
    reply["Content-Disposition"] = f'attachment; filename="{table.name}-{stamp:%Y%m%d-%H%M}.{kind}"'
    return reply


def row_key(identity: object) -> str:
    """Twelve signs that name a row in an address without giving its identity away."""
    return hashlib.blake2s(str(identity).encode(), digest_size=6).hexdigest()


def plain(value: Plain) -> str | int | float | None:
    """A value as a sheet holds it: numbers as numbers, moments in the city's time, everything else as words."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the page: its looks, and what it is sorted by where that differs."""

    html: str
    value: str | None
    column: Column[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page with its key."""

    key: str
    cells: list[Cell]


def blocks_of(table: Table[T], fragment: Callable[[str, T], str]) -> list[tuple[str, list[Line]]]:
    """The table as the page shows it, by group; `fragment` renders a column's template for a row."""
    blocks: dict[str, list[Line]] = {}
    for row in table.rows:
        head = str(table.group.plain(row)) if table.group else ""
        line = Line(row_key(table.key(row)), [_cell(column, row, fragment) for column in table.columns])
        blocks.setdefault(head, []).append(line)
    return list(blocks.items())


def _cell(column: Column[T], row: T, fragment: Callable[[str, T], str]) -> Cell:
    said = column.of(row) if column.of else None
    looks = fragment(column.template, row) if column.template else column.show(row) if column.show else spoken(said)
    if column.link:
        looks = format_html('<a href="{}">{}</a>', column.link(row), looks)
    value = "" if said is None else str(plain(said))
    return Cell(looks, value if column.of and value != looks else None, column)


def _named(tables: Sequence[Table[Any]], name: str) -> Table[Any]:
    for table in tables:
        if table.name == name:
            return table
    raise Http404


def export_address(request: HttpRequest, table: Table[Any], kind: str) -> str:
    """The address of an export of this page: its own filters stay."""
    query = request.GET.copy()
    for name in ("as", "table", "rows"):
        query.pop(name, None)
    query["as"], query["table"] = kind, table.name
    return f"?{query.urlencode()}"
