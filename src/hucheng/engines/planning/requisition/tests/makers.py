"""Requisition instances for tests."""

from typing import Any


def an_instance(days: int = 6, houses: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """Give an instance with two new houses and one arrival on its third day, held two days with the cleaning."""
    houses = houses if houses is not None else [a_house(days), a_house(days)]
    arrivals = [[0, 0] for _ in range(days)]
    arrivals[min(2, days - 1)][0] = 5
    return {
        "problem": "requisition",
        "days": days,
        "hotels": houses,
        "classes": [
            {"name": "standard", "stay": 1, "hospital_weight": 0},
            {"name": "family", "stay": 1, "hospital_weight": 1},
        ],
        "capped_classes": [1],
        "arrivals": arrivals,
        "reserve": [0] * days,
        "staff": [[100] * days],
        "zone_limit": [9, 9],
        "conflicts": [],
        "params": {"turnover": 1, "setup_crews": 9},
    } | changes


def a_house(days: int = 6, **changes: Any) -> dict[str, Any]:
    """Give a new house of ten rooms, ready after a day of setting up."""
    return {
        "zone": 0,
        "rooms": 10,
        "open_now": False,
        "setup_days": 1,
        "setup_cost": 50,
        "day_cost": 20,
        "transfer_cost": 1,
        "hospital_min": 3,
        "min_days": 1,
        "eligible": True,
        "classes": [0, 1],
        "class_cap": {"1": 4},
        "staff": [5],
        "occupied": [0] * days,
    } | changes


def with_arrivals(days: int, *landings: tuple[int, int, int]) -> list[list[int]]:
    """Give arrivals from (day, class, rooms)."""
    arrivals = [[0, 0] for _ in range(days)]
    for day, kind, rooms in landings:
        arrivals[day][kind] += rooms
    return arrivals
