"""Whether contacts are worked out again at once."""

from datetime import datetime, timedelta

from django.db.models import F
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.contacts.models import Recomputation

IN_A_MINUTE = timedelta(seconds=60)


@measure("entry.contacts.recomputed_60s")
def recomputed_in_a_minute(actor: Actor, at: datetime) -> Reading:
    """Recomputations of a flight's contacts done within a minute of the new case."""
    done = Recomputation.objects.seen_by(actor).filter(done_at__lte=at)
    quick = done.filter(done_at__lte=F("fact_at") + IN_A_MINUTE).count()
    return Reading.share(quick, done.count(), as_of=at, rows_url=reverse("entry:flights"))
