"""A season as known at a moment: against the engine day by day, with gaps, restarts, corrections and two stations."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.engines.fireweather import STANDARD_START, Moisture, Weather, fwi_step, grade_of_fwi
from hucheng.stability.fire.actions import name_gap, open_station, report_weather, start_series
from hucheng.stability.fire.danger import Danger, in_force
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, Station
from hucheng.stability.fire.queries import counties, county, season, stations_seen_by
from hucheng.stability.testing import GREEN, RED, TODAY, a_season, a_station, clerk, department, refused, seen

pytestmark = pytest.mark.django_db
NOON = after(240)
YESTERDAY = TODAY - timedelta(days=1)
FIRST = TODAY - timedelta(days=10)
KINDS = {"red": RED, "green": GREEN, "wet": (15.0, 60.0, 10.0, 12.5)}


@pytest.fixture(autouse=True)
def city():
    a_city()


def start(station, day, why="snow gone", at=NOON, **codes):
    moisture = Moisture(**codes) if codes else STANDARD_START
    return start_series(actor=department(), station_id=station.pk, day=day, why=why, at=at, codes=moisture)


def report(*sent, at=NOON, actor=None):
    return report_weather(actor=actor or clerk(), observations=list(sent), at=at)


def gap(day, why="mast down", at=NOON, code="C-XD", actor=None):
    return name_gap(actor=actor or clerk(), station_code=code, day=day, why=why, at=at)


def by_hand(days, restarts):
    """The index of each day after FIRST by the engine alone, None from a missing day to the next start."""
    found, carried = {}, STANDARD_START
    for day, values in days.items():
        if day - timedelta(days=1) in restarts:
            carried = STANDARD_START
        if values is None or carried is None:
            carried = None
            found[day] = None
            continue
        codes = fwi_step(carried, Weather(day.month, *values))
        carried = Moisture(*(float(one) for one in (codes.ffmc, codes.dmc, codes.dc)))
        found[day] = float(codes.fwi)
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(["red", "green", "wet", None]), min_size=1, max_size=9),
    restarts=st.sets(st.integers(1, 8), max_size=2),
)
def test_a_season_is_the_engines_work_broken_by_gaps_and_begun_by_starts(kinds, restarts):
    with transaction.atomic():
        station = a_station(started=FIRST)
        days = {FIRST + timedelta(days=n): KINDS.get(kind) for n, kind in enumerate(kinds, start=1)}
        begun = {FIRST + timedelta(days=n) for n in restarts if n <= len(kinds)}
        for day in begun:
            start(station, day)
        report(*(seen(day=day, values=values) for day, values in days.items() if values))
        (one,) = season(clerk(), NOON)
        shown = {danger.day: danger.indices and danger.indices.fwi for danger in one.days}
        wanted = by_hand(days, begun)
        assert {day: shown[day] for day in wanted} == pytest.approx(wanted)
        for danger in one.days:
            fwi = wanted.get(danger.day)
            assert danger.grade == (None if fwi is None else grade_of_fwi(fwi))
            assert (danger.missing is None) == (danger.grade is not None)
        assert one.start.day == max(begun | {FIRST})
        transaction.set_rollback(True)


def test_what_a_season_showed_at_a_moment_is_shown_of_it_later():
    station = a_season(days=3)
    moments = [after(minute, days=day) for day in range(3) for minute in (0, 239, 240, 241, 250)]

    def shown(at):
        return [
            (d.day, d.grade and d.grade.number, d.gap and d.gap.why, d.missing) for d in season(clerk(), at)[0].days
        ]

    acts = (
        lambda: report(seen(values=GREEN)),
        lambda: report(seen(values=RED), at=after(250)),
        lambda: gap(TODAY + timedelta(days=1), at=after(240, days=1)),
        lambda: start(station, TODAY + timedelta(days=1), at=after(250, days=1)),
        lambda: report(seen(day=TODAY + timedelta(days=2)), at=after(240, days=2)),
    )
    happened = (NOON, after(250), after(240, days=1), after(250, days=1), after(240, days=2))
    before = {}
    for act, when in zip(acts, happened, strict=True):
        before |= {at: shown(at) for at in moments if at < when and at not in before}
        act()
    assert before == {at: shown(at) for at in before} and len(before) == 12


def test_a_correction_of_one_day_moves_every_day_after_it():
    a_season(days=4)
    (before,) = season(clerk(), NOON)
    report(seen(day=TODAY - timedelta(days=4), values=(8.0, 85.0, 5.0, 40.0)))
    (now,) = season(clerk(), NOON)
    assert [day.day for day in now.days] == [day.day for day in before.days]
    assert all(new.indices.fwi < old.indices.fwi for new, old in zip(now.days, before.days, strict=True))
    assert now.days[0].observation.version == 2 and now.days[1].observation.version == 1


def test_a_start_within_the_season_replaces_what_was_carried():
    station = a_season(days=4)
    start(station, TODAY - timedelta(days=3), ffmc=0.0, dmc=0.0, dc=0.0)
    (one,) = season(clerk(), NOON)
    by_day = {danger.day: danger for danger in one.days}
    codes = fwi_step(Moisture(0.0, 0.0, 0.0), Weather(3, *RED))
    assert by_day[TODAY - timedelta(days=2)].indices.fwi == pytest.approx(float(codes.fwi))
    assert one.start.why == "snow gone"


def test_today_is_no_day_of_the_season_until_something_is_said_of_it():
    a_season(days=2)
    assert season(clerk(), after(900))[0].days[-1].day == YESTERDAY
    gap(TODAY)
    (one,) = season(clerk(), after(900))
    assert one.days[-1].day == TODAY and one.days[-1].gap.why == "mast down" and one.days[-1].missing == TODAY
    assert one.on(TODAY) == one.days[-1] and one.on(TODAY + timedelta(days=1)) is None


@pytest.mark.parametrize("named", [True, False])
def test_yesterdays_grade_holds_only_while_today_may_still_be_reported(named):
    a_season(days=2)
    if named:
        gap(TODAY)
    assert county(clerk(), COUNTY, after(300)).now.day == YESTERDAY
    tomorrow = county(clerk(), COUNTY, after(0, days=1)).now
    assert tomorrow.grade is None and tomorrow.missing == TODAY and (tomorrow.gap is not None) == named


def test_a_day_reported_later_was_not_in_force_before():
    reported = Danger(TODAY, Observation(reported_at=after(300)), grade=grade_of_fwi(1.0))
    old = Danger(YESTERDAY, Observation(reported_at=after(-900)), grade=grade_of_fwi(50.0))
    assert in_force([old, reported], after(299), TODAY) == old
    assert in_force([old, reported], after(300), TODAY) == reported
    assert in_force([reported], after(299), TODAY) is None and in_force([], NOON, TODAY) is None


def test_the_worst_station_speaks_for_its_county_and_a_blind_one_only_alone():
    a_season(values=GREEN)
    assert county(clerk(), COUNTY, NOON).now.grade.number == 1
    a_season(code="C-XD2")
    assert county(clerk(), COUNTY, NOON).now.high
    a_station("C-XD3", started=TODAY - timedelta(days=5))
    found = county(clerk(), COUNTY, NOON)
    assert found.now.high and [one.station.code for one in found.stations] == ["C-XD", "C-XD2", "C-XD3"]


def test_the_line_of_a_county_is_the_last_fortnight_that_has_an_index():
    a_station(started=TODAY - timedelta(days=20))
    days = [TODAY - timedelta(days=n) for n in range(20, 0, -1)]
    report(*(seen(day=day, values=RED) for day in days[1:]))
    found = county(clerk(), COUNTY, NOON)
    assert len(found.trend) == 14 and found.trend == sorted(found.trend)
    assert county(department(), OTHER_COUNTY, NOON).trend == []


def test_counties_stand_by_danger_then_blind_then_without_a_station():
    a_season(values=GREEN, code="C-JY", place="140110")
    a_season(code="C-LF", place=OTHER_COUNTY)
    a_station("C-QX", "140121", started=TODAY - timedelta(days=4))
    found = [one.place.code for one in counties(department(), NOON)]
    assert found[:3] == [OTHER_COUNTY, "140110", "140121"] and found[3:] == sorted(found[3:])


def test_four_queries_give_a_season_however_long_and_wide(django_assert_num_queries):
    a_season(days=2)
    actor = department()
    with django_assert_num_queries(4):
        season(actor, NOON)
    for n in range(3):
        a_season(days=12, code=f"C-{n}", place=OTHER_COUNTY)
    with django_assert_num_queries(4):
        assert len(season(actor, NOON)) == 4


@pytest.mark.parametrize(
    ("codes", "goes_in"),
    [
        ((0, 0, 0), True), ((101, 0, 0), True), ((101.1, 6, 15), False), ((-0.1, 6, 15), False),
        ((85, -0.1, 15), False), ((85, 6, -0.1), False), ((float("nan"), 6, 15), False),
        ((85, float("nan"), 15), False),
    ],
)  # fmt: skip
def test_codes_lie_within_what_the_index_can_be(codes, goes_in):
    station = a_station(started=None)
    told = dict(zip(("ffmc", "dmc", "dc"), codes, strict=True))
    if goes_in:
        made = start(station, YESTERDAY, **told)
        assert (made.ffmc, made.dmc, made.dc) == codes and made.set_by_id == department().user_id
    else:
        refused("codes_impossible", start, station=station, day=YESTERDAY, **told)
        assert not SeriesStart.objects.exists()


def test_without_codes_the_standard_start_is_set_and_the_reason_kept_to_its_room():
    made = start(a_station(started=None), YESTERDAY, why=" w" + "w" * 400)
    assert (made.ffmc, made.dmc, made.dc) == (85, 6, 15) and made.why == "w" * 300


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.SYSTEM}))
def test_only_the_department_opens_stations_and_starts_series(role):
    station, actor = a_station(started=None), an_actor(role, unit="x")
    given = {"station_id": station.pk, "day": YESTERDAY, "why": "x", "at": NOON}
    refused("role_may_not", start_series, actor=actor, **given)
    opened = {"code": "N", "place": COUNTY, "name_zh": "一", "name_en": "one", "at": NOON}
    refused("role_may_not", open_station, actor=actor, **opened)
    assert Station.objects.count() == 1 and not SeriesStart.objects.exists()


def test_a_station_out_of_sight_or_unknown_is_not_found():
    a_station()
    for act in (
        lambda: start_series(actor=department(), station_id=uuid4(), day=YESTERDAY, why="x", at=NOON),
        lambda: report(seen("C-NONE")),
        lambda: report(seen(), actor=clerk(OTHER_COUNTY)),
        lambda: gap(YESTERDAY, code="C-NONE"),
        lambda: county(department(), CITY, NOON),
        lambda: county(department(), "nonsense", NOON),
    ):
        with pytest.raises(Http404):
            act()
    assert stations_seen_by(clerk(OTHER_COUNTY)) == [] and len(stations_seen_by(department())) == 1


@pytest.mark.parametrize(
    ("day", "at", "code"), [(0, after(239), "day_to_come"), (0, NOON, ""), (1, NOON, "day_to_come"), (-9, NOON, "")]
)
def test_a_gap_is_named_from_its_noon_on(day, at, code):
    a_station()
    if code:
        refused(code, gap, day=TODAY + timedelta(days=day), at=at)
        assert not Gap.objects.exists()
    else:
        assert gap(TODAY + timedelta(days=day), why=" w" + "w" * 300, at=at).why == "w" * 200


def test_an_observation_after_a_named_gap_closes_it():
    a_season()
    gap(TODAY)
    assert report(seen()).new == 1
    (one,) = season(clerk(), NOON)
    assert one.days[-1].grade and one.days[-1].missing is None


def test_a_list_of_stations_is_taken_whole_with_what_became_of_each():
    a_season()
    a_season(code="C-XD2", values=GREEN)
    before = Observation.objects.count()
    taken = report(seen(), seen("C-XD2"), seen(), seen(day=YESTERDAY, values=RED), replace(seen(), rain_mm=1.0))
    assert (taken.new, taken.corrected, taken.known) == (2, 1, 2)
    assert Observation.objects.count() == before + 3
    assert list(Observation.objects.filter(station__code="C-XD", day=TODAY).values_list("version", "rain_mm")) == [
        (1, 0.0), (2, 1.0),
    ]  # fmt: skip
    line = AuditLine.objects.filter(act="stability.fire.report_weather").latest("at")
    assert (line.place, line.detail["observations"]) == (COUNTY, 5)


def test_a_value_that_comes_back_is_a_version_of_its_own():
    a_season()
    for values in (RED, GREEN, RED):
        report(seen(values=values))
    assert list(Observation.objects.filter(day=TODAY).values_list("version", flat=True)) == [1, 2, 3]
    assert county(clerk(), COUNTY, NOON).now.observation.values == RED


def test_the_database_keeps_one_version_one_start_and_one_gap_a_day():
    station = a_season()
    gap(TODAY)
    values = dict(zip(("temp_c", "rh_pct", "wind_kmh", "rain_mm"), RED, strict=True))
    for model, row in (
        (Observation, {"day": YESTERDAY, "reported_at": NOON, **values}),
        (SeriesStart, {"day": station.starts.get().day, "ffmc": 1, "dmc": 1, "dc": 1, "why": "x", "set_at": NOON}),
        (SeriesStart, {"day": date(2020, 1, 1), "ffmc": 102, "dmc": 1, "dc": 1, "why": "x", "set_at": NOON}),
        (SeriesStart, {"day": date(2020, 1, 1), "ffmc": 1, "dmc": 1, "dc": 1, "why": "", "set_at": NOON}),
        (Gap, {"day": TODAY, "why": "x", "named_at": MORNING}),
        (Gap, {"day": date(2020, 1, 1), "why": "", "named_at": MORNING}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(station=station, **row)
