"""Whether tasks are done in time and the bodies stand."""

from datetime import datetime

from django.db.models import F
from django.urls import reverse

from hucheng.command.tasks.models import Body, Task
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor


@measure("command.tasks.on_time")
def on_time(actor: Actor, at: datetime) -> Reading:
    """Tasks closed by their deadline, of those that are due."""
    due = Task.objects.seen_by(actor).filter(due__lte=at)
    closed = due.filter(closed_at__lte=F("due")).count()
    return Reading.share(closed, due.count(), as_of=at, rows_url=reverse("command:tasks"))


@measure("command.tasks.bodies_set_up")
def bodies_set_up(actor: Actor, at: datetime) -> Reading:
    """Bodies that stand with charter, head and members, of those required."""
    required = Body.objects.seen_by(actor).filter(required_at__lte=at)
    stand = required.filter(set_up_at__lte=at).count()
    return Reading.share(stand, required.count(), as_of=at, rows_url=reverse("command:bodies"))
