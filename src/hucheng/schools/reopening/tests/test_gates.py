"""Which stage concerns whom, which schools are due, which units are closed: plain counts and a small model beside."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.schools.readiness.models import School
from hucheng.schools.reopening.actions import announce_stage, open_schools, raise_alarm, reopen_unit
from hucheng.schools.reopening.measures import grade12_on_time, other_grades_ready
from hucheng.schools.reopening.models import Alarm, Closing, Opening, Stage
from hucheng.schools.reopening.queries import (
    closed_units,
    due_schools,
    openings_of,
    ready_for,
    stage_for,
    stage_lines,
    stage_of_grade12,
    stages_for,
    with_grades,
)
from hucheng.schools.testing import (
    RETURN,
    a_school,
    a_stage,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    on_the_day,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JUNIOR = {"kind": "junior", "first_grade": 7, "last_grade": 9, "grade12": 0}


def refused(act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


def announced(actor, key="grade-12", grades=(12,), opens_on=RETURN, at=MORNING, **names):
    words = {"name_zh": "返校", "name_en": "Return"} | names
    return announce_stage(actor=actor, key=key, grades=grades, opens_on=opens_on, at=at, **words)


def opened(school, stage, at=None):
    return open_schools(
        actor=head_of(school.code), key=stage.key, school_ids=[school.pk], at=at or on_the_day(stage)
    )  # fmt: skip


SCHOOLS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(SCHOOLS, st.sets(st.integers(0, 12), max_size=4))
def test_schools_are_due_exactly_when_they_have_a_grade_of_a_stage(db, drawn, grades):
    with transaction.atomic():
        bureau = education()
        for n, (first, last) in enumerate(drawn):
            a_school(f"S140105{n:02}", first_grade=first, last_grade=last, grade12=0)
        wanted = {f"S140105{n:02}" for n, (first, last) in enumerate(drawn) if grades & set(range(first, last + 1))}
        assert {school.code for school in with_grades(School.objects.all(), grades)} == wanted
        assert not due_schools(bureau).exists()
        if grades:
            announced(bureau, grades=sorted(grades))
            assert {school.code for school in due_schools(bureau)} == wanted
            (line,) = stage_lines(bureau, MORNING)
            assert line.due == len(line.held) == len(wanted) and line.opened == line.ready == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("role", "place", "unit", "sees"),
    [
        (Role.DEPARTMENT, CITY, "TY-EDU", True),
        (Role.COUNTY, COUNTY, "", True),
        (Role.SCHOOL, COUNTY, "S14010501", True),
        (Role.LEADING_GROUP, "140000", "", True),
        (Role.LEADING_GROUP, "000000", "", True),
        (Role.COUNTY, "140202", "", False),
        (Role.LEADING_GROUP, "140200", "", False),
        (Role.LEADING_GROUP, "110000", "", False),
    ],
)
def test_a_stage_of_the_city_concerns_what_lies_within_and_above(role, place, unit, sees):
    stage, actor = a_stage(), an_actor(role, place, unit)
    assert stages_for(actor) == ([stage] if sees else [])
    assert stage_of_grade12(actor) == (stage if sees else None)
    if sees:
        assert stage_for(actor, stage.key) == stage
        return
    with pytest.raises(Http404):
        stage_for(actor, stage.key)


def test_stages_stand_by_day_and_the_latest_announcement_of_each_counts():
    a_stage("grade-9", (9,), date(2020, 4, 20))
    twelve = a_stage(opens_on=date(2020, 4, 27), at=after(1))
    nine = a_stage("grade-9", (9,), date(2020, 5, 4), at=after(2))
    first = a_stage("grade-1", (1,), date(2020, 4, 27), at=after(3))
    assert stages_for(county_clerk()) == [first, twelve, nine] and Stage.objects.count() == 4
    assert stage_of_grade12(county_clerk()) == twelve


def test_two_cities_announce_the_same_grades_on_days_of_their_own():
    datong = an_actor(Role.DEPARTMENT, "140200", "DT-EDU")
    mine, other = a_stage(), announced(datong, opens_on=date(2020, 5, 1))
    assert (stages_for(county_clerk()), stages_for(datong)) == ([mine], [other])
    province = an_actor(Role.LEADING_GROUP, "140000")
    assert stages_for(province) == [mine, other]


@pytest.mark.parametrize(("place", "capital"), [("140000", False), ("000000", True)])
def test_a_stage_announced_above_concerns_the_counties_below(place, capital):
    stage = announced(an_actor(Role.DEPARTMENT, place, "CN-EDU"))
    assert stages_for(county_clerk()) == stages_for(education()) == [stage]
    assert stages_for(an_actor(Role.COUNTY, "110105")) == ([stage] if capital else [])


def test_what_another_city_has_begun_does_not_keep_this_one_from_moving_its_day():
    datong = an_actor(Role.DEPARTMENT, "140200", "DT-EDU")
    announced(datong)
    opened(an_accepted_school(), a_stage())
    assert announced(datong, opens_on=date(2020, 5, 1), at=after(days=10)).opens_on == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"key": ""}, "stage_unclear"),
        ({"name_zh": ""}, "stage_unclear"),
        ({"name_en": ""}, "stage_unclear"),
        ({"grades": ()}, "stage_unclear"),
        ({"grades": (12, 13)}, "stage_unclear"),
        ({"grades": (-1,)}, "stage_unclear"),
        ({"opens_on": MORNING.date() + 6 * DAY}, "notice_too_short"),
        ({"opens_on": MORNING.date() - DAY}, "notice_too_short"),
        ({"grades": (9, 10)}, "grade_in_another_stage"),
    ],
)
def test_a_stage_that_cannot_be_is_refused_and_announces_nothing(fields, code):
    a_stage("grade-9", (9,))
    assert refused(announced, actor=education(), **fields) == code
    assert Stage.objects.count() == 1
    assert AuditLine.objects.filter(act="schools.reopening.announce_stage", refused=code).count() == 1


def test_the_week_of_notice_is_counted_in_days_of_the_city():
    """At 16:00 UTC it is the next day in the city, and the seventh day from then lies one day further."""
    late = after(16 * 60)
    assert refused(announced, actor=education(), opens_on=MORNING.date() + 7 * DAY, at=late) == "notice_too_short"
    assert announced(education(), opens_on=MORNING.date() + 8 * DAY, at=late).opens_on == MORNING.date() + 8 * DAY


def test_grades_are_kept_once_and_in_order_and_words_cut_at_their_limit():
    stage = announced(education(), "k" * 40, (3, 1, 3, 2), name_zh="返" * 90, name_en="R" * 130)
    assert (stage.grades, stage.key, len(stage.name_zh), len(stage.name_en)) == ([1, 2, 3], "k" * 30, 80, 120)
    assert stage.announced_by_id == education().user_id


def test_a_grade_that_left_its_stage_may_stand_in_another():
    a_stage("upper", (10, 11))
    a_stage("upper", (10,), at=after(1))
    assert a_stage("eleven", (11,), at=after(2)).grades == [11]


def test_once_begun_a_stage_neither_moves_nor_grows_and_another_may_follow():
    school, stage = an_accepted_school(), a_stage()
    opened(school, stage)
    for change in ({"opens_on": date(2020, 5, 1)}, {"grades": (11, 12)}):
        assert refused(announced, actor=education(), at=after(days=10), **{"opens_on": RETURN + 20 * DAY} | change) == (
            "stage_begun"
        )
    assert announced(education(), "grade-11", (11,), date(2020, 5, 1), after(days=10)).grades == [11]


def test_a_school_returns_with_its_own_grades_of_the_stage_alone():
    school = an_accepted_school(kind="complete", first_grade=7)
    stage = a_stage("all", tuple(range(1, 13)))
    (opening,) = opened(school, stage)
    assert opening.grades == [7, 8, 9, 10, 11, 12] and list(openings_of(school)) == [opening]


def test_the_day_of_an_opening_is_that_of_the_city():
    school, stage = an_accepted_school(), a_stage()
    midnight = on_the_day(stage, 0)
    told = {"actor": head_of(), "key": stage.key, "school_ids": [school.pk]}
    assert refused(open_schools, at=midnight - timedelta(minutes=1), **told) == "not_yet"
    (opening,) = open_schools(at=midnight, **told)
    assert opening.day == RETURN and opening.at == midnight


def test_a_county_opens_several_of_its_schools_at_once_and_none_with_a_stranger_among_them():
    mine = [an_accepted_school(code) for code in ("S14010502", "S14010501")]
    other, stage = an_accepted_school("S14012301"), a_stage()
    told = {"actor": county_clerk(), "key": stage.key, "at": on_the_day(stage)}
    for ids in ([], [uuid4()], [*(school.pk for school in mine), other.pk]):
        with pytest.raises(Http404):
            open_schools(school_ids=ids, **told)
    assert not Opening.objects.exists()
    done = open_schools(school_ids=[school.pk for school in mine], **told)
    assert [opening.school.code for opening in done] == ["S14010501", "S14010502"]
    assert (
        ready_for(education(), stage.key, on_the_day(stage)) == [other] and ready_for(education(), "x", MORNING) == []
    )


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY])
def test_who_answers_for_no_school_opens_alarms_and_reopens_nothing(role):
    school, stage, actor = an_accepted_school(), a_stage(), an_actor(role)
    opened(school, stage)
    finding = {"kind": Alarm.Kind.FEVER, "grade": 12, "class_number": 1, "note": "x"}
    raise_alarm(actor=head_of(), school_id=school.pk, at=after(days=9), **finding)
    acts = [
        (announce_stage, {"key": "k", "name_zh": "x", "name_en": "x", "grades": [1], "opens_on": RETURN}),
        (open_schools, {"key": stage.key, "school_ids": [school.pk]}),
        (raise_alarm, {"school_id": school.pk, **finding}),
        (reopen_unit, {"closing_id": Closing.objects.get().pk, "why": "well"}),
    ]
    assert {refused(act, actor=actor, at=after(days=10), **told) for act, told in acts} == {"role_may_not"}
    assert (Opening.objects.count(), Alarm.objects.count(), closed_units(education()).count()) == (1, 1, 1)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("find"), st.sampled_from([7, 12]), st.integers(1, 4)),
        st.tuples(st.just("reopen"), st.sampled_from([7, 12]), st.integers(0, 4)),
    ),
    max_size=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(ACTS)
def test_units_close_and_return_as_a_set_of_classes_would(db, acts):
    """A finding closes its class, the second closed class its grade; in a closed grade a finding closes no more."""
    with transaction.atomic():
        school = an_accepted_school(kind="complete", first_grade=7)
        opened(school, a_stage("all", tuple(range(7, 13))))
        model, alarms = set(), 0
        for name, grade, number in acts:
            at = after(days=10, minutes=alarms)
            if name == "find":
                alarms += 1
                told = {"kind": Alarm.Kind.FEVER, "grade": grade, "class_number": number, "note": "x"}
                raise_alarm(actor=head_of(), school_id=school.pk, at=at, **told)
                if (grade, 0) not in model:
                    model.add((grade, number))
                    if len({unit for unit in model if unit[0] == grade}) >= 2:
                        model.add((grade, 0))
                continue
            unit = closed_units(education()).filter(grade=grade, class_number=number).first()
            assert (unit is not None) == ((grade, number) in model)
            if unit:
                reopen_unit(actor=county_clerk(), closing_id=unit.pk, why="negative", at=at)
                model.remove((grade, number))
        assert {(unit.grade, unit.class_number) for unit in closed_units(head_of())} == model
        assert Alarm.objects.count() == alarms
        reopened = Closing.objects.exclude(reopened_at=None)
        assert all(unit.why_reopened == "negative" and unit.reopened_by_id for unit in reopened)
        transaction.set_rollback(True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(st.lists(st.none() | st.integers(0, 2), min_size=1, max_size=3))
def test_on_time_are_those_who_opened_by_the_day_of_the_latest_announcement(db, late):
    """Each school opens so many days behind the day, or never."""
    with transaction.atomic():
        stage = a_stage()
        for n, days in enumerate(late):
            school = an_accepted_school(f"S140105{n:02}")
            if days is not None:
                opened(school, stage, on_the_day(stage) + days * DAY)
        reading = grade12_on_time(an_actor(Role.LEADING_GROUP), on_the_day(stage, 9) + 3 * DAY)
        assert (reading.numerator, reading.denominator) == (late.count(0), len(late))
        assert reading.rows_url.endswith("/reopening/")
        transaction.set_rollback(True)


def test_a_county_is_measured_by_its_own_schools():
    stage = a_stage()
    opened(an_accepted_school("S14010501"), stage)
    a_school("S14012301")
    at = on_the_day(stage, 9)
    values = {place: grade12_on_time(an_actor(Role.COUNTY, place), at).value for place in (COUNTY, OTHER_COUNTY)}
    assert values == {COUNTY: 100, OTHER_COUNTY: 0}
    assert grade12_on_time(an_actor(Role.LEADING_GROUP, "110000"), at).value is None


@pytest.mark.parametrize(("days", "share"), [(-8, None), (-7, 50), (-3, 50), (-2, 0), (20, 0)])
def test_other_grades_are_read_from_a_week_before_their_day_and_lose_what_lapses(days, share):
    """The masks of the accepted school last until 3 April, three days before the day of return."""
    stage = a_stage("grade-9", (9,), RETURN + 7 * DAY)
    an_accepted_school("S14010501", **JUNIOR)
    a_school("S14010502", **JUNIOR)
    at = on_the_day(stage, 9) + days * DAY
    assert other_grades_ready(an_actor(Role.LEADING_GROUP), at).value == share
