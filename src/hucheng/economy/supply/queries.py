"""Goods with price, change in a week and stock, and the alerts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.economy.reported import latest_by
from hucheng.economy.supply.actions import WEEK
from hucheng.economy.supply.models import Alert, Good, PriceReport, StockReport

OPEN_AT_MOST = timedelta(hours=48)
"""How long an alert may wait (catalogue: economy.supply.price_alerts_open)."""
LOOK_BACK = 3 * WEEK


@dataclass(frozen=True, slots=True)
class GoodLine:
    """One good as last reported within a week; None where it was not."""

    good: Good
    price: PriceReport | None
    change: float | None
    stock: StockReport | None
    prices: list[float]

    @property
    def jumps(self) -> bool:
        """The price moved by more than the rule allows."""
        return self.change is not None and abs(self.change) > self.good.week_change

    @property
    def short(self) -> bool:
        """The stock lasts less long than the rule wants."""
        return self.stock is not None and self.stock.days < self.good.least_days


@dataclass(frozen=True, slots=True)
class GoodReports:
    """One good with its latest sixty prices and stocks, corrections among them."""

    good: Good
    prices: list[PriceReport]
    stocks: list[StockReport]


@dataclass(frozen=True, slots=True)
class Supply:
    """Every good in sight, and the alerts: open ones first, then those handled last."""

    lines: list[GoodLine]
    open: list[Alert]
    handled: list[Alert]
    late: int

    @property
    def shortest(self) -> GoodLine | None:
        """The good whose stock lasts the fewest days."""
        told = [line for line in self.lines if line.stock]
        return min(told, key=lambda line: line.stock.days if line.stock else 0, default=None)


def goods_seen_by(actor: Actor) -> list[Good]:
    """The goods that are watched."""
    return list(Good.objects.seen_by(actor))


def reports_of(actor: Actor, good_id: UUID) -> GoodReports:
    """One good with its latest reports; 404 for a stranger."""
    good = Good.objects.seen_by(actor).filter(pk=good_id).first()
    if good is None:
        raise Http404
    prices = PriceReport.objects.seen_by(actor).filter(good=good).order_by("-day", "-revision")
    stocks = StockReport.objects.seen_by(actor).filter(good=good).order_by("-day", "-revision")
    return GoodReports(good, list(prices[:60]), list(stocks[:60]))


def reported_goods(actor: Actor, day: date) -> tuple[set[str], set[str]]:
    """Codes of the goods whose price, and whose stock, of a day is reported."""
    prices = PriceReport.objects.seen_by(actor).filter(day=day).values_list("good__code", flat=True)
    stocks = StockReport.objects.seen_by(actor).filter(day=day).values_list("good__code", flat=True)
    return set(prices), set(stocks)


def open_alerts(actor: Actor) -> list[Alert]:
    """Alerts that wait for an answer, the oldest first."""
    rows = Alert.objects.seen_by(actor).filter(handled_at=None)
    return list(rows.select_related("good").order_by("opened_at"))


def fresh_stocks(actor: Actor, at: datetime) -> dict[UUID, StockReport]:
    """The last stock of each good that is not older than a week."""
    today = at.astimezone(SHANGHAI).date()
    return latest_by(StockReport.objects.seen_by(actor).filter(day__gt=today - WEEK, day__lte=today), "good_id")


def has_fresh_prices(actor: Actor, at: datetime) -> bool:
    """Whether any price of the last week is reported."""
    today = at.astimezone(SHANGHAI).date()
    return PriceReport.objects.seen_by(actor).filter(day__gt=today - WEEK, day__lte=today).exists()


def late_price_alerts(actor: Actor, at: datetime) -> int:
    """Price alerts that wait for longer than they may."""
    rows = Alert.objects.seen_by(actor).filter(kind=Alert.Kind.PRICE, handled_at=None)
    return rows.filter(opened_at__lt=at - OPEN_AT_MOST).count()


def supply_of(actor: Actor, at: datetime) -> Supply:
    """Every good and every alert in sight."""
    today = at.astimezone(SHANGHAI).date()
    prices: dict[UUID, list[PriceReport]] = {}
    for row in PriceReport.objects.seen_by(actor).filter(day__gt=today - LOOK_BACK, day__lte=today):
        prices.setdefault(row.good_id, []).append(row)
    stocks = fresh_stocks(actor, at)
    lines = [_line(good, prices.get(good.pk, []), stocks.get(good.pk), today) for good in goods_seen_by(actor)]
    for line in lines:
        if line.stock:
            line.stock.good = line.good
    waiting = open_alerts(actor)
    handled = Alert.objects.seen_by(actor).exclude(handled_at=None).select_related("good", "handled_by")
    late = sum(alert.opened_at < at - OPEN_AT_MOST for alert in waiting)
    return Supply(lines, waiting, list(handled.order_by("-handled_at")[:20]), late)


def _line(good: Good, prices: list[PriceReport], stock: StockReport | None, today: date) -> GoodLine:
    by_day = {row.day: row for row in sorted(prices, key=lambda row: (row.day, row.revision))}
    last = by_day[max(by_day)] if by_day else None
    if last is None or last.day <= today - WEEK:
        return GoodLine(good, None, None, stock, [])
    earlier = [day for day in by_day if last.day - 2 * WEEK < day <= last.day - WEEK]  # as the rule looks back
    before = by_day[max(earlier)] if earlier else None
    change = float((last.price - before.price) / before.price * 100) if before else None
    return GoodLine(good, last, change, stock, [float(by_day[day].price) for day in sorted(by_day)])
