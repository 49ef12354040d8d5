"""What a new value may be, beside those that are known: the one rule for pages, files and programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hucheng.economy.indicators.models import Indicator, Vintage
from hucheng.economy.indicators.periods import FINEST, period_of

FULL_FALL = Decimal(-100)
TOO_LARGE = Decimal(10) ** 11
"""With four places behind the point both databases give fifteen digits back as they were stored, and no more."""


@dataclass(frozen=True, slots=True)
class ValueIn:
    """One value to publish: series, period as 2020M02 or 2020Q1, number, day of publication, reason of a revision."""

    code: str
    period: str
    value: Decimal
    published_on: date
    reason: str = ""
    source: str = ""


@dataclass(slots=True)
class Judged:
    """What became of each value: new vintages, those known already, problems by the place of the value in the list."""

    new: list[Vintage] = field(default_factory=list)
    same: int = 0
    wrong: dict[int, str] = field(default_factory=dict)


def judge(values: Sequence[ValueIn], series: dict[str, Indicator], known: Iterable[Vintage], today: date) -> Judged:
    """Sort values into new, known and wrong; values later in the list see those before them."""
    chains: dict[tuple[object, date], list[Vintage]] = {}
    for vintage in known:
        chains.setdefault((vintage.indicator_id, vintage.period), []).append(vintage)
    judged = Judged()
    for place, one in enumerate(values):
        indicator = series.get(one.code)
        period = period_of(one.period, indicator.period) if indicator else None
        problem = _alone(one, indicator, period, today)
        if problem or indicator is None or period is None:
            judged.wrong[place] = problem
            continue
        chain = chains.setdefault((indicator.pk, period), [])
        _beside(judged, place, one, indicator, period, chain)
    return judged


def _alone(one: ValueIn, indicator: Indicator | None, period: date | None, today: date) -> str:
    if indicator is None:
        return "unknown_series"
    if period is None:
        return "no_such_period"
    if abs(one.value) >= TOO_LARGE:
        return "too_large"
    if indicator.kind == Indicator.Kind.GROWTH and one.value < FULL_FALL:
        return "impossible_value"
    if one.published_on < period:
        return "published_too_early"
    return "published_to_come" if one.published_on > today else ""


def _beside(judged: Judged, place: int, one: ValueIn, indicator: Indicator, period: date, chain: list[Vintage]) -> None:
    """Put a value, to four places, at the end of its period's chain, or say why it has no place there."""
    value = one.value.quantize(FINEST)
    if any(v.value == value and v.published_on == one.published_on for v in chain):
        judged.same += 1
        return
    last = chain[-1] if chain else None
    if last and last.published_on > one.published_on:
        judged.wrong[place] = "older_than_known"
    elif last and last.published_on == one.published_on:
        judged.wrong[place] = "two_values_a_day"
    elif last and not one.reason.strip():
        judged.wrong[place] = "no_reason"
    else:
        vintage = Vintage(
            indicator=indicator,
            period=period,
            value=value,
            published_on=one.published_on,
            revision=last.revision + 1 if last else 0,
            reason=one.reason.strip()[:200] if last else "",
            source=one.source.strip()[:200] or indicator.source,
        )
        chain.append(vintage)
        judged.new.append(vintage)
