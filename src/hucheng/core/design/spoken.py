"""How numbers and moments are said on a page, the same everywhere."""

from datetime import date, datetime

from hucheng.core.clock import SHANGHAI

NONE = "—"
"""Known none; an empty place would be a missing word."""


def spoken_number(value: float | None) -> str:
    """Thousands by comma, at most one decimal, a true minus, never one before nought; a dash for nothing."""
    if value is None:
        return NONE
    shown = f"{value:z,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"
    return shown.replace("-", "−")


def spoken_time(moment: datetime | None) -> str:
    """A moment as `03-24 20:40` in the city's time; a dash for none."""
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if moment else NONE


def spoken(value: object) -> str:
    """Any plain value of a row."""
    if isinstance(value, datetime):
        return spoken_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return spoken_number(value)
    return str(value) if value not in (None, "") else NONE
