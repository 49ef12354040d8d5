"""Transport and handover instances of our own: benchmarks/planning/made_fleet.py FOLDER SEED

Another process than the reference's: flights land in two waves, desks let parties go one by one and not in batches,
the way back differs from the way there, vehicles are of three kinds; people are released in long spells and houses
empty one after another. For each problem a loose and a tight instance (few vehicles, few teams) in sizes between the
reference's.
"""

import json
import math
import random
import sys
from pathlib import Path
from typing import Any

FORMAT = "hucheng-plan-1"
Told = dict[str, Any]


def main(folder: Path, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for tight in (False, True):
        for size, scale in (("small", 2), ("medium", 14)):
            for problem, make in (("transport", transport), ("handover", handover)):
                name = f"{problem}-{size}-{'tight' if tight else 'loose'}-{seed}"
                told = {"problem": problem, "name": name, "format": FORMAT, "size": size}
                text = json.dumps(told | make(random.Random(name), scale, tight))
                (folder / f"{name}.json").write_text(text, encoding="utf-8")


def transport(dice: random.Random, flights: int, tight: bool) -> Told:
    """Flights in two waves; at each desk a party every few minutes."""
    houses = 4 + 2 * flights
    places = [(0.0, 0.0), *((dice.gauss(14, 9), dice.gauss(0, 12)) for _ in range(houses))]
    orders = []
    for flight in range(flights):
        clock = {risk: max(0, round(dice.gauss(400 if flight % 2 else 1050, 110))) for risk in range(3)}
        own = dice.sample(range(1, houses + 1), 5)
        for _ in range(dice.randint(14, 26)):
            risk = dice.choices(range(3), (80, 15, 5))[0]
            clock[risk] += dice.randint(1, 9)
            house = dice.choice(own[: 3 if risk == 0 else 5])
            pax = dice.choice((1, 2, 2, 3, 4, 6, 9, 14))
            orders.append({"cohort": f"{flight}-{risk}", "hotel": house, "pax": pax, "ready": clock[risk]})
    count = max(2, math.ceil(flights * (1.3 if tight else 2.5)))
    kinds = (("coach", 45, 720, 7), ("midibus", 22, 380, 4.5), ("van", 8, 150, 2.5))
    return {
        "minutes": [[0 if a == b else _minutes(dice, a, b) for b in places] for a in places],
        "orders": orders,
        "vehicles": [
            {"name": name, "capacity": seats, "count": count, "fixed": fixed, "per_min": per_min}
            for name, seats, fixed, per_min in kinds
        ],
        "params": {
            "load": 12,
            "unload": 6,
            "max_stops": 3,
            "max_on_board": 100,
            "max_wait": 75,
            "disinfect": 30,
            "shift_max": 540,
            "w_wait": 0.25,
        },
    }


def _minutes(dice: random.Random, a: tuple[float, float], b: tuple[float, float]) -> int:
    return max(4, round(math.dist(a, b) * 1.7 * dice.uniform(0.85, 1.25)))


def handover(dice: random.Random, scale: int, tight: bool) -> Told:
    """Houses empty one after another over some days each; counties of very different size."""
    days, counties = 10 + scale, 5 + scale // 2
    shares = [dice.paretovariate(1.1) for _ in range(counties)]
    demand: dict[tuple[int, int, int], int] = {}
    for house in range(3 + scale):
        first = dice.randrange(days - 3)
        for _ in range(round(dice.gauss(90, 25))):
            place = (house, dice.choices(range(counties), shares)[0], min(days - 1, first + int(dice.expovariate(0.5))))
            demand[place] = demand.get(place, 0) + 1
    return {
        "days": days,
        "counties": [
            {
                "name": f"county{n}",
                "capacity": dice.choice((10, 17, 24, 36)),
                "teams": max(1, round(counties * share / sum(shares) * (1 if tight else 3))),
                "trip_cost": dice.randint(80, 340),
            }
            for n, share in enumerate(shares)
        ],
        "demand": [[*place, people] for place, people in sorted(demand.items())],
        "params": {
            "window": 3 if tight else 2,
            "max_hotels": 3,
            "hop": 30,
            "city_extra": 120,
            "city_teams": max(2, scale),
            "city_capacity": 36,
            "w_delay": 5,
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
