"""What a comparison of minutes gives: each demand with its wordings, what moved, and what became of it."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from hucheng.engines.minutes.records import Directive
from hucheng.engines.minutes.tightening import Change
from hucheng.engines.words.bilingual import Bilingual

STALLED = 3
"""Said in so many meetings, the last ones all without being tightened, a demand counts as stalled."""


class Standing(StrEnum):
    """What became of a demand in the latest minutes."""

    NEW = "new"
    TIGHTENED = "tightened"
    REPEATED = "repeated"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Said:
    """A demand as one meeting worded it; `meeting` counts the minutes from 0."""

    meeting: int
    directive: Directive


@dataclass(frozen=True, slots=True)
class Compared:
    """One demand: its last wording, the earlier ones, what moved last, and why it is judged so.

    `unmoved` counts the wordings from the last tightening on.
    """

    standing: Standing
    last: Said
    earlier: tuple[Said, ...]
    changes: tuple[Change, ...]
    likeness: float | None
    unmoved: int
    why: Bilingual

    @property
    def stalled(self) -> bool:
        """Whether the demand is said again and again without movement."""
        return self.standing is Standing.REPEATED and self.unmoved >= STALLED


@dataclass(frozen=True, slots=True)
class Comparison:
    """The latest minutes against the earlier ones: its demands in their order, then those that were dropped."""

    demands: tuple[Compared, ...]
    warnings: tuple[Bilingual, ...] = ()

    def of(self, standing: Standing) -> tuple[Compared, ...]:
        """The demands of one standing."""
        return tuple(one for one in self.demands if one.standing is standing)

    @property
    def stalled(self) -> tuple[Compared, ...]:
        """The demands that are repeated without movement."""
        return tuple(one for one in self.demands if one.stalled)

    def as_dict(self) -> dict[str, object]:
        """Give the comparison ready for JSON."""
        return {
            "demands": [_demand_dict(one) for one in self.demands],
            "warnings": [asdict(one) for one in self.warnings],
        }


def _demand_dict(one: Compared) -> dict[str, object]:
    return {
        "standing": one.standing.value,
        **_said_dict(one.last),
        "likeness": one.likeness,
        "unmoved": one.unmoved,
        "stalled": one.stalled,
        "changes": [asdict(change) for change in one.changes],
        "earlier": [_said_dict(said) for said in one.earlier],
        "why": asdict(one.why),
    }


def _said_dict(said: Said) -> dict[str, object]:
    one = said.directive
    return {
        "meeting": said.meeting,
        "id": one.id,
        "text_clean": one.text_clean,
        "start": one.start,
        "end": one.end,
        "kind": one.kind.value,
        "theme": one.theme.value,
        "actors": list(one.actors),
        "deadline": one.deadline,
    }
