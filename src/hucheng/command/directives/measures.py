"""Whether what was published has an owner, and whether repeating it moved anything."""

from collections import defaultdict
from datetime import datetime

from django.urls import reverse

from hucheng.command.directives.models import Directive
from hucheng.command.measures.models import KeptReading
from hucheng.core.measures import MEASURES, Reading, measure
from hucheng.core.scope.actor import Actor

TIMES = 3
"""A directive repeated at so many meetings in a row while its measure stood still (catalogue)."""


@measure("command.directives.owned")
def owned(actor: Actor, at: datetime) -> Reading:
    """Published actions and outcomes with lead, deadline, and measure or reason."""
    kinds = (Directive.Kind.ACTION, Directive.Kind.OUTCOME)
    rows = Directive.objects.seen_by(actor).filter(state=Directive.State.PUBLISHED, kind__in=kinds)
    published = rows.filter(published_at__lte=at)
    with_owner = published.filter(assigned_at__lte=at).count()
    return Reading.share(with_owner, published.count(), as_of=at, rows_url=reverse("command:directives"))


@measure("command.directives.repeated_without_movement")
def repeated_without_movement(actor: Actor, at: datetime) -> Reading:
    """Lines of work demanded at three meetings or more whose measure did not move between the last three."""
    rows = Directive.objects.seen_by(actor).filter(state=Directive.State.PUBLISHED, published_at__lte=at)
    times: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    for clause, name, when in (
        rows.exclude(clause=None)
        .exclude(measure="")
        .order_by("published_at")
        .values_list("clause", "measure", "published_at")
    ):
        times[int(clause or 0), str(name)].append(when or at)
    still = [key for key, whens in times.items() if len(whens) >= TIMES and not _moved(actor, key[1], whens[-TIMES:])]
    return Reading.count(len(still), as_of=at, rows_url=reverse("command:directives"))


def _moved(actor: Actor, name: str, whens: list[datetime]) -> bool:
    """Whether the kept readings went the better way from the first to the last of these times; unread is not moved."""
    kept = KeptReading.objects.filter(place=actor.place, measure=name).exclude(value=None)
    first = kept.filter(at__lte=whens[0]).order_by("-at").values_list("value", flat=True).first()
    last = kept.filter(at__lte=whens[-1]).order_by("-at").values_list("value", flat=True).first()
    if first is None or last is None:
        return False
    return last > first if MEASURES[name].better == "higher" else last < first
