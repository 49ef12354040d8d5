"""Reading a row strictly: what a model does not know is refused, so that no number ignores what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hucheng.engines.risk.published.quantities import tokens, unknown
from hucheng.engines.risk.refusal import refused

Parameters = dict[str, Any]
Given = Sequence[tuple[str, Parameters]]
_REMARKS = {"model", "note", "notes", "label", "figure", "panel", "table_number", "comment", "report", "unit", "units"}


def only(asked: Mapping[str, Any], *names: str, **conventions: Iterable[object]) -> None:
    """Refuse a parameter that is neither named nor a remark, and a convention other than the model's own.

    conventions  parameters that only say how the model works, each with the values that it may have
    """
    model = str(asked.get("model", "-"))
    for name, value in asked.items():
        if name in conventions:
            if value not in conventions[name]:
                raise refused("unread", model=model, name=name, value=value)
        elif name not in names and name not in _REMARKS:
            raise refused("unread", model=model, name=name, value=value)


def yes(asked: Mapping[str, Any], name: str) -> bool:
    """Give a parameter that is true or false; "false" in quotes is neither."""
    if not isinstance(asked[name], bool):
        raise refused("unread", model=asked.get("model", "-"), name=name, value=asked[name])
    return bool(asked[name])


def words_of(quantity: str, known: Iterable[str]) -> set[str]:
    """Give the words of a quantity; refuse one that holds a word the model has no meaning for."""
    found = tokens(quantity)
    listed = set(known)
    if any(word.isalpha() and word not in listed for word in found):
        raise unknown(quantity, sorted(listed))
    return set(found)
