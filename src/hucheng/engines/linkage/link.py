"""Lists linked in one go: candidate pairs, weights, persons, and the questions that only a person can answer."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hucheng.engines.linkage.batch import Bits, Places
from hucheng.engines.linkage.clusters import Decisions, Pair, clusters, limited
from hucheng.engines.linkage.model import Model, probability, shipped, shipped_share
from hucheng.engines.linkage.pairs import Engine, Found, in_duckdb
from hucheng.engines.linkage.records import Prepared, Row
from hucheng.engines.linkage.training import prior_shift
from hucheng.engines.linkage.weigher import Weigher

Key = tuple[str, str]
JOIN = 0.0
"""Mean bits between two groups above which they are one person's: more likely than not."""
ASK = -3.0
"""Mean bits between two groups from which a person is asked: one chance in nine."""
ENOUGH = 200
"""Candidate pairs from which the prior of a run is found from the run itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """Two rows of two persons that may be one: the strongest pair between them, and the mean weight of all pairs."""

    one: Key
    other: Key
    weight: float


@dataclass(frozen=True, slots=True)
class Linked:
    """The persons of a run.

    persons         by row: the name of the person, `source:number` of the person's first row in the order of names
    probabilities   by row: that the row is this person's (alone: that it is nobody else's)
    questions       for a person to answer, the likeliest first
    unlinkable      rows with nothing that could ever point at a person; each is a person of its own
    model           the model of the run, with the prior found in it; without families where the lists hold none
    """

    persons: dict[Key, str]
    probabilities: dict[Key, float]
    questions: list[Question]
    unlinkable: list[Key]
    model: Model


def link(
    rows: Iterable[Row],
    *,
    model: Model | None = None,
    same: Iterable[tuple[Key, Key]] = (),
    other: Iterable[tuple[Key, Key]] = (),
    engine: Engine = in_duckdb,
) -> Linked:
    """Link the rows of any number of lists.

    same, other   pairs of rows that clerks have decided; they always hold, and taking one back restores what was
                  before, since nothing else is remembered
    engine        what finds and weighs the candidate pairs: all give the same
    Raises ValueError for two rows of one name, a decision about a row that is not there, decisions that contradict
    each other.
    The order of the rows changes nothing. Method: docs/engines/linkage.md.
    """
    with _no_collecting():
        ordered = sorted(rows, key=lambda row: (row.source, row.number))
        place = _places(ordered)
        decisions = Decisions(_pairs(same, place), _pairs(other, place))
        run = _Run(engine(ordered, model or shipped()))
        prepared = run.rows
        of = clusters(prepared, run.above(JOIN), run.weight, at_least=JOIN, decisions=decisions)
        return Linked(
            persons={row.key: ":".join(prepared[group].key) for row, group in zip(prepared, of, strict=True)},
            probabilities=_probabilities(prepared, of, run),
            questions=_questions(prepared, of, run, decisions),
            unlinkable=[row.key for row in prepared if not row.linkable],
            model=run.weigher.model,
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A run makes millions of small objects that stay: to look through them for cycles again and again would make the
    time grow faster than the rows (20 times for ten times the rows instead of 10)."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Run:
    """Candidate pairs with their weights under the prior of this run; other pairs are weighed when asked for."""

    def __init__(self, found: Found) -> None:
        self.rows, self.terms, self.low, self.high = found.rows, found.terms, found.low, found.high
        shift = prior_shift(found.bits, shipped_share()) if len(found.bits) >= ENOUGH else 0.0
        self.bits, self.weigher = found.bits + shift, Weigher(found.model.shifted(shift))
        self._known = self._near()

    def above(self, bits: float) -> Iterator[tuple[Pair, float]]:
        """The candidate pairs of at least so many bits, the strongest first, equal ones in the order of their rows."""
        at = np.flatnonzero(self.bits >= bits)
        at = at[np.lexsort((self.high[at], self.low[at], -self.bits[at]))]
        pairs = zip(self.low[at].tolist(), self.high[at].tolist(), strict=True)
        return zip(pairs, self.bits[at].tolist(), strict=True)

    def _near(self) -> dict[Pair, float]:
        """The candidate pairs whose weight may be asked for: of rows that chains of pairs from ASK bind together."""
        strong = self.bits >= ASK
        chain = _chains(len(self.rows), self.low[strong], self.high[strong])
        at = np.flatnonzero(chain[self.low] == chain[self.high])
        pairs = zip(self.low[at].tolist(), self.high[at].tolist(), strict=True)
        return dict(zip(pairs, self.bits[at].tolist(), strict=True))

    def weight(self, one: int, other: int) -> float:
        """The weight of any pair; each is weighed once."""
        pair = _ordered(one, other)
        if pair not in self._known:
            self._known[pair] = self.weigher.weight(self.rows[pair[0]], self.rows[pair[1]], self.terms)
        return self._known[pair]

    def rivals(self, of: list[int]) -> Bits:
        """For each row the weight of its strongest candidate in another group; minus infinity where it has none."""
        groups, best = np.array(of, np.int64), np.full(len(of), -np.inf)
        apart = groups[self.low] != groups[self.high]
        for side in (self.low, self.high):
            np.maximum.at(best, side[apart], self.bits[apart])
        return best


def _chains(count: int, low: Places, high: Places) -> Places:
    """For each of so many places the first one to which a chain of pairs leads."""
    chain = np.arange(count)
    while True:
        first, after = np.minimum(chain[low], chain[high]), chain.copy()
        np.minimum.at(after, low, first)
        np.minimum.at(after, high, first)
        after = after[after]
        if (after == chain).all():
            return chain
        chain = after


def _places(rows: list[Row]) -> dict[Key, int]:
    keys = [(row.source, row.number) for row in rows]
    place = {key: number for number, key in enumerate(keys)}
    if len(place) < len(rows):
        twice = next(key for key, after in pairwise(keys) if key == after)
        raise ValueError(f"Row {twice[1]} of list {twice[0]} is given twice.")
    return place


def _pairs(named: Iterable[tuple[Key, Key]], place: dict[Key, int]) -> frozenset[Pair]:
    found = set()
    for one, other in named:
        if one not in place or other not in place:
            raise ValueError(f"A decision names a row that is not there: {one} and {other}.")
        found.add(_ordered(place[one], place[other]))
    return frozenset(found)


def _probabilities(rows: list[Prepared], of: list[int], run: _Run) -> dict[Key, float]:
    members = _members(of)
    rivals = run.rivals(of)
    found = {}
    for number, row in enumerate(rows):
        company = [other for other in members[of[number]] if other != number]
        if company:
            mean = sum(run.weight(number, other) for other in company) / len(company)
            found[row.key] = probability(mean)
        else:
            found[row.key] = 1.0 - probability(float(rivals[number]))
    return found


def _questions(rows: list[Prepared], of: list[int], run: _Run, decisions: Decisions) -> list[Question]:
    """One question for each two groups that are close on the whole and of which nothing was decided yet."""
    decided = {_ordered(of[one], of[other]) for one, other in decisions.other}
    best: dict[Pair, tuple[float, Pair]] = {}
    for pair, bits in run.above(ASK):
        groups = _ordered(of[pair[0]], of[pair[1]])
        if groups[0] != groups[1] and groups not in decided:
            best[groups] = max(best.get(groups, (bits, pair)), (bits, pair))
    members = _members(of)
    asked = [(_mean(members[one], members[other], run), pair) for (one, other), (_bits, pair) in best.items()]
    close = sorted((item for item in asked if item[0] >= ASK), key=lambda item: (-item[0], item[1]))
    return [Question(rows[one].key, rows[other].key, mean) for mean, (one, other) in close]


def _members(of: list[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(of):
        members.setdefault(group, []).append(number)
    return members


def _mean(mine: list[int], theirs: list[int], run: _Run) -> float:
    """Mean bits of all pairs between two groups, each pair limited as in clustering."""
    found = [limited(run.weight(one, other)) for one in mine for other in theirs]
    return sum(found) / len(found)


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
