"""Readings over time: what is kept, what a trend shows, how a number stands; as of a time, of one place."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hucheng.command.directives.actions import assign
from hucheng.command.measures.actions import take_readings
from hucheng.command.measures.models import KeptReading
from hucheng.command.measures.queries import MeasureLine, lines, sheet_of
from hucheng.command.measures.standing import Standing, judge
from hucheng.command.testing import a_body, a_published_meeting, anybody, listed, refused, signed_in
from hucheng.command.testing import given as terms
from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import MEASURES, read
from hucheng.core.measures.registry import readable
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor

pytestmark = pytest.mark.django_db
SET_UP, UNWRITTEN = "command.tasks.bodies_set_up", "command.duty.days_without_handover"
measures = st.sampled_from(sorted(MEASURES))


def kept(value, *, days=0.0, measure=SET_UP, place=CITY):
    return KeptReading.objects.create(measure=measure, place=place, at=MORNING - timedelta(days=days), value=value)


@given(measures, st.floats(-1e6, 1e6))
def test_a_live_number_is_met_at_its_target_and_behind_beyond(measure, value):
    one = MEASURES[measure]
    wanted = one.target is None or {"higher": value >= (one.target or 0), "none": True}.get(
        one.better, value <= (one.target or 0)
    )
    assert judge(measure, value) == (Standing.MET if wanted else Standing.BEHIND)


def test_each_measure_of_the_catalogue_meets_its_own_target_and_falls_short_beyond():
    judged = [one for one in MEASURES.values() if one.target is not None]
    for one in judged:
        worse = one.target - 1 if one.better == "higher" else one.target + 1
        assert judge(one.id, one.target) == Standing.MET, one.id
        assert (judge(one.id, worse) == Standing.BEHIND) == (one.better != "none"), one.id
    assert len(judged) > 80


def test_every_measure_that_is_read_is_kept_as_it_was_read(city, office):
    a_body(stands=after(5))
    a_body("TF-MED")
    taken = take_readings(actor=office, at=after(30))
    rows = {row.measure: row for row in KeptReading.objects.all()}
    assert taken == len(rows) == len(readable())
    for name, row in rows.items():
        now = read(name, office, after(30))
        assert (row.value, row.numerator, row.denominator) == (now.value, now.numerator, now.denominator), name
        assert (row.at, row.place) == (after(30), CITY)
    assert (rows[SET_UP].value, rows[SET_UP].numerator, rows[SET_UP].denominator) == (50, 1, 2)


def test_what_is_blind_is_kept_as_blind_and_not_as_nought(city, office):
    take_readings(actor=office, at=after(30))
    assert KeptReading.objects.get(measure=SET_UP).value is None


def test_the_same_time_again_keeps_what_was_read_first(city, office):
    take_readings(actor=office, at=after(30))
    a_body(stands=after(20))
    take_readings(actor=office, at=after(30))
    assert KeptReading.objects.get(measure=SET_UP).value is None
    take_readings(actor=office, at=after(31))
    assert list(KeptReading.objects.filter(measure=SET_UP).order_by("at").values_list("value", flat=True)) == [
        None,
        100,
    ]


def test_the_readings_of_a_county_stand_beside_those_of_the_city(city, office):
    take_readings(actor=office, at=after(30))
    take_readings(actor=an_actor(Role.COMMAND_OFFICE, COUNTY), at=after(30))
    assert set(KeptReading.objects.values_list("place", flat=True)) == {CITY, COUNTY}


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "system")])
def test_nobody_else_takes_readings(role):
    refused("role_may_not", take_readings, actor=anybody(role), at=after(30))
    assert not KeptReading.objects.exists()


def test_the_house_itself_takes_readings_and_the_line_says_how_many(city):
    take_readings(actor=SYSTEM, at=after(30))
    line = AuditLine.objects.get(act="command.measures.take_readings")
    assert line.user_id is None and line.refused == ""


@pytest.mark.parametrize("change", [{"value": 1}, {"at": after(1)}, {"measure": "x"}])
def test_the_database_lets_no_reading_change(change):
    kept(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptReading.objects.update(**change)


def test_a_trend_is_what_was_kept_in_fourteen_days_in_the_order_of_time(office):
    for value, days in ((3, 1), (1, 13.99), (None, 5), (9, 14), (8, 15), (2, 6), (7, 0)):
        kept(value, days=days)
    kept(99, measure=UNWRITTEN)
    kept(98, days=2, place=COUNTY)
    (line,) = lines(office, [SET_UP], MORNING)
    assert line.trend == [1, 2, 3, 7]


def test_a_trend_as_of_an_earlier_time_knows_nothing_of_later_ones(office):
    for value, days in ((1, 3), (2, 2), (3, 1)):
        kept(value, days=days)
    (line,) = lines(office, [SET_UP], MORNING - timedelta(days=2))
    assert line.trend == [1, 2]
    sheet = sheet_of(office, SET_UP, MORNING - timedelta(days=2))
    assert [row.value for row in sheet.kept] == [1, 2]


def test_a_nought_is_a_value_of_the_trend(office):
    kept(0, days=2)
    kept(5, days=1)
    (line,) = lines(office, [SET_UP], MORNING)
    assert line.trend == [0, 5]


def test_lines_come_in_the_order_asked_and_their_trends_by_one_question(office):
    kept(4)
    names = [UNWRITTEN, SET_UP]
    found = lines(office, names, MORNING)
    assert [line.measure.id for line in found] == names and [line.trend for line in found] == [[], [4]]
    counts = []
    for more in range(2):
        for number in range(1, 12 * more + 1):
            kept(number, days=number)
        with CaptureQueriesContext(connection) as asked:
            lines(office, names, MORNING)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("measure", "value", "red"), [(UNWRITTEN, 0.0, True), (UNWRITTEN, 1.0, False), (SET_UP, 100.0, False)]
)
def test_a_red_line_is_held_only_by_a_number_that_must_be_zero_and_is(measure, value, red):
    line = MeasureLine(MEASURES[measure], None, judge(measure, value), [])
    assert line.red_line == red


def test_a_name_outside_the_catalogue_has_no_sheet(office):
    with pytest.raises(Http404):
        sheet_of(office, "no.such.measure", MORNING)


def test_the_directives_of_a_sheet_are_the_published_ones_of_that_measure_in_sight(city, office):
    known = a_published_meeting()
    assert [one.pk for one in sheet_of(office, SET_UP, after(60)).directives] == [known["directive_id"]]
    assert not sheet_of(an_actor(Role.LEADING_GROUP, "110000"), SET_UP, after(60)).directives
    moved = terms(measure="", no_measure="以文件为准")
    assign(actor=office, directive_id=known["directive_id"], given=moved, at=after(70))
    assert not sheet_of(office, SET_UP, after(80)).directives


def test_counties_are_read_each_for_itself_and_judged_by_their_own_number(city, office):
    a_body("C-XD-LG", stands=after(5))
    a_body("C-YZ-LG")
    found = {one.place.code: (one.reading.value, one.standing) for one in sheet_of(office, SET_UP, after(60)).counties}
    assert len(found) == 10 and found[COUNTY] == (100, Standing.MET)
    assert sorted({standing for _value, standing in found.values()}) == [Standing.BEHIND, Standing.BLIND, Standing.MET]


def test_where_no_county_can_be_read_none_is_shown(city, office):
    assert sheet_of(office, SET_UP, after(60)).counties == []


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ["Measure", "What it counts", "Now", "Unit of the number", "Target", "State"]),
        ("zh-hans", ["指标", "计什么", "当前", "单位", "目标", "状态"]),
    ],
)
def test_the_sheet_of_all_measures_says_value_unit_target_and_state_of_each(city, client, language, heads):
    a_body(stands=after(5))
    told, *rows = listed(signed_in(client, language=language), "measures", "measures", at=after(60))
    assert told == heads and len(rows) == len(MEASURES)
    one = MEASURES[SET_UP]
    name = one.name_zh if language == "zh-hans" else one.name_en
    (mine,) = [row for row in rows if row[0] == name]
    assert mine[2:5] == ["100.0", "%", "100.0"] and mine[5] == ("达标" if language == "zh-hans" else "Met")
    blind = [row for row in rows if row[2] == ""]
    assert blind and {row[5] for row in blind} == {"无读数" if language == "zh-hans" else "Blind"}
