"""Whether tests are on time, results find their person, positives are told."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry import door as entry
from hucheng.quarantine.laboratory.models import ResultRow, Sample
from hucheng.quarantine.laboratory.queries import CALL_WITHIN, HERE, SETTLE_WITHIN, positives_of
from hucheng.quarantine.laboratory.rounds import FIRST_DAY, ROUNDS, midnight
from hucheng.quarantine.lodging.models import Stay

LATELY = timedelta(days=14)
DAY = timedelta(hours=24)


@measure("quarantine.laboratory.on_time")
def on_time(actor: Actor, at: datetime) -> Reading:
    """Samples taken inside their window, of those whose window fell into the last fourteen days and was used or over.

    Whoever left before the window was over owes nothing.
    """
    due = Sample.objects.seen_by(actor).filter(due_until__gt=at - LATELY, taken_at__lte=at)
    firsts = due.values("arrival_id", "round").distinct().count()
    quick = Q(taken_at__gte=F("due_from"), taken_at__lt=F("due_until"))
    good = due.filter(quick).values("arrival_id", "round").distinct().count()
    return Reading.share(good, firsts + _never_taken(actor, at), as_of=at, rows_url=reverse("quarantine:samples"))


def _never_taken(actor: Actor, at: datetime) -> int:
    """Rounds whose window is over and that nobody took, of people still here; one query a round."""
    here = entry.Arrival.objects.seen_by(actor).filter(
        whereabouts__in=(*HERE, entry.Whereabouts.HOUSE),
        flight__landed_at__lte=at - FIRST_DAY,
        flight__landed_at__gt=at - LATELY - FIRST_DAY,
    )
    missed = here.filter(~Exists(Sample.objects.filter(arrival=OuterRef("pk"), round=0))).count()
    today = at.astimezone(SHANGHAI).date()
    for number in ROUNDS[1:]:
        over = midnight(today - timedelta(days=number))
        stays = Stay.objects.seen_by(actor).filter(
            ended_at=None,
            admitted_at__isnull=False,
            arrival__flight__landed_at__lt=over,
            arrival__flight__landed_at__gt=over - LATELY,
        )
        taken = Sample.objects.filter(arrival=OuterRef("arrival"), round=number)
        missed += stays.filter(~Exists(taken)).count()
    return missed


@measure("quarantine.laboratory.unmatched_over_4h")
def unmatched_over_4h(actor: Actor, at: datetime) -> Reading:
    """Results that have waited for a person for four hours."""
    rows = ResultRow.objects.seen_by(actor).filter(received_at__lte=at - SETTLE_WITHIN)
    waiting = rows.filter(Q(state=ResultRow.State.UNMATCHED) | Q(settled_at__gt=at)).count()
    return Reading.count(waiting, as_of=at, rows_url=reverse("quarantine:queue"))


@measure("quarantine.laboratory.positive_called_2h")
def positive_called_2h(actor: Actor, at: datetime) -> Reading:
    """Positives of fourteen days told within two hours, of those told or two hours old; blind while there is none."""
    rows = positives_of(actor).filter(received_at__gt=at - LATELY, received_at__lte=at)
    due = rows.filter(Q(told_at__lte=at) | Q(received_at__lte=at - CALL_WITHIN))
    quick = due.filter(told_at__lte=F("received_at") + CALL_WITHIN).count()
    return Reading.share(quick, due.count(), as_of=at, rows_url=reverse("quarantine:positives"))


@measure("quarantine.laboratory.result_24h")
def result_in_24h(actor: Actor, at: datetime) -> Reading:
    """Samples of fourteen days with a result within 24 hours, of those at least 24 hours old."""
    old = Sample.objects.seen_by(actor).filter(taken_at__lte=at - DAY, taken_at__gt=at - LATELY)
    quick = old.filter(received_at__lte=F("taken_at") + DAY).count()
    return Reading.share(quick, old.count(), as_of=at, rows_url=reverse("quarantine:samples"))
