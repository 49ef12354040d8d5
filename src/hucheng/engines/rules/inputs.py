"""What a table may be asked with: names, kinds and ranges of its inputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hucheng.engines.words.bilingual import Bilingual

KINDS = ("number", "flag", "choice", "list")
_UNKNOWN = Bilingual("“{field}”不是本表的输入项。", "{field} is not an input of this table.")
_RANGE = Bilingual("“{field}”的值 {value} 不在 {low} 至 {high} 之间。", "{field} is {value}, outside {low} to {high}.")
_KIND = Bilingual("“{field}”的值 {value} 不可用。", "{value} cannot be used for {field}.")
_AGAIN = Bilingual("核对后重新录入。", "Check it and enter it again.")
_YES, _NO = {"true", "yes", "1", "是"}, {"false", "no", "0", "否"}


class InvalidFact(ValueError):
    """A fact that cannot be true or does not belong: refused before any rule is asked."""

    def __init__(self, field: str, value: object, why: Bilingual, do: Bilingual = _AGAIN) -> None:
        super().__init__(why.en)
        self.field = field
        self.value = value
        self.why = why
        self.do = do


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its kind, range and choices; a number may be optional.

    also       other names under which files give it
    otherwise  the choice that stands for every other word in a file; empty: such a word is refused
    """

    name: str
    kind: str
    low: float = 0.0
    high: float = 0.0
    values: tuple[str, ...] = ()
    optional: bool = False
    also: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def default(self) -> Any:
        """What stands when nothing is said: no flag, nothing listed, no number, the first choice.

        Raises InvalidFact for a number that must be said: none is made up for it.
        """
        if self.kind == "choice":
            return self.values[0]
        return self.accept(None) if self.kind == "number" else () if self.kind == "list" else False

    def accept(self, value: Any) -> Any:
        """Give the value as the table uses it. Raises InvalidFact for a wrong kind or a value out of range."""
        if self.kind == "number":
            return self._number(value)
        if self.kind == "flag" and isinstance(value, bool):
            return value
        if self.kind == "choice" and isinstance(value, str) and value in self.values:
            return value
        if self.kind == "list" and isinstance(value, list | tuple | set | frozenset):
            return tuple(value)
        raise InvalidFact(self.name, value, _KIND.filled(field=self.name, value=value))

    def read(self, text: str) -> Any:
        """Give the value that a cell of a file says; an empty one says nothing. Raises InvalidFact."""
        text = text.strip()
        if not text:
            return self.default
        if self.kind == "number":
            try:
                return self.accept(float(text))
            except ValueError as wrong:
                if isinstance(wrong, InvalidFact):
                    raise
                raise InvalidFact(self.name, text, _KIND.filled(field=self.name, value=text)) from wrong
        if self.kind == "list":
            return tuple(part.strip() for part in text.split(";") if part.strip())
        if self.kind == "flag" and text.lower() in _YES | _NO:
            return text.lower() in _YES
        return self.accept(self.otherwise if self.otherwise and text not in self.values else text)

    def column(self, values: Sequence[Any]) -> NDArray[Any]:
        """Give accepted values as a column for `Condition.mask`: a number missing is nan, a choice its place."""
        if self.kind == "number":
            return np.array(values, dtype=np.float64)
        if self.kind == "choice":
            place = {value: number for number, value in enumerate(self.values)}
            return np.array([place[value] for value in values], dtype=np.int16)
        return np.array([bool(value) for value in values], dtype=np.bool_)

    def _number(self, value: Any) -> float | None:
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidFact(self.name, value, _KIND.filled(field=self.name, value=value))
        if not self.low <= value <= self.high:
            why = _RANGE.filled(field=self.name, value=value, low=self.low, high=self.high)
            raise InvalidFact(self.name, value, why)
        return float(value)


def accept_all(inputs: Mapping[str, Input], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give every input its value, defaults where nothing is said. Raises InvalidFact."""
    if not facts.keys() <= inputs.keys():
        name = next(name for name in facts if name not in inputs)
        raise InvalidFact(name, facts[name], _UNKNOWN.filled(field=name))
    return {name: i.accept(facts[name]) if name in facts else i.default for name, i in inputs.items()}


def accept_columns(inputs: Mapping[str, Input], cases: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Give each input its values over many cases, as `accept_all` would one by one. Raises InvalidFact.

    A column whose values all have the plain type of its kind is looked at as a whole; any other goes value by value.
    """
    for facts in cases:
        if not facts.keys() <= inputs.keys():
            accept_all(inputs, facts)
    columns = {}
    for name, given in inputs.items():
        if all(name in facts for facts in cases):
            values = [facts[name] for facts in cases]
        else:
            default = given.default
            values = [facts.get(name, default) for facts in cases]
        columns[name] = values if _plain(given, values) else [given.accept(v) for v in values]
    return columns


def _plain(given: Input, values: list[Any]) -> bool:
    kinds = set(map(type, values))
    if given.kind == "flag":
        return kinds <= {bool}
    if given.kind == "list":
        return kinds <= {tuple}
    if given.kind == "choice":
        return kinds <= {str} and set(values) <= set(given.values)
    if not kinds <= ({float, type(None)} if given.optional else {float}):
        return False
    column = np.array(values, dtype=np.float64)
    said = column[~np.isnan(column)]
    missing = sum(value is None for value in values) if type(None) in kinds else 0
    return len(said) + missing == len(values) and bool(((said >= given.low) & (said <= given.high)).all())
