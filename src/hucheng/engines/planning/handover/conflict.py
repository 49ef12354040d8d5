"""Why no legal handover plan exists: a longer window, more houses a trip, or more teams, each by how much."""

from collections.abc import Mapping
from dataclasses import replace

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.planning.conflicts import conflict_by_amounts
from hucheng.engines.planning.handover.counts import CountyProgram
from hucheng.engines.planning.handover.instance import HandoverInstance
from hucheng.engines.planning.program import INFINITY, Program
from hucheng.engines.planning.search import Search

LONGER = 14  # days by which the window may grow at most
SECONDS = 5.0


def why_none(instance: HandoverInstance, search: Search) -> Conflict | None:
    """Give the rules in conflict; None where counts find room for everybody."""
    trips = sum(sum(demand.values()) for demand in instance.demand)
    houses = len({house for demand in instance.demand for house, _ in demand})
    most = {"release_window": LONGER, "max_hotels": max(1, houses - instance.max_hotels), "teams_per_day": trips}
    return conflict_by_amounts("handover", most, lambda amounts: _possible(_loosened(instance, amounts), search))


def _loosened(instance: HandoverInstance, amounts: Mapping[str, int]) -> HandoverInstance:
    return replace(
        instance,
        window=instance.window + amounts.get("release_window", 0),
        max_hotels=instance.max_hotels + amounts.get("max_hotels", 0),
        city_teams=instance.city_teams + amounts.get("teams_per_day", 0),
    )


def _possible(instance: HandoverInstance, search: Search) -> bool:
    """Tell whether counts of all counties together fit the teams; out of time counts as yes."""
    program = Program(search)
    city: dict[int, list[int]] = {}
    for county, demand in enumerate(instance.demand):
        if demand:
            days = range(max(release for _, release in demand) + instance.window + 1)
            own = CountyProgram(instance, county, dict.fromkeys(days, instance.city_teams), program)
            for day, column in own.city.items():
                city.setdefault(day, []).append(column)
    for columns in city.values():
        program.row(-INFINITY, instance.city_teams, columns, [1.0] * len(columns))
    program.solve_integer(SECONDS)
    return not program.infeasible
