"""Prices and stocks: the rule opens alerts, a person answers them, nothing is changed afterwards."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.supply.actions import (
    PriceIn,
    StockIn,
    handle_alert,
    open_goods,
    report_prices,
    report_stocks,
)
from hucheng.economy.supply.measures import price_alerts_open, stock_days
from hucheng.economy.supply.models import Alert, Good, PriceReport, StockReport
from hucheng.economy.supply.queries import reported_goods, supply_of
from hucheng.economy.tables import GOODS, shipped
from hucheng.economy.testing import TODAY, a_department

pytestmark = pytest.mark.django_db
WEEK_AGO = TODAY - timedelta(days=7)


@pytest.fixture
def department():
    return a_department()


def price(actor, value, day=TODAY, code="pork", at=MORNING, reason=""):
    return report_prices(actor=actor, prices=[PriceIn(code, day, Decimal(value), reason)], at=at)


def stock(actor, days, day=TODAY, code="masks", at=MORNING, reason=""):
    told = StockIn(code, day, Decimal(days) * 100, Decimal(100), reason)
    return report_stocks(actor=actor, stocks=[told], at=at)


def test_every_good_names_its_rule_and_its_source():
    rows = shipped(GOODS)
    assert len({row["code"] for row in rows}) == 9
    assert all(row["rule_source"] and Decimal(row["week_change"]) > 0 and int(row["least_days"]) > 0 for row in rows)


def test_goods_are_opened_once(department):
    assert open_goods(actor=department, rows=shipped(GOODS), at=MORNING) == 0 and Good.objects.count() == 9


@pytest.mark.parametrize(
    ("now", "opens"), [("104.99", False), ("105.00", False), ("105.01", True), ("95.00", False), ("94.99", True)]
)
def test_a_price_alert_opens_beyond_five_per_cent_in_a_week_up_or_down(department, now, opens):
    price(department, "100", WEEK_AGO)
    assert bool(price(department, now)) == opens == Alert.objects.filter(kind="price").exists()


def test_the_change_is_against_the_last_price_at_least_a_week_old(department):
    price(department, "50", WEEK_AGO - timedelta(days=6))
    price(department, "100", WEEK_AGO)
    price(department, "200", TODAY - timedelta(days=6))
    (alert,) = Alert.objects.all()  # 200 against 50, a week before
    assert alert.value == 300 and price(department, "101") == []


def test_a_price_without_one_a_week_before_opens_nothing(department):
    price(department, "1", TODAY - timedelta(days=3))
    assert price(department, "100") == [] and supply_of(department, MORNING).lines


@pytest.mark.parametrize(("days", "opens"), [("10", False), ("10.1", False), ("9.9", True), ("0", True)])
def test_a_stock_alert_opens_below_the_least_days(department, days, opens):
    assert bool(stock(department, days)) == opens


def test_one_alert_of_a_kind_is_open_and_one_answered_rests_for_a_week(department):
    (alert,) = stock(department, "5", TODAY)
    assert stock(department, "4", TODAY + timedelta(days=1), at=after(days=1)) == []
    handle_alert(actor=department, alert_id=alert.pk, answer="reserve released", at=after(days=1))
    assert stock(department, "4", TODAY + timedelta(days=7), at=after(days=7)) == []
    assert len(stock(department, "4", TODAY + timedelta(days=8), at=after(60, days=8))) == 1


def test_handling_says_who_when_and_what(department):
    (alert,) = stock(department, "5")
    done = handle_alert(actor=department, alert_id=alert.pk, answer=" reserve released ", at=after(30))
    assert (done.handled_at, done.handled_by_id, done.answer) == (after(30), department.user_id, "reserve released")
    assert AuditLine.objects.filter(act="economy.supply.handle_alert", refused="").exists()
    told = supply_of(department, after(30))
    assert told.open == [] and told.handled == [done]


@pytest.mark.parametrize("answer", ["", "   "])
def test_an_alert_is_not_closed_without_words(department, answer):
    (alert,) = stock(department, "5")
    with pytest.raises(Refusal) as refused:
        handle_alert(actor=department, alert_id=alert.pk, answer=answer, at=after(1))
    assert refused.value.code == "alert_not_handled" and Alert.objects.get().handled_at is None


def test_an_alert_is_answered_once_and_by_nobody_from_elsewhere(department):
    (alert,) = stock(department, "5")
    for stranger in (an_actor(Role.DEPARTMENT, COUNTY), an_actor(Role.DEPARTMENT, "110000")):
        with pytest.raises(Http404):
            handle_alert(actor=stranger, alert_id=alert.pk, answer="x", at=after(1))
    with pytest.raises(Http404):
        handle_alert(actor=department, alert_id=uuid4(), answer="x", at=after(1))
    handle_alert(actor=department, alert_id=alert.pk, answer="x", at=after(1))
    with pytest.raises(Refusal):
        handle_alert(actor=department, alert_id=alert.pk, answer="y", at=after(2))
    assert Alert.objects.get().answer == "x"


@pytest.mark.parametrize(
    ("prices", "code"),
    [
        ([PriceIn("steel", TODAY, Decimal(1))], "goods_unclear"),
        ([PriceIn("pork", TODAY, Decimal(1)), PriceIn("pork", TODAY, Decimal(2))], "goods_unclear"),
        ([PriceIn("pork", TODAY, Decimal(0))], "price_of_nothing"),
        ([PriceIn("pork", TODAY + timedelta(days=1), Decimal(1))], "day_to_come"),
        ([PriceIn("rice", TODAY, Decimal(7))], "correction_without_reason"),
    ],
)
def test_a_price_that_cannot_stand_is_refused(department, prices, code):
    price(department, "6.2", code="rice")
    with pytest.raises(Refusal) as refused:
        report_prices(actor=department, prices=prices, at=MORNING)
    assert refused.value.code == code and PriceReport.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (StockIn("masks", TODAY, Decimal(-1), Decimal(1)), "stock_cannot_be_divided"),
        (StockIn("masks", TODAY, Decimal(1), Decimal(0)), "stock_cannot_be_divided"),
        (StockIn("rice", TODAY, Decimal(1), Decimal(1)), "correction_without_reason"),
        (StockIn("steel", TODAY, Decimal(1), Decimal(1)), "goods_unclear"),
    ],
)
def test_a_stock_that_cannot_stand_is_refused(department, one, code):
    stock(department, "35", code="rice")
    with pytest.raises(Refusal) as refused:
        report_stocks(actor=department, stocks=[one], at=MORNING)
    assert refused.value.code == code and StockReport.objects.count() == 1


def test_a_correction_counts_and_the_first_report_stays(department):
    price(department, "54")
    price(department, "56", reason="typing error", at=after(5))
    (line,) = [line for line in supply_of(department, after(5)).lines if line.good.code == "pork"]
    assert line.price.price == 56 and PriceReport.objects.count() == 2 and line.prices == [56.0]
    assert price(department, "56", at=after(6)) == [] and PriceReport.objects.count() == 2
    assert reported_goods(department, TODAY) == ({"pork"}, set())


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COUNTY])
def test_readers_and_counties_report_no_price(department, role):
    with pytest.raises(Refusal) as refused:
        price(an_actor(role), "1")
    assert refused.value.code == "role_may_not"


def test_the_measure_counts_price_alerts_older_than_48_hours_and_no_stock_alert(department):
    assert price_alerts_open(department, MORNING).value is None is stock_days(department, MORNING).value
    price(department, "100", WEEK_AGO)
    price(department, "110")
    stock(department, "5")
    assert price_alerts_open(department, after(48 * 60)).value == 0
    assert price_alerts_open(department, after(48 * 60 + 1)).value == 1
    assert supply_of(department, after(48 * 60 + 1)).late == 2  # the page counts both kinds
    handle_alert(actor=department, alert_id=Alert.objects.get(kind="price").pk, answer="x", at=after(49 * 60))
    assert price_alerts_open(department, after(50 * 60)).value == 0


def test_the_shortest_stock_counts_while_it_is_fresh(department):
    stock(department, "12.5")
    stock(department, "7.25", code="gowns")
    assert stock_days(department, MORNING).value == 7.25 and stock_days(department, after(days=6)).value == 7.25
    assert stock_days(department, after(days=7)).value is None is price_alerts_open(department, after(days=8)).value
    assert supply_of(department, MORNING).shortest.good.code == "gowns"


def test_another_place_sees_no_good_and_no_alert(department):
    stock(department, "5")
    told = supply_of(an_actor(Role.DEPARTMENT, COUNTY), MORNING)
    assert (told.lines, told.open, told.shortest) == ([], [], None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.integers(50, 150), min_size=8, max_size=20))
def test_at_any_time_each_kind_has_at_most_one_open_alert(department, levels):
    with transaction.atomic():
        for n, level in enumerate(levels):
            day, at = date(2020, 1, 21) + timedelta(days=n), after(days=n - 60)
            price(department, str(level), day, at=at)
            stock(department, str(level % 20), day, code="pork", at=at)
        assert Alert.objects.filter(handled_at=None, kind="price").count() <= 1
        assert Alert.objects.filter(handled_at=None, kind="stock").count() <= 1
        pairs = list(zip(levels, levels[7:], strict=False))
        assert Alert.objects.filter(kind="price").exists() == any(abs(b - a) / a > 0.05 for a, b in pairs)
        transaction.set_rollback(True)


def test_the_database_itself_holds_the_rules(department):
    (alert,) = stock(department, "5")
    price(department, "54")
    good = Good.objects.get(code="masks")
    attacks = [
        lambda: PriceReport.objects.create(good=good, day=TODAY, price=0, reported_at=MORNING),
        lambda: StockReport.objects.create(good=good, day=WEEK_AGO, stock=1, use_a_day=0, reported_at=MORNING),
        lambda: Alert.objects.create(good=good, kind="stock", day=TODAY, value=1, limit=2, opened_at=MORNING),
        lambda: Alert.objects.filter(pk=alert.pk).update(handled_at=after(1)),
        lambda: Alert.objects.filter(pk=alert.pk).update(answer="words without a time"),
        lambda: PriceReport.objects.update(price=1),
        lambda: StockReport.objects.update(stock=1),
    ]
    for attack in attacks:
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()
    handle_alert(actor=department, alert_id=alert.pk, answer="x", at=after(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.update(answer="something else")


def test_more_reports_ask_no_more_queries(department, django_assert_num_queries):
    price(department, "54")
    with django_assert_num_queries(5):
        supply_of(department, MORNING)
    for back in range(1, 15):
        for code in ("pork", "rice", "oil"):
            price(department, "54", TODAY - timedelta(days=back), code=code)
    with django_assert_num_queries(5):
        supply_of(department, MORNING)
