"""Charts: one question each, said in a sentence, drawn by script, readable as a table without it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value for each label, None where there was none; low and high are the interval around it."""

    name: str | Promise
    values: Values
    low: Values | None = None
    high: Values | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """What one chart shows.

    sentence  says what is to be seen, for those who do not see it
    labels    one for each value, as the axis shows them
    target    drawn dashed, with its word
    """

    sentence: str | Promise
    labels: Sequence[str]
    series: Sequence[Series] = field(default_factory=list)
    unit: str = ""
    target: float | None = None
    target_word: str | Promise = ""
    kind: str = "line"

    def __post_init__(self) -> None:
        """Raises ValueError for a series whose values do not stand one to one beside the labels."""
        for series in self.series:
            for values in (series.values, series.low, series.high):
                if values is not None and len(values) != len(self.labels):
                    raise ValueError(f"{series.name}: {len(values)} values for {len(self.labels)} labels")
            if (series.low is None) != (series.high is None):
                raise ValueError(f"{series.name}: an interval has two ends")

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not any(value is not None for series in self.series for value in series.values)

    def drawn(self) -> str:
        """What the script draws, as JSON."""
        lines = [
            {
                "name": str(s.name),
                "values": list(s.values),
                "low": s.low and list(s.low),
                "high": s.high and list(s.high),
            }
            for s in self.series
        ]
        target = {"value": self.target, "word": str(self.target_word)} if self.target is not None else None
        shown = {"labels": list(self.labels), "series": lines, "unit": self.unit, "target": target, "kind": self.kind}
        return json.dumps(shown, ensure_ascii=False, allow_nan=False)

    def rows(self) -> list[tuple[str, list[tuple[float | None, float | None, float | None]]]]:
        """The same as a table: each label with value, low and high of each series."""
        return [
            (label, [(s.values[at], s.low[at] if s.low else None, s.high[at] if s.high else None) for s in self.series])
            for at, label in enumerate(self.labels)
        ]
