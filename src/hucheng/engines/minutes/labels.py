"""Labelled minutes as JSON files hold them: the labels of a person, or what a reader told in the same shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hucheng.engines.minutes.unreadable import AGAIN, DocumentUnreadable
from hucheng.engines.words.bilingual import Bilingual

SHAPE = Bilingual(
    "请给出 hucheng minutes read --json 输出的文件，或同样格式的标注。",
    "Give a file that hucheng minutes read --json wrote, or labels of the same shape.",
)
WRONG = Bilingual("“{place}”不是应有的类型。", "“{place}” is not of the right type.")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One directive as labelled; a directive whose kind nobody says is an action."""

    text: str
    kind: object = "action"
    theme: object = None
    measurable: object = None
    deadline: object = None
    actors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled minutes: the head and the named people as written, the directives, the text they stand in."""

    meeting: dict[str, object]
    named: dict[str, dict[str, object]]
    directives: tuple[Labelled, ...]
    clean_text: str = ""


def read_labels(data: bytes) -> Labels:
    """Read labelled minutes from a JSON file; raises DocumentUnreadable when it is none or has another shape."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DocumentUnreadable(Bilingual("文件不是 JSON。", "The file is no JSON."), AGAIN) from error
    if not isinstance(found, dict) or "meeting" not in found or "directives" not in found:
        raise DocumentUnreadable(Bilingual("文件里没有会议标注。", "The file holds no labelled minutes."), SHAPE)
    return labels_of(found)


def labels_of(found: Mapping[str, object]) -> Labels:
    """Give labels in the shape of the guideline; raises DocumentUnreadable where a value is of another type."""
    people = [_object(one, "attendees[]") for one in _list(found, "attendees")]
    return Labels(
        meeting=_object(found.get("meeting"), "meeting"),
        named={str(one["name"]): one for one in people if one.get("name")},
        directives=tuple(_labelled(_object(one, "directives[]")) for one in _list(found, "directives")),
        clean_text=_text(found.get("clean_text"), "clean_text"),
    )


def _labelled(found: dict[str, object]) -> Labelled:
    return Labelled(
        text=_text(found.get("text_clean"), "directives[].text_clean"),
        kind=found.get("kind", "action"),
        theme=found.get("theme"),
        measurable=found.get("measurable"),
        deadline=found.get("deadline"),
        actors=frozenset(_text(one, "directives[].actors") for one in _list(found, "actors")),
    )


def _list(found: Mapping[str, object], key: str) -> list[object]:
    value = found.get(key)
    if not isinstance(value, list | None):
        raise _wrong(key)
    return value or []


def _object(value: object, place: str) -> dict[str, object]:
    if not isinstance(value, dict | None):
        raise _wrong(place)
    return value or {}


def _text(value: object, place: str) -> str:
    if not isinstance(value, str | None):
        raise _wrong(place)
    return value or ""


def _wrong(place: str) -> DocumentUnreadable:
    return DocumentUnreadable(WRONG.filled(place=place), SHAPE)
