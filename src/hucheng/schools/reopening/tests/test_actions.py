"""Stages a week ahead, grade 12 first, only accepted schools, and only the unit concerned closes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.schools.readiness.actions import inspect
from hucheng.schools.readiness.models import Verdict
from hucheng.schools.reopening.actions import announce_stage, open_schools, raise_alarm, reopen_unit
from hucheng.schools.reopening.models import Alarm, Closing, Opening, Stage
from hucheng.schools.reopening.queries import closed_units, grades_open, ready_for, stage_lines, stages_for
from hucheng.schools.testing import (
    RETURN,
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    items_of,
    on_the_day,
    stated,
)

pytestmark = pytest.mark.django_db


def refused(code, act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code
    return str(no.value.why)


def not_opened(code, school, stage, at=None):
    ids, day = [school.pk], at or on_the_day(stage)
    return refused(code, open_schools, actor=head_of(), key=stage.key, school_ids=ids, at=day)


def an_open_school(code="S14010501", **fields):
    school = an_accepted_school(code, **fields)
    stage = next(iter(stages_for(education())), None) or a_stage()
    open_schools(actor=head_of(code), key=stage.key, school_ids=[school.pk], at=on_the_day(stage))
    return school


def alarm(school, class_number=3, kind=Alarm.Kind.FEVER, grade=12, at=None, actor=None):
    return raise_alarm(
        actor=actor or head_of(school.code),
        school_id=school.pk,
        kind=kind,
        grade=grade,
        class_number=class_number,
        note="三名学生发热",
        at=at or after(days=10),
    )


def closed(school):
    return {(c.grade, c.class_number) for c in Closing.objects.filter(school=school, reopened_at=None)}


def test_a_stage_is_told_a_week_ahead():
    soon = MORNING.date() + timedelta(days=6)
    why = refused(
        "notice_too_short",
        announce_stage,
        actor=education(),
        key="g12",
        name_zh="高三",
        name_en="Grade 12",
        grades=[12],
        opens_on=soon,
        at=MORNING,
    )
    assert str(soon) in why and not Stage.objects.exists()
    assert a_stage(opens_on=soon + timedelta(days=1)).grades == [12]


@pytest.mark.parametrize("grades", [(), (13,), (-1, 3)])
def test_a_stage_of_no_grades_is_refused(grades):
    with pytest.raises(Refusal) as no:
        a_stage(grades=grades)
    assert no.value.code == "stage_unclear"


def test_a_grade_stands_in_one_stage():
    a_stage()
    with pytest.raises(Refusal) as no:
        a_stage("others", (11, 12), date(2020, 5, 11))
    assert no.value.code == "grade_in_another_stage" and "12" in str(no.value.why)


def test_another_day_is_another_announcement_and_counts_from_then_on():
    a_stage()
    a_stage(opens_on=date(2020, 4, 1), at=after(30))
    assert Stage.objects.count() == 2
    (stage,) = stages_for(head_of())
    assert stage.opens_on == date(2020, 4, 1)


def test_the_same_announcement_again_adds_nothing():
    assert a_stage() == a_stage(at=after(30)) and Stage.objects.count() == 1


def test_a_stage_that_has_begun_does_not_move():
    an_open_school()
    with pytest.raises(Refusal) as no:
        a_stage(opens_on=date(2020, 5, 1), at=after(days=20))
    assert no.value.code == "stage_begun"


def test_education_alone_announces():
    for actor, code in (
        (county_clerk(), "role_may_not"),
        (an_actor(Role.DEPARTMENT, CITY, "TY-DRC"), "not_of_education"),
    ):
        refused(
            code,
            announce_stage,
            actor=actor,
            key="x",
            name_zh="x",
            name_en="x",
            grades=[1],
            opens_on=RETURN,
            at=MORNING,
        )


def test_an_announced_day_is_not_rewritten():
    a_stage()
    with pytest.raises(IntegrityError, match="no_update"), transaction.atomic():
        Stage.objects.update(opens_on=date(2020, 3, 22))


def test_an_accepted_school_opens_on_the_day_and_by_whom_stays_on_record():
    school = an_open_school()
    (opening,) = Opening.objects.all()
    assert opening.by_id == head_of().user_id and opening.day == RETURN and opening.grades == [12]
    assert grades_open(school) == {12}
    assert AuditLine.objects.filter(act="schools.reopening.open_schools", refused="").count() == 1


def test_before_the_day_nothing_opens():
    school, stage = an_accepted_school(), a_stage()
    refused(
        "not_yet",
        open_schools,
        actor=head_of(),
        key=stage.key,
        school_ids=[school.pk],
        at=on_the_day(stage) - timedelta(days=1),
    )


@pytest.mark.parametrize("gap", range(1, 11))
def test_a_school_with_any_gap_does_not_open_and_is_told_which(gap):
    """NEW-26, NEW-27: the gate names the item, whichever of the ten it is."""
    school, stage = an_accepted_school(), a_stage()
    (item,) = items_of(school, gap)
    inspect(actor=education(), item_ids=[item.pk], answer=Verdict.Answer.RETURNED, reason="not so", at=after(5))
    why = refused(
        "not_accepted", open_schools, actor=head_of(), key=stage.key, school_ids=[school.pk], at=on_the_day(stage)
    )
    assert item.item.name in why and not Opening.objects.exists()


def test_without_three_signatures_a_school_does_not_open():
    school, stage = a_school(), a_stage()
    stated(school)
    accepted(school)
    not_opened("not_accepted", school, stage)


def test_of_several_schools_all_open_or_none():
    stage = a_stage()
    ready, not_ready = an_accepted_school("S14010501"), a_school("S14010502")
    ids = [ready.pk, not_ready.pk]
    refused("not_accepted", open_schools, actor=education(), key=stage.key, school_ids=ids, at=on_the_day(stage))
    assert not Opening.objects.exists()
    assert [s.code for s in ready_for(education(), stage.key, on_the_day(stage))] == ["S14010501"]


def test_a_school_opens_once_for_a_stage():
    school = an_open_school()
    refused("opened_before", open_schools, actor=education(), key="grade-12", school_ids=[school.pk], at=after(days=10))


def test_grade_12_goes_first_and_the_others_behind_it():
    """NEW-27: grade by grade, grade 12 first."""
    school = an_accepted_school(kind="complete", first_grade=7)
    a_stage()
    other = a_stage("grade-9", (9,), RETURN)
    at = on_the_day(other)
    refused("grade12_first", open_schools, actor=head_of(), key="grade-9", school_ids=[school.pk], at=at)
    open_schools(actor=head_of(), key="grade-12", school_ids=[school.pk], at=at)
    open_schools(actor=head_of(), key="grade-9", school_ids=[school.pk], at=at)
    assert grades_open(school) == {9, 12}


def test_a_school_without_grade_12_does_not_wait_for_one():
    a_stage("grade-9", (9,), RETURN)
    school = an_accepted_school(kind="junior", first_grade=7, last_grade=9, grade12=0)
    open_schools(actor=head_of(), key="grade-9", school_ids=[school.pk], at=after(days=10))
    assert grades_open(school) == {9}


def test_a_school_without_a_grade_of_the_stage_is_refused():
    school = an_accepted_school()
    a_stage("grade-9", (9,), RETURN)
    refused("no_such_grade", open_schools, actor=head_of(), key="grade-9", school_ids=[school.pk], at=after(days=10))


def test_strangers_find_no_stage_no_school_and_no_unit():
    school = an_open_school()
    with pytest.raises(Http404):
        open_schools(actor=head_of(), key="grade-1", school_ids=[school.pk], at=after(days=10))
    with pytest.raises(Http404):
        open_schools(actor=head_of("S14010502"), key="grade-12", school_ids=[school.pk], at=after(days=10))
    with pytest.raises(Http404):
        alarm(school, actor=head_of("S14010502"))
    alarm(school)
    with pytest.raises(Http404):
        reopen_unit(actor=county_clerk(OTHER_COUNTY), closing_id=Closing.objects.get().pk, why="x", at=after(days=11))
    assert not closed_units(county_clerk(OTHER_COUNTY))


def test_a_finding_closes_its_class_and_nothing_else():
    """NEW-27: the trigger closes only the unit affected."""
    school, other = an_open_school(), an_open_school("S14010502")
    alarm(school)
    assert closed(school) == {(12, 3)} and closed(other) == set()


def test_a_second_class_sends_its_grade_home_and_no_other_grade():
    """NEW-27: the second class of a grade closes the grade, at this school alone."""
    school = an_accepted_school(kind="complete", first_grade=7)
    a_stage()
    a_stage("grade-9", (9,), RETURN)
    for key in ("grade-12", "grade-9"):
        open_schools(actor=head_of(), key=key, school_ids=[school.pk], at=after(days=9))
    alarm(school, 3)
    alarm(school, 3, Alarm.Kind.SUSPECTED)
    assert closed(school) == {(12, 3)}
    alarm(school, 1, grade=9)
    assert closed(school) == {(12, 3), (9, 1)}
    alarm(school, 4)
    assert closed(school) == {(12, 3), (12, 4), (12, 0), (9, 1)}
    assert Alarm.objects.count() == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(classes=st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_whatever_is_found_only_classes_with_a_finding_and_their_grade_are_closed(db, classes):
    with transaction.atomic():
        school = an_open_school()
        for number in classes:
            alarm(school, number)
        wanted = {(12, number) for number in classes} | ({(12, 0)} if len(set(classes)) > 1 else set())
        assert {unit for unit in closed(school) if unit[1] == 0} == {unit for unit in wanted if unit[1] == 0}
        assert closed(school) <= wanted
        transaction.set_rollback(True)


def test_a_class_that_has_not_returned_raises_no_alarm():
    school = an_open_school()
    for grade, class_number in ((11, 1), (12, 0), (12, 100)):
        with pytest.raises(Refusal) as no:
            alarm(school, class_number, grade=grade)
        assert no.value.code == "class_not_open"


def test_a_closed_unit_opens_by_name_and_reason_and_may_close_again():
    school = an_open_school()
    alarm(school)
    unit = Closing.objects.get()
    refused("role_may_not", reopen_unit, actor=head_of(), closing_id=unit.pk, why="well", at=after(days=11))
    refused("reason_missing", reopen_unit, actor=county_clerk(), closing_id=unit.pk, why=" ", at=after(days=11))
    reopen_unit(actor=county_clerk(), closing_id=unit.pk, why="检测阴性", at=after(days=12))
    refused("open_again", reopen_unit, actor=county_clerk(), closing_id=unit.pk, why="x", at=after(days=12))
    assert closed(school) == set()
    alarm(school, at=after(days=13))
    assert closed(school) == {(12, 3)} and Closing.objects.count() == 2


def test_the_database_keeps_one_open_closing_a_unit_and_none_reopened_by_nobody():
    school = an_open_school()
    found = alarm(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(school=school, alarm=found, grade=12, class_number=3, closed_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.update(reopened_at=MORNING)


def test_a_stage_shows_who_opened_and_who_waits_with_what(django_assert_num_queries):
    an_open_school("S14010501")
    an_accepted_school("S14010502")
    a_school("S14010503")
    bureau = education()
    with django_assert_num_queries(6):
        (line,) = stage_lines(bureau, after(days=9))
    assert [o.school.code for o in line.opened] == ["S14010501"] and line.due == 3
    assert [w.school.code for w in line.ready] == ["S14010502"]
    assert [w.school.code for w in line.held] == ["S14010503"]


def test_the_stages_of_the_city_concern_its_counties_and_schools_and_no_other_city():
    a_stage()
    assert len(stages_for(head_of())) == len(stages_for(county_clerk(COUNTY))) == 1
    assert stages_for(an_actor(Role.COUNTY, "140202")) == []
