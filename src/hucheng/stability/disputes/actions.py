"""Filing a dispute, reaching both sides, settling it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.bulletins.personal import refuse_personal
from hucheng.stability.disputes.models import Dispute

MEDIATORS = {Role.DEPARTMENT, Role.COUNTY}


@dataclass(frozen=True, slots=True)
class DisputeIn:
    """What a dispute is about; the other side in words ("38 workers"), never by name.

    filed_at, contacted_at   when it was received and both sides were reached, of one taken over from paper
    """

    kind: Dispute.Kind
    firm: str
    other_side: str
    cause: str
    people: int = 1
    amount_yuan: int | None = None
    policy: str = ""
    filed_at: datetime | None = None
    contacted_at: datetime | None = None


@action(by=MEDIATORS)
def file_dispute(*, actor: Actor, place: str, given: DisputeIn, at: datetime) -> Dispute:
    """Take a dispute in; if the same parties had one that is settled, the new one is linked to it (NEW-32).

    Refuses parties without words or with a person's number or name, a group without people, and a second dispute of a
    group while the first is open. A place out of sight is not found.
    """
    if not actor.sees_place(place):
        raise Http404
    firm, other_side, cause = (" ".join(text.split()) for text in (given.firm, given.other_side, given.cause))
    if not (firm and other_side and cause) or given.people < 1:
        raise Refusal(
            "dispute_incomplete",
            why=_("The dispute lacks a side, a cause or its people."),
            do=_("Name the firm, the other side in words, and the cause."),
        )
    filed_at = given.filed_at or at
    if filed_at > at or (given.contacted_at and not filed_at <= given.contacted_at <= at):
        raise Refusal(
            "dispute_times",
            why=_("A time of the dispute lies in the future, or its contact before its filing."),
            do=_("Check both times on the paper."),
        )
    refuse_personal(f"{firm} {other_side} {cause} {given.policy}")
    same = Dispute.objects.filter(place=place, kind=given.kind, firm=firm, other_side=other_side)
    if same.filter(settled_at=None).exists():
        raise Refusal(
            "dispute_open",
            why=_("This dispute is open already: one group is one dispute."),
            do=_("Open it and go on there."),
        )
    return Dispute.objects.create(
        place=place,
        kind=given.kind,
        firm=firm,
        other_side=other_side,
        people=given.people,
        amount_yuan=given.amount_yuan,
        cause=cause,
        policy=given.policy.strip(),
        repeats=same.order_by("-settled_at").first(),
        filed_by_id=actor.user_id,
        filed_at=filed_at,
        contacted_at=given.contacted_at,
    )


@action(by=MEDIATORS)
def reach_both_sides(*, actor: Actor, dispute_id: UUID, at: datetime) -> Dispute:
    """Record that the mediator has reached both sides; the first time stands."""
    dispute = _open(actor, dispute_id)
    if dispute.contacted_at is None:
        dispute.contacted_at = at
        dispute.save(update_fields=["contacted_at"])
    return dispute


@action(by=MEDIATORS)
def settle(*, actor: Actor, dispute_id: UUID, how: Dispute.Settled, at: datetime) -> Dispute:
    """Close a dispute with how it ended; it is never opened again. Refuses mediation with nobody reached."""
    dispute = _open(actor, dispute_id)
    if how == Dispute.Settled.MEDIATED and dispute.contacted_at is None:
        raise Refusal(
            "nobody_reached",
            why=_("Nothing can be mediated before both sides were reached."),
            do=_("Record the contact first."),
        )
    dispute.settled, dispute.settled_at = how, at
    dispute.save(update_fields=["settled", "settled_at"])
    return dispute


def _open(actor: Actor, dispute_id: UUID) -> Dispute:
    dispute = Dispute.objects.seen_by(actor).select_for_update().filter(pk=dispute_id).first()
    if dispute is None:
        raise Http404
    if dispute.settled_at:
        raise Refusal(
            "dispute_settled",
            why=_("The dispute is settled and is not opened again."),
            do=_("File the new one: it is linked to this."),
        )
    return dispute
