"""Typed data of documents from JSON, every mistake told by its path; and the JSON schema of each kind."""

import json
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hucheng.engines.papers.official.records import KINDS, Paper
from hucheng.engines.words.bilingual import Bilingual

MOST_SIGNS = 4_000
MOST_ROWS = 2_000
MOST_DEPTH = 4
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Signs that a sheet cannot show: control signs, invisible ones, marks that turn the direction of writing."""
NUMBERS = range(1, 100_000_000)

WHAT: Mapping[str, Bilingual] = {
    "json": Bilingual("文件不是 JSON。", "The file is no JSON."),
    "object": Bilingual("应为对象。", "must be an object."),
    "list": Bilingual("应为列表。", "must be a list."),
    "text": Bilingual("应为文字。", "must be a text."),
    "number": Bilingual("应为正整数。", "must be a whole number from 1 on."),
    "yes": Bilingual("应为 true 或 false。", "must be true or false."),
    "date": Bilingual("应为日期，如 2020-03-24。", "must be a day such as 2020-03-24."),
    "choice": Bilingual("应为以下之一：{choices}。", "must be one of: {choices}."),
    "missing": Bilingual("不能缺少。", "is missing."),
    "empty": Bilingual("不能为空。", "must not be empty."),
    "unknown": Bilingual("不是此类文件的字段。", "is no field of this document."),
    "long": Bilingual("过长，最多 {most}。", "is too long: {most} at most."),
    "sign": Bilingual("含有无法排印的字符 {sign}。", "holds a sign that cannot be printed: {sign}."),
    "deep": Bilingual("层次过深，最多 {most} 层。", "goes too deep: {most} levels at most."),
}


class DataWrong(ValueError):
    """Data that make no document. `path` says where (`matters[1].decisions[0].text`), `why` what in both languages."""

    def __init__(self, path: str, code: str, **values: object) -> None:
        self.path, self.code = path, code
        self.why = WHAT[code].filled(**values)
        super().__init__(f"{path}: {self.why.en}")


def paper_from_json(kind: str, text: str | bytes) -> Paper:
    """Read the data of one kind of document. Raises DataWrong for the first mistake, KeyError for an unknown kind."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataWrong("$", "json") from error
    return paper_from(kind, found)


def paper_from(kind: str, found: object) -> Paper:
    """Build a document from plain values as JSON has them. Raises as `paper_from_json`."""
    made: Paper = _record(KINDS[kind], found, "$", 0)
    return made


def _record(cls: type[Any], found: object, path: str, depth: int) -> Any:
    if not isinstance(found, dict):
        raise DataWrong(path, "object")
    hints, known = get_type_hints(cls), {one.name: one for one in fields(cls)}
    for name in found:
        if name not in known:
            raise DataWrong(_at(path, str(name)[:40]), "unknown")
    values = {}
    for name, one in known.items():
        if name in found:
            values[name] = _value(hints[name], found[name], _at(path, name), depth, needed=_is_needed(one))
        elif _is_needed(one):
            raise DataWrong(_at(path, name), "missing")
    return cls(**values)


def _value(hint: Any, found: object, path: str, depth: int, *, needed: bool) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        if found is None:
            return None
        (hint,) = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) is tuple:
        return _many(get_args(hint)[0], found, path, depth, needed=needed)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, found, path, depth)
    return _plain(hint, found, path, needed=needed)


def _many(hint: Any, found: object, path: str, depth: int, *, needed: bool) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise DataWrong(path, "list")
    if needed and not found:
        raise DataWrong(path, "empty")
    if len(found) > MOST_ROWS:
        raise DataWrong(path, "long", most=MOST_ROWS)
    if found and path.endswith("sections") and depth >= MOST_DEPTH:
        raise DataWrong(path, "deep", most=MOST_DEPTH)
    deeper = depth + path.endswith("sections")
    return tuple(_value(hint, one, f"{path}[{at}]", deeper, needed=True) for at, one in enumerate(found))


def _plain(hint: Any, found: object, path: str, *, needed: bool) -> Any:
    if hint is bool:
        if not isinstance(found, bool):
            raise DataWrong(path, "yes")
        return found
    if hint is int:
        if isinstance(found, bool) or not isinstance(found, int) or found not in NUMBERS:
            raise DataWrong(path, "number")
        return found
    if hint is date:
        return _day(found, path)
    if issubclass(hint, StrEnum):
        if found not in list(hint):
            raise DataWrong(path, "choice", choices="、".join(f"“{one}”" for one in hint))
        return hint(found)
    return _text(found, path, needed=needed)


def _day(found: object, path: str) -> date:
    try:
        if isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
            return date.fromisoformat(found)
    except ValueError as error:
        raise DataWrong(path, "date") from error
    raise DataWrong(path, "date")


def _text(found: object, path: str, *, needed: bool) -> str:
    if not isinstance(found, str):
        raise DataWrong(path, "text")
    if wrong := UNPRINTABLE.search(found):
        raise DataWrong(path, "sign", sign=f"U+{ord(wrong.group()):04X}")
    if needed and not found.strip():
        raise DataWrong(path, "empty")
    if len(found) > MOST_SIGNS:
        raise DataWrong(path, "long", most=MOST_SIGNS)
    return found.strip()


def _is_needed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _at(path: str, name: str) -> str:
    return name if path == "$" else f"{path}.{name}"


def json_schema(kind: str) -> dict[str, object]:
    """Give the JSON schema (2020-12) of one kind. Raises KeyError for an unknown kind."""
    records: dict[str, type[Any]] = {}
    root = _schema_of(KINDS[kind], records)
    definitions: dict[str, object] = {}
    while missing := [name for name in records if name not in definitions]:
        for name in missing:
            definitions[name] = _schema_of(records[name], records)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind, **root, "$defs": definitions}


def _schema_of(cls: type[Any], records: dict[str, type[Any]]) -> dict[str, object]:
    hints = get_type_hints(cls)
    return {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split()),
        "properties": {one.name: _schema(hints[one.name], records) for one in fields(cls)},
        "required": [one.name for one in fields(cls) if _is_needed(one)],
        "additionalProperties": False,
    }


def _schema(hint: Any, records: dict[str, type[Any]]) -> dict[str, object]:
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": list(_choices(hint, records))}
    if get_origin(hint) is tuple:
        return {"type": "array", "maxItems": MOST_ROWS, "items": _schema(get_args(hint)[0], records)}
    if is_dataclass(hint) and isinstance(hint, type):
        records[hint.__name__] = hint
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint is date:
        return {"type": "string", "format": "date"}
    if hint in (int, bool):
        return {"type": "integer", "minimum": 1} if hint is int else {"type": "boolean"}
    if issubclass(hint, StrEnum):
        return {"enum": [str(one) for one in hint]}
    return {"type": "string", "maxLength": MOST_SIGNS}


def _choices(hint: Any, records: dict[str, type[Any]]) -> Iterator[dict[str, object]]:
    for one in get_args(hint):
        yield {"type": "null"} if one is type(None) else _schema(one, records)
