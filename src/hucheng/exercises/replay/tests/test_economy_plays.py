"""The economy in the story: what the file tells is kept as told, the days between are filled by the seed, once."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from hucheng.core.places.queries import counties_of
from hucheng.economy import door as economy
from hucheng.economy.firms.models import FirmReport
from hucheng.economy.projects.models import ProjectReport
from hucheng.economy.supply.models import PriceReport, StockReport
from hucheng.exercises.replay import economy as side
from hucheng.exercises.replay import economy_firms, economy_goods, economy_projects
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.testing import SEED, a_staffed_city, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    a_staffed_city()


@pytest.fixture
def founded(city):
    """The series and goods of the first morning."""
    side.found(SEED, at("03-18", 7, 50))


def vintages(code: str, period: str | None = None):
    rows = [one for one in economy.all_vintages(acting("economy")) if one.indicator.code == code]
    return [one for one in rows if period in (None, one.period_label)]


class TestSeries:
    def test_the_first_morning_opens_every_series_with_its_past_and_a_second_adds_nothing(self, founded):
        count = len(economy.all_vintages(acting("economy")))
        assert count == len(side.history(SEED)) and {one.indicator.code for one in vintages("gdp")} == {"gdp"}
        side.found(SEED, at("03-19", 7, 50))
        assert len(economy.all_vintages(acting("economy"))) == count

    def test_a_release_of_the_story_is_kept_to_the_tenth_and_dated_that_day(self, founded):
        side.publish({"period": "2020M02", "values": {"industry": -11.94, "retail": -22.7}}, at("03-20", 10))
        (industry,) = [one for one in vintages("industry") if one.published_on == date(2020, 3, 20)]
        assert industry.value == Decimal("-11.9") and industry.revision == 0

    def test_a_month_later_each_first_value_is_revised_once_by_at_most_four_tenths(self, founded):
        side.publish({"period": "2020M02", "values": {"industry": -11.9, "retail": -22.7}}, at("03-20", 10))
        for day in ("04-18", "04-19", "04-20"):
            side.revise(SEED, at(day, 10, 30))
        for code, first in (("industry", Decimal("-11.9")), ("retail", Decimal("-22.7"))):
            revised = [one for one in vintages(code) if one.revision]
            (only,) = revised
            assert only.published_on == date(2020, 4, 19) and only.reason
            assert Decimal("0.1") <= abs(only.value - first) <= Decimal("0.4")

    def test_targets_have_the_relation_and_the_value_that_the_story_gives(self, founded):
        given = {
            "version": "draft",
            "dated": "2020-03-18",
            "ground": "working targets",
            "targets": {"gdp": ["about", 7]},
        }
        side.adopt(given, at("03-18", 8, 10))
        (version,) = economy.versions_of(acting("economy"), 2020, date(2020, 3, 18))
        target = version.targets.get()
        assert (version.state, target.indicator.code, target.relation, target.value) == ("draft", "gdp", "about", 7)
        assert economy.versions_of(acting("economy"), 2020, date(2020, 3, 17)) == []


class TestRelief:
    GIVEN = {
        "name_zh": "减免", "name_en": "Relief", "conditions": ["小微企业 small firm"], "until": "2020-06-30",
        "document": "演示文件", "series": "retail", "eligible": 800,
    }  # fmt: skip

    @pytest.fixture
    def relief(self, founded):
        side.relieve(self.GIVEN, at("03-27", 10))

    def paid(self, day):
        (line,) = economy.policies_of(acting("economy"), at(day, 23))
        return line.count.paid

    def test_it_begins_with_nobody_paid_and_reaches_an_eighth_more_every_friday(self, relief):
        assert self.paid("03-27") == 0
        for day in range(28, 32):
            side.reach(at(f"03-{day}", 17, 45))
        assert self.paid("03-31") == 0
        for friday in ("04-03", "04-10"):
            side.reach(at(friday, 17, 45))
        assert (self.paid("04-03"), self.paid("04-10")) == (100, 200)

    def test_a_friday_played_twice_counts_once_and_nobody_is_paid_twice(self, relief):
        for _again in range(2):
            side.reach(at("04-03", 17, 45))
        assert self.paid("04-03") == 100
        friday = at("04-10", 17, 45)
        for week in range(10):
            side.reach(friday + timedelta(weeks=week))
        assert self.paid("06-30") == 800

    def test_on_the_day_it_is_published_it_reaches_nobody_yet(self, relief):
        side.reach(at("03-27", 17, 45))
        assert self.paid("03-27") == 0


class TestFirms:
    TOLD = {"day": "2020-03-23", "above_size": 412, "resumed": 371, "workers_back": 0.74}

    def totals(self, day):
        return FirmReport.objects.filter(day=day).aggregate(
            above=Sum("above_size"), again=Sum("resumed"), roll=Sum("on_roll"), back=Sum("back")
        )

    def test_what_the_story_tells_of_a_day_is_split_over_the_counties_without_a_rest(self, city):
        economy_firms.told(
            {"day": "2020-03-23", "above_size": 412, "resumed": 371, "workers_back": 0.74}, at("03-23", 10)
        )
        sums = self.totals(date(2020, 3, 23))
        assert (sums["above"], sums["again"]) == (412, 371) and sums["back"] / sums["roll"] == pytest.approx(
            0.74, abs=0.01
        )
        rows = FirmReport.objects.all()
        assert {row.place for row in rows} == {place.code for place in counties_of(CITY)}
        assert all(row.resumed <= row.above_size and row.back <= row.on_roll for row in rows)

    def test_a_day_that_the_story_told_is_not_reported_again(self, city):
        economy_firms.told(self.TOLD | {"resumed": 300}, at("03-23", 10))
        economy_firms.report(SEED, at("03-23", 17))
        assert FirmReport.objects.count() == 10 and self.totals(date(2020, 3, 23))["again"] == 300

    @pytest.mark.parametrize(("day", "share"), [("03-18", 0.86), ("03-23", 0.9005), ("04-30", 0.985)])
    def test_on_its_own_days_the_share_is_the_one_of_the_scenario(self, city, day, share):
        economy_firms.report(SEED, at(day, 17))
        assert self.totals(at(day).date())["again"] == round(412 * share)

    def test_from_day_to_day_it_never_falls(self, city):
        days = [at("03-18", 17) + timedelta(days=4 * n) for n in range(11)]
        for day in days:
            economy_firms.report(SEED, day)
        again = [self.totals(day.date())["again"] for day in days]
        assert again == sorted(again) and again[0] < again[-1] <= 412

    def test_a_morning_brings_fourteen_requests_and_the_same_seed_the_same(self, city):
        economy_firms.ask_all(SEED, at("03-20", 9, 40))
        first = sorted((one.firm, one.kind, one.place) for one in economy.open_requests(acting("economy")))
        assert len(first) == 14 == len({firm for firm, _kind, _place in first})
        with pytest.MonkeyPatch.context() as patch:
            told = []
            patch.setattr(economy_firms.economy, "file_requests", lambda **given: told.extend(given["requests"]))
            economy_firms.ask_all(SEED, at("03-20", 9, 40))
        assert sorted((one.firm, one.kind, one.place) for one in told) == first

    def test_each_is_settled_when_its_time_has_come_in_words(self, city):
        economy_firms.ask_all(SEED, at("03-20", 9, 40))
        economy_firms.settle(SEED, at("03-20", 17, 30))
        early = economy.FirmRequest.objects.exclude(settled_at=None).count()
        economy_firms.settle(SEED, at("04-20", 17, 30))
        rows = economy.FirmRequest.objects.all()
        assert early < 7 and not rows.filter(settled_at=None).exists() and all(row.answer for row in rows)
        due = {row.firm: economy_firms._wait(SEED, row.firm) for row in rows if row.settled_at < at("03-21")}
        assert all(wait <= timedelta(hours=8) for wait in due.values())

    def test_a_request_of_the_story_names_its_official(self, city):
        given = {
            "county": "140105",
            "who": "示例钢制配件企业",
            "kind": "permits",
            "about": "通行证明",
            "official": "包联干部",
        }
        economy_firms.ask(given, at("03-25", 10))
        (one,) = economy.open_requests(acting("economy"))
        assert (one.place, one.firm, one.kind, one.official) == ("140105", "示例钢制配件企业", "permits", "包联干部")


class TestGoods:
    def test_every_good_has_its_price_near_the_usual_one_and_its_stock(self, founded):
        economy_goods.prices(SEED, at("03-20", 16, 30))
        economy_goods.stocks(SEED, at("03-20", 16, 31))
        prices = {row.good.code: float(row.price) for row in PriceReport.objects.select_related("good")}
        assert set(prices) == set(economy_goods.PRICES)
        for code, price in prices.items():
            assert price == pytest.approx(economy_goods.PRICES[code], rel=0.016)
        assert StockReport.objects.count() == len(economy_goods.STOCK_DAYS)

    def test_what_the_story_tells_of_a_good_stands_and_the_others_are_filled_in(self, founded):
        economy_goods.told({"good": "pork", "cny": 58.0}, at("03-30", 9))
        economy_goods.told({"good": "masks", "stock_days": 9}, at("03-30", 9))
        economy_goods.prices(SEED, at("03-30", 16, 30))
        economy_goods.stocks(SEED, at("03-30", 16, 31))
        assert PriceReport.objects.get(good__code="pork").price == 58
        masks = StockReport.objects.get(good__code="masks")
        assert PriceReport.objects.count() == len(economy_goods.PRICES) and masks.stock == 9 * economy_goods.USE_A_DAY

    def test_a_day_played_again_reports_nothing_twice(self, founded):
        for _again in range(2):
            economy_goods.prices(SEED, at("03-20", 16, 30))
        assert PriceReport.objects.count() == len(economy_goods.PRICES)

    def test_pork_stays_where_the_report_of_30_march_puts_it(self, founded):
        for day in ("03-29", "03-30", "04-10"):
            economy_goods.prices(SEED, at(day, 16, 30))
        pork = {row.day.day: float(row.price) for row in PriceReport.objects.filter(good__code="pork")}
        assert pork[29] == pytest.approx(54.3, rel=0.016) and pork[30] == pytest.approx(58, rel=0.016)
        assert pork[10] == pytest.approx(58, rel=0.016)

    def test_most_alerts_are_answered_the_morning_after_and_none_the_same_day(self, founded):
        economy_goods.told({"good": "pork", "cny": 54.0}, at("03-23", 9))
        economy_goods.told({"good": "pork", "cny": 60.0}, at("03-30", 9))
        alerts = economy.open_alerts(acting("economy"))
        assert len(alerts) == 1
        economy_goods.answer(SEED, at("03-30", 11))
        assert len(economy.open_alerts(acting("economy"))) == 1
        for day in range(1, 9):
            economy_goods.answer(SEED, at(f"04-0{day}", 11))
        assert economy.open_alerts(acting("economy")) == []


class TestProjects:
    @pytest.fixture
    def listed(self, founded):
        economy_projects.list_all(SEED, at("03-18", 8, 40))

    def test_the_projects_are_listed_once_over_all_counties_with_who_answers(self, listed):
        economy_projects.list_all(SEED, at("03-19", 8, 40))
        rows = economy.key_projects(acting("economy"))
        assert len(rows) == economy_projects.KEY == len({row.code for row in rows})
        assert {row.place for row in rows} == {place.code for place in counties_of(CITY)}
        assert len(economy.open_blockers(acting("economy"))) == economy_projects.BACKLOG
        assert all(one.since < date(2020, 3, 18) for one in economy.open_blockers(acting("economy")))

    def test_they_are_reported_on_wednesdays_alone(self, listed):
        for day in range(18, 26):
            economy_projects.weekly(SEED, at(f"03-{day}", 18))
        assert Counter(ProjectReport.objects.values_list("day", flat=True)) == {
            date(2020, 3, 18): economy_projects.KEY, date(2020, 3, 25): economy_projects.KEY,
        }  # fmt: skip

    def test_on_the_first_wednesday_as_many_have_started_as_the_scenario_says(self, listed):
        economy_projects.weekly(SEED, at("03-18", 18))
        rows = ProjectReport.objects.all()
        assert sum(row.started for row in rows) == 95
        assert all(row.done == 0 for row in rows if not row.started) and all(row.done <= 100 for row in rows)

    def test_a_day_brings_three_blockers_and_clears_those_whose_time_has_come(self, listed):
        before = {one.pk for one in economy.open_blockers(acting("economy"))}
        economy_projects.blockers(SEED, at("03-19", 16))
        after = {one.pk for one in economy.open_blockers(acting("economy"))}
        assert len(after - before) == economy_projects.NEW_A_DAY and before - after
        cleared = economy.Blocker.objects.exclude(cleared_at=None)
        assert all(date(2020, 3, 19) - one.since >= economy_projects._lasts(SEED, one) for one in cleared)

    @pytest.mark.parametrize(("waiting", "long"), [(41, 13), (60, 40), (5, 0)])
    def test_the_end_of_a_quarter_stands_as_the_story_counts_it(self, listed, waiting, long):
        given = {"period": "2020Q1", "key": 164, "started": 129, "blockers_open": waiting, "blockers_over_14d": long}
        economy_projects.told(given, at("03-31", 18))
        rows = economy.open_blockers(acting("economy"))
        over = [one for one in rows if date(2020, 3, 31) - one.since > timedelta(days=14)]
        assert (len(rows), len(over)) == (waiting, long)
        assert sum(row.started for row in ProjectReport.objects.filter(day=date(2020, 3, 31))) == 129
