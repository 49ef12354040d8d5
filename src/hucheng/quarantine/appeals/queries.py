"""Appeals as those who decide them, and those who filed them, see them."""

from uuid import UUID

from django.db.models import F
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.lodging.models import Stay

SHOWN = 200


def appeals_seen_by(actor: Actor) -> list[Appeal]:
    """200 appeals in sight, open ones first, earliest owed on top, then the latest decided."""
    rows = Appeal.objects.seen_by(actor).select_related("arrival__person", "arrival__flight", "decided_by", "filed_by")
    return list(rows.order_by(F("decided_at").desc(nulls_first=True), "due_at", "pk")[:SHOWN])


def open_appeals(actor: Actor) -> list[Appeal]:
    """Every appeal that waits for an answer, earliest owed first."""
    return list(Appeal.objects.seen_by(actor).filter(decided_at=None).order_by("due_at", "pk"))


def stay_to_appeal_for(actor: Actor, stay_id: UUID) -> Stay:
    """The open stay of somebody for whom this actor may file, with name and room. Raises Http404."""
    rows = Stay.objects.seen_by(actor).filter(pk=stay_id, ended_at=None)
    found = rows.select_related("arrival__person", "room__house").first()
    if found is None:
        raise Http404
    return found
