"""Which daily work is due."""

from datetime import datetime

from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import DAILY, Daily
from hucheng.core.jobs.models import DailyRun


def pieces_due(at: datetime) -> list[Daily]:
    """The daily work that is due and has not run today, in the order of its hours."""
    local = at.astimezone(SHANGHAI)
    ran = set(DailyRun.objects.filter(day=local.date()).values_list("name", flat=True))
    due = [piece for piece in DAILY.values() if piece.at <= local.time() and piece.name not in ran]
    return sorted(due, key=lambda piece: (piece.at, piece.name))
