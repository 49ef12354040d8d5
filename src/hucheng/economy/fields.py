"""Fields that the forms of this wing share."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """A day as browsers read it, whatever the language."""
        return value.isoformat() if hasattr(value, "isoformat") else value


class HasCode(Protocol):
    """Something that is chosen by its code and shown by its name."""

    code: str

    @property
    def name(self) -> str:
        """The name in the language in force."""
        ...


def by_code(things: Iterable[HasCode]) -> list[tuple[str, str]]:
    """Choices of a list of things."""
    return [(one.code, one.name) for one in things]
