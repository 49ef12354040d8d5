"""Whether the lists of a run hold families at all: only then may a shared home or phone be two people's."""

from dataclasses import dataclass, field

from hucheng.engines.linkage.model import FEW_FAMILIES

ENOUGH = 200
"""Shared homes and phones from which the absence of families says something."""


@dataclass(slots=True)
class Families:
    """Homes and phones that rows share, and those shared by rows that are plainly of two people.

    Twins are one family in fifty: lists full of pairs that look like twins, and without any brother and sister, hold
    one person written badly. A crowd under one phone counts once.
    """

    shared: set[str] = field(default_factory=set)
    of_two: set[str] = field(default_factory=set)

    def look_at(self, home: str, *, of_two: bool) -> None:
        """Count a home or phone that two rows share, and whether they are plainly of two people."""
        self.shared.add(home)
        if of_two:
            self.of_two.add(home)

    def add(self, others: "Families") -> None:
        """Count what was seen in other pairs of the same lists."""
        self.shared |= others.shared
        self.of_two |= others.of_two

    @property
    def none(self) -> bool:
        """Whether the pairs say that these lists hold no families."""
        return len(self.shared) >= ENOUGH and len(self.of_two) < FEW_FAMILIES * len(self.shared)
