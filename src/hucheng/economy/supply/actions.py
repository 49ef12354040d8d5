"""Reporting prices and stocks; the rule opens alerts, a person answers them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.reported import check_day, following, latest_by
from hucheng.economy.supply.models import Alert, Good, PriceReport, StockReport

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}
WEEK = timedelta(days=7)
TENTH = Decimal("0.1")
MOST = Decimal("999999999.9")
"""The largest change that an alert can name; only a slip of the pen comes near it."""
CODE = re.compile(r"[a-z][a-z0-9-]{1,29}")


@dataclass(frozen=True, slots=True)
class PriceIn:
    """The price of one good on one day, in yuan a unit."""

    code: str
    day: date
    price: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StockIn:
    """The stock of one good on one day and what a day uses up."""

    code: str
    day: date
    stock: Decimal
    use_a_day: Decimal
    reason: str = ""


@action(by=KEEPERS)
def open_goods(*, actor: Actor, rows: Iterable[Mapping[str, str]], at: datetime) -> int:
    """Watch the goods of a table at the actor's place; a good that is watched already stays as it is, and of two
    rows with one code the first counts.

    Refuses the whole table for a row without names, source of its rule or a plain code, and for limits of nothing.
    """
    rows = list(rows)
    for row in rows:
        _check_good(row)
    known = set(Good.objects.filter(place=actor.place).values_list("code", flat=True))
    fresh = [
        Good(
            place=actor.place,
            code=code,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            kind=row["kind"],
            unit=row["unit"],
            least_days=int(row["least_days"]),
            week_change=Decimal(row["week_change"]),
            rule_source=row["rule_source"],
        )
        for code, row in {row["code"]: row for row in reversed(rows)}.items()
        if code not in known
    ]
    Good.objects.bulk_create(fresh)
    return len(fresh)


@action(by=KEEPERS)
def report_prices(*, actor: Actor, prices: Sequence[PriceIn], at: datetime) -> list[Alert]:
    """Report prices; a change of more than the good's limit in a week opens an alert. Gives the alerts opened.

    Refuses an unknown good, a good twice, a day to come, a price of nothing, and a correction without a reason. The
    same price again adds nothing.
    """
    goods = _goods(actor, [one.code for one in prices])
    if any(one.price <= 0 for one in prices):
        raise Refusal("price_of_nothing", why=_("A price is above zero."), do=_("Give yuan a unit, such as 5.20."))
    days = {one.day for one in prices}
    known = list(
        PriceReport.objects.filter(
            good__in=goods.values(),
            day__gt=min(days, default=at.date()) - 2 * WEEK,
            day__lte=max(days, default=at.date()),
        )
    )
    fresh, changes = [], {}
    for one in prices:
        check_day(one.day, at)
        good = goods[one.code]
        mine = [row for row in known if row.good_id == good.pk]
        last = latest_by([row for row in mine if row.day == one.day], "good_id").get(good.pk)
        if last and last.price == one.price:
            continue
        fresh.append(
            PriceReport(good=good, day=one.day, price=one.price, reported_at=at, reported_by_id=actor.user_id,
                        **following(last, one.reason))
        )  # fmt: skip
        before = latest_by([row for row in mine if row.day <= one.day - WEEK], "good_id").get(good.pk)
        if before and abs(change := (one.price - before.price) / before.price * 100) > good.week_change:
            changes[good] = (one.day, min(change.quantize(TENTH), MOST), good.week_change)
    PriceReport.objects.bulk_create(fresh)
    return _open(Alert.Kind.PRICE, changes, at)


@action(by=KEEPERS)
def report_stocks(*, actor: Actor, stocks: Sequence[StockIn], at: datetime) -> list[Alert]:
    """Report stocks; fewer days than the good's least open an alert. Gives the alerts opened.

    Refuses an unknown good, a good twice, a day to come, a use of nothing, and a correction without a reason. The same
    figures again add nothing.
    """
    goods = _goods(actor, [one.code for one in stocks])
    if any(one.stock < 0 or one.use_a_day <= 0 for one in stocks):
        raise Refusal(
            "stock_cannot_be_divided",
            why=_("A stock is at least zero and a day uses more than nothing."),
            do=_("Give both in the unit of the good."),
        )
    known = list(StockReport.objects.filter(good__in=goods.values(), day__in={one.day for one in stocks}))
    fresh, short = [], {}
    for one in stocks:
        check_day(one.day, at)
        good = goods[one.code]
        last = latest_by([row for row in known if row.good_id == good.pk and row.day == one.day], "good_id").get(
            good.pk
        )
        if last and (last.stock, last.use_a_day) == (one.stock, one.use_a_day):
            continue
        row = StockReport(good=good, day=one.day, stock=one.stock, use_a_day=one.use_a_day, reported_at=at,
                          reported_by_id=actor.user_id, **following(last, one.reason))  # fmt: skip
        fresh.append(row)
        if row.days < good.least_days:
            short[good] = (one.day, row.days.quantize(TENTH), Decimal(good.least_days))
    StockReport.objects.bulk_create(fresh)
    return _open(Alert.Kind.STOCK, short, at)


@action(by=KEEPERS)
def handle_alert(*, actor: Actor, alert_id: UUID, answer: str, at: datetime) -> Alert:
    """Say what was done about an alert; it is closed. Refuses an empty answer and one that is closed already."""
    alert = Alert.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=alert_id).first()
    if alert is None:
        raise Http404
    if alert.handled_at or not answer.strip():
        raise Refusal(
            "alert_not_handled",
            why=_("The alert is handled already, or nothing is said."),
            do=_("Say what was done, such as goods released from the reserve."),
        )
    alert.handled_at, alert.handled_by_id, alert.answer = at, actor.user_id, answer.strip()[:400]
    alert.save(update_fields=["handled_at", "handled_by", "answer"])
    return alert


def _check_good(row: Mapping[str, str]) -> None:
    whole = all(row[name].strip() for name in ("name_zh", "name_en", "rule_source")) and CODE.fullmatch(row["code"])
    limits = re.fullmatch(r"\d{1,3}", row["least_days"]) and re.fullmatch(r"\d{1,3}(\.\d)?", row["week_change"])
    if not (whole and limits and row["kind"] in Good.Kind and row["unit"] in Good.Unit) or not Decimal(
        row["week_change"]
    ):
        raise Refusal(
            "good_unclear",
            why=_("A good needs a code, names in both languages, both limits, and the source of its rule."),
            do=_("Write the code in small letters, digits and dashes, and fill in the rest."),
        )


def _goods(actor: Actor, codes: Sequence[str]) -> dict[str, Good]:
    held = Good.objects.seen_by(actor).filter(place=actor.place, code__in=codes).select_for_update()
    goods = {good.code: good for good in held}
    if len(set(codes)) < len(codes) or set(codes) - goods.keys():
        raise Refusal(
            "goods_unclear",
            why=_("A good is not watched, or stands twice in the list."),
            do=_("Report each good of the list once."),
        )
    return goods


def _open(kind: Alert.Kind, found: Mapping[Good, tuple[date, Decimal, Decimal]], at: datetime) -> list[Alert]:
    """Open an alert for each finding that has none open and none answered within the last week."""
    still = Q(handled_at=None) | Q(handled_at__gt=at - WEEK)
    told = set(Alert.objects.filter(still, kind=kind, good__in=found).values_list("good_id", flat=True))
    return Alert.objects.bulk_create(
        Alert(good=good, kind=kind, day=day, value=value, limit=limit, opened_at=at)
        for good, (day, value, limit) in found.items()
        if good.pk not in told
    )
