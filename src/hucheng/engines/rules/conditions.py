"""The conditions of a row: one test an input, compiled once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hucheng.engines.rules.inputs import Input

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on one input, with the values that stand for all others when a table is checked."""

    field: str
    written: Any
    holds: Test


def compile_condition(given: Input, written: Any) -> Condition:
    """Turn what a table writes into a test.

    written  true or false; a list of choices; {at_least: x}, {at_most: x}, {below: x}, {missing: true}, {some: true}
    raises   ValueError for anything else
    """
    return Condition(given.name, written, _test(given, written))


def _test(given: Input, written: Any) -> Test:
    if isinstance(written, bool) and given.kind == "flag":
        return lambda value: value is written
    if isinstance(written, list) and written and given.kind == "choice" and all(w in given.values for w in written):
        wanted = frozenset(written)
        return lambda value: value in wanted
    if isinstance(written, Mapping) and len(written) == 1:
        return _comparison(given, *next(iter(written.items())))
    raise ValueError(f"{given.name}: {written!r} is no condition for a {given.kind}")


def _comparison(given: Input, word: str, limit: Any) -> Test:
    if (given.kind, word) in (("list", "some"), ("number", "missing")):
        return _presence(given, word, limit)
    if given.kind != "number":
        raise ValueError(f"{given.name}: {word!r} does not fit a {given.kind}")
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        raise ValueError(f"{given.name}: {word} takes a number, not {limit!r}")
    tests: dict[str, Test] = {
        "at_least": lambda value: value is not None and value >= limit,
        "at_most": lambda value: value is not None and value <= limit,
        "below": lambda value: value is not None and value < limit,
    }
    if word not in tests:
        raise ValueError(f"{given.name}: {word!r} is no comparison")
    return tests[word]


def _presence(given: Input, word: str, wanted: Any) -> Test:
    if not isinstance(wanted, bool):
        raise ValueError(f"{given.name}: {word} takes true or false, not {wanted!r}")
    if word == "some":
        return lambda value: bool(value) is wanted
    return lambda value: (value is None) is wanted


def stand_ins(given: Input, conditions: list[Condition]) -> list[Any]:
    """Values such that every condition on this input treats each possible value like one of these."""
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
