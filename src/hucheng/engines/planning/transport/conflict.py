"""Why no legal transport plan exists: rules that give way one by one until the vehicles could carry everybody."""

from collections.abc import Mapping
from dataclasses import replace

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.planning.conflicts import conflict_by_amounts
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.transport.cohorts import clock_of, cohorts_of
from hucheng.engines.planning.transport.fleet import Fleet
from hucheng.engines.planning.transport.instance import DAY, TransportInstance
from hucheng.engines.planning.transport.pricing import Pricer

PART = 1e-5  # of a party left over means that not everybody is served


def why_none(instance: TransportInstance, search: Search) -> Conflict | None:
    """Give the rules in conflict; None where the linear program finds room for everybody."""
    most = {"vehicle_exists": len(instance.orders), "max_wait": DAY, "time_on_board": DAY, "driver_shift": DAY}
    most |= {"night_barred": 1} if instance.barred else {}
    return conflict_by_amounts("transport", most, lambda amounts: _possible(_loosened(instance, amounts), search))


def _loosened(instance: TransportInstance, amounts: Mapping[str, int]) -> TransportInstance:
    more = amounts.get("vehicle_exists", 0)
    return replace(
        instance,
        vehicles=tuple(replace(kind, count=kind.count + more) for kind in instance.vehicles),
        max_wait=instance.max_wait + amounts.get("max_wait", 0),
        max_on_board=instance.max_on_board + amounts.get("time_on_board", 0),
        shift_max=instance.shift_max + amounts.get("driver_shift", 0),
        barred=() if "night_barred" in amounts else instance.barred,
    )


def _possible(instance: TransportInstance, search: Search) -> bool:
    """Tell whether trips in parts serve everybody: when even they do not, no plan does. Out of time counts as yes."""
    free = replace(
        instance, w_wait=0.0, vehicles=tuple(replace(kind, fixed=0.0, per_min=0.0) for kind in instance.vehicles)
    )
    clock = clock_of(free)
    pricers = [Pricer(free, clock, cohort, n, early=True) for n, cohort in enumerate(cohorts_of(free))]
    left_over = Fleet(free, clock, pricers, search, penalty=1.0).converge()
    return left_over is None or left_over <= PART
