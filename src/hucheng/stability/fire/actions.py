"""Opening stations, starting a series, reporting the weather, naming a gap."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.engines.fireweather import STANDARD_START, Moisture
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, Station, WeatherFile
from hucheng.stability.fire.observed import ObservationIn, refuse_day_to_come, refuse_impossible
from hucheng.stability.fire.sheet import SheetProblem, SheetRow, read_sheet

REPORTERS = {Role.COUNTY, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Taken:
    """How many observations were new, corrected an earlier one, or were known already."""

    new: int = 0
    corrected: int = 0
    known: int = 0


@action(by={Role.DEPARTMENT})
def open_station(*, actor: Actor, code: str, place: str, name_zh: str, name_en: str, at: datetime) -> Station:
    """Let a station speak for a county. Refuses a code that is taken; a place out of sight is not found."""
    if not actor.sees_place(place):
        raise Http404
    if Station.objects.filter(code=code).exists():
        raise Refusal("station_known", why=_("A station has this code already."), do=_("Choose another code."))
    return Station.objects.create(code=code, place=place, name_zh=name_zh, name_en=name_en, opened_at=at)


@action(by={Role.DEPARTMENT})
def start_series(
    *, actor: Actor, station_id: UUID, day: date, why: str, at: datetime, codes: Moisture = STANDARD_START
) -> SeriesStart:
    """Set the moisture codes after a day, at the season's begin or after a gap; the standard start where none is known.

    Refuses a day to come, a second start of a day, impossible codes, and a start without a reason.
    """
    station = _station(actor, pk=station_id)
    refuse_day_to_come(day, at)
    if not why.strip():
        raise Refusal("start_without_reason", why=_("The start has no reason."), do=_("Say why these codes hold."))
    if station.starts.filter(day=day).exists():
        raise Refusal(
            "series_started", why=_("The series starts on that day already."), do=_("Choose another day to start from.")
        )
    ffmc, dmc, dc = (float(code) for code in (codes.ffmc, codes.dmc, codes.dc))  # type: ignore[arg-type]
    if not (0 <= ffmc <= 101 and dmc >= 0 and dc >= 0):
        raise Refusal(
            "codes_impossible",
            why=_("The moisture codes are impossible: FFMC lies between 0 and 101, DMC and DC from 0 upward."),
            do=_("Use the standard start (85, 6, 15) when the codes are not known."),
        )
    return SeriesStart.objects.create(
        station=station, day=day, ffmc=ffmc, dmc=dmc, dc=dc, why=why.strip()[:300], set_by_id=actor.user_id, set_at=at
    )


@action(by=REPORTERS)
def report_weather(*, actor: Actor, observations: Sequence[ObservationIn], at: datetime) -> Taken:
    """Take observations of the actor's stations: the same values again add nothing, others make a new version.

    Refuses what no thermometer gives, and a day whose noon has not come; then nothing of the list goes in.
    """
    codes = {one.station_code for one in observations}
    stations = {row.code: row for row in Station.objects.seen_by(actor).filter(code__in=codes).select_for_update()}
    if codes - set(stations):
        raise Http404
    for one in observations:
        refuse_impossible(one, at)
    latest = _latest(stations, observations)
    counts = {"new": 0, "corrected": 0, "known": 0}
    rows = []
    for one in observations:
        before = latest.get((one.station_code, one.day))
        if before and before.values == one.values:
            counts["known"] += 1
            continue
        row = _row(actor, stations[one.station_code], one, before.version + 1 if before else 1, at)
        latest[one.station_code, one.day] = row
        rows.append(row)
        counts["corrected" if before else "new"] += 1
    Observation.objects.bulk_create(rows)
    return Taken(**counts)


@action(by=REPORTERS)
def name_gap(*, actor: Actor, station_code: str, day: date, why: str, at: datetime) -> Gap:
    """Say that a station has no observation of a day, and why: the series is blind from then on, nothing is filled in.

    Refuses a day with an observation, a day to come, and a gap without a reason; a gap named before stays as it is.
    """
    station = _station(actor, code=station_code)
    refuse_day_to_come(day, at)
    if not why.strip():
        raise Refusal("gap_without_reason", why=_("The gap has no reason."), do=_("Say why nothing was measured."))
    if station.observations.filter(day=day).exists():
        raise Refusal("day_observed", why=_("That day has an observation."), do=_("Send a correction instead."))
    gap, _made = Gap.objects.get_or_create(
        station=station, day=day, defaults={"why": why.strip()[:200], "named_by_id": actor.user_id, "named_at": at}
    )
    return gap


@action(by=REPORTERS)
def receive_sheet(*, actor: Actor, name: str, data: bytes, at: datetime) -> WeatherFile:
    """Take a table of observations: what is right goes in, every other line is kept with why and what to do.

    Refuses a file that is no table. The same file again adds nothing.
    """
    rows, problems = read_sheet(data, today=at.astimezone(SHANGHAI).date())
    good = _right_rows(actor, rows, problems, at)
    taken = report_weather(actor=actor, observations=[row.observation for row in good], at=at)
    return WeatherFile.objects.create(
        place=actor.place,
        name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        new=taken.new,
        corrected=taken.corrected,
        known=taken.known,
        problems=[problem.as_dict() for problem in sorted(problems, key=lambda problem: problem.line)],
        sent_by_id=actor.user_id,
        sent_at=at,
    )


def _right_rows(actor: Actor, rows: list[SheetRow], problems: list[SheetProblem], at: datetime) -> list[SheetRow]:
    """Keep the rows that may go in; what is wrong joins the problems. A day twice with two values is nobody's."""
    known = set(Station.objects.seen_by(actor).values_list("code", flat=True))
    said: dict[tuple[str, date], set[tuple[float, ...]]] = {}
    for row in rows:
        said.setdefault((row.observation.station_code, row.observation.day), set()).add(row.observation.values)
    good = []
    for row in rows:
        one = row.observation
        try:
            if one.station_code not in known:
                raise Refusal(
                    "station_unknown",
                    why=_("This is no station of yours."),
                    do=_("Write the code of your own station, as the page of fire danger shows it."),
                )
            if len(said[one.station_code, one.day]) > 1:
                raise Refusal(
                    "day_twice",
                    why=_("The day stands twice in the file, with different values."),
                    do=_("Keep the right line and send the file again."),
                )
            refuse_impossible(one, at)
            good.append(row)
        except Refusal as no:
            problems.append(SheetProblem(row.line, row.raw, no))
    return good


def _latest(stations: dict[str, Station], observations: Sequence[ObservationIn]) -> dict[tuple[str, date], Observation]:
    """The observation in force by station and day."""
    days = {one.day for one in observations}
    rows = Observation.objects.filter(station__in=stations.values(), day__in=days).order_by("version")
    codes = {station.pk: code for code, station in stations.items()}
    return {(codes[row.station_id], row.day): row for row in rows}


def _row(actor: Actor, station: Station, one: ObservationIn, version: int, at: datetime) -> Observation:
    return Observation(
        station=station,
        day=one.day,
        version=version,
        temp_c=one.temp_c,
        rh_pct=one.rh_pct,
        wind_kmh=one.wind_kmh,
        rain_mm=one.rain_mm,
        reported_by_id=actor.user_id,
        reported_at=at,
    )


def _station(actor: Actor, **which: object) -> Station:
    station = Station.objects.seen_by(actor).select_for_update().filter(**which).first()
    if station is None:
        raise Http404
    return station
