"""Decision tables as DMN 1.3 XML: what other tools read, and what they write.

The day of a case is an input clause of its own, so that another engine keeps the dates; rule ids, reasons and legal
bases are annotations; what DMN has no place for (unit tests, claims, approval) travels in an extension element.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from hucheng.engines.rules.cells import plain, quoted, read_cell, span, texts_of, write_cell
from hucheng.engines.rules.inputs import KINDS, Input
from hucheng.engines.rules.load import table_of, written_of
from hucheng.engines.rules.table import Table

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "urn:hucheng:rules"
MOST_BYTES = 5_000_000
DAY = "day"
_TYPES = {"number": "number", "flag": "boolean", "choice": "string", "list": "Any"}
_NOTES = ("rules", "reason_zh", "reason_en", "basis_zh", "basis_en", "needs", "always", "author", "approved_by")
_DATED = re.compile(r'[\[(]\s*date\("(\d{4}-\d\d-\d\d)"\)\s*\.\.\s*date\("(\d{4}-\d\d-\d\d)"\)\s*[\])]')
_ONE_END = re.compile(r'(>=|<=)\s*date\("(\d{4}-\d\d-\d\d)"\)')


def table_dmn(table: Table) -> bytes:
    """Give the table as a DMN 1.3 document with one decision, read back the same by `read_dmn`."""
    from xml.etree import ElementTree as Xml  # noqa: S405 - only written here

    said = written_of(table)
    root = Xml.Element("definitions", {"xmlns": DMN, "xmlns:hucheng": OURS, "namespace": OURS})
    root.set("id", _id("definitions", table.name))
    root.set("name", table.name)
    decision = Xml.SubElement(root, "decision", {"id": _id("decision", table.name), "name": table.title.en})
    more = Xml.SubElement(Xml.SubElement(decision, "extensionElements"), "hucheng:table")
    more.text = json.dumps(_beyond(said), ensure_ascii=False)
    grid = Xml.SubElement(decision, "decisionTable", {"hitPolicy": table.hit.upper(), "id": _id("table", table.name)})
    _clause(grid, DAY, "date", "")
    for name, given in table.inputs.items():
        _clause(grid, name, _TYPES[given.kind], _allowed(given))
    output = Xml.SubElement(grid, "output", {"name": "outcome", "typeRef": "string"})
    if table.outcomes:
        strictest_first = ",".join(quoted(known.code) for known in reversed(table.outcomes))
        _text(output, "outputValues", strictest_first)
    for note in _NOTES:
        Xml.SubElement(grid, "annotation", {"name": note})
    for row in said["rows"]:
        _rule(grid, row, table)
    Xml.indent(root)
    done: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return done


def read_dmn(data: bytes) -> Table:
    """Give the one decision table of a DMN 1.1 to 1.4 document. Raises ValueError that names the place.

    A document of another tool becomes a table whose rules are their ids and whose reasons are their descriptions.
    """
    from xml.etree.ElementTree import ParseError  # noqa: S405 - the parser itself is defused

    from defusedxml import ElementTree as Safe  # type: ignore[import-untyped]
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

    if len(data) > MOST_BYTES:
        raise ValueError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        root = Safe.fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as wrong:
        raise ValueError(f"the file is not XML that may be read: {wrong}") from wrong
    decisions = [d for d in root.iter() if _local(d) == "decision" and _child(d, "decisionTable") is not None]
    if len(decisions) != 1:
        raise ValueError(f"one decision with a table is wanted, not {len(decisions)}")
    return table_of(_written(root, decisions[0]))


def _beyond(said: dict[str, Any]) -> dict[str, Any]:
    kept = {part: said[part] for part in ("name", "version", "author", "title", "outcomes", "stricter_with", "tests")}
    return kept | {"inputs": said["inputs"]} | ({"approved": said["approved"]} if "approved" in said else {})


def _clause(grid: "Element", name: str, kind: str, allowed: str) -> None:
    from xml.etree import ElementTree as Xml  # noqa: S405

    clause = Xml.SubElement(grid, "input", {"label": name, "id": _id("input", name)})
    _text(Xml.SubElement(clause, "inputExpression", {"typeRef": kind}), "text", name, wrap=False)
    if allowed:
        _text(clause, "inputValues", allowed)


def _allowed(given: Input) -> str:
    if given.kind == "choice":
        return ",".join(map(quoted, given.values))
    return f"[{plain(given.low)}..{plain(given.high)}]" if given.kind == "number" else ""


def _rule(grid: "Element", row: dict[str, Any], table: Table) -> None:
    from xml.etree import ElementTree as Xml  # noqa: S405

    rule = Xml.SubElement(grid, "rule", {"id": _id("rule", row["id"])})
    _text(rule, "description", row["id"], wrap=False)
    _text(rule, "inputEntry", _dates(row))
    for name, given in table.inputs.items():
        when = row["when"]
        _text(rule, "inputEntry", write_cell(given, when[name], feel=True) if name in when else "-")
    _text(rule, "outputEntry", quoted(row["outcome"]))
    flat = {f"{part}_{lang}": row[part][lang] for part in ("reason", "basis") for lang in ("zh", "en")}
    flat |= {"rules": ";".join(row["rules"]), "needs": ";".join(row.get("needs", []))}
    flat |= {"always": "yes" if row.get("always") else "", **{w: row.get(w, "") for w in ("author", "approved_by")}}
    for note in _NOTES:
        _text(rule, "annotationEntry", flat[note])


def _dates(row: dict[str, Any]) -> str:
    since, until = row.get("from"), row.get("until")
    if since and until:
        return f'[date("{since}")..date("{until}")]'
    return f'>= date("{since}")' if since else f'<= date("{until}")' if until else "-"


def _text(parent: "Element", tag: str, text: str, *, wrap: bool = True) -> None:
    from xml.etree import ElementTree as Xml  # noqa: S405

    holder = Xml.SubElement(parent, tag)
    (Xml.SubElement(holder, "text") if wrap else holder).text = text


def _id(kind: str, name: str) -> str:
    """An XML name: letters that it may not hold become their number."""
    return f"{kind}_" + "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in name)


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: "Element", name: str) -> "Element | None":
    return next((child for child in element if _local(child) == name), None)


def _children(element: "Element", name: str) -> list["Element"]:
    return [child for child in element if _local(child) == name]


def _said(element: "Element | None") -> str:
    """The text of an element or of the text element in it."""
    if element is None:
        return ""
    inner = _child(element, "text")
    return ((inner if inner is not None else element).text or "").strip()


def _written(root: "Element", decision: "Element") -> dict[str, Any]:
    grid = _child(decision, "decisionTable")
    assert grid is not None, "looked for above"
    name = decision.get("name") or root.get("name") or "table"
    said: dict[str, Any] = {"name": name, "version": "1", "title": {"zh": name, "en": name}}
    clauses = [(_said(_child(c, "inputExpression")), c) for c in _children(grid, "input")]
    said["inputs"] = {n: _input(n, clause) for n, clause in clauses if not _is_day(clause)}
    if len(said["inputs"]) != sum(not _is_day(clause) for _n, clause in clauses):
        raise ValueError("two input clauses have the same expression")
    outputs = _children(grid, "output")
    if len(outputs) != 1:
        raise ValueError(f"a table with one output is wanted, not {len(outputs)}")
    if listed := _said(_child(outputs[0], "outputValues")):
        said["outcomes"] = {code: {"zh": code, "en": code} for code in reversed(texts_of(listed))}
    said["hit"] = {"UNIQUE": "unique", "FIRST": "first", "PRIORITY": "priority", "COLLECT": "collect"}.get(
        grid.get("hitPolicy", "UNIQUE"), grid.get("hitPolicy", "")
    )
    more = next((e for e in decision.iter(f"{{{OURS}}}table")), None)
    said |= _extension(more.text or "") if more is not None else {}
    notes = [a.get("name", "") for a in _children(grid, "annotation")]
    typed = {n: Input(n, spec["kind"], values=tuple(spec.get("values", ()))) for n, spec in said["inputs"].items()}
    rules = enumerate(_children(grid, "rule"), start=1)
    said["rows"] = [_row(number, rule, clauses, typed, notes) for number, rule in rules]
    return said


def _extension(text: str) -> dict[str, Any]:
    try:
        more = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise ValueError(f"the extension of the table is not JSON: {wrong}") from wrong
    if not isinstance(more, dict) or not isinstance(more.get("inputs"), dict):
        raise ValueError("the extension of the table is not one of ours")
    known = ("name", "version", "author", "title", "outcomes", "stricter_with", "tests", "approved", "inputs")
    specs = more["inputs"].values()
    if not all(isinstance(i, dict) and i.get("kind") in KINDS and isinstance(i.get("values", []), list) for i in specs):
        raise ValueError("the extension of the table has inputs out of form")
    return {part: more[part] for part in known if part in more}


def _is_day(clause: "Element") -> bool:
    expression = _child(clause, "inputExpression")
    return expression is not None and expression.get("typeRef") == "date"


def _input(name: str, clause: "Element") -> dict[str, Any]:
    expression = _child(clause, "inputExpression")
    kind = expression.get("typeRef", "") if expression is not None else ""
    allowed = _said(_child(clause, "inputValues"))
    if not name:
        raise ValueError("an input clause has no expression")
    if kind == "boolean":
        return {"kind": "flag"}
    if kind in ("number", "integer", "long", "double"):
        low, high = span(allowed) or (-1e9, 1e9)
        return {"kind": "number", "low": low, "high": high, "optional": True}
    if kind == "string" and allowed:
        return {"kind": "choice", "values": texts_of(allowed)}
    if kind == "Any":
        return {"kind": "list"}
    raise ValueError(
        f"input {name}: a boolean, a number or a string with its values is wanted, not {kind or 'nothing'}"
    )


def _row(
    number: int, rule: "Element", clauses: list[tuple[str, "Element"]], inputs: dict[str, Input], notes: list[str]
) -> dict[str, Any]:
    entries = [_said(entry) for entry in _children(rule, "inputEntry")]
    named = _said(_child(rule, "description")) or rule.get("id") or f"row{number}"
    if len(entries) != len(clauses):
        raise ValueError(f"row {named}: {len(entries)} conditions for {len(clauses)} inputs")
    said: dict[str, Any] = {"id": named, "when": {}}
    try:
        for (name, clause), cell in zip(clauses, entries, strict=True):
            if _is_day(clause):
                said |= _days(cell)
            elif (read := read_cell(inputs[name], cell)) is not None:
                said["when"][name] = read
        (said["outcome"],) = texts_of(_said(_child(rule, "outputEntry")))
    except (ValueError, KeyError) as wrong:
        raise ValueError(f"row {named}: {wrong}") from wrong
    told = dict(zip(notes, map(_said, _children(rule, "annotationEntry")), strict=False))
    for part in ("reason", "basis"):
        plainly = named if part == "reason" else "DMN"
        said[part] = {lang: told.get(f"{part}_{lang}") or plainly for lang in ("zh", "en")}
    said["rules"] = _parts(told.get("rules", "")) or [named]
    said |= {"needs": _parts(told.get("needs", "")), "always": told.get("always") == "yes"}
    return said | {word: told[word] for word in ("author", "approved_by") if told.get(word)}


def _days(cell: str) -> dict[str, date]:
    if cell in ("", "-"):
        return {}
    if found := _DATED.fullmatch(cell):
        return {"from": date.fromisoformat(found[1]), "until": date.fromisoformat(found[2])}
    if found := _ONE_END.fullmatch(cell):
        return {"from" if found[1] == ">=" else "until": date.fromisoformat(found[2])}
    raise ValueError(f"{cell!r} is no stretch of days")


def _parts(cell: str) -> Iterable[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
