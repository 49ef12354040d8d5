"""Series for programs: as known now, or at an earlier time."""

from datetime import date, datetime

from django.http import Http404
from ninja import Router, Schema

from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.situation.countries.atlas import countries
from hucheng.situation.countries.known import not_later_than_now
from hucheng.situation.countries.pages import READERS
from hucheng.situation.countries.queries import series_of

router = Router(tags=["situation"])


class PointOut(Schema):
    """One day of a series, counted up from the beginning. `vintage` above 1: the number was published anew."""

    day: date
    confirmed: int
    deaths: int | None
    recovered: int | None
    published_on: date
    vintage: int


@router.get("/situation/series/{country}", response={200: list[PointOut], 409: RefusalOut})
def get_series(request: Request, country: str, known_at: datetime | None = None) -> list[PointOut]:
    """The last sixty days of a country (ISO code of two letters) as known now, or as they were known at `known_at`."""
    check_role(request.actor, READERS)
    at = not_later_than_now(known_at)
    if country not in countries():
        raise Http404
    points = series_of(request.actor, [country], at).get(country, [])
    return [
        PointOut(
            day=point.day,
            confirmed=point.confirmed,
            deaths=point.deaths,
            recovered=point.recovered,
            published_on=point.published_on,
            vintage=point.vintage,
        )
        for point in points
    ]
