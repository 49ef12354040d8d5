"""Reading a table from what is written, and writing it so that it reads back the same."""

import json
from collections.abc import Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hucheng.engines.rules.conditions import Condition, compile_condition
from hucheng.engines.rules.inputs import KINDS, Input, InvalidFact
from hucheng.engines.rules.table import HITS, INVALID, Approval, Example, Outcome, Row, Table
from hucheng.engines.words.bilingual import Bilingual

TABLES = Path(__file__).parent / "tables"
_PARTS = ("name", "version", "title", "inputs", "rows")
_ROW_PARTS = ("id", "rules", "when", "outcome", "reason", "basis")
RESERVED = frozenset({"id", "rules", "outcome", "reason_zh", "reason_en", "basis_zh", "basis_en", "from", "until"})
RESERVED |= {"needs", "always", "author", "approved_by", "day", "row", "case_id"}
"""Names of columns in sheets, so that no input may have them."""


def load_table(source: str) -> Table:
    """Load a table: `entry` and other names of shipped tables, or the YAML or JSON text itself.

    Raises ValueError that names the row or input for anything the format does not allow.
    """
    shipped = TABLES / f"{source}.yaml" if source.isidentifier() else None
    text = shipped.read_text(encoding="utf-8") if shipped and shipped.exists() else source
    try:
        return table_of(yaml.load(text, Loader=_Loader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError) as wrong:
        raise ValueError(f"the table is not YAML: {wrong}") from wrong


def shipped_tables() -> list[str]:
    """The names of the tables that come with the house."""
    return sorted(path.stem for path in TABLES.glob("*.yaml"))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader, in C where it is there: it builds nothing but texts, numbers, days, lists and mappings."""


def table_of(written: Any) -> Table:
    """Give the table of what a file says once it is parsed. Raises ValueError that names the place."""
    written = _mapping("the table", written, _PARTS)
    inputs = {str(name): _input(str(name), spec) for name, spec in _mapping("inputs", written["inputs"]).items()}
    rows = tuple(_row(spec, inputs) for spec in _list("rows", written["rows"]))
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("two rows have the same id")
    hit = written.get("hit", "first")
    if hit not in HITS:
        raise ValueError(f"hit: one of {', '.join(HITS)} is wanted, not {hit!r}")
    return Table(
        name=_word("name", written["name"]),
        version=_word("version", written["version"]),
        author=_maybe("author", written.get("author")),
        title=_bilingual("title", written["title"]),
        inputs=inputs,
        rows=rows,
        hit=hit,
        outcomes=_outcomes(written.get("outcomes") or {}, rows, hit),
        stricter_with=_claims(written, inputs),
        examples=tuple(_example(n, spec, inputs) for n, spec in enumerate(_list("tests", written.get("tests") or []))),
        approval=_approval(written["approved"]) if written.get("approved") else None,
    )


def written_of(table: Table) -> dict[str, Any]:
    """What a file says of a table: `table_of` gives it back, and JSON takes it as it is."""
    shown: dict[str, Any] = {
        "name": table.name,
        "version": table.version,
        "author": table.author,
        "title": _both(table.title),
        "hit": table.hit,
        "inputs": {name: _written_input(given) for name, given in table.inputs.items()},
        "outcomes": {known.code: _both(known.title) for known in table.outcomes},
        "stricter_with": dict(table.stricter_with),
        "rows": [_written_row(row) for row in table.rows],
        "tests": [_written_example(e) for e in table.examples],
    }
    if table.approval:
        shown["approved"] = {"by": table.approval.by, "day": table.approval.on.isoformat()}
    return shown


def as_json(table: Table) -> str:
    """The table as JSON text, the form that is stored and sent."""
    return json.dumps(written_of(table), ensure_ascii=False, indent=1)


def _written_input(given: Input) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": given.kind}
    if given.kind == "number":
        shown |= {"low": given.low, "high": given.high, "optional": given.optional}
    if given.kind == "choice":
        shown |= {"values": list(given.values)}
    shown |= {"also": list(given.also)} if given.also else {}
    return shown | ({"otherwise": given.otherwise} if given.otherwise else {})


def _written_row(row: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": row.id,
        "rules": list(row.rules),
        "when": {c.field: copy(c.written) for c in row.conditions},
        "outcome": row.outcome,
        "reason": _both(row.reason),
        "basis": _both(row.basis),
    }
    days = {"from": (row.since, date.min), "until": (row.until, date.max)}
    shown |= {word: day.isoformat() for word, (day, open_end) in days.items() if day != open_end}
    shown |= {"needs": list(row.needs)} if row.needs else {}
    shown |= {"always": True} if row.always else {}
    return shown | {word: said for word in ("author", "approved_by") if (said := getattr(row, word))}


def _written_example(example: Example) -> dict[str, Any]:
    facts = {name: list(v) if isinstance(v, tuple) else v for name, v in example.facts.items()}
    shown = {"day": example.on.isoformat(), "facts": facts, "outcome": example.outcome}
    return shown | ({"row": example.row} if example.row else {})


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _input(name: str, spec: Any) -> Input:
    spec = _mapping(f"input {name}", spec, ("kind",))
    if not name.isidentifier() or name in RESERVED:
        raise ValueError(f"input {name!r}: a name of letters, digits and _ is wanted, none of {', '.join(RESERVED)}")
    if spec["kind"] not in KINDS:
        raise ValueError(f"input {name}: kind must be one of {', '.join(KINDS)}")
    low, high = spec.get("low", 0), spec.get("high", 0)
    values = _words(f"input {name}: values", spec.get("values") or [])
    if spec["kind"] == "number" and not (_is_number(low) and _is_number(high) and low < high):
        raise ValueError(f"input {name}: a number needs low and high, low below high")
    if spec["kind"] == "choice" and (not values or len(set(values)) != len(values)):
        raise ValueError(f"input {name}: a choice needs values, each once")
    otherwise = str(spec.get("otherwise") or "")
    if otherwise and otherwise not in values:
        raise ValueError(f"input {name}: otherwise must be one of its values")
    also = _words(f"input {name}: also", spec.get("also") or [])
    optional = spec.get("optional") or False
    if not isinstance(optional, bool):
        raise ValueError(f"input {name}: optional takes true or false")
    low, high = (float(low), float(high)) if spec["kind"] == "number" else (0.0, 0.0)
    return Input(name, spec["kind"], low, high, values, optional, also, otherwise)


def _row(spec: Any, inputs: Mapping[str, Input]) -> Row:
    named = f"row {spec['id']}" if isinstance(spec, Mapping) and "id" in spec else "a row"
    spec = _mapping(named, spec, _ROW_PARTS)
    when = _mapping(f"{named}: when", spec["when"])
    unknown = when.keys() - inputs.keys()
    if unknown:
        raise ValueError(f"{named}: {', '.join(sorted(map(str, unknown)))} is not an input")
    row = Row(
        id=_word(f"{named}: id", spec["id"]),
        rules=_words(f"{named}: rules", spec["rules"]),
        conditions=_conditions(named, when, inputs),
        outcome=_word(f"{named}: outcome", spec["outcome"]),
        reason=_bilingual(f"{named}: reason", spec["reason"]),
        basis=_bilingual(f"{named}: basis", spec["basis"]),
        since=_day(f"{named}: from", spec.get("from", date.min)),
        until=_day(f"{named}: until", spec.get("until", date.max)),
        needs=_words(f"{named}: needs", spec.get("needs") or []),
        always=spec.get("always") or False,
        author=_maybe(f"{named}: author", spec.get("author")),
        approved_by=_maybe(f"{named}: approved_by", spec.get("approved_by")),
    )
    if row.until < row.since:
        raise ValueError(f"{named}: it ends before it begins")
    if not isinstance(row.always, bool):
        raise ValueError(f"{named}: always takes true or false")
    return row


def _conditions(named: str, when: Mapping[str, Any], inputs: Mapping[str, Input]) -> tuple[Condition, ...]:
    try:
        return tuple(compile_condition(given, when[name]) for name, given in inputs.items() if name in when)
    except ValueError as wrong:
        raise ValueError(f"{named}: {wrong}") from wrong


def _outcomes(spec: Any, rows: tuple[Row, ...], hit: str) -> tuple[Outcome, ...]:
    named = _mapping("outcomes", spec)
    found = tuple(Outcome(_word("outcome", code), _bilingual(f"outcome {code}", t)) for code, t in named.items())
    if not found and hit in ("priority", "collect"):
        raise ValueError(f"outcomes: the policy {hit} needs them listed, from mild to strict")
    unknown = {row.outcome for row in rows} - {known.code for known in found} if found else set()
    if unknown:
        raise ValueError(f"outcomes: {', '.join(sorted(unknown))} missing")
    return found


def _claims(written: Mapping[str, Any], inputs: Mapping[str, Input]) -> dict[str, str]:
    spec = written.get("stricter_with") or {}
    if spec and not written.get("outcomes"):
        raise ValueError("stricter_with: outcomes must be listed, from mild to strict")
    claims = {str(name): str(way) for name, way in _mapping("stricter_with", spec).items()}
    for name, way in claims.items():
        if name not in inputs or inputs[name].kind == "choice" or way not in ("up", "down"):
            raise ValueError(f"stricter_with: {name}: an input that is no choice, up or down, is wanted, not {way!r}")
    return claims


def _example(number: int, spec: Any, inputs: Mapping[str, Input]) -> Example:
    named = f"test {number + 1}"
    spec = _mapping(named, spec, ("day", "facts", "outcome"))
    facts = {str(name): value for name, value in _mapping(f"{named}: facts", spec["facts"]).items()}
    outcome = _word(f"{named}: outcome", spec["outcome"])
    if unknown := facts.keys() - inputs.keys():
        raise ValueError(f"{named}: {', '.join(sorted(unknown))} is not an input")
    try:
        facts = {name: inputs[name].accept(value) for name, value in facts.items()}
    except InvalidFact as wrong:
        if outcome != INVALID:
            raise ValueError(f"{named}: {wrong}") from wrong
    return Example(_day(f"{named}: day", spec["day"]), facts, outcome, _maybe(f"{named}: row", spec.get("row")))


def _approval(spec: Any) -> Approval:
    spec = _mapping("approved", spec, ("by", "day"))
    return Approval(_word("approved: by", spec["by"]), _day("approved: day", spec["day"]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value and abs(value) < 1e300


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


def _word(what: str, value: Any) -> str:
    """A text on one line, as it is shown: spaces between words are one, nothing unseen is in it."""
    text = "" if isinstance(value, Mapping | list) or value is None else " ".join(str(value).split())
    if not text or not text.isprintable():
        raise ValueError(f"{what}: a word is wanted, not {value!r}")
    return text


def _maybe(what: str, value: Any) -> str:
    return _word(what, value) if value else ""


def _words(what: str, value: Any) -> tuple[str, ...]:
    found = tuple(_word(what, one) for one in _list(what, value))
    if any(";" in one for one in found):
        raise ValueError(f"{what}: a word without ; is wanted")
    return found


def _bilingual(what: str, value: Any) -> Bilingual:
    spec = _mapping(what, value, ("zh", "en"))
    if len(spec) != 2 or not all(isinstance(text, str) for text in spec.values()):
        raise ValueError(f"{what}: a text in zh and a text in en are wanted")
    return Bilingual(_word(f"{what}: zh", spec["zh"]), _word(f"{what}: en", spec["en"]))


def _day(what: str, value: Any) -> date:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if type(value) is not date:  # a datetime is a date too, and does not compare with one
        raise ValueError(f"{what}: a day such as 2020-03-20 is wanted, not {value!r}")
    return value
