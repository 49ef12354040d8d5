"""Figures, prices, days and choices as the pages of the economy write them, and the tables that are shipped."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.places.models import Place
from hucheng.economy.fields import DayInput, by_code
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.supply.models import Good
from hucheng.economy.tables import GOODS, SERIES, shipped
from hucheng.economy.templatetags.figures import figure, money


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "—"),
        (Decimal("-11.9000"), "−11.9"),
        (Decimal("7.0000"), "7"),
        (0.04, "0"),
        (44.4195, "44.4"),
        (83_000, "83,000"),
    ],
)
def test_a_figure_has_at_most_one_decimal_and_a_dash_for_none(value, said):
    assert figure(value).replace("\u202f", ",").replace("\u2009", ",") == said


@given(st.decimals("0.01", "99999999.99", places=2))
def test_a_price_is_read_back_from_what_is_written(price):
    said = money(price)
    assert re.fullmatch(r"\d{1,3}(,\d{3})*\.\d{2}", said) and Decimal(said.replace(",", "")) == price


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_day_is_given_to_the_browser_as_it_reads_it_in_every_language(language):
    with override(language):
        assert DayInput().format_value(date(2020, 3, 1)) == "2020-03-01"
        assert DayInput().format_value("1 March") == "1 March" and DayInput().format_value(None) is None


@pytest.mark.parametrize(("language", "name"), [("en", "Xiaodian"), ("zh-hans", "小店区")])
def test_a_choice_is_a_code_with_its_name_in_the_language_in_force(language, name):
    with override(language):
        assert by_code([Place(code="140105", name_zh="小店区", name_en="Xiaodian")]) == [("140105", name)]


def test_the_shipped_series_are_whole_and_speak_of_city_province_and_nation():
    rows = shipped(SERIES)
    assert len({row["code"] for row in rows}) == len(rows) == 18
    assert {row["area"] for row in rows} == {"140100", "140000", "000000"}
    for row in rows:
        assert row["unit"] in Indicator.Unit and row["period"] in Indicator.Period and row["kind"] in Indicator.Kind
        assert row["name_zh"] and row["name_en"] and row["source"] and row["better"] in Indicator.Better
    assert {row["code"] for row in rows if row["due_days"]} == {"gdp", "industry", "investment", "retail", "revenue"}


def test_the_shipped_goods_are_whole():
    for row in shipped(GOODS):
        assert row["kind"] in Good.Kind and row["unit"] in Good.Unit and row["name_zh"] and row["name_en"]
        assert 0 < Decimal(row["week_change"]) <= 100 and 0 < int(row["least_days"]) <= 365
