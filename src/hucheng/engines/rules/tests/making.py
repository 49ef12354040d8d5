"""Tables and facts for tests: small tables written short, and random ones that the format allows."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from hucheng.engines.rules import Table, table_of

DAY = date(2020, 3, 24)
INPUTS = {
    "temp": {"kind": "number", "low": 30, "high": 45, "optional": True},
    "rows": {"kind": "number", "low": 0, "high": 9},
    "ok": {"kind": "flag"},
    "kind": {"kind": "choice", "values": ["a", "b", "c"]},
    "signs": {"kind": "list"},
}
ENDS = ("MILD", "FIRM", "HARD")


def a_row(name: str, outcome: str = "MILD", /, when: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A row as a file writes it."""
    texts = {"reason": {"zh": f"由{name}", "en": f"why {name}"}, "basis": {"zh": "据", "en": "basis"}}
    return {"id": name, "rules": [f"T-{name}"], "when": when or {}, "outcome": outcome, **texts, **more}


def written(*rows: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """A table as a file writes it."""
    outcomes = {end: {"zh": f"{end}级", "en": end.lower()} for end in ENDS}
    title = {"zh": "表", "en": "table"}
    head = {"name": "t", "version": "1", "author": "Wang", "title": title, "inputs": INPUTS, "outcomes": outcomes}
    return {**head, "rows": list(rows), **parts}


def a_table(*rows: dict[str, Any], **parts: Any) -> Table:
    """A small table of those rows."""
    return table_of(written(*rows, **parts))


def a_value(given: Any) -> st.SearchStrategy[Any]:
    """Any value that an input takes."""
    if given.kind == "flag":
        return st.booleans()
    if given.kind == "choice":
        return st.sampled_from(given.values)
    if given.kind == "list":
        return st.lists(st.sampled_from(["cough", "fever"]), max_size=2, unique=True).map(tuple)
    whole = st.integers(int(given.low), int(given.high)).map(float)
    number = whole | st.floats(given.low, given.high)
    return st.none() | number if given.optional else number


def facts_of(table: Table, *, all_said: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Facts for a table; with `all_said` false some that have a default are left out."""
    said = {name: a_value(given) for name, given in table.inputs.items()}
    if all_said:
        return st.fixed_dictionaries(said)
    must = {n: v for n, v in said.items() if table.inputs[n].kind == "number" and not table.inputs[n].optional}
    return st.fixed_dictionaries(must, optional={n: v for n, v in said.items() if n not in must})


WORDS = ("at_least", "at_most", "above", "below")
BOUNDS = st.integers(30, 45)
CONDITIONS = {
    "temp": st.one_of(
        st.builds(lambda word, limit: {word: limit}, st.sampled_from(WORDS), BOUNDS),
        st.builds(
            lambda low, high, a, b: {low: min(a, b), high: max(a, b)},
            st.sampled_from(["at_least", "above"]),
            st.sampled_from(["at_most", "below"]),
            BOUNDS,
            BOUNDS,
        ),
        st.builds(lambda missing: {"missing": missing}, st.booleans()),
    ),
    "rows": st.builds(lambda limit: {"at_most": limit}, st.integers(0, 9)),
    "ok": st.booleans(),
    "kind": st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True),
    "signs": st.builds(lambda some: {"some": some}, st.booleans()),
}
WHEN = st.fixed_dictionaries({}, optional=CONDITIONS)
SINCE = st.sampled_from([{}, {}, {"from": "2020-03-20"}, {"until": "2020-03-25"}, {"from": "2020-04-01"}])


@st.composite
def tables(draw: st.DrawFn, hits: tuple[str, ...] = ("first", "priority", "collect"), closed: bool = True) -> Table:
    """A random table; `closed` ends it with a row that always answers."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(ENDS), WHEN, SINCE), max_size=6))
    rows = [a_row(f"r{n}", end, when, **days) for n, (end, when, days) in enumerate(drawn)]
    rows += [a_row("rest", draw(st.sampled_from(ENDS)))] if closed else []
    return a_table(*(rows or [a_row("rest")]), hit=draw(st.sampled_from(hits)))
