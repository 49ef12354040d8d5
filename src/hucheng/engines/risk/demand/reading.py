"""A demand plan as JSON: flights, assumptions with their sources, people inside, and what earlier forecasts said."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from hucheng.engines.risk.demand.forecast import MOST_DAYS, RESOURCES, Flight, Habits, Inside, Plan, still_there
from hucheng.engines.risk.demand.record import Issued
from hucheng.engines.risk.refusal import refused
from hucheng.engines.words.bilingual import Bilingual

NUMBERS = ("load_mean", "load_sd", "cancelled", "kept", "hospital", "shared_sd")
_NEEDED = ("load_mean", "load_sd", "kept", "stay")
_NEUTRAL: dict[str, Any] = {
    "cancelled": 0,
    "hospital": 0,
    "shared_sd": 0,
    "party": {"1": 1},
    "rooms_per_party": None,
    "hospital_after": {"0": 1},
    "hospital_stay": {"1": 1},
    "test_days": [],
    "rooms_per_staff": None,
    "shifts": 1,
}
_NOT_GIVEN = "not given: nothing assumed"
_KEYS = ("name", "start", "days", "flights", "assumptions", "inside", "capacity", "observed", "issued")
_PAST = Bilingual(
    "早于起始日的航班（{count} 个）未计入：其旅客应列入在内人数。",
    "Flights that landed before the first day ({count}) are left out: who came by them belongs to the people inside.",
)
_LATE = Bilingual("晚于预测时段的航班（{count} 个）未计入。", "Flights after the horizon ({count}) are left out.")
_GAPS = Bilingual(
    "{resource} 的观测缺天（{count} 天），这些天的预测不评分。",
    "Days of {resource} are missing ({count}); forecasts of them are not scored.",
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: its value, the interval it may lie in where one is known, and where it comes from."""

    value: Any
    low: float | None
    high: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the plan, the first day, and what stands beside it. staff: rooms to a person, shifts a day."""

    name: str
    version: str
    start: date
    plan: Plan
    assumptions: dict[str, Assumption]
    capacity: dict[str, int]
    staff: tuple[float, int] | None
    observed: dict[str, dict[date, float]]
    issued: tuple[Issued, ...]
    notes: tuple[Bilingual, ...]


def read_question(data: bytes) -> Question:
    """Read a demand plan. Raises RiskRefused, with the place, for anything that cannot be used."""
    given = _object("plan", _json(data))
    if unknown := sorted(set(given) - set(_KEYS)):
        raise refused("plan", place=", ".join(unknown), known=", ".join(_KEYS))
    start, days = _date("start", given.get("start")), _whole("days", given.get("days"), 1, MOST_DAYS)
    assumptions = _assumptions(_object("assumptions", given.get("assumptions")))
    habits = _habits(assumptions)
    flights, notes = _flights(_list("flights", given.get("flights")), assumptions, start, days)
    inside = tuple(
        _inside(f"inside {place}", row, habits, start, days)
        for place, row in enumerate(_list("inside", given.get("inside", [])), 1)
    )
    observed = {name: _observed(name, row) for name, row in _object("observed", given.get("observed", {})).items()}
    capacity = {
        _resource("capacity", name): _whole(f"capacity {name}", value, 0, 10**7)
        for name, value in _object("capacity", given.get("capacity", {})).items()
    }
    issued = tuple(
        _issued(f"issued {place}", row) for place, row in enumerate(_list("issued", given.get("issued", [])), 1)
    )
    plan = Plan(days, flights, habits, inside, _number("shared_sd", assumptions["shared_sd"].value))
    return Question(
        str(given.get("name", "demand")),
        _version(given),
        start,
        plan,
        assumptions,
        capacity,
        _staff(assumptions),
        observed,
        issued,
        (*notes, *_gaps(observed)),
    )


def _assumptions(given: Mapping[str, Any]) -> dict[str, Assumption]:
    known = (*_NEEDED, *_NEUTRAL)
    if unknown := sorted(set(given) - set(known)):
        raise refused("plan", place=", ".join(unknown), known=", ".join(known))
    if missing := [name for name in _NEEDED if name not in given]:
        raise refused("missing", value=", ".join(missing))
    neutral = {name: Assumption(value, None, None, _NOT_GIVEN) for name, value in _NEUTRAL.items()}
    return neutral | {name: _assumption(name, value) for name, value in given.items()}


def _assumption(name: str, given: Any) -> Assumption:
    if not (isinstance(given, dict) and "value" in given):
        return Assumption(given, None, None, "")
    source = str(given.get("source", ""))
    if given.get("low") is None and given.get("high") is None:
        return Assumption(given["value"], None, None, source)
    low, value, high = (_number(f"{name} {end}", given.get(end)) for end in ("low", "value", "high"))
    most = float("inf") if name.endswith("_sd") else 1.0
    if not 0 <= low <= value <= high <= most:
        raise refused("plan", place=f"{name} low, high", known="0 <= low <= value <= high <= 1")
    return Assumption(value, low, high, source)


def _habits(assumptions: dict[str, Assumption]) -> Habits:
    party = _shares("party", assumptions["party"].value, first=1)
    rooms = assumptions["rooms_per_party"].value
    return Habits(
        party,
        tuple(range(1, len(party) + 1)) if rooms is None else _rooms(rooms, len(party)),
        _shares("stay", assumptions["stay"].value),
        _number("hospital", assumptions["hospital"].value),
        _shares("hospital_after", assumptions["hospital_after"].value),
        _shares("hospital_stay", assumptions["hospital_stay"].value),
        tuple(_whole("test_days", day, 0, MOST_DAYS) for day in _list("test_days", assumptions["test_days"].value)),
    )


def _staff(assumptions: dict[str, Assumption]) -> tuple[float, int] | None:
    shifts = _whole("shifts", assumptions["shifts"].value, 1, 24)
    if assumptions["rooms_per_staff"].value is None:
        return None
    rooms = _number("rooms_per_staff", assumptions["rooms_per_staff"].value)
    if not rooms > 0:
        raise refused("plan", place=f"rooms_per_staff = {rooms}", known="> 0")
    return rooms, shifts


def _rooms(given: Any, sizes: int) -> tuple[int, ...]:
    table = _object("rooms_per_party", given)
    return tuple(_whole(f"rooms_per_party {size}", table.get(str(size)), 0, 100) for size in range(1, sizes + 1))


def _shares(name: str, given: Any, first: int = 0) -> tuple[float, ...]:
    """Shares by a whole number, such as days: {"14": 0.9, "21": 0.1}."""
    table = {
        _whole(f"{name} {key}", key, first, MOST_DAYS): _number(f"{name} {key}", value)
        for key, value in _object(name, given).items()
    }
    if not table:
        raise refused("shares", name=name, value="-")
    return tuple(table.get(place, 0.0) for place in range(first, max(table) + 1))


def _flights(
    rows: list[Any], assumptions: dict[str, Assumption], start: date, days: int
) -> tuple[tuple[Flight, ...], tuple[Bilingual, ...]]:
    usual = {name: assumptions[name].value for name in ("load_mean", "load_sd", "cancelled", "kept")}
    made = [_flight(f"flight {place}", row, usual, start) for place, row in enumerate(rows, 1)]
    past, late = (sum(one.day < 0 for one in made), sum(one.day >= days for one in made))
    notes = [text.filled(count=count) for text, count in ((_PAST, past), (_LATE, late)) if count]
    return tuple(one for one in made if 0 <= one.day < days), tuple(notes)


def _flight(place: str, given: Any, usual: dict[str, Any], start: date) -> Flight:
    row = _object(place, given)
    if unknown := sorted(set(row) - {*usual, "flight", "date", "seats"}):
        raise refused("plan", place=f"{place}: {', '.join(unknown)}", known=", ".join([*usual, "flight, date, seats"]))
    numbers = {name: _number(f"{place} {name}", row.get(name, value)) for name, value in usual.items()}
    day = (_date(f"{place} date", row.get("date")) - start).days
    return Flight(max(min(day, MOST_DAYS), -MOST_DAYS), _whole(f"{place} seats", row.get("seats"), 0, 1000), **numbers)


def _inside(place: str, given: Any, habits: Habits, start: date, days: int) -> Inside:
    """A group that leaves on a known date, or one that came on a known date and stays as the others do."""
    row = _object(place, given)
    resource, count = _resource(place, row.get("resource")), _whole(f"{place} count", row.get("count"), 0, 10**6)
    ahead = np.arange(days)
    if "leaves" in row:
        there = (ahead < (_date(f"{place} leaves", row["leaves"]) - start).days).astype(np.float64)
    else:
        age = (start - _date(f"{place} arrived", row.get("arrived"))).days
        stay = habits.hospital_stay if resource == "beds" else habits.stay
        still = float(still_there(stay, [age - 1])[0])
        if age < 1 or still <= 0:
            raise refused("plan", place=f"{place} arrived", known=f"1..{len(stay)} days before start, or leaves")
        there = still_there(stay, age + ahead) / still
    return Inside(resource, count, tuple(float(one) for one in there))


def _observed(name: str, given: Any) -> dict[date, float]:
    _resource("observed", name)
    rows = _object(f"observed {name}", given)
    return {
        _date(f"observed {name}", day): float(_whole(f"observed {name} {day}", value, 0, 10**7))
        for day, value in rows.items()
    }


def _gaps(observed: dict[str, dict[date, float]]) -> list[Bilingual]:
    gaps = {name: (max(days) - min(days)).days + 1 - len(days) for name, days in observed.items() if days}
    return [_GAPS.filled(resource=name, count=count) for name, count in gaps.items() if count]


def _issued(place: str, given: Any) -> Issued:
    row = _object(place, given)
    table = sorted(
        (_number(f"{place} level", level), _number(f"{place} {level}", value))
        for level, value in _object(f"{place} quantiles", row.get("quantiles")).items()
    )
    levels, quantiles = tuple(level for level, _ in table), tuple(value for _, value in table)
    made, day = _date(f"{place} made", row.get("made")), _date(f"{place} date", row.get("date"))
    return Issued(_resource(place, row.get("resource")), made, day, levels, quantiles)


def _version(given: Mapping[str, Any]) -> str:
    """The same assumptions have the same version, whoever wrote them in whatever order."""
    text = json.dumps(given.get("assumptions"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as broken:
        raise refused("plan", place=broken, known="JSON, UTF-8") from broken


def _object(place: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise refused("plan", place=place, known="{...}")
    return given


def _list(place: str, given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise refused("plan", place=place, known="[...]")
    return given


def _number(place: str, given: Any) -> float:
    return float(_tried(place, given, float, "0.7"))


def _whole(place: str, given: Any, least: int, most: int) -> int:
    value = _tried(place, given, int, f"{least}..{most}")
    if not least <= value <= most:
        raise refused("plan", place=f"{place} = {value}", known=f"{least}..{most}")
    return int(value)


def _date(place: str, given: Any) -> date:
    day = _tried(place, given, date.fromisoformat, "2020-04-06")
    assert isinstance(day, date)
    return day


def _tried(place: str, given: Any, read: Callable[[Any], Any], shown: str) -> Any:
    """Read one value; what is no such value, not finite, true or false, or cut off when read, is refused."""
    try:
        value = read(given)
        plain = not isinstance(given, bool) and (
            isinstance(value, date) or (np.isfinite(value) and value == float(given))
        )
    except (TypeError, ValueError, OverflowError) as broken:
        raise refused("plan", place=f"{place} = {given}", known=shown) from broken
    if not plain:
        raise refused("plan", place=f"{place} = {given}", known=shown)
    return value


def _resource(place: str, given: Any) -> str:
    if given not in RESOURCES:
        raise refused("plan", place=f"{place}: {given}", known=", ".join(RESOURCES))
    return str(given)
