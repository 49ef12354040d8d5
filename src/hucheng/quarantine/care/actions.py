"""Asking for care and giving it. Nothing is checked before an emergency is called (INQ-34, R-25)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.entry import door as entry
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.lodging.models import Stay

Kind = CareRequest.Kind
CLOCKS = {
    Kind.EMERGENCY: timedelta(0),
    Kind.MEDICAL: timedelta(minutes=30),
    Kind.FOOD: timedelta(hours=2),
    Kind.OTHER: timedelta(hours=24),
}
"""What is owed by when: the measure quarantine.care.requests_in_time."""
ASKERS = {Role.HOUSE, Role.QUARANTINE, Role.MEDICAL, Role.ENTRY, Role.TRAVELLER}


@action(by=ASKERS)
def ask_care(*, actor: Actor, arrival_id: UUID, kind: CareRequest.Kind, text: str, at: datetime) -> CareRequest:
    """Ask for care; its clock starts now. Refuses an empty request."""
    if not text.strip():
        raise Refusal("nothing_asked", why=_("The request is empty."), do=_("Say in a few words what is needed."))
    return _ask(actor, arrival_id, kind, text, at)


@action(by=ASKERS)
def flag_emergency(*, actor: Actor, arrival_id: UUID, text: str = "", at: datetime) -> CareRequest:
    """Call for help: no test, code, form or text is asked for first. The person goes to hospital from this minute.

    Somebody who has left already is helped where they are: the call stands, the line of hands stays as it is.
    """
    asked = _ask(actor, arrival_id, Kind.EMERGENCY, text or "-", at)
    if asked.arrival.whereabouts not in entry.IN_HAND:
        return asked
    hospital = entry.Whereabouts.HOSPITAL
    entry.move(actor=SYSTEM, arrival_ids=[arrival_id], whereabouts=hospital, holder="HOSP-A", at=at)
    return asked


@action(by=ASKERS - {Role.TRAVELLER})
def settle_care(*, actor: Actor, request_id: UUID, answer: str, at: datetime) -> CareRequest:
    """Record what was done. Refuses a second settling and an empty answer."""
    asked = CareRequest.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=request_id).first()
    if asked is None:
        raise Http404
    if asked.settled_at or not answer.strip():
        raise Refusal(
            "not_settled",
            why=_("The request is settled already, or the answer is empty."),
            do=_("Say what was done, or open the settled one."),
        )
    asked.settled_at, asked.settled_by_id, asked.answer = at, actor.user_id, answer
    asked.save(update_fields=["settled_at", "settled_by", "answer"])
    return asked


def _ask(actor: Actor, arrival_id: UUID, kind: CareRequest.Kind, text: str, at: datetime) -> CareRequest:
    stay = Stay.objects.filter(arrival_id=arrival_id, ended_at=None).select_related("room__house").first()
    inside = Stay.objects.seen_by(actor).filter(arrival_id=arrival_id, ended_at=None).exists()
    if not inside and not entry.Arrival.objects.seen_by(actor).filter(pk=arrival_id).exists():
        raise Http404
    return CareRequest.objects.create(
        arrival_id=arrival_id,
        place=stay.place if stay else entry.Arrival.objects.get(pk=arrival_id).place,
        house=stay.room.house.code if stay else "",
        kind=kind,
        text=text,
        asked_at=at,
        due_at=at + CLOCKS[kind],
    )
