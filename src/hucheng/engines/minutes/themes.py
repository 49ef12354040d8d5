"""Which line of work a directive belongs to: its own words first, in doubt the block that it stands in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hucheng.engines.minutes.records import Kind, Theme
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import pattern

SPECIFIC = (Theme.CAPITAL_MOAT, Theme.SCHOOLS, Theme.STABILITY, Theme.ECONOMY, Theme.IMPORT_LINE)
AHEAD = 5
"""By which words for the capital weigh more, two for each character; words for the border never outweigh them."""


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme and the word that decided. `own` is false when the block decided, `firm` true where no block can, and
    `weak` where any block of a theme does.
    """

    theme: Theme
    word: str
    own: bool
    firm: bool = False
    weak: bool = False


NOTHING = Themed(Theme.GENERAL, "", own=False)


def own_theme(text: str) -> Themed | None:
    """Give the theme that the words of a text name; the theme with more words wins, capital and schools in doubt.

    Whoever is bound for the capital belongs to its moat, by whichever border he came. Words for both fronts (双战双胜)
    or both sides of the defence (外防输入、内防反弹) are general, whatever else is named.
    """
    return theme_of(text, partial(pattern, "themes"))


def theme_of(text: str, words: Callable[[str], re.Pattern[str]]) -> Themed | None:
    """Give the theme that a text names by the words of one language, as `own_theme` does for Chinese."""
    if match := words("both_fronts").search(text):
        return Themed(Theme.GENERAL, match.group(), own=True, firm=True)
    found = ((theme, [one.group() for one in words(theme.value).finditer(text)]) for theme in SPECIFIC)
    if named := {theme: said for theme, said in found if said}:
        weights = {theme: 2 * sum(map(len, said)) for theme, said in named.items()}
        if Theme.CAPITAL_MOAT in named:
            weights |= {Theme.CAPITAL_MOAT: weights[Theme.CAPITAL_MOAT] + AHEAD, Theme.IMPORT_LINE: 0}
        best = max(named, key=weights.__getitem__)
        return Themed(best, named[best][0], own=True, firm=True)
    if match := words(Theme.GENERAL.value).search(text):
        return Themed(Theme.GENERAL, match.group(), own=True)
    match = words("weak").search(text)
    return Themed(Theme.GENERAL, match.group(), own=True, weak=True) if match else None


@dataclass(slots=True)
class _Place:
    """Where the reading of themes stands: the sentence and 要-block, the heading in force, the theme handed on."""

    paragraph: int = -1
    sentence: int = -1
    block: int = -1
    heading: Themed | None = None
    theme: Themed = NOTHING

    def enter(self, unit: Unit, base: Themed, named: Callable[[str], Themed | None]) -> None:
        """Begin a paragraph anew, with the theme of its section where it has one."""
        if unit.demand.paragraph != self.paragraph:
            section = named(unit.section) if unit.section else None
            self.paragraph = unit.demand.paragraph
            self.heading = replace(section, own=False) if section and not section.weak else None
            self.theme = self.heading or base

    def opens(self, unit: Unit) -> bool:
        """Tell whether the unit is the first of its 要-block, and remember the block."""
        first = (unit.demand.sentence, unit.demand.block) != (self.sentence, self.block)
        self.sentence, self.block = unit.demand.sentence, unit.demand.block
        return first


def themes(
    units: Sequence[Unit],
    kinds: Sequence[Kind],
    base: Theme | None = None,
    named: Callable[[str], Themed | None] = own_theme,
) -> list[Themed]:
    """Give the theme of each unit: by its words, by those of its own subject (学校要…), or by the block.

    A heading hands its theme down to the sentences it opens until one that is all about another theme, a named theme to
    the clauses behind it in the sentence. Words of method (检测, 消毒) go with their block.

    base   the theme of whatever nothing else decides, where the body that met stands for one (a school)
    named  gives the theme that the words of a text name, in its language
    """
    result: list[Themed] = []
    ground = Themed(base, "", own=False) if base else NOTHING
    owns = [_own(unit, named) for unit in units]
    place = _Place()
    for at, (unit, kind, own) in enumerate(zip(units, kinds, owns, strict=True)):
        place.enter(unit, ground, named)
        first = unit.demand.sentence != place.sentence
        if first:
            _begin_sentence(place, kind, own, _firm_of(units, owns, at, same_block=False))
            if not place.heading and unit.actors and own is None:
                place.theme = ground
        opening = place.opens(unit)
        if opening and own is None and not place.heading:  # what it is about is said by what follows, in doubt nothing
            place.theme = next(iter(_firm_of(units, owns, at, same_block=not first)), ground)
        result.append(_decided(own, place, ground, opening))
        if result[-1].own:
            place.theme = result[-1]
    return result


def _own(unit: Unit, named: Callable[[str], Themed | None]) -> Themed | None:
    return named(unit.text) or (named("、".join(unit.actors)) if unit.actors_here else None)


def _begin_sentence(place: _Place, kind: Kind, own: Themed | None, firm: Sequence[Themed]) -> None:
    """Take up a new heading; leave the old one where the sentence names other themes and never its own."""
    if kind is Kind.HEADING:
        place.heading = own or place.heading
    elif place.heading and place.heading.own and firm and place.heading.theme not in [one.theme for one in firm]:
        place.heading, place.theme = None, firm[0]
    place.theme = place.heading or place.theme


def _firm_of(units: Sequence[Unit], owns: Sequence[Themed | None], at: int, *, same_block: bool) -> list[Themed]:
    """Give the firm themes of the sentence, or 要-block, that begins at a unit."""
    first = units[at].demand
    found = []
    for behind in range(at, len(units)):
        demand, own = units[behind].demand, owns[behind]
        if demand.sentence != first.sentence or (same_block and demand.block != first.block):
            break
        if own and own.firm:
            found.append(own)
    return found


def _decided(own: Themed | None, place: _Place, ground: Themed, opening: bool) -> Themed:
    handed = replace(place.theme, own=False)
    if own is None or (place.heading and not own.firm):
        return handed
    if own.firm:
        return own
    if ground.theme is not Theme.GENERAL or (own.weak and not opening):
        return handed
    return own
