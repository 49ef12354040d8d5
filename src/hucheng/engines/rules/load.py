"""Reading a table from YAML: the shipped ones by name, others by their text."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hucheng.engines.rules.conditions import compile_condition
from hucheng.engines.rules.inputs import Input
from hucheng.engines.rules.table import Row, Table
from hucheng.engines.words.bilingual import Bilingual

TABLES = Path(__file__).parent / "tables"


def load_table(source: str) -> Table:
    """Load a table: `entry` and other names of shipped tables, or the YAML text itself.

    Raises ValueError that names the row or input for anything the format does not allow.
    """
    shipped = TABLES / f"{source}.yaml" if source.isidentifier() else None
    text = shipped.read_text(encoding="utf-8") if shipped and shipped.exists() else source
    written = yaml.safe_load(text)
    if not isinstance(written, Mapping) or not {"name", "version", "title", "inputs", "rows"} <= written.keys():
        raise ValueError("a table has name, version, title, inputs and rows")
    inputs = {name: _input(name, spec) for name, spec in written["inputs"].items()}
    rows = tuple(_row(spec, inputs) for spec in written["rows"])
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("two rows have the same id")
    title = Bilingual(**written["title"])
    return Table(written["name"], str(written["version"]), str(written.get("author", "")), title, inputs, rows)


def _input(name: str, spec: Mapping[str, Any]) -> Input:
    if spec.get("kind") not in ("number", "flag", "choice", "list"):
        raise ValueError(f"input {name}: kind must be number, flag, choice or list")
    return Input(
        name=name,
        kind=spec["kind"],
        low=float(spec.get("low", 0)),
        high=float(spec.get("high", 0)),
        values=tuple(spec.get("values", ())),
        optional=bool(spec.get("optional", False)),
    )


def _row(spec: Mapping[str, Any], inputs: Mapping[str, Input]) -> Row:
    missing = {"id", "rules", "when", "outcome", "reason", "basis"} - spec.keys()
    if missing:
        raise ValueError(f"row {spec.get('id', '?')}: {', '.join(sorted(missing))} missing")
    unknown = spec["when"].keys() - inputs.keys()
    if unknown:
        raise ValueError(f"row {spec['id']}: {', '.join(sorted(unknown))} is not an input")
    return Row(
        id=spec["id"],
        rules=tuple(spec["rules"]),
        conditions=tuple(compile_condition(inputs[name], written) for name, written in spec["when"].items()),
        outcome=spec["outcome"],
        reason=Bilingual(**spec["reason"]),
        basis=Bilingual(**spec["basis"]),
        since=spec.get("from", date.min),
        until=spec.get("until", date.max),
        needs=tuple(spec.get("needs", ())),
        always=bool(spec.get("always", False)),
    )
