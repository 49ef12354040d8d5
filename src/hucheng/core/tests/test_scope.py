"""Places as ranges: a code sees its parts and nothing beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.places.actions import shipped
from hucheng.core.scope.actor import Actor, after_prefix, place_prefix
from hucheng.core.terms import Role

CODES = [row["code"] for row in shipped("places.csv")]


@pytest.mark.parametrize(
    ("code", "prefix", "after"),
    [("140100", "1401", "1402"), ("140000", "14", "15"), ("140105", "140105", "140106"), ("000000", "", "~"),
     ("140110", "140110", "140111"), ("990000", "99", "100")],
)  # fmt: skip
def test_prefixes(code, prefix, after):
    assert place_prefix(code) == prefix and after_prefix(prefix) == after


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_place_sees_exactly_its_parts(mine, other):
    assert Actor(None, mine, Role.ENTRY).sees_place(other) == other.startswith(place_prefix(mine))


@given(st.sampled_from(CODES))
def test_everybody_sees_their_own_place(code):
    assert Actor(None, code, Role.ENTRY).sees_place(code)


def test_the_city_has_its_ten_counties():
    rows = shipped("places.csv")
    counties = [row for row in rows if row["kind"] == "county"]
    assert len(counties) == 10 and sum(int(row["population"]) for row in counties) == 5_304_061
    assert len({row["code"] for row in rows}) == len(rows)
