"""The score: what was expected, what was found, what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hucheng.core.scope.actor import Actor
from hucheng.exercises.score.expectations import Expectation
from hucheng.exercises.score.models import Finding

State = Finding.State


@dataclass(frozen=True, slots=True)
class Line:
    """One expectation with what was found; without a finding its time is still to come."""

    expectation: Expectation
    finding: Finding | None

    @property
    def state(self) -> str:
        """Held, broken, blind or still to come."""
        return self.finding.state if self.finding else "to_come"


@dataclass(frozen=True, slots=True)
class Score:
    """All expectations, and how many stand how."""

    lines: list[Line]

    def count(self, state: str) -> int:
        """How many stand like this."""
        return sum(1 for line in self.lines if line.state == state)

    @property
    def held(self) -> int:
        """How many held."""
        return self.count(State.HELD)

    @property
    def broken(self) -> int:
        """How many did not hold."""
        return self.count(State.BROKEN)

    @property
    def blind(self) -> int:
        """How many nobody could read."""
        return self.count(State.BLIND)

    @property
    def to_come(self) -> int:
        """How many have their time before them."""
        return self.count("to_come")

    @property
    def counted(self) -> str:
        """How many stand how, in words."""
        return _("%(held)d held, %(broken)d not held, %(blind)d cannot be read yet, %(to_come)d to come") % {
            "held": self.held,
            "broken": self.broken,
            "blind": self.blind,
            "to_come": self.to_come,
        }

    def of(self, kind: str) -> list[Line]:
        """The lines of one kind, in the order of their times."""
        return [line for line in self.lines if line.expectation.kind == kind]

    @property
    def at_a_time(self) -> list[Line]:
        """Those with a time, in its order."""
        timed = [(line.expectation.at, line) for line in self.of(Finding.Kind.EXPECT)]
        return [line for _at, line in sorted(timed, key=lambda pair: str(pair[0]))]

    @property
    def always(self) -> list[Line]:
        """Those that hold at every minute."""
        return self.of(Finding.Kind.ALWAYS)


def score(actor: Actor, every: Sequence[Expectation]) -> Score:
    """What was found of these expectations, in one query."""
    known = {(row.kind, row.name): row for row in Finding.objects.seen_by(actor)}
    return Score([Line(one, known.get((one.kind, one.name))) for one in every])
