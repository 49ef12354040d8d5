"""Which daily work is due, and which failed."""

from datetime import datetime

from django.db.models import Q

from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import DAILY, Daily
from hucheng.core.jobs.models import DailyRun


def pieces_due(at: datetime) -> list[Daily]:
    """The daily work that is due and not done today, in the order of its hours; what failed is due at its next try."""
    local = at.astimezone(SHANGHAI)
    today = DailyRun.objects.filter(day=local.date())
    ran = set(today.filter(Q(again_at=None) | Q(again_at__gt=at)).values_list("name", flat=True))
    due = [piece for piece in DAILY.values() if piece.at <= local.time() and piece.name not in ran]
    return sorted(due, key=lambda piece: (piece.at, piece.name))


def failed_today(at: datetime) -> list[DailyRun]:
    """The daily work of the city's day that broke or was refused and is not done since, by name."""
    day = at.astimezone(SHANGHAI).date()
    return list(DailyRun.objects.filter(day=day).exclude(failure="").order_by("name"))
