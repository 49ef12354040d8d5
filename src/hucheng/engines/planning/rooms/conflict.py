"""Why no legal plan exists: the problem as a flow of wants to rooms, where each rule may be broken and is counted.

Families in one zone and minors beside an adult are never given up, so they are not among the rules looked at.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ortools.sat.python import cp_model

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.planning.conflicts import Switches, conflict_of
from hucheng.engines.planning.rooms.counts import Cohort, Counts, Kind, Want, counted
from hucheng.engines.planning.rooms.instance import RoomsInstance
from hucheng.engines.planning.search import Search


class Ask(NamedTuple):
    """A want of a cohort, by when, and in which zone."""

    zone: int
    cohort: Cohort
    want: Want
    arrive: int


@dataclass(slots=True)
class _Model:
    """The model; `asked` gathers the rooms asked for, `sharers` the single adults who share by unit and sex."""

    counts: Counts
    switches: Switches
    strict: bool
    asked: dict[Ask, list[cp_model.LinearExpr]] = field(default_factory=lambda: defaultdict(list))
    sharers: dict[tuple[int, int, int, str], list[tuple[bool, cp_model.IntVar]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def cp(self) -> cp_model.CpModel:
        return self.switches.model

    def whole(self, most: int) -> cp_model.IntVar:
        """Make a number from 0 to `most`."""
        return self.cp.new_int_var(0, most, "")

    def slack(self, rule: str, most: int) -> cp_model.IntVar:
        """Make a number that counts how often a rule is broken."""
        amount = self.whole(most)
        self.switches.count(rule, amount)
        return amount


def conflict(instance: RoomsInstance, search: Search) -> Conflict:
    """Give the smallest set of rules that cannot all hold, and the cheapest ways out."""
    return conflict_of("rooms", _switches(instance), search)


def conflict_if_any(instance: RoomsInstance, search: Search) -> Conflict | None:
    """Give the same where it is proven that the rules cannot all hold; None where a plan may exist, or time ran out."""
    switches = _switches(instance)
    if switches.possible(set(), search):
        return None
    found = conflict_of("rooms", switches, search)
    return None if switches.cut_short else found


def _switches(instance: RoomsInstance) -> Switches:
    """Give the rules of an instance, each of which may be broken."""
    counts = counted(replace(instance, sharing=True))
    model = _Model(counts, Switches(cp_model.CpModel()), strict=not instance.sharing)
    for number in range(len(counts.classes)):
        _class(model, number)
    _rooms(model)
    _cohorts(model)
    return model.switches


def _class(model: _Model, number: int) -> None:
    """Place the parties of a class: in a zone in one of their divisions, sharing, or nowhere."""
    counts, one, parties = model.counts, model.counts.classes[number], len(model.counts.members[number])
    placed = [model.slack("every_person_once", parties)]
    for zone, counted_zone in enumerate(counts.zones):
        for pattern in one.patterns:
            inside = model.whole(parties)
            placed.append(inside)
            _count(model, "halal_zone", one.halal and not counted_zone.halal, inside)
            for want in sorted(set(pattern)):
                asked = model.asked[Ask(zone, counts.cohort(number), want, counts.arrive(number))]
                asked.append(pattern.count(want) * inside)
    if one.sex:
        placed += list(_sharers(model, number))
    model.cp.add(sum(placed) == parties)


def _count(model: _Model, rule: str, breaks: bool, amount: cp_model.IntVar) -> None:
    if breaks:
        model.switches.count(rule, amount)


def _sharers(model: _Model, number: int) -> Iterator[cp_model.IntVar]:
    counts, one = model.counts, model.counts.classes[number]
    for zone in range(len(counts.zones)):
        sharing = model.whole(len(counts.members[number]))
        _count(model, "halal_zone", one.halal and not counts.zones[zone].halal, sharing)
        model.sharers[zone, one.flight, one.risk, one.sex].append((one.patterns[0][0].accessible, sharing))
        yield sharing


def _rooms(model: _Model) -> None:
    """Give every want a room of its zone: one being cleaned or without a ramp where those rules are broken."""
    for (zone, flight, risk, _), people in model.sharers.items():
        _shared(model, zone, flight, risk, people)
    taken: dict[tuple[int, Kind], list[cp_model.IntVar]] = defaultdict(list)
    for ask, rooms in model.asked.items():
        served = []
        for kind, number in model.counts.zones[ask.zone].kinds:
            if kind.beds >= ask.want.beds:
                given = model.whole(number)
                _count(model, "accessible_room", ask.want.accessible and not kind.accessible, given)
                _count(model, "room_under_cleaning", kind.ready > ask.arrive, given)
                taken[ask.zone, kind].append(given)
                served.append(given)
        model.cp.add(sum(served) == sum(rooms))
    for zone, counts in enumerate(model.counts.zones):
        for kind, number in counts.kinds:
            model.cp.add(sum(taken[zone, kind]) <= number)


def _shared(model: _Model, zone: int, flight: int, risk: int, people: list[tuple[bool, cp_model.IntVar]]) -> None:
    landing = model.counts.instance.flights[flight]
    size = model.counts.zones[zone].size
    places: list[cp_model.LinearExpr] = []
    ramp_places: list[cp_model.LinearExpr] = []
    for accessible in (False, True):
        for together in range(2, model.counts.instance.most_beds + 1):
            rooms = model.whole(size)
            model.asked[Ask(zone, (landing.day, risk), Want(together, accessible), landing.arrive)].append(1 * rooms)
            (ramp_places if accessible else places).append(together * rooms)
            if model.strict:
                sharing = model.slack("no_sharing_between_parties", size * together)
                model.cp.add(sharing == (together - 1) * rooms)
    model.cp.add(sum(sharing for _, sharing in people) == sum(places) + sum(ramp_places))
    model.cp.add(sum(sharing for accessible, sharing in people if accessible) <= sum(ramp_places))


def _cohorts(model: _Model) -> None:
    """Count the cohorts of each zone beyond one, those who live there already among them."""
    asked: dict[tuple[int, Cohort], list[cp_model.LinearExpr]] = defaultdict(list)
    for ask, rooms in model.asked.items():
        asked[ask.zone, ask.cohort] += rooms
    for zone, counts in enumerate(model.counts.zones):
        keys = []
        for (place, cohort), rooms in asked.items():
            if place == zone and model.counts.takes(zone, cohort):
                keys.append(model.cp.new_bool_var(""))
                model.cp.add(sum(rooms) <= counts.size * keys[-1])
            elif place == zone:
                foreign = model.slack("zone_one_cohort", 1)
                model.cp.add(sum(rooms) <= counts.size * foreign)
        more = model.slack("zone_one_cohort", len(keys))
        model.cp.add(sum(keys) <= 1 + more)
