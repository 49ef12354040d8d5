"""Whether relief reaches those who are eligible."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.policies.queries import reach


@measure("economy.policies.paid_of_eligible")
def paid_of_eligible(actor: Actor, at: datetime) -> Reading:
    """Firms that received relief, of those eligible, over the policies that run; blind without a report."""
    paid, eligible = reach(actor, at)
    return Reading.share(paid, eligible, as_of=at, rows_url=reverse("economy:policies"))
