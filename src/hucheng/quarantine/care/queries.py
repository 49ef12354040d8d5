"""Requests as the people who answer them see them."""

from django.db.models import F

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.care.models import CareRequest

SHOWN = 200


def requests_seen_by(actor: Actor) -> list[CareRequest]:
    """200 requests with the person, open ones first, earliest due on top, then the latest settled."""
    rows = CareRequest.objects.seen_by(actor).select_related("arrival__person")
    return list(rows.order_by(F("settled_at").desc(nulls_first=True), "due_at", "pk")[:SHOWN])


def open_requests(actor: Actor) -> list[CareRequest]:
    """Everything that still waits for an answer, earliest due first."""
    return list(CareRequest.objects.seen_by(actor).filter(settled_at=None).order_by("due_at", "asked_at", "pk"))
