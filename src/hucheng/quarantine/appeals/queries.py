"""Appeals as those who decide them, and those who filed them, see them."""

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.appeals.models import Appeal

SHOWN = 200


def appeals_seen_by(actor: Actor) -> list[Appeal]:
    """The latest 200 appeals in sight, open ones first, earliest owed on top."""
    rows = Appeal.objects.seen_by(actor).select_related("arrival__person", "arrival__flight", "decided_by")
    latest = rows.order_by("-filed_at")[:SHOWN]
    return sorted(latest, key=lambda row: (row.decided_at is not None, row.due_at))


def open_appeals(actor: Actor) -> list[Appeal]:
    """Every appeal that waits for an answer, earliest owed first."""
    return list(Appeal.objects.seen_by(actor).filter(decided_at=None).order_by("due_at", "pk"))
