"""One observation as it is sent, and what makes it impossible."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal, spoken
from hucheng.engines.fireweather import STANDARD_START, ImpossibleObservation, Weather, fwi_step

NOON = time(12)


@dataclass(frozen=True, slots=True)
class ObservationIn:
    """What a station measured at noon of a day; rain of the 24 hours before."""

    station_code: str
    day: date
    temp_c: float
    rh_pct: float
    wind_kmh: float
    rain_mm: float

    @property
    def values(self) -> tuple[float, float, float, float]:
        """Temperature, humidity, wind, rain."""
        return self.temp_c, self.rh_pct, self.wind_kmh, self.rain_mm


def refuse_impossible(one: ObservationIn, at: datetime) -> None:
    """Refuse what no thermometer gives (the engine says which field and why), and a day whose noon has not come."""
    refuse_day_to_come(one.day, at)
    try:
        fwi_step(STANDARD_START, Weather(one.day.month, *one.values))
    except ImpossibleObservation as wrong:
        raise Refusal("impossible_observation", why=spoken(wrong.why), do=spoken(wrong.do)) from wrong


def refuse_day_to_come(day: date, at: datetime) -> None:
    """Refuse a day before its noon in the city."""
    if datetime.combine(day, NOON, SHANGHAI) > at:
        raise Refusal(
            "day_to_come", why=_("The noon of that day has not come yet."), do=_("Check the date, or report later.")
        )
