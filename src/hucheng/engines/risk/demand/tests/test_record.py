"""Earlier forecasts against what came and against rivals without a model."""

from datetime import date, timedelta

import numpy as np
import pytest

from hucheng.engines.risk.demand.occupancy import LEVELS, poisson_quantiles
from hucheng.engines.risk.demand.record import Issued, last_value, last_week, records
from hucheng.engines.risk.refusal import RiskRefused

START = date(2020, 3, 1)


def day(number):
    return START + timedelta(days=number)


def world(days=80, lead=3, seed=0):
    """Numbers that rise and fall, and forecasts by somebody who knows how."""
    dice = np.random.default_rng(seed)
    means = 200 + 80 * np.sin(np.arange(days) / 8)
    known = {day(place): float(value) for place, value in enumerate(dice.poisson(means))}
    issued = [
        Issued("rooms", day(place - lead), day(place), LEVELS, tuple(poisson_quantiles(means[place], LEVELS)))
        for place in range(20, days)
    ]
    return issued, known


def test_who_knows_the_wave_beats_both_rivals_and_covers_as_it_says():
    issued, known = world()
    (found,) = records(issued, {"rooms": known})
    assert found.count == 60 and found.leads == (1, 3)
    assert found.against_last_value < 0.8 and found.against_last_week < 0.8
    assert 0.8 <= found.inside[0.9].share <= 1
    assert found.inside[0.9].low <= 0.9 <= found.inside[0.9].high


def test_resources_and_spans_of_days_are_scored_apart():
    issued, known = world()
    other = [Issued("beds", one.made, one.day, one.levels, one.quantiles) for one in issued[:10]]
    far, _ = world(lead=10)
    found = records([*issued[:10], *other, *far[:10]], {"rooms": known, "beds": known})
    assert [(one.resource, one.leads) for one in found] == [("rooms", (1, 3)), ("rooms", (8, 14)), ("beds", (1, 3))]


def test_days_that_have_not_come_and_forecasts_before_anything_was_known_are_not_scored():
    issued, known = world()
    assert records(issued, {}) == []
    later = {at: value for at, value in known.items() if at >= day(40)}
    assert records(issued, {"rooms": later})[0].count == 37
    assert records(issued, {"beds": known}) == []


def test_the_last_value_spreads_as_past_changes_did():
    known = {day(place): float(10 * (place % 2)) for place in range(20)}
    flat = last_value(known, day(19), 2, [0.05, 0.5, 0.95])
    rough = last_value(known, day(19), 1, [0.05, 0.5, 0.95])
    assert flat.tolist() == [10, 10, 10]
    assert rough[0] == 0 and rough[2] == 20


def test_with_few_changes_the_last_value_stands_alone():
    assert last_value({day(0): 5.0, day(1): 9.0}, day(1), 1, [0.1, 0.9]).tolist() == [9, 9]


def test_rivals_know_nothing_of_the_future():
    known = {day(place): float(place) for place in range(30)}
    past = {at: value for at, value in known.items() if at <= day(20)}
    assert last_value(known, day(20), 3, LEVELS).tolist() == last_value(past, day(20), 3, LEVELS).tolist()
    assert last_week(known, day(20), LEVELS).tolist() == last_week(past, day(20), LEVELS).tolist()
    assert last_week(known, day(20), [0.5])[0] == 17


def test_a_rival_that_never_errs_has_no_ratio():
    known = {day(place): 0.0 for place in range(30)}
    quiet = [Issued("rooms", day(20), day(21), (0.25, 0.5, 0.75), (0.0, 1.0, 2.0))]
    (found,) = records(quiet, {"rooms": known})
    assert found.against_last_value is None and found.against_last_week is None and found.wis > 0


@pytest.mark.parametrize(
    ("code", "made", "levels"),
    [("issued", 5, LEVELS), ("levels", 4, (0.1, 0.5, 0.9)), ("levels", 4, (0.1, 0.2))],
    ids=["own past", "other levels", "no pairs"],
)
def test_what_cannot_be_scored_is_refused(code, made, levels):
    known = {day(place): 3.0 for place in range(9)}
    rows = [Issued("rooms", day(made), day(5), levels, tuple(range(len(levels))))]
    if levels == (0.1, 0.5, 0.9):
        rows.append(Issued("rooms", day(3), day(5), LEVELS, tuple(range(7))))
    with pytest.raises(RiskRefused) as refused:
        records(rows, {"rooms": known})
    assert refused.value.code == code
