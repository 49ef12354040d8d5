"""Recording checks in batches, as a phone sends them; a batch sent twice counts once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
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
    Refuses an impossible reading, an unknown symptom, a day before moving in or ahead, a second, different check of
    the same slot, and a key that stands for another check: that one would be lost in silence.
    """
    for check in checks:
        _refuse_impossible(check)
    fresh = _not_known(checks)
    stays = _stays(actor, {c.stay_id for c in fresh})
    fresh = _not_known(fresh)
    _refuse_wrong_day(fresh, stays, at)
    _refuse_second(fresh)
    rows = [_row(actor, stays[c.stay_id], c, at) for c in fresh]
    DailyCheck.objects.bulk_create(rows)
    facts = [fact for row, c in zip(rows, fresh, strict=True) if row.abnormal for fact in _facts(row, c, at)]
    if facts:
        entry.record_facts(actor=SYSTEM, facts=facts, at=at)
    return Recorded(len(rows), len(checks) - len(rows), sum(row.abnormal for row in rows))


def _not_known(checks: Sequence[CheckIn]) -> list[CheckIn]:
    """Those that are not here yet, each once. Asked again behind the lock of the stays, where nobody adds any more."""
    rows = DailyCheck.objects.filter(key__in=[c.key for c in checks]).values_list("key", "stay_id", "day", "slot")
    meant = {key: (stay_id, day, slot) for key, stay_id, day, slot in rows}
    fresh: dict[str, CheckIn] = {}
    for check in checks:
        if meant.setdefault(check.key, _slot(check)) != _slot(check) or fresh.get(check.key, check) != check:
            raise Refusal(
                "key_of_another_check",
                why=_("The key of a check was used for another one."),
                do=_("Make a new key for each check; only the very same one is sent again with its key."),
            )
        fresh[check.key] = check
    here = {row[0] for row in rows}
    return [check for key, check in fresh.items() if key not in here]


def _slot(check: CheckIn) -> tuple[UUID, date, str]:
    return check.stay_id, check.day, str(check.slot)


def _refuse_wrong_day(fresh: Sequence[CheckIn], stays: Mapping[UUID, Stay], at: datetime) -> None:
    today = at.astimezone(SHANGHAI).date()
    for check in fresh:
        moved_in = stays[check.stay_id].admitted_at
        if moved_in and not moved_in.astimezone(SHANGHAI).date() <= check.day <= today:
            raise Refusal(
                "not_that_day",
                why=_("On that day the person was not in the house, or it has not come yet."),
                do=_("Check the date; a check belongs to a day from moving in to today."),
            )


def _stays(actor: Actor, stay_ids: set[UUID]) -> dict[UUID, Stay]:
    rows = Stay.objects.seen_by(actor).filter(pk__in=stay_ids, ended_at=None, admitted_at__isnull=False)
    stays = {stay.pk: stay for stay in rows.select_for_update(of=("self",)).order_by("pk")}
    if len(stays) != len(stay_ids):
        raise Http404
    return stays


def _row(actor: Actor, stay: Stay, check: CheckIn, at: datetime) -> DailyCheck:
    reading = round(check.temperature, 1)  # judged as it is stored
    return DailyCheck(
        stay=stay,
        place=stay.place,
        day=check.day,
        slot=check.slot,
        at=at,
        temperature=f"{reading:.1f}",
        symptoms=";".join(sorted(check.symptoms)),
        abnormal=reading >= FEVER or bool(check.symptoms),
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
