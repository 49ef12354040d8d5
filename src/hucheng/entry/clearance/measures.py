"""The numbers the gate answers for."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Risk
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.flights.models import Arrival, Whereabouts

AT_ONCE = timedelta(seconds=1)
IN_A_MINUTE = timedelta(seconds=60)


@measure("entry.clearance.high_risk_with_pass")
def high_risk_with_pass(actor: Actor, at: datetime) -> Reading:
    """The red line: people whose last triage forbids onward travel and who hold an open pass."""
    held = Pass.objects.seen_by(actor).filter(revoked_at=None, expires_at__gt=at, issued_at__lte=at)
    wrong = held.filter(~Q(arrival__outcome=Outcome.ONWARD) | ~Q(arrival__risk=Risk.LOW)).count()
    return Reading.count(wrong, as_of=at, rows_url=reverse("entry:passes"))


@measure("entry.clearance.revoked_1s")
def revoked_at_once(actor: Actor, at: datetime) -> Reading:
    """Passes revoked within a second of the adverse fact."""
    lost = Pass.objects.seen_by(actor).filter(revoked_at__lte=at).exclude(adverse_fact_at=None)
    quick = lost.filter(revoked_at__lte=F("adverse_fact_at") + AT_ONCE).count()
    return Reading.share(quick, lost.count(), as_of=at, rows_url=reverse("entry:passes"))


@measure("entry.clearance.departed_recalled")
def departed_recalled(actor: Actor, at: datetime) -> Reading:
    """Recalls sent within a minute of the fact."""
    sent = Recall.objects.seen_by(actor).filter(sent_at__lte=at)
    quick = sent.filter(sent_at__lte=F("fact_at") + IN_A_MINUTE).count()
    return Reading.share(quick, sent.count(), as_of=at, rows_url=reverse("entry:passes"))


@measure("entry.clearance.retained_share")
def retained_share(actor: Actor, at: datetime) -> Reading:
    """Passengers who stay in the city, of all passengers landed."""
    landed = Arrival.objects.seen_by(actor).filter(flight__landed_at__lte=at).exclude(kind=Arrival.Kind.CREW)
    kept = landed.exclude(whereabouts=Whereabouts.DEPARTED).count()
    return Reading.share(kept, landed.count(), as_of=at, rows_url=reverse("entry:flights"))
