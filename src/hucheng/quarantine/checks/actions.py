"""Recording checks in batches, as a phone sends them; a batch sent twice counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.entry import door as entry
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Stay

FEVER = 37.3
"""Degrees Celsius; rule R05 of the entry table: a reading of exactly 37.3 is fever."""
LOWEST, HIGHEST = 34.0, 43.0
"""Readings outside cannot be those of a living person: a slip of the thermometer or of the hand."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check. key: made on the phone, the same when it is sent again. symptoms: codes of the declaration."""

    stay_id: UUID
    day: date
    slot: DailyCheck.Slot
    temperature: float
    symptoms: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch: new rows, rows that were here before, and how many were abnormal."""

    new: int
    known: int
    abnormal: int


@action(by={Role.HOUSE, Role.QUARANTINE, Role.MEDICAL, Role.TRAVELLER})
def record_checks(*, actor: Actor, checks: Sequence[CheckIn], at: datetime) -> Recorded:
    """Record a batch of checks, all or none.

    After it: every abnormal one stands as facts about the person, who has been judged again in this transaction.
    Refuses an impossible reading, an unknown symptom, and a second, different check of the same slot.
    """
    for check in checks:
        _refuse_impossible(check)
    known = set(DailyCheck.objects.filter(key__in=[c.key for c in checks]).values_list("key", flat=True))
    fresh = list({c.key: c for c in checks if c.key not in known}.values())
    stays = _stays(actor, {c.stay_id for c in fresh})
    _refuse_second(fresh)
    rows = [_row(actor, stays[c.stay_id], c, at) for c in fresh]
    DailyCheck.objects.bulk_create(rows)
    facts = [fact for row, c in zip(rows, fresh, strict=True) if row.abnormal for fact in _facts(row, c, at)]
    if facts:
        entry.record_facts(actor=SYSTEM, facts=facts, at=at)
    return Recorded(len(rows), len(checks) - len(rows), sum(row.abnormal for row in rows))


def _stays(actor: Actor, stay_ids: set[UUID]) -> dict[UUID, Stay]:
    rows = Stay.objects.seen_by(actor).filter(pk__in=stay_ids, ended_at=None, admitted_at__isnull=False)
    stays = rows.in_bulk()
    if len(stays) != len(stay_ids):
        raise Http404
    return stays


def _row(actor: Actor, stay: Stay, check: CheckIn, at: datetime) -> DailyCheck:
    return DailyCheck(
        stay=stay,
        place=stay.place,
        day=check.day,
        slot=check.slot,
        at=at,
        temperature=f"{check.temperature:.1f}",
        symptoms=";".join(sorted(check.symptoms)),
        abnormal=check.temperature >= FEVER or bool(check.symptoms),
        key=check.key,
        by_id=actor.user_id,
    )


def _facts(row: DailyCheck, check: CheckIn, at: datetime) -> list[entry.FactIn]:
    person, source = row.stay.arrival_id, "daily check"
    facts = [entry.FactIn(person, entry.Fact.Kind.TEMPERATURE, row.temperature, at, source)]
    if check.symptoms:
        facts.append(entry.FactIn(person, entry.Fact.Kind.SYMPTOMS, row.symptoms, at, source))
    return facts


def _refuse_impossible(check: CheckIn) -> None:
    if not LOWEST <= check.temperature <= HIGHEST:
        raise Refusal(
            "impossible_temperature",
            why=_("%(value)s °C cannot be the temperature of a living person.") % {"value": check.temperature},
            do=_("Measure again and enter a value between 34 and 43."),
        )
    if set(check.symptoms) - entry.SYMPTOMS.keys():
        raise Refusal("unknown_symptom", why=_("A symptom is not on the list."), do=_("Choose from the list."))


def _refuse_second(fresh: Sequence[CheckIn]) -> None:
    slots = {(c.stay_id, c.day, c.slot) for c in fresh}
    held = DailyCheck.objects.filter(stay_id__in={c.stay_id for c in fresh}, day__in={c.day for c in fresh})
    if len(slots) < len(fresh) or slots & set(held.values_list("stay_id", "day", "slot")):
        raise Refusal(
            "slot_taken",
            why=_("Somebody was checked in this slot already."),
            do=_("Open the list again; record a new finding as a fact with the medical group."),
        )
