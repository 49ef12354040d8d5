"""Tasks that are closed, bodies that must stand."""

from hucheng.command.tasks.models import Body, Task
from hucheng.core.scope.actor import Actor


def closed_lately(actor: Actor) -> list[Task]:
    """The thirty tasks closed last, newest first."""
    rows = Task.objects.seen_by(actor).exclude(closed_at=None).select_related("unit", "directive")
    return list(rows.order_by("-closed_at")[:30])


def bodies_seen_by(actor: Actor) -> list[Body]:
    """Every body that must stand, those that do not yet first."""
    rows = Body.objects.seen_by(actor).select_related("unit__parent")
    return sorted(rows.order_by("unit_id"), key=lambda body: body.set_up_at is not None)
