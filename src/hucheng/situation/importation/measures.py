"""Whether imports are found inside the line."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.situation.importation.queries import found


@measure("situation.importation.found_inside_line")
def found_inside_line(actor: Actor, at: datetime) -> Reading:
    """Imported cases found at the port, in transfer or in quarantine, of those of which it is said where."""
    cases = found(actor, at)
    return Reading.share(cases.inside, cases.said, as_of=at, rows_url=reverse("situation:importation"))
