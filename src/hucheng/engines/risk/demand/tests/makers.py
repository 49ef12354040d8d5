"""Plans for tests of the demand forecast."""

from dataclasses import replace

import numpy as np

from hucheng.engines.risk.demand.forecast import Flight, Habits, Inside, Plan, still_there


def shares(table):
    """Shares by index from {14: 0.9, 21: 0.1}."""
    return tuple(table.get(place, 0.0) for place in range(max(table) + 1))


HABITS = Habits(
    party=(0.7, 0.2, 0.1),
    rooms=(1, 1, 2),
    stay=shares({3: 0.05, 14: 0.85, 21: 0.1}),
    hospital=0.05,
    hospital_after=(0.5, 0.2, 0.1, 0.1, 0.1),
    hospital_stay=shares({14: 0.5, 20: 0.3, 30: 0.2}),
    test_days=(0, 7, 13),
)
ALONE = Habits(party=(1.0,), rooms=(1,), stay=shares({14: 1.0}))
FLIGHT = Flight(0, 100, 0.7, 0.15, 0.1, 0.85)


def a_plan(flights=6, days=25, seed=0, habits=HABITS, shared_sd=0.0, inside=True):
    """Some flights of different size over a horizon, with people inside."""
    dice = np.random.default_rng(seed)
    made = tuple(
        Flight(int(dice.integers(0, days)), int(dice.integers(20, 90)), 0.7, 0.15, 0.1, 0.85) for _ in range(flights)
    )
    there = tuple(float(one) for one in still_there(habits.stay, 2 + np.arange(days)))
    groups = (Inside("rooms", 40, there), Inside("beds", 5, tuple(0.9**day for day in range(days)))) if inside else ()
    return Plan(days, made, habits, groups, shared_sd)


def one_flight(habits=ALONE, days=20, **changes):
    """A plan of one flight, changed as asked."""
    return Plan(days, (replace(FLIGHT, **changes),), habits)
