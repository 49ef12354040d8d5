"""Danger by county: the grade in force, the season's days, the stations and files."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor
from hucheng.stability.fire.danger import Danger, dangers, in_force
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, Station, WeatherFile


@dataclass(frozen=True, slots=True)
class StationDays:
    """A station with its season: every day since the first start, in order."""

    station: Station
    days: list[Danger] = field(default_factory=list)
    start: SeriesStart | None = None

    def on(self, day: date) -> Danger | None:
        """What is so on a day."""
        return next((danger for danger in self.days if danger.day == day), None)


@dataclass(frozen=True, slots=True)
class CountyDanger:
    """A county with its stations and what is in force now; `now` is None without a station or a series."""

    place: Place
    stations: list[StationDays]
    now: Danger | None

    @property
    def trend(self) -> list[float]:
        """The index of the last fourteen days that have one."""
        days = self.stations[0].days[-14:] if self.stations else []
        return [danger.indices.fwi for danger in days if danger.indices]


def stations_seen_by(actor: Actor) -> list[Station]:
    """The actor's stations."""
    return list(Station.objects.seen_by(actor))


def season(actor: Actor, at: datetime) -> list[StationDays]:
    """Every station's days up to today; four queries, however many days and stations there are."""
    today = at.astimezone(SHANGHAI).date()
    starts = _by_station(SeriesStart.objects.seen_by(actor).filter(day__lt=today, set_at__lte=at).order_by("day"))
    seen = _by_station(Observation.objects.seen_by(actor).filter(reported_at__lte=at).order_by("version"))
    gaps = _by_station(Gap.objects.seen_by(actor).filter(named_at__lte=at))
    return [_days(station, starts, seen, gaps, today) for station in stations_seen_by(actor)]


def counties(actor: Actor, at: datetime, stations: list[StationDays] | None = None) -> list[CountyDanger]:
    """The counties in sight, most dangerous first, blind ones before those without a station."""
    today = at.astimezone(SHANGHAI).date()
    known = defaultdict(list)
    for one in season(actor, at) if stations is None else stations:
        known[one.station.place].append(one)
    places = counties_of(actor.place)
    found = [CountyDanger(place, known[place.code], worst_now(known[place.code], at, today)) for place in places]
    return sorted(found, key=_most_dangerous)


def county(actor: Actor, code: str, at: datetime) -> CountyDanger:
    """One county. A place out of sight is not found."""
    found = next((one for one in counties(actor, at) if one.place.code == code), None)
    if found is None:
        raise Http404
    return found


def worst_now(stations: list[StationDays], at: datetime, today: date) -> Danger | None:
    """What is in force in a county: the highest grade that one of its stations knows, else a blind one."""
    now = [danger for one in stations if (danger := in_force(one.days, at, today))]
    return max(now, key=lambda danger: danger.grade.number if danger.grade else 0, default=None)


def files_seen_by(actor: Actor) -> list[WeatherFile]:
    """The latest ten files."""
    return list(WeatherFile.objects.seen_by(actor)[:10])


def file_seen_by(actor: Actor, file_id: Any) -> WeatherFile:
    """One file. Another county's is not found."""
    found = WeatherFile.objects.seen_by(actor).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def _by_station(rows: Any) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.station_id].append(row)
    return found


def _days(station: Station, starts: Any, seen: Any, gaps: Any, today: date) -> StationDays:
    mine = starts[station.pk]
    if not mine:
        return StationDays(station)
    observations = {row.day: row for row in seen[station.pk]}
    missed = {row.day: row for row in gaps[station.pk]}
    today_seen = today in observations
    days = dangers(mine[0], observations, missed, today, restarts=mine[1:])
    return StationDays(station, days if today_seen or today in missed else days[:-1], mine[-1])


def _most_dangerous(one: CountyDanger) -> tuple[int, int, str]:
    grade = one.now.grade.number if one.now and one.now.grade else 0
    return (-grade, 0 if one.now else 1, one.place.code)
