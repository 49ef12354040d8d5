"""How numbers, moments and rows are said: the same everywhere, readable back, never a word too few."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.design.spoken import NONE, spoken, spoken_number, spoken_time
from hucheng.core.design.tables import plain

NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9))
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))


def heard(text: str) -> float:
    """The number that a reader takes from what is shown."""
    return float(text.replace(",", "").replace("−", "-"))


class TestNumbers:
    @given(NUMBERS)
    def test_a_number_is_read_back_within_what_is_shown(self, value):
        assert abs(heard(spoken_number(value)) - value) <= 0.05 + 1e-6

    @given(NUMBERS)
    def test_a_number_has_no_hyphen_and_no_empty_decimal(self, value):
        shown = spoken_number(value)
        assert "-" not in shown and not shown.endswith(".0") and shown != ""

    @given(st.integers(0, 10**12))
    def test_thousands_stand_apart(self, value):
        groups = spoken_number(value).split(",")
        assert 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        assert "".join(groups) == str(value)

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (None, "—"), (0, "0"), (0.0, "0"), (-0.0, "0"), (-0.04, "0"), (0.04, "0"), (-0.06, "−0.1"), (0.05, "0.1"),
            (999.96, "1,000"), (-1234567, "−1,234,567"), (1234.5, "1,234.5"), (Decimal("1234.50"), "1,234.50"),
        ],
    )  # fmt: skip
    def test_edges(self, value, shown):
        assert spoken_number(value) == shown

    @given(NUMBERS, NUMBERS)
    def test_a_greater_number_never_reads_as_a_smaller_one(self, one, other):
        low, high = sorted((one, other))
        assert heard(spoken_number(low)) <= heard(spoken_number(high)) + 0.1


class TestMoments:
    @given(MOMENTS, st.integers(-12, 14))
    def test_a_moment_reads_the_same_wherever_it_was_written_down(self, moment, hours):
        elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
        assert spoken_time(elsewhere) == spoken_time(moment) == f"{moment + timedelta(hours=8):%m-%d %H:%M}"

    @pytest.mark.parametrize(
        ("utc", "shown"),
        [
            ("2020-03-24T15:59:59", "03-24 23:59"),
            ("2020-03-24T16:00:00", "03-25 00:00"),
            ("2019-12-31T16:00", "01-01 00:00"),
        ],
    )
    def test_the_day_turns_at_midnight_of_the_city(self, utc, shown):
        assert spoken_time(datetime.fromisoformat(utc).replace(tzinfo=UTC)) == shown

    def test_no_moment_is_said(self):
        assert spoken_time(None) == NONE


class TestRows:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (None, NONE),
            ("", NONE),
            (0, "0"),
            ("0", "0"),
            (" ", " "),
            (date(2020, 3, 24), "2020-03-24"),
            (datetime(2020, 3, 24, 12, 30, tzinfo=UTC), "03-24 20:30"),
            (1204, "1,204"),
            (-3.9, "−3.9"),
            ("<b>", "<b>"),
            (Decimal("2.50"), "2.50"),
        ],
    )
    def test_any_value_of_a_row_has_words(self, value, shown):
        assert spoken(value) == shown

    @given(st.one_of(st.none(), st.integers(), st.text(max_size=20), st.dates(), st.booleans(), MOMENTS))
    def test_no_value_leaves_an_empty_cell(self, value):
        assert spoken(value) != ""

    @given(st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6)))
    def test_a_number_goes_into_a_sheet_as_it_is(self, value):
        assert plain(value) is value

    @given(st.decimals(-(10**9), 10**9, places=2))
    def test_money_goes_into_a_sheet_to_the_cent(self, value):
        assert round(plain(value) * 100) == value * 100

    @given(MOMENTS)
    def test_a_moment_goes_into_a_sheet_in_the_time_of_the_city(self, moment):
        assert plain(moment) == f"{moment + timedelta(hours=8):%Y-%m-%d %H:%M}"
