"""Weights: what they are made of, and that the parts are the whole."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.model import probability, shipped, shipped_share
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.terms import LEAST, Terms
from hucheng.engines.linkage.tests.people import made_lists, prepared

MODEL = shipped()
ROWS = [prepare(row) for row in made_lists(5, 60)[0]]
TERMS = Terms.of(ROWS)
ANY = st.sampled_from(ROWS)
LI = {"name": "李雅婷", "birth": date(1996, 5, 9), "documents": ("EA7654321",), "phone": "13512345678"}


def weight(one, other, terms=TERMS):
    return MODEL.weight(prepared(number=1, **one), prepared(number=2, source="hotel", **other), terms)


@given(ANY, ANY)
def test_the_parts_sum_to_the_weight(one, other):
    bars = MODEL.explain(one, other, TERMS)
    assert math.fsum(bar.bits for bar in bars) == pytest.approx(MODEL.weight(one, other, TERMS), abs=1e-9)


@given(ANY, ANY)
def test_a_weight_is_the_same_both_ways(one, other):
    assert MODEL.weight(one, other, TERMS) == pytest.approx(MODEL.weight(other, one, TERMS), abs=1e-9)


@given(ANY, ANY)
def test_parts_come_from_the_strongest_to_the_weakest_after_the_prior_and_all_have_words(one, other):
    first, *rest = MODEL.explain(one, other, TERMS)
    assert first.term == "prior" and all(bar.bits for bar in rest)
    assert [abs(bar.bits) for bar in rest] == sorted((abs(bar.bits) for bar in rest), reverse=True)
    assert all(bar.words.zh and bar.words.en and bar.words.zh != bar.words.en for bar in [first, *rest])


def test_every_weight_has_words_and_every_word_a_field():
    assert set(MODEL.bits) - {"share"} <= set(MODEL.words)
    kinds = {term.partition("=")[0] for term in MODEL.words}
    fields = {"name", "birth", "document", "resident_id", "phone", "trip", "sex", "nationality", "county", "origin"}
    assert kinds == {*fields, "address", "source", "seat", "prior", "joint", "rarity"}


@pytest.mark.parametrize("lost", ["birth", "documents", "phone"])
def test_each_field_that_agrees_adds_weight(lost):
    less = {name: said for name, said in LI.items() if name != lost}
    assert weight(LI, LI) > weight(LI, less)


@pytest.mark.parametrize(
    "other",
    [
        {"birth": date(1962, 11, 30)},
        {"documents": ("KJ0000019",)},
        {"name": "张伟"},
    ],
)
def test_a_field_that_contradicts_takes_weight_away(other):
    assert weight(LI, {**LI, **other}) < weight(LI, LI)


def test_a_rare_name_says_more_than_a_common_one():
    common = [prepared(number=number, name="张伟") for number in range(500)]
    terms = Terms.of([*common, prepared(number="x", name="解珺璟")])
    assert weight({"name": "解珺璟"}, {"name": "解珺璟"}, terms) > weight({"name": "张伟"}, {"name": "张伟"}, terms) + 3


def test_a_familys_phone_flight_and_surname_make_nobody_one_person():
    trip = {"flight": "CA910", "day": date(2020, 4, 6), "phone": "13512345678"}
    father = {"name": "李建国", "birth": date(1961, 2, 3), **trip}
    son = {"name": "李志强", "birth": date(1990, 8, 21), **trip}
    assert weight(father, son) < 0 < weight(father, father)


def test_twins_on_one_phone_stay_two():
    shared = {"birth": date(2001, 6, 1), "phone": "13512345678", "flight": "CA910", "day": date(2020, 4, 6)}
    one = {"name": "李思雨", "documents": ("EA1111117",), **shared}
    other = {"name": "李思涵", "documents": ("EA9275338",), **shared}
    assert weight(one, other) < 0


HOME = {"address": ("12 Dixon Drive", "Rose Villas"), "locality": "Kirwan", "postcode": "2099"}
RYAN = {"surname": "Ryan", "given": "Amber", "birth": date(1990, 3, 7), **HOME}


@pytest.mark.parametrize("moved", [{"address": ("7 Hope Street",)}, {"address": (), "locality": "", "postcode": ""}])
def test_one_home_adds_weight(moved):
    assert weight(RYAN, RYAN) > weight(RYAN, {**RYAN, **moved}) + 1


def test_a_home_of_many_says_less_than_a_home_of_one():
    hall = [prepared(number=number, name="张伟", address=("12 Dixon Drive",)) for number in range(500)]
    assert weight(RYAN, RYAN, Terms.of([*hall, *ROWS])) < weight(RYAN, RYAN) - 1


def test_a_family_at_one_home_is_not_one_person():
    assert weight(RYAN, {**RYAN, "given": "Edward", "birth": date(1962, 8, 21)}) < 0


def test_father_and_son_of_one_name_at_one_home_stay_two():
    assert weight(RYAN, {**RYAN, "birth": date(1962, 8, 21)}) < 0


@pytest.mark.parametrize("row", [RYAN, {**LI, "address": ("太原市小店区平阳路126号",)}])
def test_how_rare_a_home_is_counts_in_the_bar_of_the_address(row):
    one, other = prepared(number=1, **row), prepared(number=2, source="hotel", **row)
    bars = MODEL.explain(one, other, TERMS)
    assert math.fsum(bar.bits for bar in bars) == pytest.approx(MODEL.weight(one, other, TERMS), abs=1e-9)
    assert [bar.bits > 1 for bar in bars if bar.term == "address=home"] == [True]


def test_without_families_who_shares_a_home_is_one_person():
    alone, edward = MODEL.without_families(), {**RYAN, "given": "Edward"}
    one, other = (
        prepared(number=1, documents=("7613259",), **RYAN),
        prepared(number=2, documents=("4392917",), **edward),
    )
    assert MODEL.weight(one, other, TERMS) < -10 < 0 < alone.weight(one, other, TERMS)
    bars = alone.explain(one, other, TERMS)
    assert "joint=one_home" in {bar.term for bar in bars} and "joint=twins" not in {bar.term for bar in bars}


def test_a_renewed_passport_is_no_veto():
    assert weight(LI, {**LI, "documents": ("EJ1029384",)}) > 0


def test_nothing_said_leaves_less_than_the_prior_of_candidates():
    assert weight({"sex": "F"}, {"sex": "F"}) < 0


@given(st.floats(-2000, 2000))
def test_a_probability_is_one(bits):
    assert 0.0 <= probability(bits) <= 1.0
    assert probability(bits) + probability(-bits) == pytest.approx(1.0)


@pytest.mark.parametrize(("bits", "chance"), [(0, 0.5), (1, 2 / 3), (-1, 1 / 3), (10, 1024 / 1025)])
def test_bits_are_log2_of_odds(bits, chance):
    assert probability(bits) == pytest.approx(chance)


def test_a_shifted_model_differs_by_its_prior_only():
    moved = MODEL.shifted(2.5)
    one, other = ROWS[:2]
    assert moved.weight(one, other, TERMS) == pytest.approx(MODEL.weight(one, other, TERMS) + 2.5)
    assert 0.2 < shipped_share() < 0.5


def test_terms_can_be_added_and_taken_away():
    terms = Terms.of(ROWS[:10])
    terms.add(ROWS[11])
    terms.add(ROWS[11], -1)
    assert terms.rows == 10 and +terms.keys == +Terms.of(ROWS[:10]).keys


def test_a_short_list_counts_as_a_long_one():
    row = prepared(name="解珺璟", phone="13512345678")
    terms = Terms.of([row])
    assert terms.rarity("hanzi", "解珺璟") == pytest.approx(math.log2(LEAST / 2))
    assert terms.phone_rarity("13512345678") == pytest.approx(math.log2(LEAST))
