"""From a station's series to its danger grade, day by day: the engine's work, remembered step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from hucheng.engines.fireweather import Codes, Grade, Moisture, Weather, fwi_step, grade_of_fwi
from hucheng.stability.fire.models import Gap, Observation, SeriesStart

Values = tuple[float, float, float, float]
Carried = tuple[float, float, float]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Indices:
    """The six codes of a day as plain numbers."""

    ffmc: float
    dmc: float
    dc: float
    isi: float
    bui: float
    fwi: float

    @property
    def carried(self) -> Carried:
        """What the next day starts from."""
        return self.ffmc, self.dmc, self.dc


@dataclass(frozen=True, slots=True)
class Danger:
    """One station's day. Without a grade it is blind: `missing` is the first day without an observation."""

    day: date
    observation: Observation | None = None
    indices: Indices | None = None
    grade: Grade | None = None
    missing: date | None = None
    gap: Gap | None = None

    @property
    def high(self) -> bool:
        """Grade four or five."""
        return self.grade is not None and self.grade.high


def dangers(
    start: SeriesStart,
    observations: Mapping[date, Observation],
    gaps: Mapping[date, Gap],
    last: date,
    *,
    restarts: Sequence[SeriesStart] = (),
) -> list[Danger]:
    """Every day after the start up to `last`. A gap is never filled: from it on each day is blind until a restart."""
    begins = {one.day: (one.ffmc, one.dmc, one.dc) for one in (start, *restarts)}
    found, missing = [], None
    carried: Carried = begins[start.day]
    day = start.day + DAY
    while day <= last:
        if day - DAY in begins:
            carried, missing = begins[day - DAY], None
        seen = observations.get(day)
        missing = missing or (None if seen else day)
        if missing or seen is None:
            found.append(Danger(day, seen, missing=missing, gap=gaps.get(missing or day)))
        else:
            indices = _indices(carried, day.month, seen.values)
            carried = indices.carried
            found.append(Danger(day, seen, indices, grade_of_fwi(indices.fwi)))
        day += DAY
    return found


def in_force(days: Sequence[Danger], moment: datetime, today: date) -> Danger | None:
    """What is known at a moment of its day: the grade of today once it is reported, until then that of yesterday."""
    by_day = {danger.day: danger for danger in days}
    now = by_day.get(today)
    if now and now.observation and now.observation.reported_at <= moment:
        return now
    return by_day.get(today - DAY)


@lru_cache(maxsize=8192)
def _indices(carried: Carried, month: int, values: Values) -> Indices:
    codes: Codes = fwi_step(Moisture(*carried), Weather(month, *values))
    return Indices(*(float(code) for code in (codes.ffmc, codes.dmc, codes.dc, codes.isi, codes.bui, codes.fwi)))
