"""Lists linked in one go: candidate pairs, weights, persons, and the questions that only a person can answer."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hucheng.engines.linkage.blocking import candidate_pairs
from hucheng.engines.linkage.clusters import Decisions, Pair, clusters, limited
from hucheng.engines.linkage.model import Model, probability, shipped, shipped_share
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.training import prior_shift

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
    model           the model of the run, with the prior found in it
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
) -> Linked:
    """Link the rows of any number of lists.

    same, other   pairs of rows that clerks have decided; they always hold, and taking one back restores what was
                  before, since nothing else is remembered
    Raises ValueError for two rows of one name, a decision about a row that is not there, decisions that contradict
    each other.
    The order of the rows changes nothing. Method: docs/engines/linkage.md.
    """
    with _no_collecting():
        prepared = sorted(map(prepare, rows), key=lambda row: row.key)
        place = _places(prepared)
        decisions = Decisions(_pairs(same, place), _pairs(other, place))
        run = _Run(prepared, model or shipped())
        of = clusters(prepared, run.pairs.items(), run.weight, at_least=JOIN, decisions=decisions)
        return Linked(
            persons={row.key: ":".join(prepared[group].key) for row, group in zip(prepared, of, strict=True)},
            probabilities=_probabilities(prepared, of, run),
            questions=_questions(prepared, of, run, decisions),
            unlinkable=[row.key for row in prepared if not row.linkable],
            model=run.model,
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

    def __init__(self, rows: list[Prepared], model: Model) -> None:
        self.rows, self.terms = rows, Terms.of(rows)
        found = {pair: model.weight(rows[pair[0]], rows[pair[1]], self.terms) for pair in candidate_pairs(rows)}
        shift = prior_shift(list(found.values()), shipped_share()) if len(found) >= ENOUGH else 0.0
        self.pairs = {pair: bits + shift for pair, bits in found.items()}
        self.model = model.shifted(shift)

    def weight(self, one: int, other: int) -> float:
        pair = _ordered(one, other)
        if pair in self.pairs:
            return self.pairs[pair]
        return self.model.weight(self.rows[pair[0]], self.rows[pair[1]], self.terms)


def _places(rows: list[Prepared]) -> dict[Key, int]:
    place = {row.key: number for number, row in enumerate(rows)}
    if len(place) < len(rows):
        twice = next(row.key for row, after in zip(rows, rows[1:], strict=False) if row.key == after.key)
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
    rivals = _best_rivals(of, run)
    found = {}
    for number, row in enumerate(rows):
        company = [other for other in members[of[number]] if other != number]
        if company:
            mean = sum(run.weight(number, other) for other in company) / len(company)
            found[row.key] = probability(mean)
        else:
            found[row.key] = 1.0 - probability(rivals.get(number, float("-inf")))
    return found


def _best_rivals(of: list[int], run: _Run) -> dict[int, float]:
    """For each row the weight of its strongest candidate in another group."""
    best: dict[int, float] = {}
    for (one, other), bits in run.pairs.items():
        if of[one] != of[other]:
            for number in (one, other):
                best[number] = max(best.get(number, bits), bits)
    return best


def _questions(rows: list[Prepared], of: list[int], run: _Run, decisions: Decisions) -> list[Question]:
    """One question for each two groups that are close on the whole and of which nothing was decided yet."""
    decided = {_ordered(of[one], of[other]) for one, other in decisions.other}
    best: dict[Pair, tuple[float, Pair]] = {}
    for pair, bits in run.pairs.items():
        groups = _ordered(of[pair[0]], of[pair[1]])
        if groups[0] != groups[1] and bits >= ASK and groups not in decided:
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
