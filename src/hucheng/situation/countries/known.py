"""Pages and programs that look back: what was known at an earlier time."""

from datetime import datetime

from django.utils.dateparse import parse_datetime

from hucheng.core import clock
from hucheng.core.scope.request import Request


def known_at(request: Request) -> datetime:
    """The time that `?at=` asks for, never later than now; now without one, or for one that is no time."""
    try:
        asked = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        asked = None
    return not_later_than_now(asked)


def not_later_than_now(asked: datetime | None) -> datetime:
    """The time asked for or now, whichever is earlier; a time without an offset is the city's."""
    now = clock.now()
    if asked is None:
        return now
    return min(asked if asked.tzinfo else asked.replace(tzinfo=clock.SHANGHAI), now)
