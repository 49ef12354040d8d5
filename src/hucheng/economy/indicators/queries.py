"""Reading series: what was known on a day, every vintage of a period, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Place
from hucheng.core.places.queries import place_names
from hucheng.core.scope.actor import Actor
from hucheng.economy.indicators.models import Indicator, Upload, Vintage
from hucheng.economy.indicators.periods import before, last_period
from hucheng.economy.indicators.problems import PROBLEMS


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of a series: the vintage that was known, and how often it had been revised."""

    vintage: Vintage
    earlier: list[Vintage]

    @property
    def revised_by(self) -> float | None:
        """How far the value known lies from the first one; None without a revision."""
        return float(self.vintage.value - self.earlier[0].value) if self.earlier else None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a file that was not taken: where, what, why, and what to do."""

    line: int
    field: str
    value: str
    why: Promise
    do: Promise


def series_seen_by(actor: Actor) -> list[Indicator]:
    """The series that the actor may see, by code."""
    return list(Indicator.objects.seen_by(actor))


def areas_above(place: str) -> list[Place]:
    """The divisions of which a city keeps series: itself, its province, the nation."""
    known = place_names()
    return [known[code] for code in dict.fromkeys((place, f"{place[:2]}0000", "000000")) if code in known]


def indicator_seen_by(actor: Actor, indicator_id: UUID) -> Indicator:
    """One series; 404 for a stranger."""
    found = Indicator.objects.seen_by(actor).filter(pk=indicator_id).first()
    if found is None:
        raise Http404
    return found


def known_on(actor: Actor, day: date, series: Iterable[Indicator]) -> dict[UUID, list[PeriodLine]]:
    """What was known on a day: per series its periods in order, each with the last vintage published by that day."""
    wanted = {indicator.pk: indicator for indicator in series}
    lines: dict[UUID, dict[date, list[Vintage]]] = {pk: {} for pk in wanted}
    rows = Vintage.objects.seen_by(actor).filter(indicator__in=wanted, published_on__lte=day)
    for vintage in rows.order_by("period", "revision"):
        vintage.indicator = wanted[vintage.indicator_id]
        lines[vintage.indicator_id].setdefault(vintage.period, []).append(vintage)
    return {pk: [PeriodLine(chain[-1], chain[:-1]) for chain in periods.values()] for pk, periods in lines.items()}


def all_vintages(actor: Actor) -> list[Vintage]:
    """Every vintage in sight with its series, in the order in which a file is sent."""
    rows = Vintage.objects.seen_by(actor).select_related("indicator")
    return list(rows.order_by("indicator__code", "period", "revision"))


def due_on(actor: Actor, at: datetime) -> tuple[int, int]:
    """Of the series with a calendar: how many are due for their latest period, and how many arrived by their day.

    A period that was due before its series was opened here is not counted.
    """
    today = at.astimezone(SHANGHAI).date()
    wanted: dict[UUID, tuple[date, date]] = {}
    for indicator in Indicator.objects.seen_by(actor).exclude(due_days=None):
        wait = timedelta(days=indicator.due_days or 0)
        period = last_period(today - wait - timedelta(days=1), indicator.period)  # its day is over
        if indicator.kind == Indicator.Kind.GROWTH and period.month == 1:
            period = before(period, indicator.period)  # January is published with February
        if period + wait >= indicator.opened_at.astimezone(SHANGHAI).date():
            wanted[indicator.pk] = (period, period + wait)
    first = Vintage.objects.filter(indicator__in=wanted, revision=0, recorded_at__lte=at)
    came = {
        (pk, period): recorded.astimezone(SHANGHAI).date()
        for pk, period, recorded in first.filter(period__in={p for p, _d in wanted.values()}).values_list(
            "indicator_id", "period", "recorded_at"
        )
    }
    in_time = sum(came.get((pk, period), date.max) <= due for pk, (period, due) in wanted.items())
    return in_time, len(wanted)


def upload_seen_by(actor: Actor, upload_id: UUID) -> Upload:
    """One file of values; 404 for a stranger."""
    found = Upload.objects.seen_by(actor).filter(pk=upload_id).first()
    if found is None:
        raise Http404
    return found


def problems_of(upload: Upload) -> list[RowProblem]:
    """What was wrong with a file, in the language in force."""
    return [
        RowProblem(one["line"], one["field"], one["cells"].get(one["field"], ""), *PROBLEMS[one["problem"]])
        for one in upload.problems
    ]


def latest_uploads(actor: Actor) -> list[Upload]:
    """The last five files of values."""
    return list(Upload.objects.seen_by(actor).order_by("-received_at")[:5])
