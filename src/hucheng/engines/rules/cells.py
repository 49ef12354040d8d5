"""Conditions as one cell of text, in the unary tests of DMN's expression language (S-FEEL) or shorter for sheets."""

import re
from typing import Any

from hucheng.engines.rules.inputs import Input

ANY = ("", "-")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_COMPARED = re.compile(rf"(>=|<=|>|<|=|==)?\s*({_NUMBER})")
_BETWEEN = re.compile(rf"([\[\](])\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*([\])\[])")
_WORDS = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below"}
_SIGNS = {word: sign for sign, word in _WORDS.items()}
_BARE = re.compile(r'[^\s",-](?:[^",]*[^\s",])?')
_SOME = {"some", "count(?) > 0", "not([])"}
_NONE = {"none", "count(?) = 0", "[]"}


def read_cell(given: Input, text: str) -> Any:
    """Give what a table would write for a cell; None where the cell asks nothing ("" or "-").

    a flag    true, false
    a choice  a, b or "a","b"
    a number  >= 37.3, < 3, 3, [1..3], (1..3], null, not(null)
    a list    some, none, count(?) > 0, count(?) = 0
    raises    ValueError for anything else
    """
    text = " ".join(text.split())
    if text in ANY:
        return None
    if given.kind == "flag" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if given.kind == "choice":
        return _choices(text)
    if given.kind == "list" and text in _SOME | _NONE:
        return {"some": text in _SOME}
    if given.kind == "number":
        return _number(given, text)
    raise ValueError(f"{given.name}: {text!r} is no condition for a {given.kind}")


def write_cell(given: Input, written: Any, *, feel: bool) -> str:
    """Give the cell of what a table writes; `feel` for the full expression language, else short for people."""
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, list):
        short = not feel and all(_BARE.fullmatch(value) for value in written)
        return ", ".join(written) if short else ",".join(map(quoted, written))
    if "some" in written:
        words = ("count(?) > 0", "count(?) = 0") if feel else ("some", "none")
        return words[0 if written["some"] else 1]
    if "missing" in written:
        return "null" if written["missing"] else "not(null)"
    if len(written) == 1:
        ((word, limit),) = written.items()
        return f"{_SIGNS[word]} {plain(limit)}"
    low = next(word for word in ("at_least", "above") if word in written)
    high = next(word for word in ("at_most", "below") if word in written)
    opened, closed = "[" if low == "at_least" else "(", "]" if high == "at_most" else ")"
    return f"{opened}{plain(written[low])}..{plain(written[high])}{closed}"


def quoted(text: str) -> str:
    """A text as the expression language writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def texts_of(cell: str) -> list[str]:
    """The quoted texts of a cell, in order. Raises ValueError when it holds anything else."""
    found = [re.sub(r"\\(.)", r"\1", text) for text in _QUOTED.findall(cell)]
    if _QUOTED.sub("", cell).replace(",", "").strip() or not found:
        raise ValueError(f"quoted texts are wanted, not {cell!r}")
    return found


def plain(number: float) -> str:
    """A number without a point where it needs none."""
    return repr(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def span(cell: str) -> tuple[float, float] | None:
    """Low and high of a closed range such as [0..99], or None."""
    found = _BETWEEN.fullmatch(cell.strip())
    return (float(found[2]), float(found[3])) if found else None


def _choices(text: str) -> list[str]:
    return texts_of(text) if '"' in text else [part.strip() for part in text.split(",") if part.strip()]


def _number(given: Input, text: str) -> dict[str, Any]:
    if text in ("null", "not(null)"):
        return {"missing": text == "null"}
    if found := _COMPARED.fullmatch(text):
        sign, limit = found[1] or "=", float(found[2])
        return {_WORDS[sign]: limit} if sign in _WORDS else {"at_least": limit, "at_most": limit}
    if found := _BETWEEN.fullmatch(text):
        low = "at_least" if found[1] == "[" else "above"
        high = "at_most" if found[4] == "]" else "below"
        return {low: float(found[2]), high: float(found[3])}
    raise ValueError(f"{given.name}: {text!r} is no condition for a number")
