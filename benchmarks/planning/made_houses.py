"""Requisition, roster and duty instances of our own: benchmarks/planning/made_houses.py FOLDER SEED

Another process than the reference's: two waves of arrivals, houses of three kinds, shifts that differ from house to
house, leaders on fixed leave. For each problem a loose and a tight instance in sizes between the reference's.
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
    for n, tight in enumerate((False, True)):
        for size, scale in (("small", 1.0), ("medium", 3.0)):
            dice = random.Random(f"{seed} {n} {size}")
            name = f"{size}-{'tight' if tight else 'loose'}-{seed}"
            for problem, make in (("requisition", requisition), ("roster", roster), ("duty", duty)):
                told = {"problem": problem, "name": f"{problem}-{name}", "format": FORMAT, "size": size}
                text = json.dumps(told | make(dice, scale, tight))
                (folder / f"{problem}-{name}.json").write_text(text, encoding="utf-8")


def requisition(dice: random.Random, scale: float, tight: bool) -> Told:
    days, count, classes = 35, round(14 * scale), 3
    houses = [_house(dice, days, zone=n % 4) for n in range(count)]
    for house in houses[: 1 + count // 12]:
        inside = round(house["rooms"] * 0.6)
        left = [max(0, inside - day * inside // 12) for day in range(days)]
        house |= {"open_now": True, "eligible": True, "occupied": left}
    rooms = sum(house["rooms"] for house in houses)
    peak = rooms * (0.55 if tight else 0.3)
    waves = [math.exp(-((day - 9) ** 2) / 18) + 0.6 * math.exp(-((day - 22) ** 2) / 30) for day in range(days)]
    daily = [round(peak * wave / 9) if day > 2 else 0 for day, wave in enumerate(waves)]
    shares = ((0.7, 0), (0.2, 1), (0.1, 2))
    arrivals = [[round(total * share) for share, _ in shares] for total in daily]
    held = [sum(sum(arrivals[d]) for d in range(max(0, day - 14), day + 1)) for day in range(days)]
    left = [sum(house["occupied"][day] for house in houses) for day in range(days)]
    return {
        "days": days,
        "hotels": houses,
        "classes": [{"name": name, "stay": 14, "hospital_weight": w} for name, w in (("a", 0), ("b", 1), ("c", 0.2))],
        "capped_classes": [classes - 1],
        "arrivals": arrivals,
        "reserve": [round(1.1 * held[day] + left[day]) for day in range(days)],
        "staff": [[round(sum(house["staff"][k] for house in houses) * 0.9)] * days for k in range(3)],
        "zone_limit": [count // 4 + 1] * 4,
        "conflicts": [sorted(dice.sample(range(count), 2)) for _ in range(count // 3)],
        "params": {"turnover": 1, "setup_crews": max(2, count // 6)},
    }


def _house(dice: random.Random, days: int, zone: int) -> Told:
    rooms = dice.choice((40, 90, 150))
    return {
        "zone": zone,
        "rooms": rooms,
        "open_now": False,
        "setup_days": dice.randint(1, 3),
        "setup_cost": round(rooms * dice.uniform(120, 320)),
        "day_cost": round(rooms * dice.uniform(80, 160)),
        "transfer_cost": dice.randint(30, 60),
        "hospital_min": dice.randint(5, 30),
        "min_days": 14,
        "eligible": dice.random() > 0.05,
        "classes": [0, 1, 2] if dice.random() > 0.2 else [0, 1],
        "class_cap": {"2": rooms // 3},
        "staff": [rooms // 25 + 1, rooms // 20 + 2, rooms // 25 + 2],
        "occupied": [0] * days,
    }


def roster(dice: random.Random, scale: float, tight: bool) -> Told:
    days, houses = 42, round(3 * scale)
    need = [_need(dice) for _ in range(houses)]
    opened = [[dice.choice((0, 0, 7, 10, 14)), days] for _ in range(houses)]
    staff = []
    for skill in ("medical", "security", "cleaning"):
        posts = sum(sum(house[skill]) for house in need)
        for _ in range(round(posts * (2.9 if tight else 3.6))):
            away = [[(start := dice.randrange(days)), start + dice.randint(1, 5)]] if dice.random() < 0.1 else []
            staff.append({"skill": skill, "free_from": dice.choice((0, 0, 0, 5, 9)), "away": away})
    requests = sorted({(who, dice.randrange(days)) for who in range(len(staff)) if dice.random() < 0.9})
    params = {"block": 14, "rest_after_block": 14, "overrun": 0, "max_run": 6, "max_nights_run": 4, "night_cap": 4}
    weights = {"w_under": 100, "w_request": 3, "w_block": 20, "w_fair": 5}
    return {
        "days": days,
        "need": need,
        "open": opened,
        "staff": staff,
        "off_requests": [list(pair) for pair in requests],
        "params": params | weights,
    }


def _need(dice: random.Random) -> dict[str, list[int]]:
    medical = dice.choice(([3, 2, 1], [2, 2, 2], [5, 3, 2]))
    return {"medical": medical, "security": [1, 1, 1], "cleaning": dice.choice(([2, 0, 0], [3, 2, 0]))}


def duty(dice: random.Random, scale: float, tight: bool) -> Told:
    days, count = round(30 * scale), round((8 if tight else 12) * math.sqrt(scale))
    portfolios = ("health", "transport", "police", "economy", "education", "civil")
    leaders = []
    for n in range(count):
        first = dice.randrange(days)
        leaders.append(
            {
                "chief": n % 2 == 0,
                "portfolio": portfolios[n % len(portfolios)],
                "away": sorted(day for day in range(first, min(days, first + 5))),
                "avoid": sorted(dice.sample(range(days), days // 10)),
            }
        )
    holidays = [day for day in range(days) if day % 7 in (5, 6)]
    params = {"min_gap": 3, "w_spread": 10, "w_holiday": 8, "w_avoid": 4}
    return {"days": days, "leaders": leaders, "holidays": holidays, "params": params}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
