"""Reading a table from YAML: the shipped ones by name, others by their text."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hucheng.engines.rules.conditions import Condition, compile_condition
from hucheng.engines.rules.inputs import Input
from hucheng.engines.rules.table import Row, Table
from hucheng.engines.words.bilingual import Bilingual

TABLES = Path(__file__).parent / "tables"
_PARTS = ("name", "version", "title", "inputs", "rows")
_ROW_PARTS = ("id", "rules", "when", "outcome", "reason", "basis")


def load_table(source: str) -> Table:
    """Load a table: `entry` and other names of shipped tables, or the YAML text itself.

    Raises ValueError that names the row or input for anything the format does not allow.
    """
    shipped = TABLES / f"{source}.yaml" if source.isidentifier() else None
    text = shipped.read_text(encoding="utf-8") if shipped and shipped.exists() else source
    try:
        written = _mapping("the table", yaml.safe_load(text), _PARTS)
    except yaml.YAMLError as wrong:
        raise ValueError(f"the table is not YAML: {wrong}") from wrong
    inputs = {str(name): _input(str(name), spec) for name, spec in _mapping("inputs", written["inputs"]).items()}
    rows = tuple(_row(spec, inputs) for spec in _list("rows", written["rows"]))
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("two rows have the same id")
    title = _bilingual("title", written["title"])
    return Table(str(written["name"]), str(written["version"]), str(written.get("author", "")), title, inputs, rows)


def _input(name: str, spec: Any) -> Input:
    spec = _mapping(f"input {name}", spec, ("kind",))
    if spec["kind"] not in ("number", "flag", "choice", "list"):
        raise ValueError(f"input {name}: kind must be number, flag, choice or list")
    low, high = spec.get("low", 0), spec.get("high", 0)
    values = tuple(_list(f"input {name}: values", spec.get("values", [])))
    if spec["kind"] == "number" and not (_is_number(low) and _is_number(high) and low < high):
        raise ValueError(f"input {name}: a number needs low and high, low below high")
    if spec["kind"] == "choice" and not values:
        raise ValueError(f"input {name}: a choice needs values")
    return Input(name, spec["kind"], float(low), float(high), values, bool(spec.get("optional", False)))


def _row(spec: Any, inputs: Mapping[str, Input]) -> Row:
    named = f"row {spec['id']}" if isinstance(spec, Mapping) and "id" in spec else "a row"
    spec = _mapping(named, spec, _ROW_PARTS)
    when = _mapping(f"{named}: when", spec["when"])
    unknown = when.keys() - inputs.keys()
    if unknown:
        raise ValueError(f"{named}: {', '.join(sorted(map(str, unknown)))} is not an input")
    return Row(
        id=str(spec["id"]),
        rules=tuple(_list(f"{named}: rules", spec["rules"])),
        conditions=_conditions(named, when, inputs),
        outcome=str(spec["outcome"]),
        reason=_bilingual(f"{named}: reason", spec["reason"]),
        basis=_bilingual(f"{named}: basis", spec["basis"]),
        since=_day(f"{named}: from", spec.get("from", date.min)),
        until=_day(f"{named}: until", spec.get("until", date.max)),
        needs=tuple(_list(f"{named}: needs", spec.get("needs", []))),
        always=bool(spec.get("always", False)),
    )


def _conditions(named: str, when: Mapping[str, Any], inputs: Mapping[str, Input]) -> tuple[Condition, ...]:
    try:
        return tuple(compile_condition(inputs[name], written) for name, written in when.items())
    except ValueError as wrong:
        raise ValueError(f"{named}: {wrong}") from wrong


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _mapping(what: str, value: Any, parts: tuple[str, ...] = ()) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{what}: names with values are wanted, not {value!r}")
    missing = [part for part in parts if part not in value]
    if missing:
        raise ValueError(f"{what}: {', '.join(missing)} missing")
    return value


def _list(what: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{what}: a list is wanted, not {value!r}")
    return value


def _bilingual(what: str, value: Any) -> Bilingual:
    spec = _mapping(what, value, ("zh", "en"))
    if len(spec) != 2 or not all(isinstance(text, str) and text for text in spec.values()):
        raise ValueError(f"{what}: a text in zh and a text in en are wanted")
    return Bilingual(spec["zh"], spec["en"])


def _day(what: str, value: Any) -> date:
    if type(value) is not date:  # a datetime is a date too, and does not compare with one
        raise ValueError(f"{what}: a day such as 2020-03-20 is wanted, not {value!r}")
    return value
