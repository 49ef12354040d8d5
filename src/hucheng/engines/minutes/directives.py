"""The demands of a laid-out text as directives: judged, with whoever is responsible, by when and by what measure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hucheng.engines.minutes.bodies import Body, body_of, led_and_supported
from hucheng.engines.minutes.demands import demands
from hucheng.engines.minutes.duties import duties_of
from hucheng.engines.minutes.judge import deadline, kinds, measurable, modality
from hucheng.engines.minutes.layout import Layout
from hucheng.engines.minutes.measures import due_day, suggested_measure
from hucheng.engines.minutes.records import Directive, Kind, Modality, Theme
from hucheng.engines.minutes.responsible import assigned
from hucheng.engines.minutes.structure import parents
from hucheng.engines.minutes.themes import Themed, own_theme, themes
from hucheng.engines.minutes.units import Unit, units
from hucheng.engines.minutes.why import explain
from hucheng.engines.words.bilingual import Bilingual

LED_BY = re.compile(r"由(?P<lead>[^,，、由]{2,16}?)(?:牵头|负责|具体负责|统一负责)")


@dataclass(frozen=True, slots=True)
class Judges:
    """What a language tells about its demands; everything else about a directive is put together alike."""

    kinds: Callable[[Sequence[Unit]], list[tuple[Kind, str]]]
    own_theme: Callable[[str], Themed | None]
    measurable: Callable[[Unit], tuple[bool, str]]
    modality: Callable[[Unit], Modality]
    deadline: Callable[[str], str | None]
    due_day: Callable[[str | None, date | None], date | None]
    body_of: Callable[[str], Body | None]
    measure: Callable[[str, bool], Bilingual | None]


CHINESE = Judges(kinds, own_theme, measurable, modality, deadline, due_day, body_of, suggested_measure)


def directives(
    text: str, layout: Layout, *, held: date | None = None, base: Theme | None = None
) -> tuple[Directive, ...]:
    """Find and judge the directives of a laid-out Chinese text.

    held  day of the meeting, from which deadlines are counted
    base  the theme that the body itself stands for, where nothing else decides
    """
    found = assigned(units(demands(layout.sentences, layout.section)), duties_of(text), text)
    found = [_placed(one, layout.section(one.demand.paragraph), text) for one in found]
    return judged(text, found, CHINESE, held=held, base=base)


def _placed(unit: Unit, section: str | None, text: str) -> Unit:
    leads = unit.leads or _led(text[unit.start : unit.end])
    return replace(unit, section=section, leads=leads) if section or leads else unit


def _led(span: str) -> tuple[str, ...]:
    return tuple(match["lead"] for match in LED_BY.finditer(span)) if "由" in span else ()


def judged(
    text: str, found: Sequence[Unit], judges: Judges, *, held: date | None = None, base: Theme | None = None
) -> tuple[Directive, ...]:
    """Make directives of the demands found in a text, as its language judges them; `held` and `base` as above."""
    sorts = judges.kinds(found)
    kinds = [kind for kind, _word in sorts]
    themed = themes(found, kinds, base, judges.own_theme)
    above = parents(kinds, [one.theme for one in themed], [unit.demand.paragraph for unit in found])
    places = enumerate(zip(found, sorts, themed, above, strict=True), start=1)
    return tuple(
        _directive(text, unit, kind, theme, held, judges, (number, parent))
        for number, (unit, kind, theme, parent) in places
    )


def _directive(
    text: str,
    unit: Unit,
    kind: tuple[Kind, str],
    theme: Themed,
    held: date | None,
    judges: Judges,
    place: tuple[int, int | None],
) -> Directive:
    """Make one directive; `place` is its number and that of the heading above it."""
    span = text[unit.start : unit.end]
    measured = judges.measurable(unit)
    when = unit.stated or judges.deadline(span) or judges.deadline(unit.before)
    named = (*unit.actors, *(one for one in unit.leads if one not in unit.actors))
    lead, supports = led_and_supported(named, unit.leads, judges.body_of)
    why = explain(opener=unit.demand.opener, kind=kind, theme=(theme.theme, theme.word, theme.own), measured=measured)
    return Directive(
        id=place[0],
        parent=place[1],
        text_clean=span,
        start=unit.start,
        end=unit.end,
        kind=kind[0],
        theme=theme.theme,
        actors=unit.actors,
        deadline=when,
        measurable=measured[0],
        modality=judges.modality(unit),
        why=why,
        lead=lead,
        supports=supports,
        due=judges.due_day(when, held),
        section=unit.section,
        measure=judges.measure(span, measured[0]),
    )
