"""Appealing, and deciding what one did not decide before."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.entry import door as entry
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.lodging.models import Stay

WITHIN = timedelta(hours=48)
"""By when an appeal is decided: the measure quarantine.care.appeals_48h, requirement R-23."""
APPELLANTS = {Role.TRAVELLER, Role.HOUSE, Role.MEDICAL, Role.QUARANTINE, Role.ENTRY}
REVIEWERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.MEDICAL}


@action(by=APPELLANTS)
def appeal(*, actor: Actor, arrival_id: UUID, about: Appeal.About, text: str, at: datetime) -> Appeal:
    """File an appeal, one's own or for somebody in sight; a house files for those who stay in it.

    Its clock starts now and nothing about the person changes meanwhile.

    Refuses an empty one, and a second one about the same thing while the first is open.
    """
    arrival = _appellants(actor).filter(pk=arrival_id).select_related("last_triage").first()
    if arrival is None:
        raise Http404
    if not text.strip():
        raise Refusal("nothing_said", why=_("The appeal says nothing."), do=_("Say in your own words what is wrong."))
    if Appeal.objects.filter(arrival=arrival, about=about, decided_at=None).exists():
        raise Refusal(
            "appeal_open",
            why=_("An appeal about this is open already."),
            do=_("Wait for its answer; the time by which it is owed stands beside it."),
        )
    judged_by = arrival.last_triage.run_by_id if arrival.last_triage else None
    return Appeal.objects.create(
        arrival=arrival,
        place=arrival.place,
        about=about,
        text=text.strip(),
        filed_at=at,
        filed_by_id=actor.user_id,
        due_at=at + WITHIN,
        judged_by_id=judged_by,
    )


@action(by=REVIEWERS)
def decide(*, actor: Actor, appeal_id: UUID, upheld: bool, answer: str, at: datetime) -> Appeal:
    """Decide an appeal with reasons. What follows for the person is done by the acts of the desk and the houses.

    Refuses whoever took the decision that is appealed, an answer without words, and a second decision.
    """
    found = Appeal.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=appeal_id).first()
    if found is None:
        raise Http404
    if found.decided_at:
        raise Refusal(
            "appeal_decided", why=_("This appeal is decided."), do=_("Open it to read the answer and who gave it.")
        )
    if actor.user_id is not None and actor.user_id == found.judged_by_id:
        raise Refusal(
            "own_decision",
            why=_("You took the decision that is appealed."),
            do=_("Hand the appeal to a colleague who did not take part."),
        )
    if not answer.strip():
        raise Refusal(
            "no_reasons", why=_("A decision needs its reasons."), do=_("Say why, in words for the traveller.")
        )
    found.decided_at, found.decided_by_id, found.upheld, found.answer = at, actor.user_id, upheld, answer.strip()
    found.save(update_fields=["decided_at", "decided_by", "upheld", "answer"])
    return found


def _appellants(actor: Actor) -> QuerySet[entry.Arrival]:
    """Those for whom this actor may appeal."""
    if actor.role != Role.HOUSE:
        return entry.Arrival.objects.seen_by(actor)
    inside = Stay.objects.seen_by(actor).filter(ended_at=None)
    return entry.Arrival.objects.filter(pk__in=inside.values("arrival_id"))
