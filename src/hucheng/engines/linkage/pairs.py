"""What an engine gives a run: rows prepared, names counted, candidate pairs weighed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hucheng.engines.linkage.batch import Batch, Bits, Places
from hucheng.engines.linkage.candidates import Joined, joined
from hucheng.engines.linkage.families import Families
from hucheng.engines.linkage.model import Model
from hucheng.engines.linkage.placeholders import without_placeholders
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.terms import Terms


@dataclass(frozen=True, slots=True)
class Found:
    """The rows in the order given, the counts of their names and phones, and the candidate pairs in order: the places
    low < high, and the bits of each; all three of one shape. The model is the one that was given, without families
    where the pairs say that the lists hold none."""

    rows: list[Prepared]
    terms: Terms
    low: Places
    high: Places
    bits: Bits
    model: Model


Engine = Callable[[Sequence[Row], Model], Found]
"""Whatever the engine, keys, their limits, the model and the function that weighs are the same."""


def in_duckdb(rows: Sequence[Row], model: Model) -> Found:
    """Find the pairs by joins in DuckDB, on disk where memory is short, and weigh them in this process."""
    prepared = without_placeholders(_prepared(rows))
    terms, families = Terms.of(prepared), Families()
    with joined(prepared) as pairs:
        low, high, usual, lone = _weighed(pairs, Batch(prepared, model, terms), families)
    if families.none:
        return Found(prepared, terms, low, high, lone, model.without_families())
    return Found(prepared, terms, low, high, usual, model)


def _weighed(pairs: Joined, batch: Batch, families: Families) -> tuple[Places, Places, Bits, Bits]:
    """The pairs in order with the bits of each, with and without families; all four of one shape."""
    found = [(low, high, *batch.weights(low, high, families)) for low, high in pairs.portions()]
    low, high, usual, lone = map(np.concatenate, zip(*found, strict=True))
    return low, high, usual, lone


def _prepared(rows: Sequence[Row]) -> list[Prepared]:
    """Prepare rows, those of one name one after another: what was just read of a name need not be read again, however
    many names there are."""
    order = sorted(range(len(rows)), key=lambda place: (rows[place].name, rows[place].surname, rows[place].given))
    ready = {place: prepare(rows[place]) for place in order}
    return [ready[place] for place in range(len(rows))]
