"""How many schools have all six pieces, their contingency plans rehearsed."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.schools.plans.queries import missing, pieces_of
from hucheng.schools.reopening.queries import due_schools


@measure("schools.plans.complete")
def plans_complete(actor: Actor, at: datetime) -> Reading:
    """Schools due to open with plan, two rehearsed contingency plans and three staffed task forces."""
    due = list(due_schools(actor).values_list("pk", flat=True))
    complete = sum(not missing(pieces) for pieces in pieces_of(due).values())
    return Reading.share(complete, len(due), as_of=at, rows_url=reverse("schools:matrix"))
