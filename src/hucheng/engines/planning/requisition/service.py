"""A requisition as the search holds it: when each house serves, and what is placed where."""

from dataclasses import dataclass, field

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.requisition.instance import RequisitionInstance

Placed = dict[tuple[int, int, int], int]


@dataclass(slots=True)
class Service:
    """`serves` is house -> (first day, end day); `placed` is (house, day of arrival, class) -> rooms."""

    serves: dict[int, tuple[int, int]] = field(default_factory=dict)
    placed: Placed = field(default_factory=dict)

    def as_plan(self) -> Plan:
        """Write it in the format."""
        return {
            "use": [[house, start, end] for house, (start, end) in sorted(self.serves.items())],
            "place": [[*where, rooms] for where, rooms in sorted(self.placed.items()) if rooms],
        }

    def cost_of(self, instance: RequisitionInstance, houses: set[int]) -> float:
        """Give the cost of some houses and of what is placed in them."""
        cost = 0.0
        for house in houses & set(self.serves):
            told, (start, end) = instance.houses[house], self.serves[house]
            cost += told.day_cost * (end - start) + (0.0 if told.open_now else told.setup_cost)
        placed = ((where, rooms) for where, rooms in self.placed.items() if where[0] in houses)
        return cost + sum(rooms * instance.room_cost(house, kind) for (house, _, kind), rooms in placed)


def service_of(plan: Plan) -> Service:
    """Read a plan of the format."""
    serves = {house: (start, end) for house, start, end in plan["use"]}
    return Service(serves, {(house, day, kind): rooms for house, day, kind, rooms in plan["place"]})
