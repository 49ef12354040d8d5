"""Filling the roster, swapping days, handing over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.duty.models import Shift, ShiftChange, ShiftNote
from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

KEEPERS = {Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class ShiftIn:
    """Who leads on one day."""

    day: date
    leader: str
    deputy: str = ""


@action(by=KEEPERS)
def fill_roster(*, actor: Actor, shifts: Sequence[ShiftIn], at: datetime) -> list[Shift]:
    """Name the leaders of these days; a day that had another leader changes and keeps the row of it.

    Refuses days that are over, a day named twice, and a day without a leader.
    """
    today = at.astimezone(SHANGHAI).date()
    if any(one.day < today for one in shifts):
        raise Refusal("day_over", why=_("A day of the list is over."), do=_("Begin with today."))
    if len({one.day for one in shifts}) < len(shifts):
        raise Refusal("day_twice", why=_("A day stands twice in the list."), do=_("Name one leader a day."))
    if any(not one.leader.strip() for one in shifts):
        raise Refusal("no_leader", why=_("A day has no leader."), do=_("Name one, or leave the day out."))
    return [_fill(actor, one, "", at) for one in shifts]


@action(by=KEEPERS)
def swap(*, actor: Actor, first: date, second: date, why: str, at: datetime) -> list[Shift]:
    """Let two days change their leaders and deputies. Refuses days that are over or empty."""
    today = at.astimezone(SHANGHAI).date()
    rows = Shift.objects.filter(place=actor.place, day__in=(first, second)).select_for_update()
    shifts = {shift.day: shift for shift in rows}
    if len(shifts) < 2 or min(first, second) < today:
        raise Refusal(
            "cannot_swap",
            why=_("Two different days to come, both with a leader, can be swapped."),
            do=_("Fill the empty day first, or choose others."),
        )
    one, other = shifts[first], shifts[second]
    mine, theirs = ShiftIn(first, other.leader, other.deputy), ShiftIn(second, one.leader, one.deputy)
    return [_fill(actor, mine, why, at), _fill(actor, theirs, why, at)]


@action(by={Role.LEADING_GROUP, Role.COMMAND_OFFICE})
def hand_over(*, actor: Actor, day: date, note: str, at: datetime) -> Shift:
    """Leave a note of a day for the next leader; one that was left before is kept with its time.

    Refuses a day to come and a note without words.
    """
    shift = Shift.objects.filter(place=actor.place, day=day).select_for_update().first()
    if shift is None:
        raise Http404
    if day > at.astimezone(SHANGHAI).date():
        raise Refusal("day_to_come", why=_("That day has not come yet."), do=_("Hand over on the day itself."))
    if not note.strip():
        raise Refusal("note_empty", why=_("The note says nothing."), do=_("Say what is open and who holds it."))
    shift.handover, shift.handed_over_at = note.strip(), at
    shift.save(update_fields=["handover", "handed_over_at"])
    ShiftNote.objects.create(shift=shift, at=at, by_id=actor.user_id, words=shift.handover)
    return shift


def _fill(actor: Actor, one: ShiftIn, why: str, at: datetime) -> Shift:
    shift = Shift.objects.filter(place=actor.place, day=one.day).first()
    before = shift.leader if shift else ""
    if shift is None:
        shift = Shift(place=actor.place, day=one.day)
    shift.leader, shift.deputy = one.leader.strip(), one.deputy.strip()
    shift.save()
    if before != shift.leader:
        ShiftChange.objects.create(
            shift=shift, at=at, by_id=actor.user_id, before=before, after=shift.leader, why=why[:200]
        )
    return shift
