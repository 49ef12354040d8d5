"""Observations and the grade that follows: what goes in, what is refused, and that a gap is never filled."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.engines.fireweather import STANDARD_START, Moisture, Weather, fwi_codes, grade_of_fwi
from hucheng.stability.fire.actions import name_gap, open_station, report_weather, start_series
from hucheng.stability.fire.danger import Danger, dangers, in_force
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, Station
from hucheng.stability.fire.queries import counties, county, season
from hucheng.stability.testing import GREEN, RED, TODAY, a_season, a_station, clerk, department, refused, seen

pytestmark = pytest.mark.django_db
NOON = after(240)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def city():
    a_city()


def report(*sent, actor=None, at=NOON):
    return report_weather(actor=actor or clerk(), observations=list(sent), at=at)


def test_an_observation_goes_in_with_its_audit_line():
    a_station()
    assert report(seen()).new == 1
    row = Observation.objects.get()
    assert row.values == RED and row.version == 1 and row.reported_by_id == clerk().user_id
    line = AuditLine.objects.get(act="stability.fire.report_weather")
    assert line.place == COUNTY and not line.refused


def test_the_same_observation_adds_nothing_and_another_is_a_new_version():
    a_season()
    report(seen())
    assert report(seen()).known == 1
    assert report(seen(values=GREEN)).corrected == 1
    assert list(Observation.objects.filter(day=TODAY).values_list("version", "rh_pct")) == [(1, RED[1]), (2, GREEN[1])]
    assert county(clerk(), COUNTY, NOON).now.observation.version == 2


@pytest.mark.parametrize(
    "values",
    [(20, 137, 10, 0), (20, -1, 10, 0), (99, 30, 10, 0), (-71, 30, 10, 0), (20, 30, -5, 0), (20, 30, 10, -0.1),
     (float("nan"), 30, 10, 0), (20, float("inf"), 10, 0)],
)  # fmt: skip
def test_what_no_thermometer_gives_is_refused_and_nothing_of_the_list_goes_in(values):
    a_station()
    refused(
        "impossible_observation", report_weather, actor=clerk(),
        observations=[seen(day=YESTERDAY), seen(values=values)], at=NOON,
    )  # fmt: skip
    assert not Observation.objects.exists()
    assert AuditLine.objects.get(act="stability.fire.report_weather").refused == "impossible_observation"


@pytest.mark.parametrize(("minutes", "code"), [(239, "day_to_come"), (240, None)])
def test_a_day_is_reported_from_its_noon_on(minutes, code):
    a_station()
    if code:
        refused(code, report_weather, actor=clerk(), observations=[seen()], at=after(minutes))
    else:
        assert report(seen(), at=after(minutes)).new == 1


def test_a_clerk_of_another_county_finds_no_station():
    station = a_station()
    with pytest.raises(Http404):
        report(seen(), actor=clerk(OTHER_COUNTY))
    with pytest.raises(Http404):
        name_gap(actor=clerk(OTHER_COUNTY), station_code=station.code, day=YESTERDAY, why="x", at=NOON)
    with pytest.raises(Http404):
        county(clerk(OTHER_COUNTY), COUNTY, NOON)
    assert season(clerk(OTHER_COUNTY), NOON) == []


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.SCHOOL, Role.TRAVELLER])
def test_only_counties_and_the_department_report(role):
    a_station()
    refused("role_may_not", report_weather, actor=an_actor(role, unit="x"), observations=[seen()], at=NOON)


def test_only_the_department_opens_a_station_and_a_code_is_taken_once():
    station = a_station()
    again = {"code": station.code, "place": COUNTY, "name_zh": "一", "name_en": "one", "at": NOON}
    refused("station_known", open_station, actor=department(), **again)
    refused("role_may_not", open_station, actor=clerk(), **again)
    with pytest.raises(Http404):
        open_station(actor=Actor(department().user_id, OTHER_COUNTY, Role.DEPARTMENT), **(again | {"code": "N"}))


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day_to_come"),
        ({"why": " "}, "start_without_reason"),
        ({"day": date(2020, 3, 17)}, "series_started"),
        ({"codes": Moisture(102, 6, 15)}, "codes_impossible"),
        ({"codes": Moisture(85, -1, 15)}, "codes_impossible"),
    ],
)
def test_a_series_starts_from_possible_codes_with_a_reason(given_, code):
    station = a_station()
    usual = {"station_id": station.pk, "day": YESTERDAY, "why": "snow gone", "at": NOON}
    refused(code, start_series, actor=department(), **(usual | given_))


def test_the_grade_is_the_engines_over_the_whole_series():
    a_season(days=5)
    report(seen(values=GREEN))
    (one,) = season(clerk(), NOON)
    columns = list(zip(*[RED] * 5, GREEN, strict=False))
    table = [[value] * 5 + [green] for value, green in zip(RED, GREEN, strict=True)]
    codes = fwi_codes(Weather([3] * 6, *table), start=STANDARD_START)
    assert columns and [round(day.indices.fwi, 9) for day in one.days] == [round(float(x), 9) for x in codes.fwi]
    assert [day.grade for day in one.days] == [grade_of_fwi(float(x)) for x in codes.fwi]


def test_a_day_without_an_observation_leaves_the_grade_blind_until_a_restart():
    station = a_season(days=4)
    late = TODAY + timedelta(days=2)
    report(seen(day=late), at=after(240, days=2))
    (one,) = season(clerk(), after(240, days=2))
    assert one.days[-1].observation and one.days[-1].grade is None and one.days[-1].missing == TODAY
    start_series(
        actor=department(), station_id=station.pk, day=late - timedelta(days=1), why="estimated", at=after(250, days=2)
    )
    (one,) = season(clerk(), after(300, days=2))
    assert one.days[-1].grade and one.days[-2].grade is None


def test_a_late_observation_closes_the_gap():
    a_season(days=4)
    report(seen(day=TODAY + timedelta(days=1)), at=after(240, days=1))
    assert season(clerk(), after(241, days=1))[0].days[-1].missing == TODAY
    report(seen(), at=after(242, days=1))
    assert all(day.grade for day in season(clerk(), after(243, days=1))[0].days)


def test_a_gap_is_named_with_its_reason():
    a_season()
    gap = name_gap(actor=clerk(), station_code="C-XD", day=TODAY, why="thermometer broken", at=NOON)
    assert name_gap(actor=clerk(), station_code="C-XD", day=TODAY, why="again", at=NOON).pk == gap.pk
    now = county(clerk(), COUNTY, after(0, days=1)).now
    assert now.grade is None and now.gap == gap and now.missing == TODAY
    refused("gap_without_reason", name_gap, actor=clerk(), station_code="C-XD", day=TODAY, why="", at=NOON)
    refused("day_observed", name_gap, actor=clerk(), station_code="C-XD", day=YESTERDAY, why="x", at=NOON)


def test_yesterdays_grade_is_in_force_until_todays_noon_is_reported():
    a_season(days=3)
    assert county(clerk(), COUNTY, NOON).now.day == YESTERDAY
    report(seen(values=GREEN), at=after(300))
    assert county(clerk(), COUNTY, after(299)).now.day == YESTERDAY
    now = county(clerk(), COUNTY, after(300)).now
    assert now.day == TODAY and now.grade.number == 1


def test_the_most_dangerous_county_stands_first_and_one_without_a_station_last():
    a_season(values=GREEN)
    a_season(code="C-LF", place=OTHER_COUNTY)
    found = counties(department(), NOON)
    assert len(found) == 10 and found[0].place.code == OTHER_COUNTY and found[1].place.code == COUNTY
    assert all(one.now is None for one in found[2:])


def test_a_station_without_a_start_gives_no_grade():
    a_station(started=None)
    report(seen())
    (one,) = season(clerk(), NOON)
    assert one.days == [] and one.start is None and county(clerk(), COUNTY, NOON).now is None


@pytest.mark.parametrize("field", ["temp_c", "rh_pct", "wind_kmh", "rain_mm"])
def test_the_database_itself_refuses_the_impossible(field):
    station = a_station()
    values = dict(zip(("temp_c", "rh_pct", "wind_kmh", "rain_mm"), RED, strict=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(station=station, day=TODAY, reported_at=NOON, **(values | {field: 5000}))


@pytest.mark.parametrize("model", [Observation, SeriesStart, Gap])
def test_what_was_said_of_a_day_is_never_changed(model):
    a_season()
    name_gap(actor=clerk(), station_code="C-XD", day=TODAY, why="x", at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(day=date(2020, 1, 1))


WEATHER = st.tuples(st.floats(-20, 40, allow_nan=False), st.floats(0, 100), st.floats(0, 100), st.floats(0, 80))


@given(days=st.lists(st.one_of(st.none(), WEATHER), min_size=1, max_size=20))
def test_no_day_after_a_gap_has_a_grade_and_every_day_before_has_one(days):
    start = SeriesStart(station=Station(code="x"), day=date(2020, 3, 1), ffmc=85, dmc=6, dc=15)
    seen_ = {
        start.day + timedelta(days=n): Observation(
            temp_c=one[0], rh_pct=one[1], wind_kmh=one[2], rain_mm=one[3], reported_at=MORNING
        )
        for n, one in enumerate(days, start=1)
        if one
    }
    found = dangers(start, seen_, {}, start.day + timedelta(days=len(days)))
    first = next((n for n, one in enumerate(days) if one is None), len(days))
    assert len(found) == len(days)
    assert all(one.grade and one.indices for one in found[:first])
    assert all(one.grade is None and one.indices is None for one in found[first:])
    assert {one.missing for one in found[first:]} <= {start.day + timedelta(days=first + 1)}


@given(WEATHER, st.floats(0, 40))
def test_more_wind_never_lowers_the_danger(values, more):
    start = SeriesStart(station=Station(code="x"), day=date(2020, 3, 1), ffmc=85, dmc=6, dc=15)
    fwi = []
    for wind in (values[2], values[2] + more):
        row = Observation(temp_c=values[0], rh_pct=values[1], wind_kmh=wind, rain_mm=values[3], reported_at=MORNING)
        fwi.append(dangers(start, {date(2020, 3, 2): row}, {}, date(2020, 3, 2))[0].indices.fwi)
    assert fwi[1] >= fwi[0] * (1 - 1e-9) or fwi[0] < 1


def test_in_force_knows_nothing_of_the_day_before_yesterday():
    old = Danger(TODAY - timedelta(days=2))
    assert in_force([old], NOON, TODAY) is None
