"""Invented instances of the rooms problem, by another process than the open ones and of sizes between them.

python benchmarks/planning/made_rooms.py FOLDER FLIGHTS LOAD SEED [sharing]

LOAD is the share of rooms that are needed, such as 0.8.

Hotels are built floor by floor: a floor repeats a plan of room types along a corridor, one wing in four has a halal
kitchen. Households are drawn first and then booked on flights; cleaning is done hotel by hotel from noon to evening.
Nothing of the generator of the open instances is used.
"""

import json
import random
import sys
from pathlib import Path

WEIGHTS = {"w_room": 10, "w_zone": 30, "w_mix": 25, "w_split": 6, "w_share": 8, "w_med": 15}
HOUSEHOLDS = (
    [(1, 0, 0)] * 7 + [(0, 1, 0)] * 6 + [(1, 1, 0)] * 4 + [(1, 1, 1)] * 2 + [(0, 1, 1), (1, 1, 2), (2, 1, 0), (0, 1, 2)]
)
CORRIDORS = ["2121232121", "11212211231121", "22222222332222", "1212121212121212", "22312223122231222312"]


def households(draw: random.Random, flights: int) -> list[list[int]]:
    """Give parties of 90 to 150 households a flight, one in nine a contact, one in forty ill at landing."""
    groups = []
    for flight in range(flights):
        for _ in range(draw.randint(90, 150)):
            men, women, minors = draw.choice(HOUSEHOLDS)
            risk = draw.choices([0, 1, 2], [320, 36, 9])[0]
            ramp, halal = draw.random() < 0.02, draw.random() < 0.05
            groups.append(
                [flight, risk, men, women, minors, int(ramp), int(halal), draw.choices([0, 1, 2], [94, 4, 2])[0]]
            )
    return groups


def hotel(draw: random.Random, number: int, zones: list[dict[str, object]], rooms: list[list[int]], days: int) -> None:
    """Add a hotel: floors of one corridor plan, wings of a floor where it is long."""
    plan, floors, level = draw.choice(CORRIDORS), draw.randint(3, 9), draw.randint(0, 2)
    halal_from = draw.randint(0, floors) if draw.random() < 0.5 else floors
    cleaned = 1440 * draw.randint(0, max(0, days - 1)) + draw.choice([0, 720, 1080])
    for floor in range(floors):
        zones.append({"hotel": number, "halal": floor >= halal_from, "locked": None})
        for place, beds in enumerate(plan):
            late = draw.random() < 0.12
            rooms.append([len(zones) - 1, int(beds), int(place == len(plan) // 2), level, cleaned if late else 0])


def instance(flights: int, load: float, seed: int, *, sharing: bool) -> dict[str, object]:
    """Give an instance of so many flights over as many days as three a day need."""
    draw = random.Random(seed)
    days = -(-flights // 3)
    landings = sorted((day := n // 3, 1440 * day + 60 * draw.randint(6, 22)) for n in range(flights))
    groups = households(draw, flights)
    needed = sum(-(-sum(group[2:5]) // 3) for group in groups)
    zones: list[dict[str, object]] = []
    rooms: list[list[int]] = []
    while len(rooms) * load < needed:
        hotel(draw, len(zones), zones, rooms, days)
    flight = draw.randrange(flights)
    zones[draw.randrange(len(zones))]["locked"] = [landings[flight][0], 0, [flight]]
    return {
        "problem": "rooms",
        "name": f"made-{flights}-{load}-{seed}",
        "format": "hucheng-plan-1",
        "seed": seed,
        "best_known": None,
        "lower_bound": None,
        "greedy": None,
        "params": {"sharing": sharing} | WEIGHTS,
        "flights": [{"id": f"M{n:03}", "day": day, "arrive": minute} for n, (day, minute) in enumerate(landings)],
        "zones": zones,
        "rooms": rooms,
        "groups": groups,
    }


if __name__ == "__main__":
    folder, count, share, start, *rest = sys.argv[1:]
    made = instance(int(count), float(share), int(start), sharing="sharing" in rest)
    path = Path(folder) / f"rooms-{made['name']}.json"
    path.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
    print(path)
