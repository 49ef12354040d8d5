"""The rule of a good: when it opens an alert, that the page says the same, and a plain count as its witness."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.economy.supply.actions import PriceIn, StockIn, handle_alert, open_goods, report_prices, report_stocks
from hucheng.economy.supply.measures import price_alerts_open, stock_days
from hucheng.economy.supply.models import Alert, Good, PriceReport, StockReport
from hucheng.economy.supply.queries import goods_seen_by, open_alerts, reported_goods, reports_of, supply_of
from hucheng.economy.tables import GOODS, shipped
from hucheng.economy.testing import TODAY, a_department

pytestmark = pytest.mark.django_db
ON_THE_DATABASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


@pytest.fixture
def department():
    return a_department()


def price(actor, value, back=0, code="pork", at=MORNING, reason=""):
    day = TODAY - timedelta(days=back)
    return report_prices(actor=actor, prices=[PriceIn(code, day, Decimal(value), reason)], at=at)


def stock(actor, amount, use=100, back=0, code="masks", at=MORNING, reason=""):
    told = StockIn(code, TODAY - timedelta(days=back), Decimal(amount), Decimal(use), reason)
    return report_stocks(actor=actor, stocks=[told], at=at)


def line_of(actor, code, at=MORNING):
    (found,) = [line for line in supply_of(actor, at).lines if line.good.code == code]
    return found


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


@pytest.mark.parametrize(("back", "told"), [(6, None), (7, 10.0), (13, 10.0), (14, None), (20, None)])
def test_rule_and_page_look_back_from_one_week_to_two(department, back, told):
    """A price of three weeks ago says nothing of a change in a week, neither to the rule nor on the page."""
    price(department, "100", back)
    assert bool(price(department, "110")) == bool(told)
    line = line_of(department, "pork")
    assert line.change == told and line.jumps == bool(told)


@ON_THE_DATABASE
@given(st.dictionaries(st.integers(0, 20), st.integers(90, 110), min_size=1, max_size=12))
def test_the_page_warns_of_the_last_price_exactly_when_the_rule_would(department, by_back):
    """The witness compares the last price with the latest one that is 7 to 13 days older."""
    with transaction.atomic():
        for back, value in sorted(by_back.items(), reverse=True):
            price(department, str(value), back)
        last = min(by_back)
        before = [by_back[back] for back in sorted(by_back) if last + 7 <= back < last + 14]
        line = line_of(department, "pork")
        if last >= 7:
            assert (line.price, line.change, line.prices) == (None, None, [])
        else:
            moved = bool(before) and abs(by_back[last] - before[0]) > Decimal("0.05") * before[0]
            assert line.price.price == by_back[last] and line.jumps == moved
            assert line.prices == [float(by_back[back]) for back in sorted(by_back, reverse=True)]
        transaction.set_rollback(True)


def test_a_correction_of_the_earlier_price_is_what_the_change_is_taken_from(department):
    price(department, "50", 7)
    price(department, "100", 7, reason="half a kilo was taken for one", at=after(5))
    assert price(department, "104", at=after(9)) == []
    assert line_of(department, "pork", after(9)).change == pytest.approx(4)


def test_a_correction_of_the_price_of_today_may_open_the_alert(department):
    price(department, "100", 7)
    assert price(department, "101") == []
    (alert,) = price(department, "110", reason="typing error", at=after(5))
    assert (alert.value, alert.limit, alert.day) == (Decimal("10.0"), Decimal("5.0"), TODAY)
    assert alert.opened_at == after(5) and alert.good.code == "pork"


def test_a_fall_is_told_with_its_sign(department):
    price(department, "100", 7)
    (alert,) = price(department, "80")
    assert alert.value == Decimal("-20.0") and line_of(department, "pork").change == -20.0


def test_a_slip_of_the_pen_opens_an_alert_that_can_be_read(department):
    price(department, "0.01", 7)
    (alert,) = price(department, "69012345.00")
    alert.refresh_from_db()
    assert alert.value == Decimal("999999999.9") and supply_of(department, MORNING).open == [alert]


def test_each_good_is_judged_by_its_own_limits(department):
    salt = shipped(GOODS)[0] | {"code": "salt", "week_change": "0.1", "least_days": "1"}
    assert open_goods(actor=department, rows=[salt], at=MORNING) == 1
    price(department, "100", 7, code="salt")
    (alert,) = price(department, "100.11", code="salt")
    assert (alert.value, alert.limit) == (Decimal("0.1"), Decimal("0.1"))
    assert stock(department, 99, code="salt")[0].value == Decimal("1.0")  # 0.99 days, shown to a tenth
    assert stock(department, 100, code="salt", back=1) == []


@ON_THE_DATABASE
@given(st.integers(0, 5_000), st.integers(1, 500))
def test_a_stock_is_short_exactly_below_its_least_days(department, amount, use):
    with transaction.atomic():
        opened = stock(department, amount, use)
        assert bool(opened) == (amount < 10 * use)
        line = line_of(department, "masks")
        assert line.short == (amount < 10 * use) and float(line.stock.days) == pytest.approx(amount / use)
        transaction.set_rollback(True)


def test_several_goods_are_reported_at_once_and_each_alert_is_opened(department):
    codes = ("flour", "rice", "oil")
    week_ago, now = TODAY - timedelta(days=7), dict(zip(codes, ("100", "106", "94"), strict=True))
    report_prices(actor=department, prices=[PriceIn(code, week_ago, Decimal(100)) for code in codes], at=MORNING)
    told = [PriceIn(code, TODAY, Decimal(value)) for code, value in now.items()]
    opened = report_prices(actor=department, prices=told, at=MORNING)
    assert {(alert.good.code, alert.value) for alert in opened} == {("rice", Decimal(6)), ("oil", Decimal(-6))}
    assert PriceReport.objects.count() == 6


def test_one_wrong_price_keeps_the_whole_list_out(department):
    right = PriceIn("rice", TODAY, Decimal("6.2"))
    for wrong, code in (
        (PriceIn("pork", TODAY, Decimal("-0.01")), "price_of_nothing"),
        (PriceIn("pork", TODAY + timedelta(days=1), Decimal(1)), "day_to_come"),
        (PriceIn("rice", TODAY - timedelta(days=1), Decimal(6)), "goods_unclear"),
    ):
        assert refused(report_prices, actor=department, prices=[right, wrong], at=MORNING) == code
    assert not PriceReport.objects.exists()


def test_one_wrong_stock_keeps_the_whole_list_out(department):
    right = StockIn("masks", TODAY, Decimal(1), Decimal(1))
    for wrong, code in (
        (StockIn("gowns", TODAY, Decimal(1), Decimal(-1)), "stock_cannot_be_divided"),
        (StockIn("gowns", TODAY + timedelta(days=1), Decimal(1), Decimal(1)), "day_to_come"),
        (StockIn("masks", TODAY, Decimal(2), Decimal(1)), "goods_unclear"),
    ):
        assert refused(report_stocks, actor=department, stocks=[right, wrong], at=MORNING) == code
    assert not StockReport.objects.exists() and not Alert.objects.exists()


def test_nothing_reported_is_nothing_stored(department):
    assert report_prices(actor=department, prices=[], at=MORNING) == []
    assert report_stocks(actor=department, stocks=[], at=MORNING) == []


def test_the_day_is_that_of_the_city_not_of_greenwich(department):
    """22 March begins in the city at 16:00 UTC of the 21st."""
    assert refused(price, department, "54", back=-1, at=after(minutes=16 * 60 - 1)) == "day_to_come"
    price(department, "54", back=-1, at=after(minutes=16 * 60))
    assert PriceReport.objects.get().day == TODAY + timedelta(days=1)


def test_a_stock_is_corrected_with_a_reason_and_the_same_again_adds_nothing(department):
    stock(department, 500)
    assert stock(department, 500, at=after(5)) == [] and StockReport.objects.count() == 1
    assert refused(stock, department, 2_000, at=after(6)) == "correction_without_reason"
    stock(department, 2_000, reason=" counted  again " + "x" * 300, at=after(7))
    first, second = StockReport.objects.order_by("revision")
    assert (first.stock, second.stock, second.revision) == (500, 2_000, 1)
    assert second.reason.startswith("counted  again") and len(second.reason) <= 200
    assert not line_of(department, "masks", after(7)).short and len(open_alerts(department)) == 1


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COUNTY, Role.ENTRY])
def test_only_keepers_report_stocks_and_answer_alerts(department, role):
    (alert,) = stock(department, 5)
    actor = an_actor(role)
    assert refused(stock, actor, 5, back=1) == "role_may_not"
    assert refused(handle_alert, actor=actor, alert_id=alert.pk, answer="x", at=after(1)) == "role_may_not"
    assert StockReport.objects.count() == 1 and Alert.objects.get().handled_at is None


def test_the_command_office_keeps_supply_like_the_department(department):
    office = an_actor(Role.COMMAND_OFFICE)
    (alert,) = stock(office, 5)
    assert handle_alert(actor=office, alert_id=alert.pk, answer="x" * 500, at=after(1)).answer == "x" * 400


def test_a_county_department_watches_goods_of_its_own(department):
    """The city sees the goods of its counties, but reports only its own."""
    county = an_actor(Role.DEPARTMENT, COUNTY)
    assert open_goods(actor=county, rows=[shipped(GOODS)[0] | {"code": "salt"}], at=MORNING) == 1
    price(county, "3", code="salt")
    assert refused(price, department, "3", code="salt") == "goods_unclear"
    assert {good.place for good in goods_seen_by(department)} == {"140100", COUNTY}
    assert [good.code for good in goods_seen_by(county)] == ["salt"]
    assert goods_seen_by(an_actor(Role.DEPARTMENT, OTHER_COUNTY)) == []
    assert reported_goods(county, TODAY) == ({"salt"}, set())


def test_what_is_reported_of_a_day_is_told_by_kind(department):
    price(department, "54")
    price(department, "54", back=1, code="rice")
    stock(department, 5)
    assert reported_goods(department, TODAY) == ({"pork"}, {"masks"})
    assert reported_goods(department, TODAY - timedelta(days=1)) == ({"rice"}, set())
    assert reported_goods(an_actor(Role.DEPARTMENT, COUNTY), TODAY) == (set(), set())


def test_a_good_shows_its_latest_sixty_reports_the_newest_first(department):
    for back in range(61):
        price(department, str(100 + back), back)
    price(department, "99", reason="typing error", at=after(5))
    told = reports_of(department, Good.objects.get(code="pork").pk)
    days = [(row.day, row.revision) for row in told.prices]
    assert len(days) == 60 and days == sorted(days, reverse=True) and days[0] == (TODAY, 1)
    assert told.stocks == []


def test_alerts_wait_in_the_order_of_their_opening_and_the_closed_ones_show_the_last_twenty(department):
    codes = [row["code"] for row in shipped(GOODS)]
    for n, code in enumerate(codes):
        stock(department, 1, code=code, at=after(n))
    assert [alert.good.code for alert in open_alerts(department)] == codes
    for week in range(3):
        at = after(days=8 * week)
        for alert in open_alerts(department):
            handle_alert(actor=department, alert_id=alert.pk, answer=f"week {week}", at=at + timedelta(minutes=20))
        for code in codes:
            stock(department, 2 + week, code=code, back=-8 * (week + 1), at=at + timedelta(days=8))
    handled = supply_of(department, after(days=30)).handled
    assert len(handled) == 20 and handled[0].answer == "week 2" and handled[-1].answer == "week 0"


@pytest.mark.parametrize(("minutes", "late"), [(48 * 60 - 1, 0), (48 * 60, 0), (48 * 60 + 1, 1)])
def test_an_alert_is_late_beyond_forty_eight_hours(department, minutes, late):
    price(department, "100", 7)
    price(department, "110")
    assert supply_of(department, after(minutes)).late == late == price_alerts_open(department, after(minutes)).value


def test_the_measure_of_stock_names_stock_and_use_of_the_shortest(department):
    stock(department, 1_250)
    stock(department, 300, use=40, code="gowns")
    reading = stock_days(department, MORNING)
    assert (reading.value, reading.numerator, reading.denominator) == (7.5, 300.0, 40.0)
    assert reading.as_of == MORNING and reading.rows_url.endswith("/supply/")
    stock(department, 400, use=40, code="gowns", reason="a delivery", at=after(5))
    assert stock_days(department, after(5)).value == 10


@pytest.mark.parametrize("places", [(COUNTY, None), ("110000", None), ("140100", 5.0)])
def test_another_place_reads_no_measure_of_supply(department, places):
    place, value = places
    stock(department, 500)
    price(department, "54")
    actor = an_actor(Role.LEADING_GROUP, place)
    assert stock_days(actor, MORNING).value == value
    assert price_alerts_open(actor, MORNING).value == (0 if value else None)


def test_two_rows_of_one_code_open_one_good_by_the_first(department):
    first = shipped(GOODS)[0] | {"code": "salt", "name_en": "Salt"}
    assert open_goods(actor=department, rows=[first, first | {"name_en": "Sugar"}], at=MORNING) == 1
    assert Good.objects.get(code="salt").name_en == "Salt"
