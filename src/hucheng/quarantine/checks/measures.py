"""Whether everybody was checked."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.quarantine.checks.queries import due_and_done


@measure("quarantine.checks.done_today")
def done_today(actor: Actor, at: datetime) -> Reading:
    """Checks done, of those due so far today."""
    due, done = due_and_done(actor, at)
    return Reading.share(done, due, as_of=at, rows_url=reverse("quarantine:checks"))
