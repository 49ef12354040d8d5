"""Actions as tables write them: rows of action, owner and due date, or the same as labels line by line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hucheng.engines.minutes.english_actors import actors_of
from hucheng.engines.minutes.english_clauses import State
from hucheng.engines.minutes.english_deadlines import deadline
from hucheng.engines.minutes.english_demands import one_action
from hucheng.engines.minutes.english_duties import is_owner
from hucheng.engines.minutes.english_layout import BARS, Paragraph, field_of
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import lists

NOTHING = re.compile(
    r"[-–—/\s]*|n/?a|tbc|tba|tbd|ongoing|none|open|closed|to be (?:confirmed|agreed|decided)", re.IGNORECASE
)
COLUMNS = ("action", "owner", "support", "due")
NAMES = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*")
INLINE = re.compile(r"(?<=[.;)])\s+(?=(?:Owner|Responsible|Lead|Due|Deadline|Support|By when|Action by)\s*:)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with its place in the text."""

    start: int
    text: str


def rows_of(
    paragraphs: Sequence[Paragraph], text: str, known: Iterable[str] = ()
) -> tuple[list[Unit], list[Paragraph]]:
    """Give the demands of tables, and the paragraphs that are no part of one."""
    found: list[Unit] = []
    rest: list[Paragraph] = []
    state = State(known=tuple(known), actions=True, sentence=-1)
    for cells, paragraph in _tables(paragraphs, text, rest):
        found += _row(cells, paragraph, state)
    return found, rest


def _tables(
    paragraphs: Sequence[Paragraph], text: str, rest: list[Paragraph]
) -> Iterator[tuple[dict[str, Cell], Paragraph]]:
    """Give each row as cells by column; `rest` takes what is none."""
    header: tuple[str, ...] = ()
    row: dict[str, Cell] = {}
    owner: Paragraph | None = None
    for one in paragraphs:
        named = _header(one, text)
        if named:
            header = named
        elif header and "|" in one.text or header and "\t" in one.text:
            yield dict(zip(header, _cells(one, text), strict=False)), one
        elif labelled := list(_labelled(one, text, row)):
            for column, cell in labelled:
                if column == "action" and row and owner:
                    yield row, owner
                    row = {}
                row[column], owner = cell, owner if row and owner else one
        else:
            if row and owner:
                yield row, owner
            header, row, owner = (), {}, None
            rest.append(one)
    if row and owner:
        yield row, owner


def _line(one: Paragraph, text: str) -> Cell:
    """Give the whole line of a paragraph, its number or bullet included."""
    start = text.rfind("\n", 0, one.start) + 1
    return Cell(start, text[start : one.start + len(one.text)])


def _cells(one: Paragraph, text: str) -> list[Cell]:
    line = _line(one, text)
    found, at = [], 0
    for bar in BARS.finditer(line.text):
        found.append(Cell(line.start + at, line.text[at : bar.start()]))
        at = bar.end()
    found.append(Cell(line.start + at, line.text[at:]))
    return found[1:] if line.text.lstrip().startswith("|") else found


def _header(one: Paragraph, text: str) -> tuple[str, ...]:
    """Give the columns that a line of headings names, an empty name for any other; none for a line that is no such."""
    if "|" not in one.text and "\t" not in one.text:
        return ()
    names = tuple(_column(cell.text.strip(" *:").lower()) for cell in _cells(one, text))
    return names if "action" in names and len({*names} - {""}) > 1 else ()


def _column(label: str) -> str:
    return next(
        (one for one in COLUMNS if label in lists("english_head")[f"labels_{one}"]),
        "action" if label in ("actions", "decisions", "tasks") else "",
    )


def _labelled(one: Paragraph, text: str, row: dict[str, Cell]) -> Iterator[tuple[str, Cell]]:
    """Give the labels of a paragraph with their values; those of owner and date count only beside an action."""
    cuts = [0, *(match.end() for match in INLINE.finditer(one.text))]
    seen = set(row)
    for start, end in zip(cuts, [*cuts[1:], len(one.text)], strict=True):
        part = one.text[start:end]
        field = field_of(part)
        column = _column(field[0]) if field else ""
        value = part[field[1] :].rstrip(" .;") if field else ""
        if (
            not column
            or not value
            or (column != "action" and "action" not in seen)
            or (column == "action" and is_owner(value, ()))
        ):
            return
        seen.add(column)
        yield column, Cell(one.start + start + (field[1] if field else 0), value)


def _row(cells: dict[str, Cell], paragraph: Paragraph, state: State) -> list[Unit]:
    """Make the demands of one row: those of its action, each with the owner and the date of the row."""
    action = cells.get("action")
    if action is None or not action.text.strip(" -|"):
        return []
    said = action.text.replace("\n", " ")
    paragraph = replace(paragraph, start=action.start, text=said.rstrip(), title=False, item=True)
    leads, supports = (_names(cells.get(one), state) for one in ("owner", "support"))
    due = cells.get("due")
    stated = deadline(due.text.strip()) or due.text.strip() if due and not NOTHING.fullmatch(due.text.strip()) else None
    return [
        replace(one, actors=(*leads, *supports) or one.actors, leads=leads, stated=stated)
        for one in one_action(paragraph, state)
    ]


def _names(cell: Cell | None, state: State) -> tuple[str, ...]:
    if cell is None or NOTHING.fullmatch(cell.text.strip()):
        return ()
    found = actors_of(cell.text, state.known, any_name=True)
    parts = tuple(one.strip() for one in re.split(r"[,;/]", cell.text) if one.strip())
    return parts if len(found) == 1 and len(parts) > 1 else found
