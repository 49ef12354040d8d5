"""The one rule of new values, without a database: what is new, known or wrong, and that nothing is lost on the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.economy.indicators.models import Indicator
from hucheng.economy.indicators.problems import PROBLEMS
from hucheng.economy.indicators.vintages import ValueIn, judge

TODAY = date(2020, 4, 30)
MONTHLY = Indicator(code="industry", period="month", kind="growth", source="bureau of statistics")
QUARTERLY = Indicator(code="gdp", period="quarter", kind="growth", source="bureau of statistics")
JOBS = Indicator(code="jobs", period="month", kind="total", source="bureau of labour")
SERIES = {one.code: one for one in (MONTHLY, QUARTERLY, JOBS)}
FEBRUARY = date(2020, 2, 29)


def a_value(number="1", day=20, code="industry", period="2020M02", reason="", source=""):
    return ValueIn(code, period, Decimal(number), date(2020, 4, day), reason, source)


def judged(*values, known=()):
    return judge(values, SERIES, known, TODAY)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (a_value(code="steel"), "unknown_series"),
        (a_value(code="Industry"), "unknown_series"),
        (a_value(code=""), "unknown_series"),
        (a_value(period="2020M13"), "no_such_period"),
        (a_value(period=""), "no_such_period"),
        (a_value(code="gdp"), "no_such_period"),  # February is no quarter
        (a_value("-100.0001"), "impossible_value"),
        (a_value("-100.0001", code="gdp", period="2020Q1"), "impossible_value"),
        (a_value("1e11"), "too_large"),
        (a_value("-1e11", code="jobs"), "too_large"),
        (a_value(period="2020M05"), "published_too_early"),
        (ValueIn("industry", "2020M02", Decimal(1), FEBRUARY - timedelta(days=1)), "published_too_early"),
        (ValueIn("industry", "2020M02", Decimal(1), TODAY + timedelta(days=1)), "published_to_come"),
    ],
)
def test_a_value_is_wrong_by_itself(value, problem):
    found = judged(value)
    assert (found.wrong, found.new, found.same) == ({0: problem}, [], 0) and problem in PROBLEMS


@pytest.mark.parametrize(
    "value",
    [
        a_value("-100"),
        a_value("-500", code="jobs"),  # a total may be corrected below nothing, growth not below a full fall
        a_value("99999999999.9999"),
        a_value(code="gdp", period="2020Q1"),
        a_value(period="2020年1-2月"),
        ValueIn("industry", "2020M02", Decimal(1), FEBRUARY),
        ValueIn("industry", "2020M02", Decimal(1), TODAY),
    ],
)
def test_a_value_at_its_limit_is_new(value):
    found = judged(value)
    (new,) = found.new
    assert found.wrong == {} and (new.revision, new.reason, new.value) == (0, "", value.value)


def test_the_source_of_a_value_is_its_own_or_that_of_the_series():
    own, usual = judged(a_value(source=" press of 20 April "), a_value(period="2020M03", source=" ")).new
    assert (own.source, usual.source) == ("press of 20 April", MONTHLY.source)
    assert len(judged(a_value(source="s" * 300)).new[0].source) == 200


@pytest.mark.parametrize(
    ("number", "day", "reason", "what"),
    [
        ("1", 20, "", "same"),
        ("1.00001", 20, "", "same"),
        ("1", 20, "why", "same"),
        ("2", 20, "why", "two_values_a_day"),
        ("1", 19, "why", "older_than_known"),
        ("2", 19, "why", "older_than_known"),
        ("2", 21, "", "no_reason"),
        ("2", 21, " \t", "no_reason"),
        ("2", 21, "why", "new"),
        ("1", 21, "confirmed", "new"),  # the same number published again on a later day is a vintage too
    ],
)
def test_a_value_is_judged_beside_the_one_that_is_known(number, day, reason, what):
    known = judged(a_value("1", 20)).new
    found = judged(a_value(number, day, reason=reason), known=known)
    assert (found.same == 1) == (what == "same") and bool(found.new) == (what == "new")
    assert found.wrong == ({} if what in ("same", "new") else {0: what})
    if found.new:
        assert (found.new[0].revision, found.new[0].reason) == (1, reason)


def test_an_earlier_vintage_sent_again_is_known_even_behind_a_revision():
    chain = judged(a_value("1", 20), a_value("2", 21, reason="why")).new
    found = judged(a_value("1", 20), a_value("2", 21), known=chain)
    assert (found.same, found.new, found.wrong) == (2, [], {})


def test_a_wrong_value_does_not_stand_in_the_way_of_a_right_one():
    found = judged(a_value("-101"), a_value("1"), a_value("2"), a_value("3", 22, reason="why"))
    assert found.wrong == {0: "impossible_value", 2: "two_values_a_day"}
    assert [(v.value, v.revision) for v in found.new] == [(1, 0), (3, 1)]


def test_periods_and_series_have_chains_of_their_own():
    values = [a_value(), a_value(period="2020M03"), a_value(code="jobs"), a_value(code="gdp", period="2020Q1")]
    assert [v.revision for v in judged(*values).new] == [0, 0, 0, 0]


SENT = st.builds(
    a_value,
    st.sampled_from(["1", "2", "-101", "1e12"]),
    st.integers(18, 22),
    st.sampled_from(["industry", "jobs", "steel"]),
    st.sampled_from(["2020M02", "2020M03", "2020M07"]),
    st.sampled_from(["", "verified"]),
)
LISTS = st.lists(SENT, max_size=14)


@given(LISTS)
def test_each_value_is_new_known_or_wrong_and_none_is_lost(values):
    found = judged(*values)
    assert len(found.new) + found.same + len(found.wrong) == len(values)
    assert set(found.wrong) <= set(range(len(values))) and set(found.wrong.values()) <= set(PROBLEMS)


@given(LISTS)
def test_every_chain_is_in_order_of_days_without_a_gap_and_says_why(values):
    chains = {}
    for vintage in judged(*values).new:
        chains.setdefault((vintage.indicator.code, vintage.period), []).append(vintage)
    for chain in chains.values():
        assert [v.revision for v in chain] == list(range(len(chain)))
        days = [v.published_on for v in chain]
        assert days == sorted(set(days)) and all(bool(v.reason) == (v.revision > 0) for v in chain)


@given(LISTS, st.integers(0, 14))
def test_a_list_sent_in_two_parts_makes_the_same_vintages_as_the_whole(values, cut):
    whole = judged(*values)
    first = judged(*values[:cut])
    second = judged(*values[cut:], known=first.new)
    assert [_shape(v) for v in first.new + second.new] == [_shape(v) for v in whole.new]
    assert first.same + second.same == whole.same
    assert first.wrong | {place + len(values[:cut]): code for place, code in second.wrong.items()} == whole.wrong


@given(LISTS)
def test_a_list_sent_again_adds_nothing(values):
    """What was taken is known; no wrong value becomes right by repetition."""
    first = judged(*values)
    again = judged(*values, known=first.new)
    assert again.new == [] and again.same >= first.same + len(first.new)
    assert again.wrong.keys() <= first.wrong.keys()


def _shape(vintage):
    return (
        vintage.indicator.code,
        vintage.period,
        vintage.value,
        vintage.published_on,
        vintage.revision,
        vintage.reason,
    )
