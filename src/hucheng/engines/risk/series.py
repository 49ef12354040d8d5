"""Daily series of countries as they come: checked, mended where that can be said, and every mending named."""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.special import Array
from hucheng.engines.words.bilingual import Bilingual

CAPACITIES = ("world", "high", "medium", "low")
LONGEST_GAP, LONGEST_SILENCE, LEAST_DAYS = 7, 28, 7
TINY = 10_000
_NEEDED = ("date", "country", "population")


@dataclass(frozen=True, slots=True)
class Note:
    """Something mended or left out: a code for programs, a sentence for people."""

    code: str
    text: Bilingual


@dataclass(frozen=True, slots=True)
class CountrySeries:
    """One country's daily counts, the last day at the end; deaths and tests are None where not given."""

    country: str
    population: int
    last: date
    cases: Array
    deaths: Array | None
    tests: Array | None
    capacity: str


@dataclass(frozen=True, slots=True)
class World:
    """The countries whose series can be used, by ISO 3166 alpha-3 code, and what was mended or left out."""

    series: dict[str, CountrySeries]
    notes: tuple[Note, ...]


def note(code: str, **values: object) -> Note:
    """Give the note of notes.csv with its places filled."""
    return Note(code, _texts()[code].filled(**values))


def as_dicts(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Give notes for JSON."""
    return [{"code": one.code, "zh": one.text.zh, "en": one.text.en} for one in notes]


def country_code(text: str) -> str | None:
    """Give the ISO 3166 alpha-3 code of a two- or three-letter code, None for an unknown one."""
    return _codes().get(text.strip().upper())


def country_name(code: str) -> Bilingual:
    """Give the name of a country by its alpha-3 code."""
    return _names()[code]


def read_series(data: bytes, *, as_of: date) -> World:
    """Read the daily counts of countries up to a day, which itself is not over yet.

    data    CSV with the columns date, country (ISO 3166), population, cases or cumulative, and if known deaths, tests
            and capacity (world, high, medium, low)
    raises  RiskRefused for what is no such table, a date that is none or comes twice, and counts that are no numbers
    """
    rows = _rows(data)
    notes: list[Note] = []
    kept: dict[str, CountrySeries] = {}
    for text, own in _by_country(rows).items():
        code = country_code(text)
        if code is None:
            notes.append(note("unknown_country", where=text or "-", count=len(own)))
            continue
        made, said = _country(code, own, as_of)
        notes += said
        if made is not None:
            kept[code] = made
    return World(kept, tuple(notes))


def _country(code: str, rows: list[dict[str, str]], as_of: date) -> tuple[CountrySeries | None, list[Note]]:
    where = code
    days = _days(code, rows)
    notes = [note("half_day", where=where, date=as_of)] if as_of in days else []
    past = {day: row for day, row in days.items() if day < as_of}
    population, said = _population(where, rows)
    notes += said
    if not past or population is None:
        return None, [*notes, *([] if past else [note("few_days", where=where)])]
    first, last = min(past), max(past)
    dates = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    columns = {}
    for name in ("cases", "cumulative", "deaths", "tests"):
        columns[name] = _column(where, name, [past.get(day, {}).get(name, "") for day in dates])
    counted, said = _daily(where, columns, dates)
    notes += said
    if counted is None or len(counted) < LEAST_DAYS:
        return None, [*notes, note("few_days", where=where)]
    if counted.sum() > population:
        return None, [*notes, note("more_than_people", where=where, cases=f"{counted.sum():.0f}", value=population)]
    silence = (as_of - last).days - 1
    if silence > LONGEST_SILENCE:
        return None, [*notes, note("silent", where=where)]
    if silence > LONGEST_GAP:
        notes.append(note("vanished", where=where, date=last))
    extra = {
        name: _filled(columns[name])[-len(counted) :] if _any(columns[name]) else None for name in ("deaths", "tests")
    }
    capacity = _capacity(rows)
    return CountrySeries(code, population, last, counted, extra["deaths"], extra["tests"], capacity), notes


def _daily(where: str, columns: dict[str, Array], dates: list[date]) -> tuple[Array | None, list[Note]]:
    """Give whole daily counts: gaps filled, falls taken from the days before, what lies behind a long gap left out."""
    name = "cases" if _any(columns["cases"]) else "cumulative"
    given, notes = columns[name], list[Note]()
    if not _any(given):
        return None, notes
    start = _after_long_gap(np.isnan(given))
    if start:
        notes.append(note("long_gap", where=where, date=dates[start]))
    part = given[start:]
    if missing := int(np.isnan(part).sum()):
        notes.append(note("days_missing", where=where, count=missing))
    part = _filled(part)
    counts = np.diff(part) if name == "cumulative" else part
    if (counts < 0).any():
        notes.append(note("falls", where=where, count=f"{-counts[counts < 0].sum():.0f}"))
        counts = _taken_back(counts)
    return counts, notes


def _taken_back(counts: Array) -> Array:
    """Take each fall from the days just before it, so that the total stays; what no day can bear is dropped."""
    out = counts.copy()
    for day in np.flatnonzero(counts < 0):
        owed, out[day] = -out[day], 0.0
        for before in range(int(day) - 1, -1, -1):
            taken = min(owed, out[before])
            out[before] -= taken
            owed -= taken
            if owed <= 0:
                break
    return out


def _after_long_gap(missing: Array) -> int:
    """Give the first day after the last gap of more than a week, 0 where there is none."""
    start, run = 0, 0
    for day, lacks in enumerate(missing):
        if not lacks and run > LONGEST_GAP:
            start = day
        run = run + 1 if lacks else 0
    return start


def _filled(values: Array) -> Array:
    known = np.flatnonzero(~np.isnan(values))
    return np.asarray(np.interp(np.arange(len(values)), known, values[known]), dtype=np.float64)


def _any(values: Array) -> bool:
    return bool((~np.isnan(values)).any())


def _column(where: str, name: str, cells: Iterable[str]) -> Array:
    out = []
    for day, cell in enumerate(cells, 1):
        text = cell.strip().replace(",", "")
        try:
            value = float(text) if text else math.nan
        except ValueError:
            value = math.inf
        if math.isinf(value) or (name in ("cumulative", "deaths", "tests") and value < 0):
            raise refused("counts", day=day, value=f"{where} {name} {cell}")
        out.append(value)
    return np.array(out, dtype=np.float64)


def _days(code: str, rows: list[dict[str, str]]) -> dict[date, dict[str, str]]:
    days: dict[date, dict[str, str]] = {}
    for row in rows:
        try:
            day = date.fromisoformat(row["date"].strip())
        except ValueError as wrong:
            raise refused("date", value=row["date"] or "-", where=code) from wrong
        if day in days:
            raise refused("date", value=f"{day} (2x)", where=code)
        days[day] = row
    return days


def _population(where: str, rows: list[dict[str, str]]) -> tuple[int | None, list[Note]]:
    text = rows[-1]["population"].strip().replace(",", "")
    try:
        count = int(float(text))
    except (ValueError, OverflowError):
        count = 0
    if count < 1:
        return None, [note("population", where=where, value=text or "-")]
    return count, [note("tiny_population", where=where, value=count)] if count < TINY else []


def _capacity(rows: list[dict[str, str]]) -> str:
    asked = rows[-1].get("capacity", "").strip().lower() or "world"
    if asked not in CAPACITIES:
        raise refused("choice", name="capacity", value=asked, known=", ".join(CAPACITIES))
    return asked


def _by_country(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        text = row["country"]
        found.setdefault(country_code(text) or text.strip(), []).append(row)
    return found


def _rows(data: bytes) -> list[dict[str, str]]:
    return read_table(data, _NEEDED, either=("cases", "cumulative"))


def read_table(data: bytes, needed: Iterable[str], *, either: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Read a CSV with a heading that has all needed columns, and one of `either`. Raises RiskRefused."""
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        rows = [{name: text or "" for name, text in row.items() if name} for row in reader]
    except (UnicodeDecodeError, csv.Error) as broken:
        raise refused("table", value=broken) from broken
    given = reader.fieldnames or ()
    missing = [name for name in needed if name not in given]
    if either and not set(either) & set(given):
        missing.append(" / ".join(either))
    if missing:
        raise refused(
            "columns", missing=", ".join(missing), needed=", ".join([*needed, " / ".join(either)]).rstrip(", ")
        )
    return rows


@cache
def _texts() -> dict[str, Bilingual]:
    return {row["code"]: Bilingual(row["zh"], row["en"]) for row in _data("notes.csv")}


@cache
def _codes() -> dict[str, str]:
    return {row[key]: row["iso3"] for row in _data("countries.csv") for key in ("iso2", "iso3")}


@cache
def _names() -> dict[str, Bilingual]:
    return {row["iso3"]: Bilingual(row["name_zh"], row["name_en"]) for row in _data("countries.csv")}


def _data(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
