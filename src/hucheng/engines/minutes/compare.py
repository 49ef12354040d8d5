"""Minutes against earlier minutes: what is new, said again, tightened or dropped, and what only gets repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hucheng.engines.minutes.compare_why import explain, unmoved, warnings_of
from hucheng.engines.minutes.comparison import Compared, Comparison, Said, Standing
from hucheng.engines.minutes.likeness import SAME, likeness, signs
from hucheng.engines.minutes.records import Directive, Kind, Minutes
from hucheng.engines.minutes.tightening import Change, changes, is_tighter

WORKING = (Kind.ACTION, Kind.OUTCOME)


@dataclass(slots=True)
class _Thread:
    """One demand followed through the meetings."""

    said: list[Said] = field(default_factory=list)

    def key(self) -> tuple[object, ...]:
        return tuple((one.meeting, *_content(one.directive)) for one in self.said)


def compare(earlier: Sequence[Minutes], latest: Minutes) -> Comparison:
    """Compare minutes with all earlier ones, given oldest first.

    Each directive is one demand with at most one of every other meeting: the most alike first, from a likeness of 0.4
    on (`likeness`). Actions and outcomes are told; one that was a heading or a stance elsewhere is not new for that.
    Deterministic; the order in which minutes name their directives plays no part.
    """
    every = [*earlier, latest]
    threads: list[_Thread] = []
    for number, one in enumerate(every):
        _follow(threads, [Said(number, directive) for directive in one.directives])
    told = [thread for thread in threads if thread.said[-1].directive.kind in WORKING]
    told.sort(
        key=lambda one: (one.said[-1].meeting != len(earlier), one.said[-1].meeting, one.said[-1].directive.start)
    )
    return Comparison(tuple(_compared(one, every) for one in told), tuple(warnings_of(every)))


def _follow(threads: list[_Thread], said: Sequence[Said]) -> None:
    """Add the directives of one meeting to the demands they repeat; the rest are demands of their own."""
    free, open_ones = set(range(len(threads))), set(range(len(said)))
    for _order, at, number in _candidates(threads, said):
        if at in free and number in open_ones:
            free.remove(at)
            open_ones.remove(number)
            threads[at].said.append(said[number])
    threads += [_Thread([said[number]]) for number in sorted(open_ones)]


def _candidates(threads: Sequence[_Thread], said: Sequence[Said]) -> list[tuple[tuple[object, ...], int, int]]:
    """Give every two that may be one demand, the most alike first; what is equal is ordered by what it says."""
    found: list[tuple[tuple[object, ...], int, int]] = []
    by_sign: dict[str, set[int]] = {}
    for number, one in enumerate(said):
        for sign in signs(one.directive.text_clean):
            by_sign.setdefault(sign, set()).add(number)
    for at, thread in enumerate(threads):
        last = thread.said[-1]
        for number in set().union(*(by_sign.get(sign, ()) for sign in signs(last.directive.text_clean))):
            alike = likeness(last.directive, said[number].directive)
            if alike >= SAME:
                order = (-alike, -last.meeting, thread.key(), _content(said[number].directive))
                found.append((order, at, number))
    return sorted(found)


def _content(one: Directive) -> tuple[object, ...]:
    return (
        one.text_clean,
        one.kind,
        one.theme,
        one.actors,
        one.deadline or "",
        one.measurable,
        one.modality,
        one.start,
    )


def _compared(thread: _Thread, every: Sequence[Minutes]) -> Compared:
    *earlier, last = thread.said
    moved = changes(earlier[-1].directive, last.directive) if earlier else ()
    standing = _standing(last, earlier, moved, len(every) - 1)
    alike = likeness(earlier[-1].directive, last.directive) if earlier else None
    return Compared(
        standing, last, tuple(earlier), moved, alike, unmoved(thread.said), explain(standing, thread.said, moved, every)
    )


def _standing(last: Said, earlier: Sequence[Said], moved: tuple[Change, ...], latest: int) -> Standing:
    if last.meeting != latest:
        return Standing.DROPPED
    if not earlier:
        return Standing.NEW
    return Standing.TIGHTENED if is_tighter(moved) else Standing.REPEATED
