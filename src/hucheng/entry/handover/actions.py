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
from hucheng.entry.handover.receivers import answers_for, answers_in_its_place

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


@action(by=RECEIVERS | SENDERS | {Role.COMMAND_OFFICE})
def answer_handover(
    *,
    actor: Actor,
    handover_id: UUID,
    accept: bool,
    why: str = "",
    on_behalf: str = "",
    whereabouts: Whereabouts | None = None,
    at: datetime,
) -> Handover:
    """Accept or refuse people. Accepted, they are in the receiver's hands from this minute; refused, they stay.

    Only the receiver answers, or the office in its place, which says why (`on_behalf`). Refuses anybody else, a second
    answer, a refusal without a reason, taking over somebody who has left meanwhile, and the ways out: there is no
    third one (INQ-01). A receiver out of sight is not found.
    """
    handover = Handover.objects.select_for_update().filter(pk=handover_id).first()
    if handover is None or not actor.sees_place(handover.receiver_place):
        raise Http404
    instead = _in_its_place(actor, handover, on_behalf)
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
    handover.on_behalf = instead
    handover.save(update_fields=["answer", "answered_at", "answered_by", "why", "on_behalf"])
    if accept:
        people = Arrival.objects.select_for_update(of=("self",)).filter(handovers__handover=handover)
        arrivals = list(people.order_by("pk"))
        refuse_those_who_left([a for a in arrivals if whereabouts or a.held_since > handover.sent_at])
        change_hands(arrivals, whereabouts, handover.receiver, at)
    return handover


def _in_its_place(actor: Actor, handover: Handover, reason: str) -> str:
    """Why the office answers for the receiver; empty where the receiver answers itself."""
    receiver = organisations()[handover.receiver]
    if answers_for(actor, receiver):
        return ""
    if not answers_in_its_place(actor):
        raise Refusal(
            "not_the_receiver",
            why=_("This handover is for %(receiver)s to answer.") % {"receiver": receiver.name},
            do=_("Ask the receiver for its answer; if it cannot give one, the command office answers with a reason."),
        )
    if not reason.strip():
        raise Refusal(
            "on_behalf_missing",
            why=_("You answer for %(receiver)s and have not said why.") % {"receiver": receiver.name},
            do=_("Say why the receiver does not answer itself; the reason is kept with the handover."),
        )
    return reason.strip()[:200]
