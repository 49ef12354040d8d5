"""Which decision table judges at a place and time: the one approved there, else one above, else the shipped one."""

from datetime import datetime
from functools import lru_cache

from hucheng.core.scope.actor import place_prefix
from hucheng.engines.rules import Table, load_table
from hucheng.engines.rules.compare import laxer_than
from hucheng.entry.triage.models import RuleInForce, RuleTable


@lru_cache
def entry_table() -> Table:
    """The entry table that comes with the house, read once."""
    return load_table("entry")


@lru_cache(maxsize=16)
def parsed(text: str) -> Table:
    """A stored table, read once."""
    return load_table(text)


def table_in_force(place: str, at: datetime) -> Table:
    """The table that judges at a place and time.

    A table of a place below the city counts only while it is nowhere laxer than the one above it: when the city
    tightens its table, a looser one of a county stops counting at once (INQ-02).
    """
    places = [*reversed(places_above(place)), place]
    rows = RuleTable.objects.filter(place__in=places, since__lte=at, approved_at__lte=at)
    own = {row.place: row for row in rows.order_by("since", "approved_at", "id")}
    table = entry_table()
    for one in places:
        if one in own and (not below_the_city(one) or _nowhere_laxer(own[one].text, table)):
            table = parsed(own[one].text)
    return table


def table_above(place: str, at: datetime) -> Table | None:
    """The table than which one of this place may not be laxer; a city answers to none here."""
    return table_in_force(places_above(place)[0], at) if below_the_city(place) else None


def rules_in_force(place: str, at: datetime) -> set[str]:
    """Rules brought into force at a place, or with a table above it."""
    places = [place, *places_above(place)]
    return set(RuleInForce.objects.filter(place__in=places, since__lte=at).values_list("rule", flat=True))


def places_above(place: str) -> list[str]:
    """The places that a place lies in, the nearest first: 140105 lies in 140100, 140000 and 000000."""
    prefix, found = place_prefix(place), []
    while prefix:
        prefix = prefix[:-2]
        found.append(prefix.ljust(6, "0"))
    return found


def below_the_city(place: str) -> bool:
    """Whether a place is a county of a city."""
    return not place.endswith("00")


def _nowhere_laxer(text: str, above: Table) -> bool:
    """Whether a stored table is nowhere laxer than the one above; one that cannot be weighed against it counts not."""
    try:
        return laxer_than(parsed(text), above) is None
    except ValueError:
        return False
