"""The text of a daily bulletin, in both languages, from measures as they stand: nothing is typed twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, override

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES, read
from hucheng.core.scope.actor import Actor
from hucheng.engines.words.bilingual import Bilingual
from hucheng.stability.bulletins.models import AnswerVersion
from hucheng.stability.fire.queries import counties

PUBLISHED = (
    "entry.triage.triaged_2h",
    "quarantine.checks.done_today",
    "quarantine.lodging.triage_to_room_4h",
    "schools.readiness.items_in_place",
    "stability.fire.patrol_on_high_days",
    "stability.bulletins.answered_24h",
)
"""The measures that the city tells the public every day; a blind one is said to be without a reading."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A public fact of the day with its source, in both languages."""

    zh: str
    en: str
    source: str


def compose(actor: Actor, facts: Sequence[Fact], at: datetime) -> Bilingual:
    """The bulletin as it stands now: facts, measures, fire danger, what was corrected within a day."""
    with override("zh-hans"):
        zh = _lines(actor, [(fact.zh, fact.source) for fact in facts], at)
    with override("en"):
        en = _lines(actor, [(fact.en, fact.source) for fact in facts], at)
    return Bilingual("\n".join(zh), "\n".join(en))


def _lines(actor: Actor, facts: list[tuple[str, str]], at: datetime) -> list[str]:
    local = at.astimezone(SHANGHAI)
    told = [gettext("Bulletin of %(day)s, as of %(hour)s.") % {"day": f"{local:%Y-%m-%d}", "hour": f"{local:%H:%M}"}]
    told += [gettext("%(fact)s (source: %(source)s)") % {"fact": fact, "source": source} for fact, source in facts]
    told += [_measure(actor, name, at) for name in PUBLISHED]
    told += [_fire(actor, at)]
    return [*told, *_corrections(actor, at)]


def _measure(actor: Actor, name: str, at: datetime) -> str:
    measure, reading = MEASURES[name], read(name, actor, at)
    if reading is None or reading.value is None:
        return gettext("%(name)s: no reading today.") % {"name": measure.name}
    value = f"{reading.value:,.1f}".removesuffix(".0")
    return gettext("%(name)s: %(value)s%(unit)s (target %(target)s).") % {
        "name": measure.name, "value": value, "unit": measure.unit_name, "target": f"{measure.target or 0:g}"
    }  # fmt: skip


def _fire(actor: Actor, at: datetime) -> str:
    high = [one.place.name for one in counties(actor, at) if one.now and one.now.high]
    if not high:
        return gettext("Forest-fire danger: no county at a high grade.")
    return gettext("Forest-fire danger is high in: %(names)s. No open fire.") % {"names": ", ".join(high)}


def _corrections(actor: Actor, at: datetime) -> list[str]:
    """What was said to claims, and what was corrected, since the bulletin of yesterday."""
    rows = AnswerVersion.objects.seen_by(actor).filter(answered_at__gt=at - timedelta(days=1), answered_at__lte=at)
    told = []
    for version in rows.select_related("answer").order_by("answered_at"):
        if version.answer.kind == "claim" or version.number > 1:
            facts = {"matter": version.answer.matter, "text": version.text, "source": version.source}
            told.append(gettext("Set right: %(matter)s Fact: %(text)s (source: %(source)s)") % facts)
    return told
