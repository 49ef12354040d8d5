"""Handovers that an actor sends or receives."""

from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor
from hucheng.entry.handover.models import Handover
from hucheng.entry.handover.receivers import answers_for, answers_in_its_place


def handovers_of(actor: Actor) -> QuerySet[Handover]:
    """Handovers from or to the actor's place, those that wait first, with how many people each has."""
    first, after = actor.first_place, actor.next_place
    sent = Q(place__gte=first, place__lt=after)
    received = Q(receiver_place__gte=first, receiver_place__lt=after)
    rows = Handover.objects.filter(sent | received).annotate(people=Count("lines"))
    return rows.order_by(F("answered_at").desc(nulls_first=True), "-sent_at", "id")


def handover_of(actor: Actor, handover_id: UUID) -> Handover:
    """One handover with its people. Raises Http404 for one that the actor neither sends nor receives."""
    found = handovers_of(actor).filter(pk=handover_id).first()
    if found is None:
        raise Http404
    return found


def standing_of(actor: Actor, handover: Handover) -> str:
    """How the actor may answer an open handover: as the `receiver`, in its place (`office`), or not at all (``)."""
    if handover.answer != Handover.Answer.OPEN or not actor.sees_place(handover.receiver_place):
        return ""
    if answers_for(actor, organisations()[handover.receiver]):
        return "receiver"
    return "office" if answers_in_its_place(actor) else ""
