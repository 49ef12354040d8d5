"""Readings, columns, merged lists and contacts told to people in both languages, and to programs as plain data."""

from collections.abc import Iterable, Mapping
from typing import Any

from hucheng.engines.manifests.contacts import Contact
from hucheng.engines.manifests.mapping import Shown
from hucheng.engines.manifests.merge import Merged, Passenger
from hucheng.engines.manifests.paxlst_dict import person_dict
from hucheng.engines.manifests.records import Problem, Reading, Traveller


def problem_dict(one: Problem) -> dict[str, Any]:
    """Give one problem with its place, meaning and remedy."""
    return {
        "code": one.code, "line": one.line, "field": one.field, "value": one.value, "person": one.person,
        "fatal": one.fatal, "why": {"zh": one.why.zh, "en": one.why.en}, "do": {"zh": one.do.zh, "en": one.do.en},
    }  # fmt: skip


def reading_dict(reading: Reading) -> dict[str, Any]:
    """Give the reading with its ledger and every problem spelled out."""
    ledger = {"rows": reading.rows, "readable": len(reading.readable), "unreadable": len(reading.unreadable)}
    found = {"format": reading.format, "flight": reading.flight, "sha256": reading.sha256, "ledger": ledger}
    sheet = {"mapping": dict(reading.mapping), "columns": list(reading.columns)} if reading.columns else {}
    problems = [problem_dict(one) for one in reading.problems]
    return {**found, **sheet, **reading.as_paxlst_dict(), "function": reading.function, "problems": problems}


def summary(reading: Reading) -> str:
    """Give the reading for people: what it is, how many, what is wrong."""
    lines = [
        f"{reading.format.upper()}  航班 Flight {reading.flight or '?'}  {reading.list_kind or '?'}",
        f"行 Rows {reading.rows}  可用 readable {len(reading.readable)}  待修复 to mend {len(reading.unreadable)}",
    ]
    lines += [f"  {leg.flight}  " + " -> ".join(port.port for port in leg.ports) for leg in reading.legs if leg.ports]
    lines += [f"  {name} <- {header}" for name, header in reading.mapping.items()]
    return "\n".join([*lines, *map(problem_text, reading.problems)])


def problem_text(problem: Problem) -> str:
    """Give one problem with its place, meaning and remedy in both languages."""
    place = f"{problem.line}: " if problem.line else ""
    name = f" [{problem.field}]" if problem.field else ""
    mark = "✗" if problem.fatal else "!"
    why, do = problem.why, problem.do
    return f"{mark} {place}{problem.code}{name}\n    {why.zh}{do.zh}\n    {why.en} {do.en}"


def columns_text(columns: Iterable[Shown]) -> str:
    """Give every column with what it is taken for, why, and some of its values."""
    lines = []
    for one in columns:
        taken = one.field if one.used else f"({one.field})" if one.field else "-"
        lines.append(f"{one.column} -> {taken}  {one.why.zh} {one.why.en}  {' | '.join(one.samples)}".rstrip())
    return "\n".join(lines)


def columns_dict(columns: Iterable[Shown]) -> dict[str, str]:
    """Give header -> field with the suggestions filled in: to be corrected and given back."""
    return {one.column: one.field for one in columns}


def merged_dict(merged: Merged) -> dict[str, Any]:
    """Give the people of a flight with their standing, sources and changes."""
    left_out = [{"reading": one.reading, "number": one.number} for one in merged.left_out]
    people = [_passenger_dict(one) for one in merged.people]
    problems = [problem_dict(one) for one in merged.problems]
    return {"flight": merged.flight, "people": people, "left_out": left_out, "problems": problems}


def _passenger_dict(one: Passenger) -> dict[str, Any]:
    changes = [
        {"field": change.field, "before": _plain(change.before), "after": _plain(change.after),
         "reading": change.source.reading, "number": change.source.number}
        for change in one.changes
    ]  # fmt: skip
    sources = [{"reading": source.reading, "number": source.number, "line": source.line} for source in one.sources]
    return {**person_dict(one.traveller), "standing": one.standing.value, "sources": sources, "changes": changes}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def merged_text(merged: Merged) -> str:
    """Give the people of a flight, one a line, with what changed."""
    lines = [f"航班 Flight {merged.flight or '?'}  {len(merged.people)} 人 people"]
    for one in merged.people:
        changes = ", ".join(f"{c.field} {_plain(c.before)} → {_plain(c.after)}" for c in one.changes)
        lines.append(f"  {one.standing.value:<9} {name_of(one.traveller)}  {one.traveller.seat}  {changes}".rstrip())
    return "\n".join([*lines, *map(problem_text, merged.problems)])


def name_of(one: Traveller) -> str:
    """Give a name as lists show it."""
    latin = ", ".join(filter(None, (one.surname, " ".join(filter(None, (one.given, one.second))))))
    return " ".join(filter(None, (latin, one.name_zh))) or "?"


def contacts_text(people: Mapping[int, Traveller], contacts: Mapping[int, Contact[int]]) -> str:
    """Give the contacts, one a line, with the grounds in both languages."""
    lines = [f"密切接触者 Close contacts {len(contacts)}"]
    for number, contact in contacts.items():
        one, why = people[number], contact.why
        lines.append(f"  {one.seat or '?':<5} {name_of(one)}  {why.zh} {why.en}")
    return "\n".join(lines)
