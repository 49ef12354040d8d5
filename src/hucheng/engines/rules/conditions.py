"""The conditions of a row: one test an input, compiled once for a single value and once for a whole column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.rules.inputs import Input

Test = Callable[[Any], bool]
Mask = Callable[[NDArray[Any]], NDArray[np.bool_]]
LOWER, UPPER = ("at_least", "above"), ("at_most", "below")


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on one input: `holds` for a value as the table uses it, `mask` for a column of `Input.column`."""

    field: str
    written: Any
    holds: Test = part(compare=False, repr=False)
    mask: Mask = part(compare=False, repr=False)


def compile_condition(given: Input, written: Any) -> Condition:
    """Turn what a table writes into a test.

    written  true or false for a flag; a list of values for a choice; {some: true} for a list; for a number
             {missing: true} or bounds: at_least or above, at_most or below, one of each or both
    raises   ValueError for anything else
    """
    if isinstance(written, bool) and given.kind == "flag":
        return Condition(given.name, written, lambda value: value is written, lambda column: column == written)
    if isinstance(written, list) and written and given.kind == "choice" and all(w in given.values for w in written):
        wanted = frozenset(written)
        codes = [given.values.index(w) for w in wanted]
        return Condition(given.name, written, wanted.__contains__, lambda column: np.isin(column, codes))
    if isinstance(written, Mapping) and written:
        return _compared(given, dict(written))
    raise ValueError(f"{given.name}: {written!r} is no condition for a {given.kind}")


def _compared(given: Input, written: dict[str, Any]) -> Condition:
    words = set(written)
    if (given.kind, words) in (("list", {"some"}), ("number", {"missing"})):
        return _presence(given, written)
    if given.kind != "number":
        raise ValueError(f"{given.name}: {sorted(words)} does not fit a {given.kind}")
    if unknown := words.difference(LOWER, UPPER):
        raise ValueError(f"{given.name}: {', '.join(sorted(map(str, unknown)))} is no comparison")
    if len(words & set(LOWER)) > 1 or len(words & set(UPPER)) > 1:
        raise ValueError(f"{given.name}: one bound from below and one from above, not {sorted(words)}")
    for word, limit in written.items():
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise ValueError(f"{given.name}: {word} takes a number, not {limit!r}")
    return _between(given, written)


def _between(given: Input, written: dict[str, Any]) -> Condition:
    low, low_in = next(((written[w], w == "at_least") for w in LOWER if w in written), (-np.inf, True))
    high, high_in = next(((written[w], w == "at_most") for w in UPPER if w in written), (np.inf, True))
    if low > high:
        raise ValueError(f"{given.name}: nothing lies between {low} and {high}")

    def holds(value: Any) -> bool:
        if value is None or value < low or value > high:
            return False
        return (low_in or value != low) and (high_in or value != high)

    def mask(column: NDArray[Any]) -> NDArray[np.bool_]:
        above = column >= low if low_in else column > low
        return above & (column <= high if high_in else column < high)

    return Condition(given.name, written, holds, mask)


def _presence(given: Input, written: dict[str, Any]) -> Condition:
    ((word, wanted),) = written.items()
    if not isinstance(wanted, bool):
        raise ValueError(f"{given.name}: {word} takes true or false, not {wanted!r}")
    if word == "some":
        return Condition(given.name, written, lambda value: bool(value) is wanted, lambda column: column == wanted)
    return Condition(given.name, written, lambda value: (value is None) is wanted, lambda c: np.isnan(c) == wanted)


def stand_ins(given: Input, conditions: Iterable[Condition]) -> list[Any]:
    """Values in rising order such that every condition treats each possible value like one of these, each once."""
    tests = list(conditions)
    kept: dict[tuple[bool, ...], Any] = {}
    for value in _candidates(given, tests):
        kept.setdefault(tuple(c.holds(value) for c in tests), value)
    return list(kept.values())


def _candidates(given: Input, conditions: Sequence[Condition]) -> list[Any]:
    if given.kind == "flag":
        return [False, True]
    if given.kind == "choice":
        return list(given.values)
    if given.kind == "list":
        return [(), ("any",)]
    limits = {v for c in conditions for k, v in c.written.items() if k != "missing"}
    edges = sorted({given.low, given.high, *(limit for limit in limits if given.low <= limit <= given.high)})
    between = [(below + above) / 2 for below, above in pairwise(edges)]  # each open stretch needs one value inside
    numbers: list[Any] = sorted([*edges, *between])
    return [None, *numbers] if given.optional else numbers
