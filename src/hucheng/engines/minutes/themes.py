"""Which line of work a directive belongs to: its own words first, in doubt the block that it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from hucheng.engines.minutes.records import Kind, Theme
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import pattern

SPECIFIC = (Theme.CAPITAL_MOAT, Theme.SCHOOLS, Theme.STABILITY, Theme.ECONOMY, Theme.IMPORT_LINE)
AHEAD = 5
"""By which words for the capital weigh more, two for each character; words for the border never outweigh them."""


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme and the word that decided; `own` is false when the block decided, `firm` true where no block can."""

    theme: Theme
    word: str
    own: bool
    firm: bool = False


def own_theme(text: str) -> Themed | None:
    """Give the theme that the words of a text name; the theme with more words wins, capital and schools in doubt.

    Whoever is bound for the capital belongs to its moat, by whichever border he came. Words for both fronts (双战双胜)
    or both sides of the defence (外防输入、内防反弹) are general, whatever else is named.
    """
    if match := pattern("themes", "both_fronts").search(text):
        return Themed(Theme.GENERAL, match.group(), own=True, firm=True)
    named = {theme: [one.group() for one in pattern("themes", theme.value).finditer(text)] for theme in SPECIFIC}
    weights = {theme: 2 * sum(map(len, words)) for theme, words in named.items()}
    if named[Theme.CAPITAL_MOAT]:
        weights |= {Theme.CAPITAL_MOAT: weights[Theme.CAPITAL_MOAT] + AHEAD, Theme.IMPORT_LINE: 0}
    best = max(SPECIFIC, key=weights.__getitem__)
    if named[best]:
        return Themed(best, named[best][0], own=True, firm=True)
    match = pattern("themes", Theme.GENERAL.value).search(text)
    return Themed(Theme.GENERAL, match.group(), own=True) if match else None


def themes(units: Sequence[Unit], kinds: Sequence[Kind]) -> list[Themed]:
    """Give the theme of each unit: by its words, by those of its own subject (学校要…), or by the block.

    A heading hands its theme down to the sentences it opens, a named theme to the clauses behind it in the sentence.
    """
    result: list[Themed] = []
    nothing = Themed(Theme.GENERAL, "", own=False)
    block = nothing
    heading: Themed | None = None
    sentence = paragraph = -1
    for unit, kind in zip(units, kinds, strict=True):
        own = own_theme(unit.text) or (own_theme("、".join(unit.actors)) if unit.actors_here else None)
        if unit.demand.paragraph != paragraph:
            paragraph, heading, block = unit.demand.paragraph, None, nothing
        if unit.demand.sentence != sentence:
            sentence = unit.demand.sentence
            heading = (own or heading) if kind is Kind.HEADING else heading
            block = heading or block
            if not heading and unit.actors and own is None:
                block = nothing
        if own is None or (heading and not own.firm):
            result.append(Themed(block.theme, block.word, own=False))
        else:
            result.append(own)
            block = own
    return result
