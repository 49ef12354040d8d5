"""Whether houses in use have their papers."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.quarantine.requisition.models import Certificate, House


@measure("quarantine.requisition.certified")
def certified(actor: Actor, at: datetime) -> Reading:
    """Houses in use with four papers in date that two people have looked at."""
    today = at.astimezone(SHANGHAI).date()
    good = Q(certificates__valid_until__gte=today, certificates__second_check__isnull=False)
    houses = House.objects.seen_by(actor).filter(state=House.State.ACTIVE)
    kinds = houses.annotate(papers=Count("certificates__kind", filter=good, distinct=True))
    whole = kinds.filter(papers=len(Certificate.Kind)).count()
    return Reading.share(whole, houses.count(), as_of=at, rows_url=reverse("quarantine:houses"))
