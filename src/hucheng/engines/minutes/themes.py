"""Which line of work a directive belongs to: its own words first, in doubt the block that it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from hucheng.engines.minutes.records import Kind, Theme
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import pattern

SPECIFIC = (Theme.CAPITAL_MOAT, Theme.SCHOOLS, Theme.STABILITY, Theme.ECONOMY, Theme.IMPORT_LINE)


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme and the word that decided; `own` is false when the block decided."""

    theme: Theme
    word: str
    own: bool


def own_theme(text: str) -> Themed | None:
    """Give the theme that the words of a text name; the theme with more words wins, capital and schools in doubt."""
    best: Themed | None = None
    most = 0
    for theme in SPECIFIC:
        matched = [match.group() for match in pattern("themes", theme.value).finditer(text)]
        weight = 2 * sum(map(len, matched)) + (5 if theme is Theme.CAPITAL_MOAT and matched else 0)
        if weight > most:
            best, most = Themed(theme, matched[0], own=True), weight
    if best is None and (match := pattern("themes", Theme.GENERAL.value).search(text)):
        best = Themed(Theme.GENERAL, match.group(), own=True)
    return best


def themes(units: Sequence[Unit], kinds: Sequence[Kind]) -> list[Themed]:
    """Give the theme of each unit. A heading hands its theme down to the sentences it opens, the first named theme of
    a sentence to the clauses behind it that name none.
    """
    result: list[Themed] = []
    block = Themed(Theme.GENERAL, "", own=False)
    heading: Themed | None = None
    sentence = paragraph = -1
    for unit, kind in zip(units, kinds, strict=True):
        own = own_theme(unit.text)
        if unit.demand.paragraph != paragraph:
            paragraph, heading, block = unit.demand.paragraph, None, Themed(Theme.GENERAL, "", own=False)
        if unit.demand.sentence != sentence:
            sentence = unit.demand.sentence
            heading = (own or heading) if kind is Kind.HEADING else heading
            block = heading or block
            if not heading and unit.actors and own is None:
                block = Themed(Theme.GENERAL, "", own=False)
        if own is None or (own.theme is Theme.GENERAL and heading):
            result.append(Themed(block.theme, block.word, own=False))
        else:
            result.append(own)
            block = own if own.theme is not Theme.GENERAL or not heading else block
    return result
