"""Reading a row strictly: what a model does not know is refused, so that no number ignores what was asked.

Only what cannot change an answer is passed over: a remark (a page, a figure, a source, how the published number was
drawn) and a unit that is the model's own. The status of the row names the remarks.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hucheng.engines.risk.published.quantities import tokens, unknown
from hucheng.engines.risk.refusal import refused

Parameters = dict[str, Any]
Given = Sequence[tuple[str, Parameters]]
_TOLD = {"note", "notes", "label", "report", "table_number"}
"""Remarks of the published tables themselves, which need no word in the status."""
_REMARKS = {
    *("comment", "comments", "remark", "remarks", "description", "caption", "title", "section", "supplement"),
    *("figure", "figure_number", "fig", "panel", "page", "pages", "appendix", "source", "sources", "reference"),
    *("references", "ref", "citation", "doi", "url", "link", "pmid", "pmcid", "author", "authors", "journal"),
    *("repository", "software", "language", "package", "package_version", "seed", "simulations", "iterations"),
}
"""How a number was published, and with what chance it was drawn: ours are without chance."""
_ENDINGS = ("note", "comment", "remark", "label", "source", "reference", "doi", "url", "citation", "figure", "page")
_DAYS = {"day", "days", "d"}
_PLAIN = {"", "-", "1", "share", "fraction", "proportion", "probability", "cases", "people", "infections", "count"}


def remark(name: str, value: object) -> bool:
    """Whether a parameter can only be a remark: a text, a number or a list of them under the name of one."""
    plain = name.lower()
    if plain in ("unit", "units"):
        return str(value).lower() in _DAYS | _PLAIN
    if isinstance(value, Mapping):
        return False
    ends = plain.rsplit("_", 1)[-1] in _ENDINGS and isinstance(value, str)
    return plain in _TOLD | _REMARKS or ends


def remarks(asked: Mapping[str, Any]) -> list[str]:
    """Give the names of what was passed over as a remark and stands in no published table, nested ones too."""
    found = []
    for name, value in asked.items():
        if isinstance(value, Mapping):
            found += remarks(value)
        elif remark(name, value) and name not in _TOLD | {"unit", "units"}:
            found.append(name)
    return found


def only(asked: Mapping[str, Any], *names: str, **conventions: Iterable[object]) -> None:
    """Refuse a parameter that is neither named nor a remark, and a convention other than the model's own.

    conventions  parameters that only say how the model works, each with the values that it may have; blanks and
                 capitals in their texts do not matter
    """
    model = str(asked.get("model", "-"))
    for name, value in asked.items():
        if name in conventions:
            if _plain(value) not in [_plain(known) for known in conventions[name]]:
                raise refused("unread", model=model, name=name, value=value)
        elif name not in names and name != "model" and not remark(name, value):
            raise refused("unread", model=model, name=name, value=value)


def renamed(asked: Parameters, **aliases: tuple[str, Callable[[Any], Any]]) -> Parameters:
    """Give the parameters under the model's own names: alias = (name, how its value is told in the model's unit).

    raises RiskRefused where a number is given under two names
    """
    made = dict(asked)
    for alias, (name, told) in aliases.items():
        if alias in made:
            if name in made:
                raise refused("unread", model=asked.get("model", "-"), name=alias, value=made[alias])
            made[name] = told(made.pop(alias))
    return made


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


def _plain(value: object) -> object:
    if isinstance(value, str):
        return re.sub(r"\s+", "", value.lower())
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
