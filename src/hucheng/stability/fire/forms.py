"""Forms of the weather: an observation, a gap, a start."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.engines.fireweather import STANDARD_START
from hucheng.stability.fire.models import Station
from hucheng.stability.fire.observed import ObservationIn
from hucheng.stability.forms import DayInput


class OfStation(forms.Form):
    """Something about one of the stations in sight, on a day."""

    station = forms.ChoiceField(label=_("Station"))
    day = forms.DateField(label=_("Day"), widget=DayInput())

    def __init__(self, *args: Any, stations: Sequence[Station], by_id: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk) if by_id else one.code, f"{one.code} {one.name}") for one in stations]
        self.fields["station"].choices = choices  # type: ignore[attr-defined]


class WeatherForm(OfStation):
    """What was measured at noon. What is impossible is for the engine to say, not for the form."""

    temp_c = forms.FloatField(label=_("Air temperature, °C"))
    rh_pct = forms.FloatField(label=_("Relative humidity, %"))
    wind_kmh = forms.FloatField(label=_("Wind, km/h"))
    rain_mm = forms.FloatField(label=_("Rain of 24 hours, mm"))

    def observation(self) -> ObservationIn:
        """The observation as the action takes it."""
        told = self.cleaned_data
        numbers = (told[name] for name in ("temp_c", "rh_pct", "wind_kmh", "rain_mm"))
        return ObservationIn(told["station"], told["day"], *numbers)


class GapForm(OfStation):
    """A day that nobody measured."""

    why = forms.CharField(label=_("Why nothing was measured"), max_length=200)


class StartForm(OfStation):
    """The moisture codes after a day; the standard start stands in the fields."""

    ffmc = forms.FloatField(label="FFMC", initial=STANDARD_START.ffmc)
    dmc = forms.FloatField(label="DMC", initial=STANDARD_START.dmc)
    dc = forms.FloatField(label="DC", initial=STANDARD_START.dc)
    why = forms.CharField(label=_("Why these codes hold"), max_length=300)
