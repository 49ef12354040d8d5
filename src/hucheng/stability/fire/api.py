"""Observations and grades for programs."""

from datetime import date, datetime

from ninja import Router, Schema

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.stability.fire.actions import report_weather
from hucheng.stability.fire.observed import ObservationIn
from hucheng.stability.fire.queries import counties
from hucheng.stability.forms import READERS

router = Router(tags=["fire"])


class ObservationSchema(Schema):
    """Weather of a station at noon; rain of the 24 hours before."""

    station: str
    day: date
    temp_c: float
    rh_pct: float
    wind_kmh: float
    rain_mm: float


class TakenOut(Schema):
    """What became of the observations sent."""

    new: int
    corrected: int
    known: int


class DangerOut(Schema):
    """The grade in force in a county; null is blind, and `missing` the first day without an observation."""

    place: str
    name_zh: str
    name_en: str
    day: date | None
    grade: int | None
    fwi: float | None
    missing: date | None
    as_of: datetime


@router.post("/fire/observations", response={200: TakenOut, 409: RefusalOut})
def post_observations(request: Request, given: list[ObservationSchema]) -> TakenOut:
    """Report observations; the same again adds nothing, an impossible one refuses the list."""
    sent = [ObservationIn(one.station, one.day, one.temp_c, one.rh_pct, one.wind_kmh, one.rain_mm) for one in given]
    taken = report_weather(actor=request.actor, observations=sent, at=clock.now())
    return TakenOut(new=taken.new, corrected=taken.corrected, known=taken.known)


@router.get("/fire/danger", response={200: list[DangerOut], 409: RefusalOut})
def get_danger(request: Request) -> list[DangerOut]:
    """The grade in force in every county in sight."""
    check_role(request.actor, READERS)
    now = clock.now()
    return [
        DangerOut(
            place=one.place.code,
            name_zh=one.place.name_zh,
            name_en=one.place.name_en,
            day=one.now.day if one.now else None,
            grade=one.now.grade.number if one.now and one.now.grade else None,
            fwi=one.now.indices.fwi if one.now and one.now.indices else None,
            missing=one.now.missing if one.now else None,
            as_of=now,
        )
        for one in counties(request.actor, now)
    ]
