"""A disease or a test curve of one's own, read from a table like those shipped."""

import math

from hucheng.engines.risk.profiles import Curve, Parameter, Profile, profiles
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.series import read_table
from hucheng.engines.words.bilingual import Bilingual

TEMPLATE = "unknown_respiratory"


def own_profile(data: bytes, name: str) -> Profile:
    """Read a disease: CSV with parameter and value; low, high and source where known; units are those of the template.

    raises RiskRefused for what is no such table, a parameter that no model has or that comes twice, and numbers that
    cannot be
    """
    units = {key: one.unit for shipped in profiles().values() for key, one in shipped.parameters.items()}
    numbers: dict[str, Parameter] = {}
    for row in read_table(data, ("parameter", "value")):
        key = row["parameter"].strip()
        if key not in units or key in numbers:
            raise refused("own", name=name, what=key or "-", known=", ".join(sorted(units)))
        value, low, high = (_number(name, key, row.get(column, "")) for column in ("value", "low", "high"))
        ends = (value if low is None else low, value if high is None else high)
        if value is None or not (ends[0] or 0.0) <= value <= (ends[1] or 0.0):
            raise refused("own", name=name, what=f"{key} {row['value'] or '-'}", known="low <= value <= high")
        _check(name, key, units[key], [one for one in (value, low, high) if one is not None])
        numbers[key] = Parameter(value, low, high, units[key], row.get("source", "") or name)
    return Profile(name, Bilingual(name, name), "own", name, numbers)


def own_curve(data: bytes, name: str) -> Curve:
    """Read a test curve: CSV with day and probability. Raises RiskRefused for what is no curve."""
    points = [
        (_number(name, "day", row["day"]), _number(name, "probability", row["probability"]))
        for row in read_table(data, ("day", "probability"))
    ]
    days = tuple(math.nan if day is None else day for day, _ in points)
    return Curve(name, days, tuple(math.nan if found is None else found for _, found in points), name)


def _number(name: str, key: str, text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise refused("own", name=name, what=f"{key} {text}", known="0, 0.5, 14, ...")
    return value


def _check(name: str, key: str, unit: str, values: list[float]) -> None:
    for value in values:
        if unit == "share":
            share(key, value)
        elif unit == "correlation":
            if not -1 < value < 1:
                raise refused("own", name=name, what=f"{key} {value:g}", known="-1 < ... < 1")
        elif value < 0 and unit != "logit":
            raise refused("own", name=name, what=f"{key} {value:g}", known=">= 0")
        elif value == 0 and unit == "logit/day":
            raise refused("own", name=name, what=f"{key} 0", known="> 0")
