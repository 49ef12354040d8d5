"""Many pairs weighed at once weigh what each of them weighs alone."""

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.batch import Batch, _first_of
from hucheng.engines.linkage.families import Families
from hucheng.engines.linkage.levels import FIELDS
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import a_row, made_lists
from hucheng.engines.linkage.weigher import Weigher

HOME = {"address": ("12 Dixon Drive", "Rose Villas"), "locality": "Kirwan", "postcode": "2099"}
TRIP = {"flight": "CA910", "day": date(2020, 4, 6)}
ODD = [
    a_row("o1", "airline", name="LI/YATING MS", seat="12A", **TRIP),
    a_row("o2", "airline", name="LI/YATING", seat="12B", **TRIP),
    a_row("o3", "airline", name="LI/YATING", seat="12B"),
    a_row("o4", "county", name="李雅婷", origin="CAN", county="小店区", nationality="CHN", birth=1990),
    a_row("o5", "county", name="埃米莉", origin="USA", county="迎泽区", nationality="USA", birth=date(1990, 1, 1)),
    a_row("o6", "family", name="Emily SMITH", documents=("E12345678", "11010519491231002X"), phone="13512345678"),
    a_row("o7", "family", name="李雅婷(lǐ)", surname="LI", given="YATING", documents=("E12345678",)),
    a_row("o8"),
    a_row("o9", "county", surname="Ryan", given="Amber", birth=date(1990, 3, 7), documents=("EA1111112",), **HOME),
    a_row("o10", "county", surname="Ryan", given="Edward", birth=date(1990, 3, 7), documents=("EA1111113",), **HOME),
    a_row("o11", "hotel", surname="Ryan", phone="13512345678", address=("12", "Dixon Dr", "Rose Villas")),
    a_row("o12", "hotel", name="李雅婷", address=("太原市小店区坞城街道平阳路126号",), region="山西省"),
    a_row("o13", "hotel", name="李雅文", address=("平阳路126号",), phone="13512345678", birth=date(1960, 3, 7)),
]
ROWS = [prepare(row) for row in [*made_lists(61, 40)[0], *ODD]]
TERMS = Terms.of(ROWS)
MODEL = shipped()
ALL = [np.array(side) for side in zip(*product(range(len(ROWS)), repeat=2), strict=True)]


def test_each_pair_weighs_as_alone_in_either_order():
    alone = [MODEL.weight(ROWS[a], ROWS[b], TERMS) for a, b in zip(*ALL, strict=True)]
    batch = Batch(ROWS, MODEL, TERMS)
    assert batch.weights(*ALL, Families())[0] == pytest.approx(np.array(alone), abs=1e-9)
    assert batch.weights(*ALL[::-1], Families())[0] == pytest.approx(np.array(alone), abs=1e-9)


def test_in_the_same_go_each_pair_is_weighed_as_in_lists_without_families():
    some, lone = [side[3::7] for side in ALL], MODEL.without_families()
    alone = [lone.weight(ROWS[a], ROWS[b], TERMS) for a, b in zip(*some, strict=True)]
    usual, found = Batch(ROWS, MODEL, TERMS).weights(*some, Families())
    assert found == pytest.approx(np.array(alone), abs=1e-9) and (found != usual).any()


def test_one_after_another_they_weigh_the_same():
    weigher = Weigher(MODEL)
    for a, b in zip(ROWS, ROWS[::-1], strict=True):
        assert weigher.weight(a, b, TERMS) == pytest.approx(MODEL.weight(a, b, TERMS), abs=1e-9)


def test_a_part_of_the_pairs_weighs_what_it_weighs_among_all():
    batch = Batch(ROWS, MODEL, TERMS)
    some = [side[5::97] for side in ALL]
    assert (batch.weights(*some, Families())[0] == batch.weights(*ALL, Families())[0][5::97]).all()


def test_no_pair_weighs_nothing():
    usual, lone = Batch(ROWS, MODEL, TERMS).weights(ALL[0][:0], ALL[1][:0], Families())
    assert len(usual) == 0 == len(lone)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_rows_that_say_the_same_in_a_field_have_its_level_with_any_other(field):
    """What makes it right to compare equal parts once."""
    by_part = {}
    for row in ROWS:
        by_part.setdefault(FIELDS[field].part(row), []).append(row)
    alike = [rows for rows in by_part.values() if len(rows) > 1]
    assert alike
    for rows in alike:
        for other in ROWS:
            assert len({FIELDS[field].level(row, other) for row in rows[:6]}) == 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.sampled_from([31, 10_000]))
def test_first_places_are_found_the_same_by_table_and_by_sorting(values, below):
    first, which = _first_of(np.array(values), below)
    assert [values[place] for place in first[which]] == values
    assert {int(place) for place in first} == {values.index(value) for value in values}
