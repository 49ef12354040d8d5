"""The flow of interchangeable workers: what it proves, against counting and against rosters that exist."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.answer import Verdict
from hucheng.engines.planning.reading import At
from hucheng.engines.planning.roster.covers import Flow, Shape
from hucheng.engines.planning.roster.instance import read
from hucheng.engines.planning.roster.templates import template_on, wave_template
from hucheng.engines.planning.roster.tests.makers import an_instance
from hucheng.engines.planning.search import Search


def a_search(**options):
    return Search(lambda plan: Verdict({}, ()), **{"seconds": 60, "workers": 1} | options)


def flow(need, span, **instance):
    return Flow(read(At(an_instance(**instance))), Shape(need, span), a_search())


@pytest.mark.parametrize(
    ("need", "bubbles"), [((1, 1, 1), 8), ((2, 2, 1), 12), ((4, 2, 0), 14)], ids=["three", "five", "six"]
)
def test_four_weeks_need_more_bubbles_than_counting_says_where_the_horizon_cuts(need, bubbles):
    cover = flow(need, (0, 28)).whole(60)
    assert cover.bound == 20 * bubbles
    assert len(cover.starts) == bubbles


def test_a_relaxation_is_never_above_whole_bubbles_nor_below_counting():
    counted = 20 * -(-5 * 28 // 12)
    relaxed = flow((2, 2, 1), (0, 28)).relaxed()
    assert counted <= relaxed <= flow((2, 2, 1), (0, 28)).whole(60).bound


@settings(max_examples=4, deadline=None)
@given(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)).filter(any), st.integers(1, 3))
def test_a_template_is_never_cheaper_than_the_bound(need, weeks):
    instance = read(At(an_instance(days=28)))
    shape, search = Shape(need, (28 - 7 * weeks, 28)), a_search(steps=10)
    template = wave_template(instance, shape, search)
    assert template.cost >= Flow(instance, shape, search).relaxed() - 1e-6


def test_a_span_that_waves_do_not_fill_needs_fewer_bubbles_on_the_starts_of_the_flow():
    instance = read(At(an_instance(days=21, block=7, rest_after_block=7, max_run=3)))
    shape, search = Shape((2, 1, 0), (3, 21)), a_search(steps=10)
    cover = Flow(instance, shape, a_search()).whole(60)
    template = template_on(instance, shape, cover.starts, search, seconds=20)
    assert template.cost == cover.bound == 220 < wave_template(instance, shape, search).cost


def test_nights_beyond_the_cap_raise_the_bound():
    plain = flow((0, 0, 2), (0, 28), w_fair=0).relaxed()
    fair = flow((0, 0, 2), (0, 28)).relaxed()
    assert fair > plain


def test_where_a_bubble_costs_more_than_all_it_covers_nothing_is_covered():
    cover = flow((1, 0, 0), (0, 28), w_block=10_000).whole(60)
    assert cover.bound == 100 * 28 and cover.starts == ()
