"""Whether requests are settled in time."""

from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.quarantine.care.models import CareRequest


@measure("quarantine.care.requests_in_time")
def requests_in_time(actor: Actor, at: datetime) -> Reading:
    """Requests settled within their clock, of those due or settled."""
    rows = CareRequest.objects.seen_by(actor).exclude(kind=CareRequest.Kind.EMERGENCY)
    due = rows.filter(Q(due_at__lte=at) | Q(settled_at__lte=at))
    quick = due.filter(settled_at__lte=F("due_at")).count()
    return Reading.share(quick, due.count(), as_of=at, rows_url=reverse("quarantine:care"))


@measure("quarantine.care.emergency_blocked")
def emergency_blocked(actor: Actor, at: datetime) -> Reading:
    """Emergencies made to wait: there is no condition before the call, so any due later than asked is a defect."""
    calls = CareRequest.objects.seen_by(actor).filter(kind=CareRequest.Kind.EMERGENCY)
    return Reading.count(calls.filter(due_at__gt=F("asked_at")).count(), as_of=at, rows_url=reverse("quarantine:care"))
