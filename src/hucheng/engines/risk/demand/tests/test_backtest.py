"""Capacity forecasts on what then came: cities played party by party by code that shares no line with the engine."""

from functools import cache

import numpy as np
import pytest

from hucheng.engines.risk.demand.exact import forecast
from hucheng.engines.risk.demand.forecast import Flight, Habits, Inside, Plan, still_there
from hucheng.engines.risk.scores import coverage

STAY = {3: 0.1, 7: 0.3, 10: 0.6}
CITIES, ORIGIN, AHEAD, LEADS = 160, 12, 8, (0, 3, 7)
HABITS = Habits((0.7, 0.3), (1, 2), tuple(STAY.get(days, 0.0) for days in range(11)))
ROOMS = 145


def played(seed):
    """One city: a flight a day; gives the plan known at the origin and the rooms in use on the days after it."""
    dice = np.random.default_rng(seed)
    mean, sd, cancelled, kept = dice.uniform(0.5, 0.8), dice.uniform(0.08, 0.2), 0.1, dice.uniform(0.7, 0.95)
    size = mean * (1 - mean) / sd**2 - 1
    seats = dice.integers(30, 60, ORIGIN + AHEAD)
    rooms, inside = np.zeros(ORIGIN + AHEAD + 11, dtype=int), {}
    for day, places in enumerate(seats):
        if dice.random() < cancelled:
            continue
        load = dice.beta(mean * size, (1 - mean) * size)
        for _ in range(round(places / 1.3)):
            if dice.random() < load:
                takes = 1 if dice.random() < 0.7 else 2
                stays = dice.choice(list(STAY), p=list(STAY.values())) if dice.random() < kept else 0
                rooms[day : day + stays] += takes
                if day < ORIGIN <= day + stays:
                    inside[day] = inside.get(day, 0) + takes
    flights = tuple(Flight(ahead, int(seats[ORIGIN + ahead]), mean, sd, cancelled, kept) for ahead in range(AHEAD))
    groups = tuple(
        Inside("rooms", count, tuple(map(float, still_there(HABITS.stay, ORIGIN - day + np.arange(AHEAD)) / still)))
        for day, count in inside.items()
        if (still := float(still_there(HABITS.stay, [ORIGIN - 1 - day])[0])) > 0
    )
    return Plan(AHEAD, flights, HABITS, groups), rooms[ORIGIN : ORIGIN + AHEAD]


@cache
def back_test():
    cities = [played(seed) for seed in range(CITIES)]
    return [(forecast(plan, "rooms", list(LEADS)), rooms) for plan, rooms in cities]


@pytest.mark.parametrize("place", range(len(LEADS)), ids=[f"{lead} days ahead" for lead in LEADS])
def test_the_90_percent_band_covers_85_to_95_percent_of_what_came(place):
    came = np.array([rooms[LEADS[place]] for _, rooms in back_test()], dtype=float)
    ends = np.array([made.quantiles([0.05, 0.95])[place] for made, _ in back_test()])
    assert 0.85 <= coverage(came, ends[:, 0], ends[:, 1]).share <= 0.95


def test_rooms_run_out_as_often_as_was_forecast():
    for place, lead in enumerate(LEADS):
        short = [rooms[lead] > ROOMS for _, rooms in back_test()]
        chance = np.array([made.beyond(ROOMS)[place] for made, _ in back_test()])
        error = np.sqrt((chance * (1 - chance)).sum()) / CITIES
        assert 0.05 < chance.mean() < 0.95 and abs(np.mean(short) - chance.mean()) < 3 * error
