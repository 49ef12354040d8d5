"""The checker of rosters names every rule that a plan breaks, and counts as the format says."""

import pytest

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.roster.check import check
from hucheng.engines.planning.roster.instance import read
from hucheng.engines.planning.roster.tests.makers import a_worker, an_instance

WORK = "DDDDDD-DDDDDD-"
IDLE = "-" * 28


def judged(blocks, rows, **changes):
    typed = read(At(an_instance(staff=[a_worker(**changes.pop("worker", {})), a_worker()], **changes)))
    return check(typed, {"blocks": blocks, "shifts": rows})


def test_a_legal_roster_breaks_nothing_and_costs_its_blocks_and_what_is_uncovered():
    verdict = judged([[0, 0, 0]], [WORK + "-" * 14, IDLE])
    assert verdict.legal
    assert verdict.parts == {"under": 100 * 16, "requests": 0, "blocks": 20, "night_fairness": 0}


@pytest.mark.parametrize(
    ("rule", "blocks", "row", "worker"),
    [
        ("block_in_horizon", [[0, 0, 15]], IDLE, {}),
        ("away", [[0, 0, 0]], IDLE, {"away": [[13, 20]]}),
        ("rest_between_bubbles", [[0, 0, 0], [0, 0, 14]], IDLE, {}),
        ("still_in_rest", [[0, 0, 3]], IDLE, {"free_from": 4}),
        ("test_overdue", [[0, 0, 3]], IDLE, {"test_due": 2}),
        ("untrained", [[0, 0, 0]], IDLE, {"trained": False}),
        ("work_outside_bubble", [[0, 0, 0]], "-" * 14 + "D" + "-" * 13, {}),
        ("shift_order", [[0, 0, 0]], "ND" + "-" * 26, {}),
        ("shift_order", [[0, 0, 0]], "NE" + "-" * 26, {}),
        ("shift_order", [[0, 0, 0]], "ED" + "-" * 26, {}),
        ("max_consecutive_days", [[0, 0, 0]], "D" * 7 + "-" * 21, {}),
        ("max_consecutive_nights", [[0, 0, 0]], "N" * 5 + "-" * 23, {}),
        ("row_length", [[0, 0, 0]], "-" * 27, {}),
        ("symbol", [[0, 0, 0]], "X" + "-" * 27, {}),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else "",
)
def test_each_broken_rule_is_named(rule, blocks, row, worker):
    assert rule in {fault.rule for fault in judged(blocks, [row, IDLE], worker=worker).violations}


def test_a_row_too_few_is_told():
    assert [fault.rule for fault in judged([], [IDLE]).violations] == ["row_length"]


def test_a_refused_request_and_nights_above_the_cap_cost():
    verdict = judged([[0, 0, 0]], ["NNNN-NN" + "-" * 21, IDLE], off_requests=[[0, 1], [0, 4], [1, 0]])
    assert verdict.parts["requests"] == 3
    assert verdict.parts["night_fairness"] == 5 * 2


def test_nights_are_averaged_over_the_bubbles_of_a_worker():
    row = "NNNN-NN" + "-" * 21 + "-" * 14
    verdict = judged([[0, 0, 0], [0, 0, 28]], [row, "-" * 42], days=42)
    assert verdict.parts["night_fairness"] == 0
