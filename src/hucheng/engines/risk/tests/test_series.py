"""Series of countries as they come: each fault of real data is mended and named, or refused."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.series import country_code, country_name, read_series

START = date(2020, 3, 1)
TODAY = date(2020, 3, 21)


def table(values, *, column="cases", country="RU", population="144000000", start=START, more=()):
    rows = [f"date,country,population,{column}" + "".join(f",{name}" for name, _ in more)]
    for step, value in enumerate(values):
        extra = "".join(f",{column[step]}" for _, column in more)
        rows.append(f"{start + timedelta(days=step)},{country},{population},{value}{extra}")
    return ("\n".join(rows) + "\n").encode()


def read(values, **options):
    as_of = options.pop("as_of", TODAY)
    return read_series(table(values, **options), as_of=as_of)


def codes(world):
    return [one.code for one in world.notes]


def test_a_clean_series_is_kept_as_it_is():
    world = read(range(20))
    assert world.series["RUS"].cases.tolist() == list(range(20)) and world.notes == ()
    assert (world.series["RUS"].last, world.series["RUS"].population) == (date(2020, 3, 20), 144_000_000)


def test_today_is_not_over():
    world = read([5] * 20 + [1])
    assert world.series["RUS"].cases.tolist() == [5] * 20 and codes(world) == ["half_day"]
    assert "2020-03-21" in world.notes[0].text.zh


def test_missing_days_are_filled_between_their_neighbours():
    world = read([4, 4, "", "", 10, *[4] * 15])
    assert world.series["RUS"].cases[:5].tolist() == [4, 4, 6, 8, 10] and codes(world) == ["days_missing"]
    lines = table([4] * 20).decode().splitlines()
    del lines[5:7]
    assert codes(read_series("\n".join(lines).encode(), as_of=TODAY)) == ["days_missing"]


def test_what_lies_before_a_long_gap_is_not_used():
    world = read([90, 90, *[""] * 9, *[3] * 9])
    assert world.series["RUS"].cases.tolist() == [3] * 9 and codes(world) == ["long_gap"]


def test_a_total_that_falls_is_taken_from_the_days_before():
    world = read(np.cumsum([5, 5, 5, 5, -7, 5, *[5] * 14]).tolist(), column="cumulative")
    assert world.series["RUS"].cases[:5].tolist() == [5, 3, 0, 0, 5][:5] and codes(world) == ["falls"]
    assert "7" in world.notes[0].text.en


@given(st.lists(st.integers(-20, 50), min_size=10, max_size=20))
def test_no_mended_day_is_below_zero_and_the_total_stays_where_it_can(values):
    cases = read(values).series["RUS"].cases
    assert (cases >= 0).all()
    assert cases.sum() == pytest.approx(max_total(values))


def max_total(values):
    """The total when each fall takes from what came before it, and what nothing can bear is dropped."""
    total = 0
    for value in values:
        total = max(total + value, 0)
    return total


def test_a_country_that_vanishes_is_named_and_after_a_month_it_has_no_figure():
    assert codes(read([3] * 12)) == ["vanished"]
    lost = read([3] * 12, as_of=date(2020, 5, 1))
    assert codes(lost) == ["silent"] and lost.series == {}


@pytest.mark.parametrize(("population", "code"), [("0", "population"), ("", "population"), ("-5", "population")])
def test_nobody_lives_there(population, code):
    world = read([3] * 20, population=population)
    assert codes(world) == [code] and world.series == {}


def test_few_people_live_there():
    assert codes(read([3] * 20, population="800")) == ["tiny_population"]


def test_more_cases_than_people_give_no_prevalence_instead_of_everybody_infected():
    world = read([30] * 20, population="500")
    assert world.series == {} and codes(world) == ["tiny_population", "more_than_people"]
    assert "600 cases are more than its 500 inhabitants" in world.notes[1].text.en


def test_a_code_nobody_knows_is_named_and_left_out():
    world = read_series(table([3] * 20, country="XX") + table([4] * 20).split(b"\n", 1)[1], as_of=TODAY)
    assert codes(world) == ["unknown_country"] and list(world.series) == ["RUS"]
    assert codes(read([3] * 20, country="")) == ["unknown_country"]


def test_too_few_days_are_no_series():
    assert codes(read([3] * 6)) == ["few_days"]
    assert codes(read([""] * 20)) == ["few_days"]
    assert codes(read([3], start=TODAY)) == ["half_day", "few_days"]


def test_deaths_tests_and_capacity_are_read_beside():
    more = (("deaths", [1] * 20), ("tests", [100] * 20), ("capacity", ["low"] * 20))
    one = read([9] * 20, more=more).series["RUS"]
    assert one.deaths.sum() == 20 and one.tests.sum() == 2000 and one.capacity == "low"


def test_two_or_three_letters_mean_the_same_country():
    assert country_code("ru") == country_code(" RUS ") == "RUS" and country_code("Russia") is None
    assert country_name("RUS").en.startswith("Russia") and country_name("RUS").zh == "俄罗斯"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00", "table"),
        (b"date,country\n", "columns"),
        (b"date,country,population\n", "columns"),
        (table([3, "many", 3]), "counts"),
        (table([1, 2, -3], column="cumulative"), "counts"),
        (table([1, 2, 3], more=(("deaths", [0, -1, 0]),)), "counts"),
        (table([3] * 3).replace(b"2020-03-02", b"yesterday"), "date"),
        (table([3] * 3).replace(b"2020-03-02", b"2020-03-01"), "date"),
        (table([3] * 20, more=(("capacity", ["best"] * 20),)), "choice"),
    ],
    ids=["bytes", "columns", "cases", "words", "total", "deaths", "day", "twice", "capacity"],
)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(RiskRefused) as no:
        read_series(data, as_of=TODAY)
    assert no.value.code == code
