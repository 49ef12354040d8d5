"""The watch list for programs."""

from datetime import date, datetime

from ninja import Router, Schema

from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.situation.countries.known import not_later_than_now
from hucheng.situation.countries.pages import READERS
from hucheng.situation.origins.queries import watch_list

router = Router(tags=["situation"])


class WatchOut(Schema):
    """A watched country. Without a series everything behind `last_day` is null; a null incidence is not zero."""

    country: str
    name_zh: str
    name_en: str
    since: date
    reason: str
    airports: list[str]
    last_day: date | None
    fresh: bool
    new_7d: int | None
    new_14d: int | None
    incidence_14d: float | None
    pace: str
    pace_days: float | None


@router.get("/situation/watch-list", response={200: list[WatchOut], 409: RefusalOut})
def get_watch_list(request: Request, known_at: datetime | None = None) -> list[WatchOut]:
    """Every country watched, highest incidence first; as known now, or as it was known at `known_at`."""
    check_role(request.actor, READERS)
    return [
        WatchOut(
            country=line.country.code,
            name_zh=line.country.name_zh,
            name_en=line.country.name_en,
            since=line.watch.since,
            reason=line.watch.reason,
            airports=[airport.code for airport in line.airports],
            last_day=line.last.day if line.last else None,
            fresh=line.fresh,
            new_7d=line.new_week,
            new_14d=line.new_fortnight,
            incidence_14d=line.incidence,
            pace=line.pace.way.name.lower(),
            pace_days=line.pace.days,
        )
        for line in watch_list(request.actor, not_later_than_now(known_at))
    ]
