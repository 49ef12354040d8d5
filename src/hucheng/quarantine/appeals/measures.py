"""Whether appeals are decided in time, by somebody else."""

from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.quarantine.appeals.models import Appeal


@measure("quarantine.care.appeals_48h")
def appeals_in_time(actor: Actor, at: datetime) -> Reading:
    """Appeals decided within two days, of those decided or due; the database bars whoever decided before."""
    rows = Appeal.objects.seen_by(actor).filter(Q(due_at__lte=at) | Q(decided_at__lte=at))
    quick = rows.filter(decided_at__lte=F("due_at")).count()
    return Reading.share(quick, rows.count(), as_of=at, rows_url=reverse("quarantine:appeals"))
