"""The demand forecast: how quick against simulation, and how well calibrated on series it has not made.

Run: `python benchmarks/risk/demand.py`. Seconds of one processor; the series come from a generator written party by
party that shares no code with the engine.
"""

import time
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy.stats import poisson

from hucheng.engines.risk.demand.exact import Forecast, forecast
from hucheng.engines.risk.demand.forecast import RESOURCES, Flight, Habits, Inside, Plan, still_there
from hucheng.engines.risk.demand.joint import joint, simulate
from hucheng.engines.risk.demand.load import fitted_load
from hucheng.engines.risk.demand.occupancy import LEVELS, occupancy, poisson_quantiles
from hucheng.engines.risk.demand.record import last_value, last_week
from hucheng.engines.risk.scores import coverage, crps_discrete, pinball, randomised_pit, wis

SERIES, ORIGIN, LEADS = 300, 40, (1, 3, 7, 14)
STAY = {3: 0.05, 14: 0.85, 21: 0.1}


def shares(table: dict[int, float]) -> tuple[float, ...]:
    """Shares by index."""
    return tuple(table.get(place, 0.0) for place in range(max(table) + 1))


HABITS = Habits(
    (0.7, 0.2, 0.1), (1, 1, 2), shares(STAY), 0.05, (0.6, 0.2, 0.1, 0.1), shares({14: 0.5, 20: 0.5}), (0, 7)
)
SIMPLE = replace(HABITS, hospital=0.0)


def timed(work, rounds: int = 3):
    """Least processor seconds of a few rounds, and the result."""
    best, out = np.inf, None
    for _ in range(rounds):
        start = time.process_time()
        out = work()
        best = min(best, time.process_time() - start)
    return best, out


def a_plan(flights: int, days: int, kinds: int) -> Plan:
    """Flights of so many kinds on random days."""
    dice = np.random.default_rng(1)
    made = (Flight(int(dice.integers(0, days)), 200 + one % kinds, 0.7, 0.15, 0.1, 0.85) for one in range(flights))
    there = tuple(float(one) for one in still_there(HABITS.stay, 2 + np.arange(days)))
    return Plan(days, tuple(made), HABITS, (Inside("rooms", 500, there),))


def speed() -> None:
    """Exact days, and what simulation is off by."""
    print("exact distribution of every day      rooms    all five resources")
    for flights, days, kinds in ((30, 42, 5), (30, 42, 30), (100, 60, 10), (100, 60, 100)):
        plan = a_plan(flights, days, kinds)
        one, _ = timed(lambda plan=plan: forecast(plan, "rooms"))
        five, _ = timed(lambda plan=plan: [forecast(plan, name) for name in RESOURCES], 1)
        print(f"{flights:4} flights of {kinds:3} kinds, {days} days  {one:6.2f} s  {five:6.2f} s")
    plan = a_plan(30, 42, 30)
    exact = forecast(plan, "rooms")
    true = exact.quantiles([0.95])[:, 0]
    for paths in (200, 1000, 10_000):
        took, drawn = timed(lambda paths=paths: simulate(plan, "rooms", paths=paths, seed=2), 1)
        off = np.abs(np.quantile(drawn, 0.95, axis=0, method="inverted_cdf") - true).max()
        print(f"simulation of {paths:6} paths: {took:5.2f} s, worst error of the 95 % quantile {off:.0f} rooms")
    held = joint(plan, exact)
    print(
        f"95 % quantiles of single days hold together with {held.of_daily:.2f}; level that keeps 95 %: {held.level:.4f}"
    )


def houses() -> None:
    """A hundred houses over a year against 2,000 simulated paths, drawn in lots of 50."""
    arrivals = np.random.default_rng(3).uniform(0, 12, (100, 365))
    took, found = timed(lambda: occupancy(arrivals, SIMPLE.stay))
    left = 1 - np.cumsum(SIMPLE.stay)
    mean = np.array([np.convolve(house, left)[:365] for house in arrivals])
    off = max(np.abs(found.quantiles[..., at] - poisson.ppf(level, mean)).max() for at, level in enumerate(LEVELS))
    start = time.process_time()
    dice, paths = np.random.default_rng(4), 2000
    for _ in range(paths // 50):
        change = np.zeros((50, 100, 365 + 22), dtype=np.int32)
        for length, weight in STAY.items():
            come = dice.poisson(arrivals * weight, (50, 100, 365))
            change[:, :, :365] += come
            change[:, :, length : 365 + length] -= come
        change.cumsum(axis=2)
    simulated = time.process_time() - start
    print(f"\n100 houses over a year: {took:.3f} s, simulated {simulated:.1f} s, ratio {simulated / took:.0f}")
    print(f"mean off by {np.abs(found.mean - mean).max():.1e}, quantiles off by {off:.0f} (scipy.stats.poisson)")


@dataclass
class World:
    """One synthetic city up to its origin, and what came after."""

    seats: list[int]
    load: tuple[float, float]
    cancelled: float
    kept: float
    came: dict[int, int]
    held: dict[int, tuple[int, int]]
    inside: dict[int, int]
    rooms: np.ndarray


def a_world(seed: int) -> World:
    """A flight a day, each party on its own: who flies, with whom, who is kept, and for how long."""
    dice = np.random.default_rng(seed)
    days = ORIGIN + max(LEADS) + 1
    mean, sd = dice.uniform(0.5, 0.85), dice.uniform(0.05, 0.2)
    cancelled, kept = dice.uniform(0, 0.2), dice.uniform(0.6, 0.95)
    size = mean * (1 - mean) / sd**2 - 1
    seats, rooms = [int(dice.integers(80, 300)) for _ in range(days)], np.zeros(days + 30, dtype=int)
    came, held, inside = {}, {}, {}
    for day in range(days):
        if dice.random() < cancelled:
            continue
        filled = dice.beta(mean * size, (1 - mean) * size)
        parties = int((dice.random(round(seats[day] / SIMPLE.mean_party)) < filled).sum())
        group = dice.choice(3, parties, p=SIMPLE.party)
        stays = np.where(dice.random(parties) < kept, dice.choice(list(STAY), parties, p=list(STAY.values())), 0)
        for members, stay in zip(group, stays, strict=True):
            rooms[day : day + stay] += SIMPLE.rooms[members]
        came[day], held[day] = parties, (int((stays > 0).sum()), parties)
        staying = np.array(SIMPLE.rooms)[group][stays > ORIGIN - day]
        inside[day] = int(staying.sum())
    return World(seats, (mean, sd), cancelled, kept, came, held, inside, rooms[:days])


def planned(world: World, told: bool) -> Plan:
    """What is known at the origin: who is inside since when, flights to come; habits told, or learnt from the past."""
    past = [day for day in world.came if day <= ORIGIN]
    mean, sd, cancelled, kept = *world.load, world.cancelled, world.kept
    if not told:
        parties = [round(world.seats[day] / SIMPLE.mean_party) for day in past]
        load = fitted_load([world.came[day] for day in past], parties)
        mean, sd, cancelled = load.mean, load.sd, (ORIGIN + 1 - len(past) + 0.5) / (ORIGIN + 2)
        kept = sum(world.held[day][0] for day in past) / sum(world.held[day][1] for day in past)
    ahead = max(LEADS)
    flights = tuple(Flight(day, world.seats[ORIGIN + 1 + day], mean, sd, cancelled, kept) for day in range(ahead))
    groups = []
    for day in past:
        still = still_there(SIMPLE.stay, [ORIGIN - day])[0]
        if still > 0 and world.inside[day]:
            there = still_there(SIMPLE.stay, ORIGIN + 1 - day + np.arange(ahead)) / still
            groups.append(Inside("rooms", world.inside[day], tuple(float(one) for one in there)))
    return Plan(ahead, flights, SIMPLE, tuple(groups))


def calibration(told: bool, worlds: list[World]) -> None:
    """Coverage, PIT and scores against rivals, by days ahead."""
    found = [forecast(planned(world, told), "rooms", [lead - 1 for lead in LEADS]) for world in worlds]
    print(f"\n{SERIES} synthetic series, habits {'told' if told else 'learnt from 41 days'}: rooms in use")
    print("ahead  50 %  80 %  90 % (band)          95 %   PIT mean  var     WIS against last value, last week, Poisson")
    for place, lead in enumerate(LEADS):
        came = np.array([world.rooms[ORIGIN + lead] for world in worlds], dtype=float)
        report(came, found, place, lead, worlds)


def report(came: np.ndarray, found: list[Forecast], place: int, lead: int, worlds: list[World]) -> None:
    """One line of the table."""
    width = max(one.probabilities.shape[1] for one in found)
    masses = np.array([np.pad(one.probabilities[place], (0, width - one.probabilities.shape[1])) for one in found])
    ends = np.array([one.quantiles([0.25, 0.75, 0.1, 0.9, 0.05, 0.95, 0.025, 0.975])[place] for one in found])
    inside = [coverage(came, ends[:, at], ends[:, at + 1]) for at in (0, 2, 4, 6)]
    placed = randomised_pit(came, masses, seed=5)
    given = np.array([one.quantiles(LEVELS)[place] for one in found])
    own = wis(came, LEVELS, given).wis.mean()
    start, past = date(2020, 1, 1), [{} for _ in worlds]
    for row, world in zip(past, worlds, strict=True):
        row.update({start + timedelta(days=day): float(world.rooms[day]) for day in range(ORIGIN + 1)})
    made = start + timedelta(days=ORIGIN)
    rivals = (
        np.array([last_value(row, made, lead, LEVELS) for row in past]),
        np.array([last_week(row, made, LEVELS) for row in past]),
        poisson_quantiles([one.mean[place] for one in found], LEVELS),
    )
    against = ", ".join(f"{own / wis(came, LEVELS, rival).wis.mean():.2f}" for rival in rivals)
    scores = f"CRPS {crps_discrete(came, masses).mean():.1f}, pinball 95 % {pinball(came, ends[:, 5], 0.95).mean():.2f}"
    print(
        f"{lead:4}   {inside[0].share:.2f}  {inside[1].share:.2f}  {inside[2].share:.3f} ({inside[2].low:.2f}-"
        f"{inside[2].high:.2f})  {inside[3].share:.2f}   {placed.mean():.3f}  {placed.var():.4f}"
        f"   {own:5.1f}  {against}   {scores}"
    )


if __name__ == "__main__":
    speed()
    houses()
    cities = [a_world(seed) for seed in range(SERIES)]
    calibration(True, cities)
    calibration(False, cities)
