"""Whole rosters: legal, covered, bounded, repeatable; and the repair after somebody falls ill."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.roster.check import check
from hucheng.engines.planning.roster.instance import read
from hucheng.engines.planning.roster.rules import first_plan
from hucheng.engines.planning.roster.tests.makers import a_worker, an_instance
from hucheng.engines.planning.solving import solve

HOUSE = {"medical": [1, 1, 1], "security": [1, 0, 0]}
STAFF = [a_worker() for _ in range(10)] + [a_worker("security") for _ in range(6)]
DAYS = 3


def tiny(need, staff, off, w_block, w_under):
    short = {"block": 2, "rest_after_block": 1, "max_run": 2, "max_nights_run": 1, "night_cap": 1}
    weights = {"w_block": w_block, "w_under": w_under}
    return an_instance(DAYS, [{"medical": need}], staff, off_requests=off, **short, **weights)


tiny_workers = st.builds(a_worker, free_from=st.integers(0, 2), away=st.sampled_from([[], [[0, 1]], [[2, 3]]]))
tiny_instances = st.builds(
    tiny,
    st.sampled_from([[1, 0, 0], [0, 0, 1], [1, 0, 1]]),
    st.lists(tiny_workers, min_size=1, max_size=2),
    st.lists(st.just([0, 1]), max_size=1),
    st.sampled_from([3, 20]),
    st.sampled_from([2, 100]),
)


def least_by_enumeration(instance):
    typed = read(At(instance))
    starts = [None, *range(DAYS - 1)]
    rows = ["".join(row) for row in product("DN-", repeat=DAYS)]
    least = float("inf")
    people = range(len(typed.staff))
    for chosen in product(starts, repeat=len(people)):
        blocks = [[who, 0, start] for who, start in zip(people, chosen, strict=True) if start is not None]
        possible = [
            [
                row
                for row in rows
                if all(c == "-" or (start is not None and start <= d < start + 2) for d, c in enumerate(row))
            ]
            for start in chosen
        ]
        for shifts in product(*possible):
            verdict = check(typed, {"blocks": blocks, "shifts": list(shifts)})
            if verdict.legal:
                least = min(least, verdict.objective)
    return least


@settings(max_examples=12, deadline=None)
@given(tiny_instances)
def test_the_bound_is_never_above_and_the_plan_never_below_the_optimum_of_enumeration(instance):
    least = least_by_enumeration(instance)
    answer = solve("roster", instance, seconds=0, steps=3)
    assert answer.bound is None or answer.bound <= least + 1e-6
    assert answer.objective >= least - 1e-6


def test_a_house_is_covered_with_the_fewest_bubbles_and_no_request_refused():
    answer = solve("roster", an_instance(14, [HOUSE], STAFF, off_requests=[[0, 3], [4, 9], [12, 10]]), seconds=30)
    assert answer.parts["under"] == answer.parts["requests"] == 0
    assert answer.status == "optimal" and answer.objective == 20 * (4 + 2)


def test_the_rules_give_a_legal_roster_at_once():
    typed = read(At(an_instance(42, [HOUSE, HOUSE], STAFF * 2, [[0, 42], [7, 42]])))
    verdict = check(typed, first_plan(typed))
    assert verdict.legal and verdict.parts["under"] < 100 * 42 * 8


@st.composite
def workers_with_limits(draw):
    """A worker who may be resting, away, due for a test or untrained."""
    start = draw(st.integers(0, 30))
    away = draw(st.sampled_from([[], [[start, start + 3]]]))
    limits = {"test_due": draw(st.integers(0, 30)), "trained": draw(st.booleans())}
    return a_worker(draw(st.sampled_from(["medical", "security"])), draw(st.integers(0, 20)), away, **limits)


@settings(max_examples=300, deadline=None)
@given(st.lists(workers_with_limits(), max_size=12), st.sampled_from([[0, 42], [7, 42], [3, 20]]))
def test_no_roster_of_the_rules_breaks_site_rest_test_or_training(staff, span):
    typed = read(At(an_instance(42, [HOUSE, HOUSE], staff, [span, [0, 42]])))
    assert check(typed, first_plan(typed)).violations == ()


def test_a_worker_whose_test_is_overdue_is_not_rostered_though_the_shift_stays_uncovered():
    staff = [a_worker(test_due=0), a_worker(trained=False)]
    answer = solve("roster", an_instance(28, [{"medical": [1, 0, 0]}], staff), seconds=0, steps=2)
    assert all((who, start) == (0, 0) for who, _house, start in answer.plan["blocks"])
    assert answer.parts["under"] == 100 * (28 - 12)


def test_without_staff_everything_stays_uncovered_and_nothing_crashes():
    answer = solve("roster", an_instance(14, [HOUSE], []), seconds=0, steps=2)
    assert answer.objective == 100 * 14 * 4 and answer.plan["blocks"] == []


def test_a_house_that_is_never_open_needs_nobody():
    answer = solve("roster", an_instance(14, [HOUSE], STAFF, [[5, 5]]), seconds=0, steps=2)
    assert answer.objective == 0


def test_the_same_seed_and_steps_give_the_same_roster():
    instance = an_instance(14, [HOUSE], STAFF, off_requests=[[n, n + 2] for n in range(10)])
    first, second = (solve("roster", instance, seconds=0, seed=3, steps=2) for _ in range(2))
    assert first.plan == second.plan


def test_a_cancel_leaves_the_plan_of_the_rules():
    answer = solve("roster", an_instance(28, [HOUSE], STAFF), seconds=60, cancelled=lambda: True)
    assert answer.plan is not None and answer.status == "best_so_far"


def ill(instance, who):
    staff = [entry | {"away": [[0, 14]]} if n == who else entry for n, entry in enumerate(instance["staff"])]
    return instance | {"staff": staff}


def test_a_sick_nurse_is_replaced_and_nobody_else_moves():
    instance = an_instance(14, [HOUSE], STAFF)
    before = solve("roster", instance, seconds=0, steps=2).plan
    sick = before["blocks"][0][0]
    after = solve("roster", ill(instance, sick), seconds=0, steps=2, warm=before)
    stay = {tuple(block) for block in before["blocks"] if block[0] != sick}
    assert stay < {tuple(block) for block in after.plan["blocks"]}
    assert after.parts["under"] == 0 and sick not in {block[0] for block in after.plan["blocks"]}
    assert [row for who, row in enumerate(after.plan["shifts"]) if (who, 0, 0) in stay] == [
        row for who, row in enumerate(before["shifts"]) if (who, 0, 0) in stay
    ]


def test_a_sick_nurse_whom_nobody_can_replace_leaves_the_least_uncovered():
    instance = an_instance(14, [{"medical": [2, 0, 0]}], [a_worker() for _ in range(3)])
    before = solve("roster", instance, seconds=0, steps=2).plan
    after = solve("roster", ill(instance, before["blocks"][0][0]), seconds=0, steps=2, warm=before)
    assert after.parts["under"] == 100 * (28 - 2 * 12)


def test_a_plan_for_a_house_that_is_gone_keeps_what_still_stands():
    instance = an_instance(14, [HOUSE], STAFF)
    before = solve("roster", instance | {"need": [HOUSE, HOUSE], "open": [[0, 14]] * 2}, seconds=0, steps=2).plan
    after = solve("roster", instance, seconds=0, steps=2, warm=before)
    assert {house for _who, house, _start in after.plan["blocks"]} == {0}
    assert after.parts["under"] == 0
