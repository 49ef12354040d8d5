"""Judgements on one demand in English: kind, measurable, theme, modality, each with the word that decided."""

from collections.abc import Sequence
from functools import partial

from hucheng.engines.minutes.directives import Judges
from hucheng.engines.minutes.english_actors import body_of
from hucheng.engines.minutes.english_deadlines import deadline, due_day
from hucheng.engines.minutes.judge import verifiable
from hucheng.engines.minutes.measures import suggested_measure
from hucheng.engines.minutes.records import Kind, Modality
from hucheng.engines.minutes.themes import theme_of
from hucheng.engines.minutes.units import Unit
from hucheng.engines.minutes.vocabulary import any_case

HEADING_AT_MOST = 14
"""Words of a sentence that can be a heading."""
ORDER = (
    ("named", True),
    ("principle", False),
    ("forbidden", True),
    ("founded", True),
    ("degree", False),
    ("number", True),
    ("operation", True),
)


def kinds(units: Sequence[Unit]) -> list[tuple[Kind, str]]:
    """Give kind and deciding word of each unit; a heading is told by what follows it."""
    following: list[Unit | None] = [*units[1:], None][: len(units)]
    return [_kind(unit, after) for unit, after in zip(units, following, strict=True)]


def _kind(unit: Unit, after: Unit | None) -> tuple[Kind, str]:
    if is_heading(unit, after):
        return Kind.HEADING, "."
    for kind in (Kind.STANCE, Kind.OUTCOME):
        if match := any_case("english_kinds", kind.value).search(unit.core):
            return kind, match.group()
    return Kind.ACTION, ""


def is_heading(unit: Unit, after: Unit | None) -> bool:
    """A sentence of its own with a modal and no subject but we, which orders without one spell out next."""
    if not (unit.demand.alone and unit.demand.modal and len(unit.text.split()) <= HEADING_AT_MOST) or after is None:
        return False
    follows = after.demand.sentence == unit.demand.sentence + 1 and after.demand.paragraph == unit.demand.paragraph
    return follows and not after.demand.modal and not unit.actors_here and not after.actors_here


def measurable(unit: Unit) -> tuple[bool, str]:
    """Tell whether somebody else could say done or not done, and the word that decided.

    Where no word decides, an action can be verified unless its verb is one of the few that have no end (guide, care).
    """
    for name, verdict in ORDER:
        for text in dict.fromkeys((unit.core, unit.text)):
            if match := any_case("english_measurable", name).search(text):
                return verdict, match.group()
    return verifiable(unit.core, partial(any_case, "english_kinds"), any_case("english_measurable", "vague"))


def modality(unit: Unit) -> Modality:
    """Give how the demand is worded: forbidding before ensuring before strengthening, else simply must."""
    for one in (Modality.FORBID, Modality.ENSURE, Modality.STRENGTHEN):
        if any_case("english_kinds", one.value).search(unit.core):
            return one
    return Modality.MUST


ENGLISH = Judges(
    kinds,
    partial(theme_of, words=partial(any_case, "english_themes")),
    measurable,
    modality,
    deadline,
    due_day,
    body_of,
    partial(suggested_measure, language="english"),
)
