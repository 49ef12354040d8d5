"""The requisition that simple rules give at once: day by day, fill what serves, open the cheapest that may open.

A house that stands empty is released when the others hold the reserve of every day to come.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hucheng.engines.planning.requisition.instance import RequisitionInstance
from hucheng.engines.planning.requisition.service import Service

Price = Callable[[int], float]


@dataclass(slots=True)
class _Days:
    """The state while days are filled: who serves since when, free rooms by day, crews busy by day."""

    service: Service = field(default_factory=Service)
    since: dict[int, int] = field(default_factory=dict)
    released: set[int] = field(default_factory=set)
    free: dict[int, list[int]] = field(default_factory=dict)
    special: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    crews: list[int] = field(default_factory=list)


def first_plan(instance: RequisitionInstance, price: Price | None = None) -> Service | None:
    """Give a service that keeps every rule, or None where the rules run into a day they cannot serve.

    `price` orders houses for opening and filling, cheapest first: by default the cost of a room and day.
    """
    price = price or usual_price(instance)
    days = _Days(crews=[instance.crews] * instance.days)
    if not _keep_open(instance, days, price):
        return None
    for day in range(instance.days):
        if not (_hold_reserve(instance, days, day, price) and _place_day(instance, days, day, price)):
            return None
        _release(instance, days, day, price)
    for house, start in days.since.items():
        days.service.serves.setdefault(house, (start, instance.days))
    return days.service


def usual_price(instance: RequisitionInstance) -> Price:
    """Give the cost of a room and day by house, its setting up shared out over the shortest contract."""

    def price(house: int) -> float:
        told = instance.houses[house]
        setup = 0.0 if told.open_now else told.setup_cost / max(1, told.min_days)
        return (told.day_cost + setup) / max(1, told.rooms)

    return price


def _keep_open(instance: RequisitionInstance, days: _Days, price: Price) -> bool:
    """Keep the houses open today that the limits allow, those with people inside first; False where these break one."""
    opened = [house for house, told in enumerate(instance.houses) if told.open_now]
    for house in sorted(opened, key=lambda house: (not instance.houses[house].held_until, price(house), house)):
        if _fits(instance, days, house, 0):
            _begin(instance, days, house, 0)
        elif instance.houses[house].held_until:
            return False
    return True


def _begin(instance: RequisitionInstance, days: _Days, house: int, day: int) -> None:
    told = instance.houses[house]
    days.since[house] = day
    days.free[house] = [told.rooms - rooms for rooms in told.occupied]
    for kind in instance.capped:
        days.special[house, kind] = [instance.special_rooms(house, kind)] * instance.days
    if not told.open_now:
        for before in range(day - told.setup_days, day):
            days.crews[before] -= 1


def _serving(days: _Days) -> list[int]:
    return [house for house in days.since if house not in days.released]


def _hold_reserve(instance: RequisitionInstance, days: _Days, day: int, price: Price) -> bool:
    while sum(instance.houses[house].rooms for house in _serving(days)) < instance.reserve[day]:
        if not _open_one(instance, days, day, price, ()):
            return False
    return True


def _open_one(instance: RequisitionInstance, days: _Days, day: int, price: Price, kinds: tuple[int, ...]) -> bool:
    """Open the cheapest house that may open on a day and takes one of the classes (any house for none)."""
    may = [
        house
        for house, told in enumerate(instance.houses)
        if _may_open(instance, days, house, day) and (not kinds or set(kinds) & set(told.classes))
    ]
    if not may:
        return False
    _begin(instance, days, min(may, key=lambda house: (price(house), house)), day)
    return True


def _may_open(instance: RequisitionInstance, days: _Days, house: int, day: int) -> bool:
    told = instance.houses[house]
    if house in days.since or told.open_now or day < told.setup_days or not told.rooms:
        return False
    if any(days.crews[before] < 1 for before in range(day - told.setup_days, day)):
        return False
    return _fits(instance, days, house, day)


def _fits(instance: RequisitionInstance, days: _Days, house: int, day: int) -> bool:
    """Tell whether a house may serve beside those that do: distance, zone, neighbours, staff to the end."""
    told, here = instance.houses[house], _serving(days)
    if not told.eligible:
        return False
    if sum(instance.houses[other].zone == told.zone for other in here) >= instance.zone_limit[told.zone]:
        return False
    if any(house in pair and (pair[0] in here or pair[1] in here) for pair in instance.conflicts):
        return False
    needed = [sum(instance.houses[other].staff[k] for other in [*here, house]) for k in range(len(instance.staff))]
    return all(people <= min(limit[day:]) for people, limit in zip(needed, instance.staff, strict=True))


def _place_day(instance: RequisitionInstance, days: _Days, day: int, price: Price) -> bool:
    """Place a day's arrivals: classes that need special rooms first, fullest houses first, so that others can empty."""
    for kind in sorted(range(len(instance.hold)), key=lambda kind: kind not in instance.capped):
        left = instance.arrivals[day][kind]
        while left:
            left -= _fill(instance, days, day, kind, left, price)
            if left and not _open_one(instance, days, day, price, (kind,)):
                return False
    return True


def _fill(instance: RequisitionInstance, days: _Days, day: int, kind: int, rooms: int, price: Price) -> int:
    placed = 0
    until = min(instance.days, day + instance.hold[kind])
    for house in sorted(_serving(days), key=lambda house: (price(house), house)):
        if kind not in instance.houses[house].classes:
            continue
        lists = [days.free[house]] + ([days.special[house, kind]] if kind in instance.capped else [])
        fit = min([rooms - placed, *(min(free[day:until]) for free in lists)])
        if fit <= 0:
            continue
        for free in lists:
            for later in range(day, until):
                free[later] -= fit
        where = (house, day, kind)
        days.service.placed[where] = days.service.placed.get(where, 0) + fit
        placed += fit
    return placed


def _release(instance: RequisitionInstance, days: _Days, day: int, price: Price) -> None:
    """Release houses that are empty from the next day on, dearest first, where the others hold what is to come."""
    to_come = max(instance.reserve[day + 1 :], default=0)
    rooms = sum(instance.houses[house].rooms for house in _serving(days))
    for house in sorted(_serving(days), key=lambda house: (-price(house), house)):
        told, start = instance.houses[house], days.since[house]
        empty = all(free == told.rooms for free in days.free[house][day + 1 :])
        bound = not told.open_now and day + 1 - start < told.min_days
        if empty and not bound and rooms - told.rooms >= to_come:
            rooms -= told.rooms
            days.released.add(house)
            days.service.serves[house] = (start, day + 1)
