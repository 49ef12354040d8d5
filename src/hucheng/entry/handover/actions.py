"""Sending people into other hands, and answering."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.entry.flights.actions import change_hands, held
from hucheng.entry.flights.left import refuse_those_who_left
from hucheng.entry.flights.models import OUTSIDE, Arrival, Whereabouts
from hucheng.entry.handover.models import Handover, HandoverLine

SENDERS = {Role.ENTRY, Role.MEDICAL, Role.QUARANTINE, Role.COUNTY}
RECEIVERS = {Role.COUNTY, Role.RECEIVER, Role.MEDICAL, Role.QUARANTINE, Role.HOUSE}


@action(by=SENDERS)
def send_handover(
    *, actor: Actor, sender: str, receiver: str, what: str, arrival_ids: Collection[UUID], at: datetime
) -> Handover:
    """Offer people to another body. They stay on the sender's count until it accepts (NEW-03).

    Refuses an unknown receiver, an empty list, and a person who is in another open handover. People who travelled on
    or were released may be offered to whoever receives them there.
    """
    known = organisations()
    if receiver not in known or not arrival_ids:
        raise Refusal(
            "no_receiver",
            why=_("The receiver is not known, or nobody is on the list."),
            do=_("Choose a body of the city and at least one person."),
        )
    arrivals = held(actor, arrival_ids)
    waiting = HandoverLine.objects.filter(arrival__in=arrivals, handover__answer=Handover.Answer.OPEN)
    if waiting.exists():
        raise Refusal(
            "in_another_handover",
            why=_("Somebody on the list waits in another handover."),
            do=_("Ask its receiver for an answer first."),
        )
    handover = Handover.objects.create(
        place=actor.place,
        sender=sender,
        receiver=receiver,
        receiver_place=known[receiver].place,
        what=what[:80],
        sent_at=at,
        sent_by_id=actor.user_id,
    )
    HandoverLine.objects.bulk_create(HandoverLine(handover=handover, arrival=arrival) for arrival in arrivals)
    return handover


@action(by=RECEIVERS | SENDERS)
def answer_handover(
    *,
    actor: Actor,
    handover_id: UUID,
    accept: bool,
    why: str = "",
    whereabouts: Whereabouts | None = None,
    at: datetime,
) -> Handover:
    """Accept or refuse people. Accepted, they are in the receiver's hands from this minute; refused, they stay.

    Refuses a second answer, a refusal without a reason, an answer by anybody outside the receiver's place, taking over
    somebody who has left meanwhile, and the ways out: there is no third one (INQ-01).
    """
    handover = Handover.objects.select_for_update().filter(pk=handover_id).first()
    if handover is None or not actor.sees_place(handover.receiver_place):
        raise Http404
    if handover.answer != Handover.Answer.OPEN:
        raise Refusal("already_answered", why=_("It was answered before."), do=_("Open it to see by whom."))
    if whereabouts in OUTSIDE:
        raise Refusal(
            "no_third_way_out",
            why=_("People leave only by a pass, a release or a refusal of entry."),
            do=_("Use the gate or the release list."),
        )
    if not accept and not why.strip():
        raise Refusal("reason_missing", why=_("A refusal needs a reason."), do=_("Say what has to change."))
    handover.answer = Handover.Answer.ACCEPTED if accept else Handover.Answer.REFUSED
    handover.answered_at, handover.answered_by_id, handover.why = at, actor.user_id, why[:200]
    handover.save(update_fields=["answer", "answered_at", "answered_by", "why"])
    if accept:
        people = Arrival.objects.select_for_update(of=("self",)).filter(handovers__handover=handover)
        arrivals = list(people.order_by("pk"))
        refuse_those_who_left([a for a in arrivals if whereabouts or a.held_since > handover.sent_at])
        change_hands(arrivals, whereabouts, handover.receiver, at)
    return handover
