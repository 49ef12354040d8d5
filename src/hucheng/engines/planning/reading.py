"""Read an instance value by value; each error tells where in the file it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from hucheng.engines.planning.refusal import refused

MOST = 10**9
Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class At:
    """A value of an instance and its place, such as `hotels[3].rooms`."""

    value: Any
    path: str = ""

    def key(self, name: str) -> "At":
        """Give the value under a key; refuse what is no object or lacks it."""
        if not isinstance(self.value, dict):
            raise refused("not_an_object", self.path)
        if name not in self.value:
            raise refused("missing_key", self.path, key=name)
        return At(self.value[name], f"{self.path}.{name}" if self.path else name)

    def has(self, name: str) -> bool:
        """Tell whether an object holds a key."""
        return isinstance(self.value, dict) and name in self.value

    def items(self, length: int | None = None) -> "list[At]":
        """Give the entries of a list, which must have `length` of them where one is given."""
        if not isinstance(self.value, list):
            raise refused("not_a_list", self.path)
        if length is not None and len(self.value) != length:
            raise refused("wrong_length", self.path, wanted=length, found=len(self.value))
        return [At(value, f"{self.path}[{n}]") for n, value in enumerate(self.value)]

    def pairs(self) -> "Iterator[tuple[str, At]]":
        """Give the keys and values of an object."""
        if not isinstance(self.value, dict):
            raise refused("not_an_object", self.path)
        return ((name, self.key(name)) for name in self.value)

    def whole(self, low: int = 0, high: int = MOST) -> int:
        """Give a whole number from low to high."""
        if type(self.value) is not int:
            raise refused("not_whole", self.path, found=_shown(self.value))
        return self._within(self.value, low, high)

    def number(self, low: float = 0, high: float = MOST) -> float:
        """Give a number from low to high; infinity and NaN lie outside."""
        if type(self.value) not in (int, float):
            raise refused("not_a_number", self.path, found=_shown(self.value))
        return self._within(float(self.value), low, high)

    def text(self) -> str:
        """Give a text."""
        if not isinstance(self.value, str):
            raise refused("not_text", self.path)
        return self.value

    def flag(self) -> bool:
        """Give true or false; 0 and 1 are read as such."""
        if self.value not in (True, False):
            raise refused("not_a_flag", self.path)
        return bool(self.value)

    def wholes(self, length: int | None = None, *, low: int = 0, high: int = MOST) -> tuple[int, ...]:
        """Give a list of whole numbers."""
        return tuple(entry.whole(low, high) for entry in self.items(length))

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Give a pair [start, end) that does not run backwards."""
        start, end = self.wholes(2, low=low, high=high)
        if end < start:
            raise refused("backwards", self.path, start=start, end=end)
        return start, end

    def _within(self, value: Number, low: float, high: float) -> Number:
        if not low <= value <= high:
            raise refused("out_of_range", self.path, found=value, low=low, high=high)
        return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
