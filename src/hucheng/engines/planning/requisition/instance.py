"""The requisition problem: houses on offer, arrivals by day and class, what limits taking houses into service."""

from dataclasses import dataclass

from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import refused

MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class House:
    """A house on offer. Costs in money, times in days, staff in people of each skill a day.

    `class_cap` holds the rooms fit for a class that needs special ones, `occupied` the rooms taken before day 0.
    """

    zone: int
    rooms: int
    open_now: bool
    setup_days: int
    setup_cost: float
    day_cost: float
    transfer_cost: float
    hospital_min: float
    min_days: int
    eligible: bool
    classes: tuple[int, ...]
    class_cap: dict[int, int]
    staff: tuple[int, ...]
    occupied: tuple[int, ...]

    @property
    def held_until(self) -> int:
        """Give the first day on which nobody who is inside today is left."""
        return max((day + 1 for day, rooms in enumerate(self.occupied) if rooms), default=0)


@dataclass(frozen=True, slots=True)
class RequisitionInstance:
    """Arrays by day 0 to `days` - 1; `hold` is the days a room is taken by each class, cleaning included."""

    days: int
    houses: tuple[House, ...]
    hold: tuple[int, ...]
    hospital_weight: tuple[float, ...]
    capped: frozenset[int]
    arrivals: tuple[tuple[int, ...], ...]
    reserve: tuple[int, ...]
    staff: tuple[tuple[int, ...], ...]
    zone_limit: tuple[int, ...]
    conflicts: tuple[tuple[int, int], ...]
    crews: int

    def room_cost(self, house: int, kind: int) -> float:
        """Give the cost of one room of a class in a house: the transfer and the minutes to a hospital."""
        told = self.houses[house]
        return told.transfer_cost + self.hospital_weight[kind] * told.hospital_min

    def special_rooms(self, house: int, kind: int) -> int:
        """Give the rooms of a house that a class may take."""
        told = self.houses[house]
        return min(told.rooms, told.class_cap.get(kind, 0)) if kind in self.capped else told.rooms


def read(instance: At) -> RequisitionInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    days, params = instance.key("days").whole(1, MOST_DAYS), instance.key("params")
    classes, zones = instance.key("classes").items(), instance.key("zone_limit").wholes()
    turnover, skills = params.key("turnover").whole(high=MOST_DAYS), instance.key("staff").items()
    staff = tuple(skill.wholes(days) for skill in skills)
    houses = tuple(
        _house(entry, days, len(classes), len(zones), len(skills)) for entry in instance.key("hotels").items()
    )
    return RequisitionInstance(
        days=days,
        houses=houses,
        hold=tuple(entry.key("stay").whole(1, MOST_DAYS) + turnover for entry in classes),
        hospital_weight=tuple(entry.key("hospital_weight").number() for entry in classes),
        capped=frozenset(instance.key("capped_classes").wholes(high=len(classes) - 1)),
        arrivals=tuple(day.wholes(len(classes)) for day in instance.key("arrivals").items(days)),
        reserve=instance.key("reserve").wholes(days),
        staff=staff,
        zone_limit=zones,
        conflicts=tuple(_pair(entry, len(houses)) for entry in instance.key("conflicts").items()),
        crews=params.key("setup_crews").whole(),
    )


def _house(entry: At, days: int, classes: int, zones: int, skills: int) -> House:
    house = House(
        zone=entry.key("zone").whole(0, zones - 1),
        rooms=entry.key("rooms").whole(),
        open_now=entry.key("open_now").flag(),
        setup_days=entry.key("setup_days").whole(high=MOST_DAYS),
        setup_cost=entry.key("setup_cost").number(),
        day_cost=entry.key("day_cost").number(),
        transfer_cost=entry.key("transfer_cost").number(),
        hospital_min=entry.key("hospital_min").number(),
        min_days=entry.key("min_days").whole(high=MOST_DAYS),
        eligible=entry.key("eligible").flag(),
        classes=entry.key("classes").wholes(high=classes - 1),
        class_cap={_kind(name, at, classes): at.whole() for name, at in entry.key("class_cap").pairs()},
        staff=entry.key("staff").wholes(skills),
        occupied=entry.key("occupied").wholes(days, high=entry.key("rooms").whole()),
    )
    if any(house.occupied) and not house.open_now:
        raise refused("occupied_but_closed", entry.path)
    return house


def _kind(name: str, at: At, classes: int) -> int:
    return At(int(name) if name.isdigit() else name, at.path).whole(0, classes - 1)


def _pair(entry: At, houses: int) -> tuple[int, int]:
    first, second = entry.wholes(2, high=houses - 1)
    return first, second
