"""The expectations of a scenario as data: what is looked at, when, and what must be found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES
from hucheng.exercises.score.models import Finding

Bound = float | list[float]

OPERATORS: Mapping[str, Callable[[float, Any], bool]] = {
    "==": lambda found, wanted: bool(found == wanted),
    ">=": lambda found, wanted: bool(found >= wanted),
    "<=": lambda found, wanted: bool(found <= wanted),
    "<": lambda found, wanted: bool(found < wanted),
    "between": lambda found, wanted: bool(wanted[0] <= found <= wanted[1]),
}
SHOWN = {"==": "=", ">=": "≥", "<=": "≤", "<": "<"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be true at a time of the story (`at`), or always (no `at`): a measure, or a question put in words."""

    kind: Finding.Kind
    name: str
    zh: str
    at: datetime | None
    measure: str
    query: str
    operator: str
    wanted: Bound

    @property
    def shown_name(self) -> str:
        """The name in the language in force."""
        return self.zh if self.zh and (get_language() or "zh").startswith("zh") else self.name

    @property
    def shown_wanted(self) -> str:
        """What must be found, as people read it."""
        if isinstance(self.wanted, list):
            return f"{self.wanted[0]:g}–{self.wanted[1]:g}{self.unit}"
        return f"{SHOWN[self.operator]} {self.wanted:g}{self.unit}"

    @property
    def unit(self) -> str:
        """The unit of the measure, when it is a share."""
        return " %" if self.measure in MEASURES and MEASURES[self.measure].unit == "%" else ""

    def holds(self, found: float) -> bool:
        """Whether what was found is what must be found."""
        return OPERATORS[self.operator](found, self.wanted)


def expectations(written: Mapping[str, Any]) -> list[Expectation]:
    """All of a scenario, those with a time first, in its order. Raises ValueError for an operator nobody knows."""
    return [
        *(_read(row, Finding.Kind.EXPECT) for row in written.get("expect", [])),
        *(_read(row, Finding.Kind.ALWAYS) for row in written.get("always", [])),
    ]


def _read(row: Mapping[str, Any], kind: Finding.Kind) -> Expectation:
    operator = row["check"]["op"]
    if operator not in OPERATORS:
        raise ValueError(f"{row['name']}: {operator} is none of {', '.join(OPERATORS)}")
    at = datetime.fromisoformat(row["at"]).replace(tzinfo=SHANGHAI) if "at" in row else None
    return Expectation(
        kind=kind,
        name=row["name"],
        zh=row.get("zh", ""),
        at=at,
        measure=row.get("measure", ""),
        query=row.get("query", ""),
        operator=operator,
        wanted=row["check"]["value"],
    )
