"""Which rows are compared: nearly all of one person's, and never too many."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.blocking import BUDGETS, FEW_ROWS, LARGEST, USUAL, allowed, keys_of, largest
from hucheng.engines.linkage.candidates import candidate_pairs
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.tests.people import a_row, made_lists, prepared


@pytest.fixture(scope="module")
def lists():
    rows, truth = made_lists(11, 600)
    return [prepare(row) for row in rows], truth


def test_nearly_all_pairs_of_one_person_are_found_at_few_candidates_a_row(lists):
    rows, truth = lists
    pairs = set(candidate_pairs(rows))
    wanted = {(a, b) for a, b in combinations(range(len(rows)), 2) if truth[rows[a].key] == truth[rows[b].key]}
    assert len(pairs & wanted) >= 0.98 * len(wanted)
    assert len(pairs) <= 5 * len(rows)


def test_pairs_are_in_order_and_each_stands_once(lists):
    pairs = candidate_pairs(lists[0])
    assert pairs == sorted(set(pairs)) and all(one < other for one, other in pairs)


def test_pairs_are_exactly_those_that_share_a_usable_key(lists):
    rows = lists[0][:150]
    keys = [keys_of(row) for row in rows]
    held = {key: sum(key in own for own in keys) for own in keys for key in own}
    shared = {
        (a, b)
        for a, b in combinations(range(len(rows)), 2)
        if any(held[key] <= largest(key) for key in keys[a] & keys[b])
    }
    assert set(candidate_pairs(rows)) == shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"documents": ("EA1234567",)}, {"documents": ("ea 1234567",)}),
        ({"documents": ("EA1234567",)}, {"documents": ("EB1234567",)}),
        ({"documents": ("EA1234567",)}, {"documents": ("EA12345670",)}),
        ({"phone": "13512345678"}, {"phone": "+86 135-1234-5678"}),
        ({"phone": "13512345678"}, {"phone": "13912345678"}),
        ({"name": "张伟明", "birth": date(1990, 3, 7)}, {"name": "ZHANG/WEIMING", "birth": date(1991, 3, 7)}),
        ({"name": "张伟明", "birth": 1990}, {"name": "WEIMING ZHANG", "birth": 1990}),
        ({"name": "张伟明", "flight": "CA910"}, {"name": "ZHANG/WEI MING", "flight": "CA910"}),
        ({"name": "张伟明", "birth": date(1990, 3, 7)}, {"name": "张伟", "birth": date(1990, 3, 7)}),
        ({"name": "SMITH/EMILY", "birth": date(1990, 3, 7)}, {"name": "埃米莉", "birth": date(1990, 3, 7)}),
        (
            {"surname": "Ryan", "given": "Amber", "address": ("12 Dixon Drive",)},
            {"surname": "Ryan", "given": "Edward", "address": ("12", "Dixon Dr")},
        ),
        ({"surname": "Ryan", "postcode": "2099"}, {"surname": "Tu", "given": "Ryan", "postcode": "2099"}),
        (
            {"surname": "Ryan", "birth": date(1990, 3, 7), "locality": "Dapto"},
            {"surname": "Tu", "birth": date(1990, 3, 7), "locality": "DAPTO"},
        ),
        ({"name": "Müller Felix", "birth": date(1990, 3, 7)}, {"name": "MUELLER/FELIX", "birth": date(1962, 3, 7)}),
    ],
)
def test_what_finds_what(one, other):
    assert candidate_pairs([prepared(number=1, **one), prepared(number=2, **other)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"sex": "F", "county": "小店区"}, {"sex": "F", "county": "小店区"}),
        ({"flight": "CA910", "day": date(2020, 4, 6)}, {"flight": "CA910", "day": date(2020, 4, 6)}),
        ({"documents": ("NA",)}, {"documents": ("NA",)}),
        ({"documents": ("000000",)}, {"documents": ("000000",)}),
        ({"phone": "0000000"}, {"phone": "0000000"}),
        ({"name": "-"}, {"name": "-"}),
    ],
)
def test_what_says_nothing_finds_nobody(one, other):
    assert candidate_pairs([prepared(number=1, **one), prepared(number=2, **other)]) == []


def test_ten_thousand_of_one_name_and_birthday_are_not_compared_with_each_other():
    crowd = [
        prepare(a_row(number, name="张伟", birth=date(1990, 1, 1), documents=(f"E{number:08}",), flight="CA910"))
        for number in range(3_000)
    ]
    assert len(candidate_pairs(crowd)) <= 3_000 * 20


def test_names_alone_find_the_rarest_first_while_their_budget_lasts():
    """Forty of one name give 780 pairs; a town of such names is beyond what a name alone may add."""
    signs = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"
    town = [prepared(number=f"{sign}{place}", name=sign + "伟") for sign in signs for place in range(40)]
    rare = [prepared(number=f"r{place}", name="欧阳若曦") for place in range(2)]
    pairs = candidate_pairs([*town, *rare])
    assert (800, 801) in pairs and len(pairs) <= BUDGETS["name"] * FEW_ROWS < 20 * 780


def test_a_budget_is_for_long_lists_and_cuts_none_short():
    crowd = [prepared(number=number, name="张伟") for number in range(40)]
    assert len(candidate_pairs(crowd)) == 40 * 39 / 2


def test_one_phone_of_an_agency_chains_nobody():
    crowd = [prepared(number=number, phone="13500001111") for number in range(LARGEST["phone"] + 1)]
    assert candidate_pairs(crowd) == [] and len(candidate_pairs(crowd[:-1])) == 40 * 39 / 2


def test_the_rarest_keys_of_a_kind_come_first_within_its_limit_and_its_budget():
    many = 10 * FEW_ROWS
    within = BUDGETS["birth"] * many
    blocks = [("birth", 3, 2), ("birth", 2, within - 6), ("birth", 4, 1), ("seat", USUAL, many), ("seat", USUAL + 1, 1)]
    assert allowed(blocks, many) == {"birth": 3, "seat": USUAL}
    assert allowed([("birth", LARGEST["birth"] + 1, 1)], many) == {}


@given(st.lists(st.tuples(st.sampled_from(sorted(BUDGETS)), st.integers(2, 70), st.integers(1, 9_000)), unique=True))
def test_no_kind_gives_more_pairs_than_its_budget(blocks):
    sizes = {(kind, size): count for kind, size, count in blocks}
    usable = allowed([(*block, count) for block, count in sizes.items()], 5_000)
    for kind, most in usable.items():
        given = sum(n * size * (size - 1) // 2 for (of, size), n in sizes.items() if of == kind and size <= most)
        assert most <= LARGEST.get(kind, USUAL) and given <= BUDGETS[kind] * 5_000


def test_every_limit_is_of_a_key_that_exists():
    trip = {"flight": "CA910", "day": date(2020, 4, 6)}
    person = {"name": "张伟明", "birth": date(1990, 3, 7), "documents": ("EA1234567",), "phone": "13512345678"}
    home = {"address": ("平阳路126号",), "postcode": "030006"}
    row = prepared(**person, **trip, **home)
    kinds = {key[0] for key in keys_of(row)}
    assert {*LARGEST, *BUDGETS} <= kinds
    assert {largest(key) for key in keys_of(row)} == {*LARGEST.values(), USUAL}
