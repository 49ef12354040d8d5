"""A passenger list as JSON, as programs send it: our own layout, or records of any keys, to a reading and back."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hucheng.engines.manifests.catalogue import problem, unreadable
from hucheng.engines.manifests.columns import template
from hucheng.engines.manifests.records import Document, Leg, Port, Problem, Reading, Traveller
from hucheng.engines.manifests.table import Line, check_rows, read_table
from hucheng.engines.manifests.table_row import ESCAPED

STARTS = re.compile(r"\s*(?:\{|\[\s*[\[{\]])")
LISTS = ("persons", "travellers", "passengers", "records")
SAID = ("sender", "recipient", "interchange_ref", "prepared", "message_ref", "type", "release", "contact",
        "contact_phone")  # fmt: skip
NESTED = frozenset({"other_documents", "address", "problems"})
TRANSIT = "in_transit_crew"


class Inexact(str):
    """A number with a point or an exponent: of a long one the last figures are gone."""


def is_json(text: str) -> bool:
    """The text begins as an object or as a list of objects."""
    return STARTS.match(text) is not None


def read_json(
    text: str, *, today: date, mapping: Mapping[str, str] | None = None, memory: Mapping[str, str] | None = None
) -> Reading:
    """Read a list of records, or an object with the list under `persons`.

    Keys that are fields of the template count as such, others are guessed like the headers of a sheet.
    Raises ManifestUnreadable when the text is no JSON, holds no list, or an empty one.
    """
    said, records = _parts(_parsed(text))
    check_rows(len(records))
    rows = [_flat(record) for record in records]
    columns = tuple(dict.fromkeys(key for row in rows for key in row)) or ("",)
    lines = [
        _line(number, row, record, columns) for number, (row, record) in enumerate(zip(rows, records, strict=True), 1)
    ]
    known = {column.field for column in template()}
    direct = {key: key for key in columns if key in known}
    meta = {key: clean(said[key]) for key in SAID if isinstance(said.get(key), str) and said[key]}
    reading = read_table(
        [Line(0, columns), *lines], format="json", today=today, mapping={**direct, **(mapping or {})}, meta=meta,
        headed=True, memory=memory,
    )  # fmt: skip
    return _with_frame(_with_nested(reading, records), said)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=Inexact, object_pairs_hook=_object)
    except json.JSONDecodeError as broken:
        raise unreadable("BAD_JSON", line=broken.lineno, value=broken.msg) from broken
    except RecursionError as deep:
        raise unreadable("BAD_JSON", line=1, value="nested too deeply") from deep


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep a key that comes twice under a second name instead of dropping its first value."""
    kept: dict[str, Any] = {}
    for key, value in pairs:
        name, copy = key, 1
        while name in kept:
            copy += 1
            name = f"{key} ({copy})"
        kept[name] = value
    return kept


def _parts(given: Any) -> tuple[dict[str, Any], list[Any]]:
    """Give what the object says of the whole list, and its records."""
    said = given if isinstance(given, dict) else {}
    lists = [given] if isinstance(given, list) else [said[name] for name in LISTS if isinstance(said.get(name), list)]
    if not lists or not lists[0]:
        raise unreadable("NO_ROWS")
    return said, lists[0]


def _flat(record: Any, prefix: str = "") -> dict[str, str]:
    """Give the single values of a record as text: document.number stands as document_number."""
    if not isinstance(record, dict):
        return {}
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}_")
        elif prefix + key not in NESTED:
            flat[prefix + key] = _text(value)
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def clean(text: str) -> str:
    """Replace what JSON can escape and no database keeps: halves of characters, and the zero character."""
    return text if text.isprintable() else text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def guarded(text: str) -> str:
    """Put an apostrophe before one that a sheet would have put there: the reader of rows takes one away."""
    return f"'{text}" if ESCAPED.match(text) else text


def _line(number: int, row: Mapping[str, str], record: Any, columns: tuple[str, ...]) -> Line:
    cells = tuple(guarded(row.get(key, "").strip(" \u3000\xa0\r\n")) for key in columns)
    lost = frozenset(place for place, key in enumerate(columns) if isinstance(row.get(key), Inexact))
    problems = () if any(cells) else ("BAD_RECORD",)
    return Line(number, cells, lost, problems=problems, raw=clean(json.dumps(record, ensure_ascii=False)))


def _with_nested(reading: Reading, records: list[Any]) -> Reading:
    """Add what no sheet holds: further documents, the address, crew that only passes through."""
    travellers, problems = [], list(reading.problems)
    for traveller in reading.travellers:
        record = records[traveller.line - 1]
        if not isinstance(record, dict):
            travellers.append(traveller)
            continue
        met: list[Problem] = []
        others = tuple(_documents(record.get("other_documents"), traveller, met))
        address = record.get("address")
        parts = tuple(_text(part) for part in address) if isinstance(address, list) else ()
        changed: dict[str, Any] = {
            "other_documents": others,
            "address": parts,
            "in_transit": record.get("kind") == TRANSIT,
        }
        problems += met
        travellers.append(replace(traveller, **changed, problems=(*traveller.problems, *met)))
    return replace(reading, travellers=tuple(travellers), problems=tuple(problems))


def _documents(given: Any, traveller: Traveller, met: list[Problem]) -> Iterator[Document]:
    place: dict[str, Any] = {"line": traveller.line, "field": "other_documents", "person": traveller.number}
    for one in given if isinstance(given, list) else ():
        if not isinstance(one, dict):
            met.append(problem("BAD_RECORD", **place, value=_text(one)))
            continue
        known = {name: _text(one.get(name)) for name in ("type", "number", "issuer", "expiry")}
        expiry = None
        if written := known.pop("expiry"):
            try:
                expiry = date.fromisoformat(written)
            except ValueError:
                met.append(problem("INVALID_DATE", **place, value=written))
        yield Document(known["type"], known["number"], expiry, known["issuer"])


def _with_frame(reading: Reading, said: dict[str, Any]) -> Reading:
    """Add the legs and the number of persons that the sender declares."""
    legs = tuple(_legs(said.get("legs")))
    flight = _text(said.get("flight")) or (legs[0].flight if legs else "") or reading.flight
    problems = list(reading.problems)
    declared = _text(said.get("control_total"))
    total = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 10 else None
    if total is not None and total != reading.rows:
        problems.append(problem("CNT_MISMATCH", field="control_total", declared=total, found=reading.rows))
    flights = list(dict.fromkeys(filter(None, (flight, *(leg.flight for leg in legs), reading.flight))))
    if len(flights) > 1 and not any(one.code == "MANY_FLIGHTS" for one in problems):
        problems.append(problem("MANY_FLIGHTS", field="flight", value=", ".join(flights)))
    legs = legs or ((Leg(flight),) if flight else ())
    return replace(reading, flight=flight, legs=legs, control_total=total, problems=tuple(problems))


def _legs(given: Any) -> Iterator[Leg]:
    for leg in given if isinstance(given, list) else ():
        if isinstance(leg, dict):
            ports = [port for port in leg.get("ports") or () if isinstance(port, dict)]
            yield Leg(_text(leg.get("flight")), tuple(_port(port) for port in ports))


def _port(given: Mapping[str, Any]) -> Port:
    try:
        scheduled = datetime.fromisoformat(_text(given.get("scheduled_local")))
    except ValueError:
        scheduled = None
    return Port(_text(given.get("qualifier")), _text(given.get("port")), scheduled)


def write_json(travellers: Iterable[Traveller], *, flight: str, legs: Iterable[Leg] = ()) -> bytes:
    """Write a list in our own layout (that of the reference messages), UTF-8."""
    from hucheng.engines.manifests.paxlst_dict import leg_dict, person_dict

    persons = [person_dict(one) for one in travellers]
    frame: dict[str, Any] = {"flight": flight, "legs": [leg_dict(leg) for leg in legs], "control_total": len(persons)}
    return json.dumps({**frame, "persons": persons}, ensure_ascii=False, indent=1).encode("utf-8")
