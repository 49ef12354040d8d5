"""From the bytes of a sheet to its rows, and from a row to a directive or to what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.named import lead_and_supports, named_in
from hucheng.command.directives.suggest import Suggestion, due_said, evening_of, suggest
from hucheng.command.directives.units import PATTERN, support_choices
from hucheng.command.lists.columns import COLUMNS
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.sheets import FORMULA, tables_of
from hucheng.core.terms import Theme
from hucheng.engines import minutes
from hucheng.engines.manifests.dates import AmbiguousDate, sheet_date
from hucheng.engines.manifests.table import Line

MOST_ROWS, MOST_SIGNS = 500, 2000
HEADS_WITHIN = 10
"""Titles above the heads are passed over within so many rows."""
NO_LIST = {
    "WRONG_TYPE": _("This file is no list of directives."),
    "TOO_LARGE": _("The file is too large for a list of directives."),
    "TOO_MANY_ROWS": _("The file has more rows than a list of directives can have."),
}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
BETWEEN = re.compile(r"[、,，;；/\n]+")
MOMENTS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
COUNTED = ("action", "outcome")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, in which column, and what to do."""

    field: str
    why: Promise | str
    do: Promise | str


@dataclass(slots=True)
class ListRow:
    """A row as it would become a directive.

    written   the lead as the sheet has it
    proposed  whether the lead is not from the sheet but a proposal
    """

    line: int
    text: str
    written: str = ""
    unit: str = ""
    supports: tuple[str, ...] = ()
    proposed: bool = False
    due: datetime | None = None
    measure: str = ""
    no_measure: str = ""
    clause: int | None = None
    theme: str = Theme.GENERAL
    read: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether it can be assigned at once; otherwise it waits for a person."""
        return bool(self.unit and self.due and (self.measure or self.no_measure))


def rows_of(data: bytes, held_on: date) -> list[dict[str, Any]]:
    """Read a sheet. Gives each row that says something: line, cells by column, marks, reading of its text.

    Refuses what is no table, one without a column of directives or without rows, and one of more than 500.
    """
    tables = tables_of(data, NO_LIST)
    found = next((rows for lines in tables if (rows := _under_heads(lines)) is not None), None)
    if found is None:
        raise Refusal(
            "list_no_heads",
            why=_("No row of this file names a column of directives."),
            do=_("Take the template and keep its first row."),
        )
    if not found:
        raise Refusal(
            "list_no_rows", why=_("There is no directive under the heads."), do=_("Write one directive a row.")
        )
    if len(found) > MOST_ROWS:
        raise Refusal(
            "list_too_long",
            why=_("The list has %(rows)s rows; %(most)s can be looked at together.")
            % {"rows": len(found), "most": MOST_ROWS},
            do=_("Send it in parts."),
        )
    return [row | {"read": _read_alone(row["cells"]["text"], held_on)} for row in found]


def judge(
    rows: Iterable[Mapping[str, Any]],
    held_on: date,
    at: datetime,
    known: Mapping[str, Organisation],
    on_record: Mapping[str, str],
    units: Mapping[int, str] = MappingProxyType({}),
) -> list[ListRow]:
    """Say what each row would become and what keeps it from that.

    on_record  texts of directives that stand already, with where
    units      what a person wrote for the lead of a row, by line: it goes before the sheet and every proposal
    """
    names, judged = _names(known), list[ListRow]()
    first_line: dict[str, int] = {}
    for raw in rows:
        one = ListRow(raw["line"], " ".join(raw["cells"]["text"].split()), raw["cells"]["unit"], read=raw["read"])
        cells = dict(raw["cells"])
        if one.line in units:
            cells["unit"] = units[one.line]
        one.faults += _marks(cells, raw["marks"]) + _text_faults(one, first_line, on_record)
        suggestion = suggest(one.text, one.read.get("theme", Theme.GENERAL), held_on)
        one.clause = suggestion.owner.clause if suggestion else None
        one.theme = _theme(one.read, suggestion)
        in_sheet, chosen = bool(raw["cells"]["unit"]), one.line in units
        _owner(one, cells, names, known, suggestion, in_sheet=in_sheet, chosen=chosen)
        _deadline(one, cells["due"], held_on, at, suggestion)
        _measure(one, cells, suggestion)
        if not one.faults:
            first_line[one.text] = one.line
        judged.append(one)
    return judged


def _under_heads(lines: Sequence[Line]) -> list[dict[str, Any]] | None:
    for top, line in enumerate(lines[:HEADS_WITHIN]):
        places = {
            column.field: next((n for n, text in enumerate(line.cells) if column.named(text)), None)
            for column in COLUMNS
        }
        if places["text"] is not None:
            return [_row(below, places) for below in lines[top + 1 :]]
    return None


def _row(line: Line, places: Mapping[str, int | None]) -> dict[str, Any]:
    cells = {
        name: line.cells[place] if place is not None and place < len(line.cells) else ""
        for name, place in places.items()
    }
    return {"line": line.number, "cells": cells, "marks": list(line.problems)}


def _read_alone(text: str, held_on: date) -> dict[str, Any]:
    """What the reader of minutes makes of one demand; empty where it finds none, as in English."""
    said = " ".join(text.split()).rstrip("。；;")[:MOST_SIGNS]
    found = minutes.read(f"领导小组召开会议。会议要求,{said}。", article_date=held_on).directives
    one = next((one for one in found if one.kind.value in COUNTED), None)
    if one is None:
        return {}
    actors = list(dict.fromkeys(actor for each in found for actor in each.actors))
    return {"theme": one.theme.value, "kind": one.kind.value, "modality": one.modality.value, "actors": actors} | {
        "measurable": one.measurable
    }


def _theme(read: Mapping[str, Any], suggestion: Suggestion | None) -> str:
    """The theme that the words have by themselves; a row has no heading around it, so else that of the catalogue."""
    said = str(read.get("theme", Theme.GENERAL))
    return suggestion.owner.theme if said == Theme.GENERAL and suggestion else said


def _marks(cells: Mapping[str, str], marks: Sequence[str]) -> list[Fault]:
    faults = (
        [Fault("", _("The file breaks off in this row."), _("Complete the row and send it again."))] if marks else []
    )
    for name, text in cells.items():
        if text.startswith(FORMULA):
            faults.append(Fault(name, _("The cell holds a formula."), _("Write the value itself, not a formula.")))
        elif CONTROLS.search(text):
            faults.append(Fault(name, _("The cell holds signs that no text has."), _("Write it anew.")))
    return faults


def _text_faults(one: ListRow, first_line: Mapping[str, int], on_record: Mapping[str, str]) -> list[Fault]:
    if not one.text:
        return [Fault("text", _("The row has no directive."), _("Write what is to be done, or take the row out."))]
    if len(one.text) > MOST_SIGNS:
        return [
            Fault("text", _("The directive is longer than %(most)s signs.") % {"most": MOST_SIGNS}, _("Split the row."))
        ]
    if one.text in first_line:
        why = _("The same words stand in line %(line)s.") % {"line": first_line[one.text]}
        return [Fault("text", why, _("One of the two is enough."))]
    if one.text in on_record:
        why = _("This directive is on record already: %(source)s.") % {"source": on_record[one.text]}
        return [Fault("text", why, _("Work on that one; it is not taken in twice."))]
    return []


def _owner(
    one: ListRow,
    cells: Mapping[str, str],
    names: Mapping[str, str],
    known: Mapping[str, Organisation],
    suggestion: Suggestion | None,
    *,
    in_sheet: bool,
    chosen: bool,
) -> None:
    named = [_unit_of(name, names, known) or name for name in _parts(cells["unit"])]
    helping = [_unit_of(name, names, known) or name for name in _parts(cells["supports"])]
    allowed = {code for code, _name in support_choices(known)}
    for column, units in (("unit", named), ("supports", helping)):
        if wrong := [name for name in units if name not in allowed]:
            why = _("No body of the city is called so: %(names)s.") % {"names": ", ".join(wrong)}
            one.faults.append(Fault(column, why, _("Choose one of the list of bodies.")))
    if named and named[0].startswith(PATTERN):
        do = _("Name the body of the city that leads; the counties support.")
        one.faults.append(Fault("unit", _("Bodies of every county cannot lead together."), do))
    said = named_in(one.read.get("actors", ()), known)
    lead, supports = lead_and_supports(
        said, suggestion.owner.lead if suggestion else "", suggestion.owner.supports if suggestion else ()
    )
    one.unit = named[0] if named else "" if chosen else lead
    one.proposed = not in_sheet and one.unit == lead != ""
    written = (*named[1:], *helping)
    one.supports = tuple(unit for unit in written or (() if in_sheet else supports) if unit != one.unit)


def _deadline(one: ListRow, said: str, held_on: date, at: datetime, suggestion: Suggestion | None) -> None:
    if not said:
        due = due_said(one.text, held_on) or (suggestion.due if suggestion else None)
        one.due = due if due and due > at else None
        return
    one.due = _moment(said, held_on)
    if one.due is None:
        why = _("This is no deadline, or could be two: %(text)s.") % {"text": said}
        one.faults.append(Fault("due", why, _("Write it like 2020-03-26 or 2020-03-26 18:00.")))
    elif one.due <= at:
        one.faults.append(Fault("due", _("The deadline is over already."), _("Choose a time to come.")))


def _measure(one: ListRow, cells: Mapping[str, str], suggestion: Suggestion | None) -> None:
    said, reason = cells["measure"].strip(), cells["no_measure"].strip()
    one.no_measure = reason[:200]
    if said:
        words = {said, said.casefold()}
        one.measure = next((m.id for m in MEASURES.values() if words & {m.id, m.name_zh, m.name_en.casefold()}), "")
        if not one.measure:
            why = _("No measure is called so: %(text)s.") % {"text": said}
            one.faults.append(Fault("measure", why, _("Take a measure of the list of all measures, or say why none.")))
    elif not reason:
        one.measure = suggestion.measure if suggestion else ""
        one.no_measure = suggestion.owner.no_measure_zh if suggestion and not one.measure else ""


def _moment(said: str, held_on: date) -> datetime | None:
    for form in MOMENTS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    try:
        return evening_of(sheet_date(said, held_on, expiry=True))
    except (AmbiguousDate, ValueError):
        return due_said(said, held_on)


def _names(known: Mapping[str, Organisation]) -> dict[str, str]:
    """Codes and names in both languages, without regard to case, of all that may support; patterns too."""
    found = {code.casefold(): code for code, _name in support_choices(known)}
    for code in list(found.values()):
        if code in known:
            found |= {known[code].name_zh: code, known[code].name_en.casefold(): code}
    return found


def _unit_of(name: str, names: Mapping[str, str], known: Mapping[str, Organisation]) -> str:
    if code := names.get(name.casefold()):
        return code
    (said,) = named_in([name], known)
    return said.units[0] if said.units else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]
