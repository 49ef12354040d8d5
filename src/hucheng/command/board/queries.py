"""Both fronts on one screen."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from hucheng.command.directives.queries import PublishedLine, published_by_theme
from hucheng.command.duty.models import Shift
from hucheng.command.duty.queries import leader_today, leader_tomorrow
from hucheng.command.measures.queries import MeasureLine, lines
from hucheng.command.measures.standing import Standing
from hucheng.core.measures import MEASURES
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Theme
from hucheng.entry import door as entry
from hucheng.situation import door as situation

FRONTS = ("epidemic", "life")
NEEDY = 8
"""Directives in need of a hand that the board names; the list of tasks has them all."""
FACTS = 3
"""Public facts that fit beside the flights."""


@dataclass(frozen=True, slots=True)
class Front:
    """The twelve measures of one front, worst first, and how many stand how."""

    name: str
    lines: list[MeasureLine]
    counts: list[tuple[Standing, int]]

    @property
    def worst(self) -> MeasureLine | None:
        """The measure furthest behind its target, if any is."""
        return next((line for line in self.lines if line.standing == Standing.BEHIND), None)


@dataclass(frozen=True, slots=True)
class ThemeLamps:
    """One theme: how many of its directives stand how, and the one most in need of a hand."""

    theme: Theme
    counts: dict[Standing, int]
    neediest: PublishedLine | None

    @property
    def total(self) -> int:
        """Directives of the theme that somebody owns."""
        return sum(self.counts.values())

    @property
    def running(self) -> int:
        """Directives that are under way, due soon or not."""
        return self.counts[Standing.RUNNING] + self.counts[Standing.DUE_SOON]

    @property
    def met(self) -> int:
        """Directives whose measure meets its target."""
        return self.counts[Standing.MET]

    @property
    def behind(self) -> int:
        """Directives past their deadline."""
        return self.counts[Standing.BEHIND]

    @property
    def blind(self) -> int:
        """Directives whose measure cannot be read."""
        return self.counts[Standing.BLIND]


@dataclass(frozen=True, slots=True)
class Late:
    """A directive that is behind or blind, and by how long its deadline is past."""

    line: PublishedLine
    over: timedelta | None


@dataclass(frozen=True, slots=True)
class Board:
    """The command board: `needy` are the directives that are behind or blind, behind ones first."""

    epidemic: Front
    life: Front
    themes: list[ThemeLamps]
    needy: list[Late]
    behind: int
    leader: Shift | None
    next_leader: Shift | None
    flights: list[entry.Coming]
    red_lines: list[MeasureLine]
    watch: situation.Summary
    facts: list[situation.PublicFact]

    @property
    def red_lines_held(self) -> bool:
        """Whether no number that must be zero is above it."""
        return all(line.standing != Standing.BEHIND for line in self.red_lines)

    @property
    def red_lines_unread(self) -> int:
        """Numbers that must be zero and that nobody can read now."""
        return sum(line.standing == Standing.BLIND for line in self.red_lines)

    @property
    def expected(self) -> list[entry.Coming]:
        """Flights that have not landed yet."""
        return [one for one in self.flights if one.flight.landed_at is None]

    @property
    def directives(self) -> int:
        """Directives in force that somebody owns."""
        return sum(theme.total for theme in self.themes)


def board_of(actor: Actor, at: datetime) -> Board:
    """The board as this actor sees it; its number of queries does not depend on how many people are here."""
    epidemic, life = (_front(actor, name, at) for name in FRONTS)
    every = (*epidemic.lines, *life.lines)
    themes = published_by_theme(actor, at, known={(line.measure.id, actor.place): line.reading for line in every})
    needy = [line for _theme, shown in themes for line in shown if line.standing in (Standing.BEHIND, Standing.BLIND)]
    return Board(
        epidemic=epidemic,
        life=life,
        themes=[_lamps(theme, shown) for theme, shown in themes if shown],
        needy=[_late(line, at) for line in sorted(needy, key=lambda line: line.standing or 0)[:NEEDY]],
        behind=sum(line.standing == Standing.BEHIND for line in needy),
        leader=leader_today(actor, at),
        next_leader=leader_tomorrow(actor, at),
        flights=entry.coming_flights(actor, at),
        red_lines=[line for line in every if line.measure.better == "zero"],
        watch=situation.summary(situation.watch_list(actor, at)),
        facts=situation.facts(actor, at, most=FACTS),
    )


def _front(actor: Actor, name: str, at: datetime) -> Front:
    rows = lines(actor, [measure.id for measure in MEASURES.values() if measure.front == name], at)
    shown = sorted(rows, key=lambda line: (line.standing == Standing.BLIND, line.standing))
    return Front(name, shown, sorted(Counter(line.standing for line in rows).items(), reverse=True))


def _lamps(theme: Theme, shown: list[PublishedLine]) -> ThemeLamps:
    counts = Counter(line.standing for line in shown if line.standing is not None)
    needy = [line for line in shown if line.standing is not None and line.standing.needs_a_hand]
    worst = min(needy, key=lambda line: line.standing or 0, default=None)
    return ThemeLamps(theme, {standing: counts[standing] for standing in Standing}, worst)


def _late(line: PublishedLine, at: datetime) -> Late:
    due = line.line.task.due if line.line else at
    return Late(line, at - due if at > due else None)
