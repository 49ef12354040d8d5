"""Some zones and some parties for CP-SAT, in counts: how many parties of a class go to a zone in which division.

Hall's condition for every set of wants makes the counts exact: what fits only a set of rooms may not outnumber them;
then a matching names the rooms (`naming.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from hucheng.engines.planning.rooms.counts import Cohort, Counts, Want
from hucheng.engines.planning.rooms.naming import SHARED, Holding, Piece, Share
from hucheng.engines.planning.solvers import Values

Int = cp_model.IntVar
Key = Piece | Share


@dataclass(slots=True)
class RoomsModel:
    """The model; `pieces` by zone and key, `visits` by zone and flight, `keys` by zone and cohort, `left` by class."""

    cp: cp_model.CpModel
    pieces: dict[int, dict[Key, Int]]
    visits: dict[tuple[int, int, Cohort], Int] = field(default_factory=dict)
    keys: dict[tuple[int, Cohort], Int] = field(default_factory=dict)
    left: dict[int, Int] = field(default_factory=dict)
    cost: list[cp_model.LinearExpr | int] = field(default_factory=list)

    def holdings(self, values: Values | cp_model.CpSolver) -> dict[int, dict[Key, int]]:
        """Give what each zone holds in a solution."""
        found = {
            zone: {key: values.value(piece) for key, piece in pieces.items()} for zone, pieces in self.pieces.items()
        }
        return {zone: {key: number for key, number in held.items() if number} for zone, held in found.items()}

    def hint(self, holdings: Mapping[int, Holding]) -> None:
        """Start from what the zones hold."""
        for zone, pieces in self.pieces.items():
            for key, piece in pieces.items():
                self.cp.add_hint(piece, holdings[zone].get(key, 0))


def build(counts: Counts, zones: Iterable[int], parties: Mapping[int, int], *, may_leave: bool = False) -> RoomsModel:
    """Give the model of placing parties (numbers by class) in zones, all that they are free to take, at least cost."""
    model = RoomsModel(cp_model.CpModel(), {zone: {} for zone in zones})
    for zone in model.pieces:
        for cohort, classes in _cohorts(counts, parties).items():
            if counts.takes(zone, cohort):
                _zone(counts, model, zone, cohort, {number: parties[number] for number in classes})
        _one_cohort(counts, model, zone)
    for number, wanted in parties.items():
        placed = [piece for held in model.pieces.values() for key, piece in held.items() if _is_of(key, number)]
        if may_leave:
            model.left[number] = model.cp.new_int_var(0, wanted, "")
            model.cost.append(counts.dear(number) * model.left[number])
            placed.append(model.left[number])
        model.cp.add(sum(placed) == wanted)
    model.cp.minimize(sum(model.cost))
    return model


def _is_of(key: Key, number: int) -> bool:
    return not isinstance(key, Share) and key[0] == number


def _cohorts(counts: Counts, parties: Iterable[int]) -> dict[Cohort, list[int]]:
    found: dict[Cohort, list[int]] = defaultdict(list)
    for number in parties:
        found[counts.cohort(number)].append(number)
    return found


def _zone(counts: Counts, model: RoomsModel, zone: int, cohort: Cohort, parties: Mapping[int, int]) -> None:
    """Add the pieces of a cohort in a zone, the visits of its flights, and Hall's conditions."""
    pieces = dict(_pieces(counts, model, zone, parties))
    if not pieces:
        return
    model.pieces[zone] |= pieces
    key = model.cp.new_bool_var("")
    model.keys[zone, cohort] = key
    rooms: dict[int, list[cp_model.LinearExpr]] = defaultdict(list)
    for one, piece in pieces.items():
        flight = one.flight if isinstance(one, Share) else counts.classes[one[0]].flight
        number = _rooms_of(counts, one)
        rooms[flight].append(number * piece)
        model.cost.append(piece_cost(counts, zone, one) * piece)
    visits = []
    for flight, used in rooms.items():
        visit = model.visits[zone, flight, cohort] = model.cp.new_bool_var("")
        model.cp.add(sum(used) <= counts.zones[zone].ready(counts.instance.flights[flight].arrive) * visit)
        model.cp.add_implication(visit, key)
        visits.append(visit)
    model.cp.add(sum(visits) >= key)
    for wants, room_count in hall(counts, zone, list(_wants(counts, pieces))):
        model.cp.add(sum(number * pieces[one] for one, number in wants.items()) <= room_count)


def _pieces(counts: Counts, model: RoomsModel, zone: int, parties: Mapping[int, int]) -> Iterator[tuple[Key, Int]]:
    size, sharers = counts.zones[zone].size, defaultdict[tuple[int, int, str], list[tuple[bool, Int]]](list)
    for number, wanted in parties.items():
        one = counts.classes[number]
        if one.halal and not counts.zones[zone].halal:
            continue
        for place, pattern in enumerate(one.patterns):
            if all(fits(counts, zone, want, counts.arrive(number)) for want in pattern):
                yield (number, place), model.cp.new_int_var(0, min(wanted, size // len(pattern)), "")
        if one.sex:
            sharing = model.cp.new_int_var(0, wanted, "")
            sharers[one.flight, one.risk, one.sex].append((one.patterns[0][0].accessible, sharing))
            yield (number, SHARED), sharing
    for (flight, risk, sex), people in sharers.items():
        yield from _shares(counts, model, zone, (flight, risk, sex), people)


def _shares(
    counts: Counts, model: RoomsModel, zone: int, who: tuple[int, int, str], people: Sequence[tuple[bool, Int]]
) -> Iterator[tuple[Share, Int]]:
    """Add shared rooms for 2, 3... single adults; those who need a ramp go to accessible ones."""
    flight = counts.instance.flights[who[0]]
    beds: list[cp_model.LinearExpr] = []
    ramp_beds: list[cp_model.LinearExpr] = []
    for accessible in (False, True):
        for together in range(2, counts.instance.most_beds + 1):
            if fits(counts, zone, Want(together, accessible), flight.arrive):
                rooms = model.cp.new_int_var(0, counts.zones[zone].size, "")
                (ramp_beds if accessible else beds).append(together * rooms)
                yield Share(*who, together, accessible), rooms
    model.cp.add(sum(sharing for _, sharing in people) == sum(beds) + sum(ramp_beds))
    if ramp_beds or any(accessible for accessible, _ in people):
        model.cp.add(sum(sharing for accessible, sharing in people if accessible) <= sum(ramp_beds))


def fits(counts: Counts, zone: int, want: Want, arrive: int) -> bool:
    """Tell whether a zone has a room for a want."""
    return any(kind.suits(want, arrive) for kind, _ in counts.zones[zone].kinds)


def _rooms_of(counts: Counts, key: Key) -> int:
    if isinstance(key, Share):
        return 1
    return 0 if key[1] == SHARED else len(counts.classes[key[0]].patterns[key[1]])


def piece_cost(counts: Counts, zone: int, key: Key) -> int:
    """Give the cost of one piece in a zone, beside visits and openings."""
    weights = counts.instance.weights
    if isinstance(key, Share):
        return weights.room + weights.share * (key.people - 1)
    missing = weights.med * counts.missing(key[0], zone)
    if key[1] == SHARED:
        return missing
    rooms = _rooms_of(counts, key)
    return (weights.room + missing) * rooms + weights.split * (rooms - counts.classes[key[0]].fewest)


def _one_cohort(counts: Counts, model: RoomsModel, zone: int) -> None:
    """Bind a zone to one cohort, and count its opening and the flights beyond the first or those inside."""
    weights, lock = counts.instance.weights, counts.zones[zone].lock
    keys = [key for (place, _), key in model.keys.items() if place == zone]
    inside = lock.flights if lock else frozenset[int]()
    visits = [visit for (place, flight, _), visit in model.visits.items() if place == zone and flight not in inside]
    model.cp.add_at_most_one(keys)
    model.cost += [counts.opening(zone) * key for key in keys]
    model.cost += [weights.mix * visit for visit in visits]
    if not inside:
        model.cost += [-weights.mix * key for key in keys]


def _wants(counts: Counts, pieces: Iterable[Key]) -> Iterator[tuple[Key, Want, int]]:
    """Give each room that a piece asks for, and by when."""
    for key in pieces:
        if isinstance(key, Share):
            yield key, Want(key.people, key.accessible), counts.instance.flights[key.flight].arrive
        elif key[1] != SHARED:
            for want in counts.classes[key[0]].patterns[key[1]]:
                yield key, want, counts.arrive(key[0])


def hall(counts: Counts, zone: int, wants: Sequence[tuple[Key, Want, int]]) -> Iterator[tuple[dict[Key, int], int]]:
    """Give Hall's conditions of a zone: the pieces, with how often each asks, and the rooms that alone would do."""
    kinds = counts.zones[zone].kinds
    suits = [frozenset(n for n, (kind, _) in enumerate(kinds) if kind.suits(want, by)) for _, want, by in wants]
    unions: set[frozenset[int]] = set()
    for one in set(suits):
        unions |= {one} | {one | other for other in unions}
    for union in sorted(unions, key=sorted):
        asked: dict[Key, int] = defaultdict(int)
        for (key, _, _), rooms in zip(wants, suits, strict=True):
            if rooms <= union:
                asked[key] += 1
        yield asked, sum(kinds[place][1] for place in union)
