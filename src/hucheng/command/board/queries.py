"""Both fronts on one screen."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from hucheng.command.directives.queries import PublishedLine, published_by_theme
from hucheng.command.duty.models import Shift
from hucheng.command.duty.queries import leader_today
from hucheng.command.measures.queries import MeasureLine, lines
from hucheng.command.measures.standing import Standing
from hucheng.core.measures import MEASURES
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Theme
from hucheng.entry import door as entry

FRONTS = ("epidemic", "life")


@dataclass(frozen=True, slots=True)
class Front:
    """The twelve measures of one front, worst first, and how many stand how."""

    name: str
    lines: list[MeasureLine]
    counts: dict[Standing, int]


@dataclass(frozen=True, slots=True)
class ThemeLamps:
    """One theme with how many of its directives stand how, worst first."""

    label: str
    counts: list[tuple[Standing, int]]


@dataclass(frozen=True, slots=True)
class Board:
    """The command board: `needy` are the directives that are late or blind, at most eight, worst first."""

    epidemic: Front
    life: Front
    themes: list[ThemeLamps]
    needy: list[PublishedLine]
    leader: Shift | None
    flights: list[entry.Flight]
    worst: MeasureLine | None
    red_lines_held: bool


def board_of(actor: Actor, at: datetime) -> Board:
    """The board as this actor sees it; its number of queries does not depend on how many people are here."""
    epidemic, life = (_front(actor, name, at) for name in FRONTS)
    behind = [line for line in (*epidemic.lines, *life.lines) if line.standing == Standing.BEHIND]
    flights = entry.Flight.objects.seen_by(actor).order_by("-scheduled_landing")[:5]
    red = [line for line in (*epidemic.lines, *life.lines) if line.measure.better == "zero" and line.reading]
    read = {(line.measure.id, actor.place): line.reading for line in (*epidemic.lines, *life.lines)}
    themes = published_by_theme(actor, at, known=read)
    found = [line for _theme, shown in themes for line in shown if line.standing in (Standing.BEHIND, Standing.BLIND)]
    return Board(
        epidemic=epidemic,
        life=life,
        themes=[_lamps(theme, shown) for theme, shown in themes if shown],
        needy=sorted(found, key=lambda line: line.standing or 0)[:8],
        leader=leader_today(actor, at),
        flights=list(flights),
        worst=behind[0] if behind else None,
        red_lines_held=all(line.standing == Standing.MET for line in red),
    )


def _front(actor: Actor, name: str, at: datetime) -> Front:
    rows = lines(actor, [measure.id for measure in MEASURES.values() if measure.front == name], at)
    shown = sorted(rows, key=lambda line: (line.standing == Standing.BLIND, line.standing))
    return Front(name, shown, dict(Counter(line.standing for line in rows)))


def _lamps(theme: Theme, lines: list[PublishedLine]) -> ThemeLamps:
    counts = Counter(line.standing for line in lines if line.standing is not None)
    return ThemeLamps(str(theme.label), sorted(counts.items()))
