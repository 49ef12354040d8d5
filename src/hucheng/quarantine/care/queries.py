"""Requests as the people who answer them see them."""

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.care.models import CareRequest


def requests_seen_by(actor: Actor) -> list[CareRequest]:
    """The latest 200 requests with the person, open ones first, earliest due on top."""
    rows = CareRequest.objects.seen_by(actor).select_related("arrival__person")
    latest = list(rows.order_by("-asked_at")[:200])
    return sorted(latest, key=lambda row: (row.settled_at is not None, row.due_at))


def open_requests(actor: Actor) -> list[CareRequest]:
    """Everything that still waits for an answer, earliest due first."""
    return list(CareRequest.objects.seen_by(actor).filter(settled_at=None).order_by("due_at", "asked_at", "pk"))
