"""What a table may be asked with: names, kinds and ranges of its inputs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hucheng.engines.words.bilingual import Bilingual

_UNKNOWN = Bilingual("“{field}”不是本表的输入项。", "{field} is not an input of this table.")
_RANGE = Bilingual("“{field}”的值 {value} 不在 {low} 至 {high} 之间。", "{field} is {value}, outside {low} to {high}.")
_KIND = Bilingual("“{field}”的值 {value} 不可用。", "{value} cannot be used for {field}.")
_AGAIN = Bilingual("核对后重新录入。", "Check it and enter it again.")


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
    """One input: its kind (number, flag, choice, list), range and choices; a number may be optional."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 0.0
    values: tuple[str, ...] = ()
    optional: bool = False

    @property
    def default(self) -> Any:
        """What stands when nothing is said: no flag, nothing listed, no number, the first choice."""
        return {"flag": False, "list": (), "number": None}.get(self.kind, self.values[0] if self.values else None)

    def accept(self, value: Any) -> Any:
        """Give the value as the table uses it. Raises InvalidFact for a wrong kind or a value out of range."""
        if self.kind == "number":
            return self._number(value)
        if self.kind == "flag" and isinstance(value, bool):
            return value
        if self.kind == "choice" and value in self.values:
            return value
        if self.kind == "list" and isinstance(value, list | tuple | set | frozenset):
            return tuple(value)
        raise InvalidFact(self.name, value, _KIND.filled(field=self.name, value=value))

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
    for name in facts:
        if name not in inputs:
            raise InvalidFact(name, facts[name], _UNKNOWN.filled(field=name))
    return {name: i.accept(facts[name]) if name in facts else i.default for name, i in inputs.items()}
