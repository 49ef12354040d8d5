"""The checker of requisition plans: shares nothing with the search but the instance."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from hucheng.engines.planning.answer import Plan, Verdict, Violation
from hucheng.engines.planning.requisition.instance import RequisitionInstance


@dataclass(slots=True)
class _Served:
    """What a plan does, day by day."""

    running: dict[int, range] = field(default_factory=dict)
    load: Counter[tuple[int, int]] = field(default_factory=Counter)
    load_of: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    placed: Counter[tuple[int, int]] = field(default_factory=Counter)
    crews: Counter[int] = field(default_factory=Counter)


def check(instance: RequisitionInstance, plan: Plan) -> Verdict:
    """Judge `{"use": [[house, first day, end day]], "place": [[house, day, class, rooms]]}`; the end is exclusive."""
    served, parts = _Served(), dict.fromkeys(("setup", "fixed", "transfer", "care"), 0.0)
    broken = [*_use(instance, plan, served, parts), *_place(instance, plan, served, parts)]
    broken += [*_inside(instance, served), *_limits(instance, served)]
    return Verdict(parts, tuple(broken))


def _use(instance: RequisitionInstance, plan: Plan, served: _Served, parts: dict[str, float]) -> Iterator[Violation]:
    for house, start, end in plan["use"]:
        told = instance.houses[house]
        if not start < end <= instance.days or house in served.running:
            yield Violation("one_interval_per_hotel", str(house))
            continue
        served.running[house] = range(start, end)
        parts["fixed"] += told.day_cost * (end - start)
        if not told.eligible:
            yield Violation("distance_from_residential_or_school", str(house))
        if told.open_now:
            if start:
                yield Violation("open_hotel_starts_day0", str(house))
            continue
        parts["setup"] += told.setup_cost
        served.crews.update(range(max(0, start - told.setup_days), start))
        if start < told.setup_days:
            yield Violation("setup_time", str(house))
        if end < instance.days and end - start < told.min_days:
            yield Violation("min_contract", str(house))


def _place(instance: RequisitionInstance, plan: Plan, served: _Served, parts: dict[str, float]) -> Iterator[Violation]:
    for house, day, kind, rooms in plan["place"]:
        told = instance.houses[house]
        if kind not in told.classes:
            yield Violation("class_not_supported", str((house, kind)))
        served.placed[day, kind] += rooms
        for later in range(day, min(instance.days, day + instance.hold[kind])):
            served.load[house, later] += rooms
            served.load_of[house, kind, later] += rooms
        parts["transfer"] += rooms * told.transfer_cost
        parts["care"] += rooms * instance.hospital_weight[kind] * told.hospital_min
    for day, arrivals in enumerate(instance.arrivals):
        for kind, rooms in enumerate(arrivals):
            if served.placed.pop((day, kind), 0) != rooms:
                yield Violation("all_arrivals_placed", str((day, kind)))
    yield from (Violation("all_arrivals_placed", str(where)) for where, rooms in served.placed.items() if rooms)


def _inside(instance: RequisitionInstance, served: _Served) -> Iterator[Violation]:
    for house, told in enumerate(instance.houses):
        for day in range(instance.days):
            room_for = told.rooms if day in served.running.get(house, ()) else 0
            if told.occupied[day] + served.load[house, day] > room_for:
                yield Violation("hotel_capacity_or_closed_while_occupied", str((house, day)))
            for kind in sorted(instance.capped):
                if served.load_of[house, kind, day] > told.class_cap.get(kind, 0):
                    yield Violation("class_rooms", str((house, kind, day)))


def _limits(instance: RequisitionInstance, served: _Served) -> Iterator[Violation]:
    for day in range(instance.days):
        here = [house for house, days in served.running.items() if day in days]
        if sum(instance.houses[house].rooms for house in here) < instance.reserve[day]:
            yield Violation("service_level_reserve", str(day))
        if served.crews[day] > instance.crews:
            yield Violation("setup_crews", str(day))
        for skill, limit in enumerate(instance.staff):
            if sum(instance.houses[house].staff[skill] for house in here) > limit[day]:
                yield Violation("staff", str((skill, day)))
        for zone, most in enumerate(instance.zone_limit):
            if sum(instance.houses[house].zone == zone for house in here) > most:
                yield Violation("zone_limit", str((zone, day)))
        for one, other in instance.conflicts:
            if one in here and other in here:
                yield Violation("min_separation", str((one, other, day)))
