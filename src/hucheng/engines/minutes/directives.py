"""The demands of a laid-out text as directives: judged, with whoever is responsible, by when and by what measure."""

import re
from dataclasses import replace
from datetime import date

from hucheng.engines.minutes.bodies import led_and_supported
from hucheng.engines.minutes.demands import demands
from hucheng.engines.minutes.duties import duties_of
from hucheng.engines.minutes.judge import deadline, kinds, measurable, modality
from hucheng.engines.minutes.layout import Layout
from hucheng.engines.minutes.measures import due_day, suggested_measure
from hucheng.engines.minutes.records import Directive, Kind, Theme
from hucheng.engines.minutes.responsible import assigned
from hucheng.engines.minutes.structure import numbered
from hucheng.engines.minutes.themes import Themed, themes
from hucheng.engines.minutes.units import Unit, units
from hucheng.engines.minutes.why import explain

LED_BY = re.compile(r"由(?P<lead>[^,，、由]{2,16}?)(?:牵头|负责|具体负责|统一负责)")


def directives(
    text: str, layout: Layout, *, held: date | None = None, base: Theme | None = None
) -> tuple[Directive, ...]:
    """Find and judge the directives of a laid-out text.

    held  day of the meeting, from which deadlines are counted
    base  the theme that the body itself stands for, where nothing else decides
    """
    found = assigned(units(demands(layout.sentences)), duties_of(text), text)
    found = [replace(one, section=layout.section(one.demand.paragraph)) for one in found]
    judged = kinds(found)
    themed = themes(found, [kind for kind, _word in judged], base)
    made = [_directive(text, unit, kind, theme, held) for unit, kind, theme in zip(found, judged, themed, strict=True)]
    return numbered(made, [unit.demand.paragraph for unit in found])


def _directive(text: str, unit: Unit, kind: tuple[Kind, str], theme: Themed, held: date | None) -> Directive:
    span = text[unit.start : unit.end]
    measured = measurable(unit)
    when = unit.stated or deadline(span) or deadline(unit.before)
    leads = unit.leads or tuple(match["lead"] for match in LED_BY.finditer(span))
    lead, supports = led_and_supported((*unit.actors, *(one for one in leads if one not in unit.actors)), leads)
    why = explain(opener=unit.demand.opener, kind=kind, theme=(theme.theme, theme.word, theme.own), measured=measured)
    return Directive(
        id=0,
        text_clean=span,
        start=unit.start,
        end=unit.end,
        kind=kind[0],
        theme=theme.theme,
        actors=unit.actors,
        deadline=when,
        measurable=measured[0],
        modality=modality(unit),
        why=why,
        lead=lead,
        supports=supports,
        due=due_day(when, held),
        section=unit.section,
        measure=suggested_measure(span, measured[0]),
    )
