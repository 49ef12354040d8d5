"""What a run will take is said before it starts."""

from itertools import count

import pytest

from hucheng.engines.linkage.forecast import TIMES_PREPARING, forecast
from hucheng.engines.linkage.tests.people import made_lists

ROWS = made_lists(91, 30)[0]


def ticking(seconds):
    """A clock that has moved on by so many seconds whenever it is read."""
    ticks = count()
    return lambda: next(ticks) * seconds


def test_the_time_is_that_of_the_rows_on_this_machine():
    quick, slow = forecast(ROWS, ticking(1)), forecast(ROWS, ticking(3))
    assert quick.rows == len(ROWS) and slow.seconds == 3 * quick.seconds
    assert quick.seconds == pytest.approx(TIMES_PREPARING * 1)


def test_of_many_rows_a_sample_is_prepared_and_the_rest_follows():
    many = ROWS * 200
    told = forecast(many, ticking(1))
    prepared = len(many[:: len(many) // 1_000])
    assert prepared < len(many) / 10 and told.seconds == pytest.approx(TIMES_PREPARING * len(many) / prepared)


def test_pairs_and_memory_grow_with_the_rows():
    few, many = forecast(ROWS, ticking(1)), forecast(ROWS * 1_000, ticking(1))
    assert few.pairs == pytest.approx(3.5 * len(ROWS), abs=1)
    assert many.pairs / many.rows > few.pairs / few.rows and many.megabytes > few.megabytes


def test_it_is_said_in_both_languages():
    words = forecast(ROWS * 1_000, ticking(60)).words
    for text in (words.zh, words.en):
        assert f"{len(ROWS) * 1_000:,}" in text and "Ctrl+C" in text and "GB" in text
    assert "分钟" in words.zh and "minutes" in words.en


def test_no_row_takes_nothing():
    assert forecast([], ticking(1)).pairs == 0 == forecast([], ticking(1)).seconds
