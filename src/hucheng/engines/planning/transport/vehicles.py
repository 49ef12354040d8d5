"""Trips to vehicles: as few as can be, each within its shift, then every trip as early as its vehicle allows.

Trips with fixed times to vehicles whose time from first to last is limited is the fixed job schedule problem with
spread-time constraints (Fischetti, Martello, Toth 1987, Operations Research 35:849), hard in general: rules here,
judged by a bound, and an integer program where they miss it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hucheng.engines.planning.program import INFINITY, Program
from hucheng.engines.planning.reading import MOST
from hucheng.engines.planning.search import Search


class Span(NamedTuple):
    """When a trip needs its vehicle, in minutes: [begin, end)."""

    begin: int
    end: int


@dataclass(slots=True)
class Shift:
    """A vehicle's trips in order, as their places in the list of all."""

    begin: int
    free: int
    trips: list[int] = field(default_factory=list)


Rule = Callable[[Shift], tuple[int, int]]
RULES: tuple[Rule, ...] = (
    lambda shift: (shift.begin, -shift.free),  # the shift that ends first
    lambda shift: (-shift.free, shift.begin),  # the vehicle that came back last
    lambda shift: (-shift.begin, -shift.free),  # the shift that ends last
)


def shifts_of(spans: Sequence[Span], shift_max: int, search: Search, seconds: float) -> list[Shift]:
    """Give trips to few vehicles: by the best of the rules, forwards and backwards in time.

    Where the rules need more than the bound, an integer program has `seconds` to do better.
    """
    backwards = [Span(-span.end, -span.begin) for span in spans]
    found = [_by_rule(spans, shift_max, rule) for rule in RULES]
    found += [_turned(_by_rule(backwards, shift_max, rule), spans) for rule in RULES]
    best = min(found, key=len)
    if seconds > 0 and search.left > 0 and len(best) > fewest(spans, shift_max):
        return _by_program(spans, shift_max, search, seconds, len(best)) or best
    return best


def _turned(shifts: list[Shift], spans: Sequence[Span]) -> list[Shift]:
    """Give shifts made backwards in the order of time."""
    trips = [shift.trips[::-1] for shift in shifts]
    return [Shift(spans[own[0]].begin, spans[own[-1]].end, own) for own in trips]


def fewest(spans: Sequence[Span], shift_max: int) -> int:
    """Give a lower bound on the vehicles: shifts enough for the trips under way at every moment."""
    begins = sorted({span.begin for span in spans})
    opened: list[int] = []
    for moment in begins:
        busy = sum(span.begin <= moment < span.end for span in spans)
        on_shift = sum(moment < begin + shift_max for begin in opened)
        opened += [moment] * (busy - on_shift)
    return len(opened)


def _by_rule(spans: Sequence[Span], shift_max: int, rule: Rule) -> list[Shift]:
    shifts: list[Shift] = []
    for place in sorted(range(len(spans)), key=lambda n: spans[n]):
        span = spans[place]
        free = [shift for shift in shifts if shift.free <= span.begin and span.end - shift.begin <= shift_max]
        shift = min(free, key=rule, default=None)
        if shift is None:
            shifts.append(shift := Shift(span.begin, span.begin))
        shift.free = span.end
        shift.trips.append(place)
    return shifts


def _by_program(spans: Sequence[Span], shift_max: int, search: Search, seconds: float, most: int) -> list[Shift] | None:
    """Give trips to fewer than `most` vehicles by an integer program; None where that was not found in time.

    A trip goes to a shift that begins with some trip; shifts that begin together are as many as the trips that they
    have under way at any moment. The relaxation is close to whole.
    """
    program = Program(search)
    once = [program.row(1.0) for _ in spans]
    given: dict[tuple[int, int], int] = {}
    for begin in sorted({span.begin for span in spans}):
        mine = [n for n, span in enumerate(spans) if begin <= span.begin and span.end <= begin + shift_max]
        under_way = {moment: program.row(-INFINITY, 0.0) for moment in _peaks([spans[n] for n in mine])}
        for n in mine:
            busy = [row for moment, row in under_way.items() if spans[n].begin <= moment < spans[n].end]
            rows = [once[n], *busy]
            given[n, begin] = program.column(0.0, rows, [1.0] * len(rows), upper=1.0, integer=True)
        program.column(1.0, list(under_way.values()), [-1.0] * len(under_way), integer=True)
    if not program.solve_integer(seconds, cutoff=most - 0.5):
        return None
    values, of_begin = program.values, defaultdict(list)
    for (n, begin), column in given.items():
        if values[column] > 0.5:
            of_begin[begin].append(n)
    return [shift for own in of_begin.values() for shift in _renamed(own, spans, shift_max)]


def _renamed(places: list[int], spans: Sequence[Span], shift_max: int) -> list[Shift]:
    shifts = _by_rule([spans[n] for n in places], shift_max, RULES[0])
    return [Shift(shift.begin, shift.free, [places[n] for n in shift.trips]) for shift in shifts]


def _peaks(spans: Sequence[Span]) -> list[int]:
    """Give the begins after which a trip ends before the next begins: more trips are under way at no other moment."""
    begins = sorted({span.begin for span in spans})
    ends = sorted(span.end for span in spans)
    return [
        begin
        for begin, following in zip(begins, [*begins[1:], MOST], strict=True)
        if bisect_right(ends, following) > bisect_right(ends, begin)
    ]
