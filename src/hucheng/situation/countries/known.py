"""What was known: at which earlier time pages and programs look back, and whose lists they read."""

from datetime import datetime, time

from django.conf import settings
from django.utils.dateparse import parse_datetime

from hucheng.core import clock
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.scope.request import Request
from hucheng.situation.countries.reading import FIRST_DAY

BEGINNING = datetime.combine(FIRST_DAY, time(), clock.SHANGHAI)


def known_at(request: Request) -> datetime:
    """The time that `?at=` asks for, never later than now; now without one, or for one that is no time."""
    try:
        asked = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        asked = None
    return not_later_than_now(asked)


def not_later_than_now(asked: datetime | None) -> datetime:
    """The time asked for or now, whichever is earlier; a time without an offset is the city's.

    Before the first day of the disease nothing was known: an earlier time is taken for its beginning.
    """
    now = clock.now()
    if asked is None:
        return now
    return max(BEGINNING, min(asked if asked.tzinfo else asked.replace(tzinfo=clock.SHANGHAI), now))


def own_place(actor: Actor) -> str:
    """The place whose lists an actor reads; the house itself reads those of its city.

    Lists of a county and of its city tell of the same days in vintages of their own and are never read as one.
    """
    return settings.HUCHENG_CITY if actor.place == SYSTEM.place else actor.place
