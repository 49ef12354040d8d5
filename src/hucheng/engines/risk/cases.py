"""Daily local and imported cases of the city as people keep them: read, and what is doubtful about them named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.series import LONGEST_GAP, Note, note, read_table

LEAST_RISING = 10
"""Days without a fall from which on counts look cumulative."""
_FAR_BELOW = 2.0
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cases:
    """New cases a day without a gap; imported is None where it is not known apart.

    last   the last day, None where the table has no dates
    notes  what was left out, filled or could not be checked
    """

    local: list[int]
    imported: list[int] | None
    last: date | None = None
    notes: tuple[Note, ...] = ()


def read_cases(data: bytes, *, as_of: date | None = None) -> Cases:
    """Read daily counts: a CSV with the column local and, if there, imported and date.

    as_of   today, which is not over: its row and later ones are left out; needs dates
    raises  RiskRefused for what is no such table, a date that is none or comes twice, counts that are none or below 0,
            and more than seven days missing together

    With dates rows may stand in any order, and up to seven missing days together are days without a case, named in a
    note: bulletins often leave those out. Without dates every row is the next day.
    """
    rows = read_table(data, ("local",))
    if not rows:
        raise refused("few_cases", cases=0, least=1)
    for line, row in enumerate(rows, 1):
        for name in ("local", "imported"):
            if name in row:
                _count(row[name], line)
    if "date" not in rows[0]:
        if as_of is not None:
            raise refused("columns", missing="date", needed="date, local")
        return Cases(_whole(rows, "local"), _imported(rows), None, (note("no_dates"),))
    return _by_date(_days(rows), as_of)


def doubts(local: Sequence[int], last: date | None = None) -> list[Note]:
    """Name what is suspicious about daily counts: never falling, as sums do; a last day far below those before it."""
    counts = np.trim_zeros(np.asarray(local, dtype=np.float64), "f")
    found = []
    if len(counts) >= LEAST_RISING and (np.diff(counts) >= 0).all() and counts[-1] > counts[0]:
        found.append(note("cumulative", count=len(counts)))
    before = counts[-8:-1]
    if len(before) == 7 and before.mean() > 0:
        mean = float(before.mean())
        spread = float(np.sqrt(max(before.var(ddof=1), mean)))
        if counts[-1] < min(mean / 2, mean - _FAR_BELOW * spread):
            found.append(note("last_low", value=int(counts[-1]), mean=f"{mean:.1f}", date=last or len(local)))
    return found


def _by_date(days: dict[date, dict[str, str]], as_of: date | None) -> Cases:
    """Give the days in order up to the last that is over, each missing one without a case."""
    over = {day: row for day, row in days.items() if as_of is None or day < as_of}
    if not over:
        raise refused("few_cases", cases=0, least=1)
    notes = [] if len(over) == len(days) else [note("half_day", where="local", date=as_of)]
    first, last = min(over), max(over)
    dates = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    missing = [day for day in dates if day not in over]
    _refuse_long_gap(sorted(over))
    if missing:
        listed = ", ".join(map(str, missing[:_SHOWN])) + (", ..." if len(missing) > _SHOWN else "")
        notes.append(note("days_without", count=len(missing), dates=listed))
    if as_of is not None and (silent := (as_of - last).days - 1):
        notes.append(note("table_ends", date=last, count=silent))
    rows = [over.get(day, {"local": "0", "imported": "0"}) for day in dates]
    has_imported = "imported" in over[last]
    return Cases(_whole(rows, "local"), _whole(rows, "imported") if has_imported else None, last, tuple(notes))


def _refuse_long_gap(days: list[date]) -> None:
    for one, other in zip(days, days[1:], strict=False):
        if (other - one).days - 1 > LONGEST_GAP:
            raise refused("gap", first=one, last=other, count=(other - one).days - 1)


def _days(rows: list[dict[str, str]]) -> dict[date, dict[str, str]]:
    days: dict[date, dict[str, str]] = {}
    for line, row in enumerate(rows, 1):
        try:
            day = date.fromisoformat(row["date"].strip())
        except ValueError:
            raise refused("case_date", line=line, value=row["date"].strip() or "-") from None
        if day in days:
            raise refused("case_date", line=line, value=day)
        days[day] = row
    return days


def _imported(rows: list[dict[str, str]]) -> list[int] | None:
    return _whole(rows, "imported") if "imported" in rows[0] else None


def _whole(rows: list[dict[str, str]], name: str) -> list[int]:
    return [_count(row[name], line) for line, row in enumerate(rows, 1)]


def _count(text: str, line: int) -> int:
    if not text.strip().isdecimal():
        raise refused("counts", day=line, value=text.strip() or "-")
    return int(text)
