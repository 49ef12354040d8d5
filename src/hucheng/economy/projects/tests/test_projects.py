"""Key projects: weeks reported, blockers named with their owner and cleared in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.economy.projects.actions import (
    BlockerIn,
    ClearedIn,
    ProgressIn,
    ProjectIn,
    clear_blockers,
    list_projects,
    report_blockers,
    report_projects,
)
from hucheng.economy.projects.measures import blockers_over_14d, on_schedule
from hucheng.economy.projects.models import Blocker, KeyProject, ProjectReport
from hucheng.economy.projects.queries import projects_of
from hucheng.economy.testing import TODAY

pytestmark = pytest.mark.django_db
LAND = Blocker.Factor.LAND


@pytest.fixture
def department():
    a_city()
    return an_actor(Role.DEPARTMENT)


@pytest.fixture
def listed(department):
    rows = [a_project("P1"), a_project("P2"), a_project("P3", OTHER_COUNTY)]
    list_projects(actor=department, projects=rows, at=MORNING)
    return department


def a_project(code, place=COUNTY, owner="C-XD-ECO"):
    return ProjectIn(code, f"项目{code}", f"Project {code}", place, owner, date(2020, 3, 1))


def report(actor, *rows, day=TODAY, at=MORNING):
    return report_projects(actor=actor, day=day, reports=list(rows), at=at)


def block(actor, code="P1", since=TODAY, text="land", owner="TY-DRC", at=MORNING):
    (made,) = report_blockers(actor=actor, blockers=[BlockerIn(code, LAND, text, owner, since)], at=at)
    return made


def clear(actor, *pairs, at=MORNING):
    return clear_blockers(actor=actor, cleared=[ClearedIn(pk, answer) for pk, answer in pairs], at=at)


def code_of(refused):
    return refused.value.code


def test_projects_are_listed_once_with_their_owner(listed):
    assert list_projects(actor=listed, projects=[a_project("P1"), a_project("P4")], at=after(5)) == 1
    assert KeyProject.objects.count() == 4 and AuditLine.objects.filter(act="economy.projects.list_projects").exists()
    with pytest.raises(Refusal) as refused:
        list_projects(actor=listed, projects=[a_project("P9", owner="NOBODY")], at=MORNING)
    assert code_of(refused) == "owner_unknown"


def test_two_cities_number_their_projects_alike_and_one_city_does_not(listed):
    other = an_actor(Role.DEPARTMENT, "140200")
    assert list_projects(actor=other, projects=[a_project("P1", "140212")], at=MORNING) == 1
    assert list_projects(actor=listed, projects=[a_project("P1", OTHER_COUNTY)], at=MORNING) == 0
    report(other, ProgressIn("P1", True, 9, 9))
    assert ProjectReport.objects.get().project.place == "140212"
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyProject.objects.filter(code="P2").update(code="P1")
    province = an_actor(Role.DEPARTMENT, "140000")
    with pytest.raises(Refusal) as refused:
        report(province, ProgressIn("P1", True, 9, 9))
    assert code_of(refused) == "project_of_two_cities"
    both = [a_project("P7"), a_project("P7", "140212")]
    assert list_projects(actor=province, projects=both, at=MORNING) == 2


def test_a_county_lists_no_project_and_sees_its_own(listed):
    county = an_actor(Role.COUNTY, COUNTY)
    with pytest.raises(Refusal) as refused:
        list_projects(actor=county, projects=[a_project("P5")], at=MORNING)
    assert code_of(refused) == "role_may_not" and projects_of(county, MORNING).key == 2
    with pytest.raises(Http404):
        list_projects(actor=an_actor(Role.DEPARTMENT, COUNTY), projects=[a_project("P5", OTHER_COUNTY)], at=MORNING)


def test_a_report_counts_what_has_started_and_what_keeps_to_its_plan(listed):
    report(listed, ProgressIn("P1", True, 20, 20), ProgressIn("P2", True, 10, 20), ProgressIn("P3", False, 0, 0))
    told = projects_of(listed, MORNING)
    assert (told.key, told.started, told.on_schedule, told.reported, told.as_of) == (3, 2, 2, 3, TODAY)
    assert [(line.key, line.started, line.behind) for line in told.lines] == [(2, 2, 1), (1, 0, 0)]
    assert on_schedule(listed, MORNING).value == pytest.approx(200 / 3)


def test_a_county_reports_its_own_projects_alone(listed):
    county = an_actor(Role.COUNTY, COUNTY)
    assert report(county, ProgressIn("P1", True, 1, 1)) == 1
    with pytest.raises(Http404):
        report(county, ProgressIn("P2", True, 1, 1), ProgressIn("P3", True, 1, 1))
    assert ProjectReport.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "day", "code"),
    [
        ([ProgressIn("P1", True, 101, 1)], TODAY, "progress_impossible"),
        ([ProgressIn("P1", True, 1, 101)], TODAY, "progress_impossible"),
        ([ProgressIn("P1", False, 1, 1)], TODAY, "progress_impossible"),
        ([ProgressIn("P1", True, 1, 1)] * 2, TODAY, "project_twice"),
        ([ProgressIn("P1", True, 1, 1)], TODAY + timedelta(days=1), "day_to_come"),
        ([ProgressIn("P2", True, 9, 9)], TODAY, "correction_without_reason"),
    ],
)
def test_a_report_that_cannot_be_is_refused(listed, rows, day, code):
    report(listed, ProgressIn("P2", True, 5, 9))
    with pytest.raises(Refusal) as refused:
        report(listed, *rows, day=day)
    assert code_of(refused) == code and ProjectReport.objects.count() == 1


def test_a_correction_is_a_further_row_and_the_same_again_is_none(listed):
    report(listed, ProgressIn("P1", True, 5, 9))
    assert report(listed, ProgressIn("P1", True, 5, 9)) == 0
    assert report(listed, ProgressIn("P1", True, 9, 9, "the survey came in")) == 1
    assert projects_of(listed, MORNING).on_schedule == 1


def test_a_project_without_a_fresh_report_does_not_count_as_on_schedule(listed):
    assert on_schedule(listed, MORNING).value is None is blockers_over_14d(listed, MORNING).value
    report(listed, ProgressIn("P1", True, 9, 9))
    reading = on_schedule(listed, MORNING)
    assert (reading.numerator, reading.denominator) == (1, 3)
    assert on_schedule(listed, after(days=13)).value is not None and on_schedule(listed, after(days=14)).value is None


def test_a_blocker_counts_as_long_from_its_fifteenth_day(listed):
    report(listed, ProgressIn("P1", True, 9, 9))
    block(listed, since=TODAY - timedelta(days=14))
    assert blockers_over_14d(listed, MORNING).value == 0
    block(listed, "P2", since=TODAY - timedelta(days=15))
    assert blockers_over_14d(listed, MORNING).value == 1 == projects_of(listed, MORNING).long
    assert blockers_over_14d(listed, after(days=1)).value == 2


def test_blockers_stand_with_their_owner_the_oldest_first(listed):
    block(listed, since=TODAY)
    block(listed, "P3", since=TODAY - timedelta(days=3))
    told = projects_of(listed, MORNING)
    assert [line.days for line in told.blockers] == [3, 0] and told.blockers[0].owner
    assert dict(told.factors) == {LAND.label: 2} and [line.blocked for line in told.lines] == [1, 1]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "blocker_unclear"),
        ({"since": TODAY + timedelta(days=1)}, "blocker_unclear"),
        ({"owner": "NOBODY"}, "owner_unknown"),
        ({"owner": ""}, "owner_unknown"),
    ],
)
def test_a_blocker_without_words_day_or_owner_is_refused(listed, fields, code):
    with pytest.raises(Refusal) as refused:
        block(listed, **fields)
    assert code_of(refused) == code and not Blocker.objects.exists()


def test_a_blocker_is_cleared_once_in_words_by_those_who_see_it(listed):
    one = block(listed)
    with pytest.raises(Refusal) as refused:
        clear(listed, (one.pk, " "))
    assert code_of(refused) == "blocker_not_cleared"
    for stranger in (an_actor(Role.COUNTY, OTHER_COUNTY), an_actor(Role.DEPARTMENT, "110000")):
        with pytest.raises(Http404):
            clear(stranger, (one.pk, "done"))
    with pytest.raises(Http404):
        clear(listed, (one.pk, "done"), (uuid4(), "done"))
    assert clear(an_actor(Role.COUNTY, COUNTY), (one.pk, "done"), at=after(5)) == 1
    with pytest.raises(Refusal):
        clear(listed, (one.pk, "again"))
    assert Blocker.objects.get().answer == "done" and projects_of(listed, after(9)).blockers == []


def test_a_county_names_no_blocker_elsewhere(listed):
    with pytest.raises(Http404):
        block(an_actor(Role.COUNTY, OTHER_COUNTY))


def test_the_database_itself_holds_the_rules(listed):
    report(listed, ProgressIn("P1", True, 5, 9))
    one, project = block(listed), KeyProject.objects.get(code="P2")
    usual = {"project": project, "day": TODAY, "planned": 1, "reported_at": MORNING}
    attacks = [
        lambda: ProjectReport.objects.create(started=True, done=101, **usual),
        lambda: ProjectReport.objects.create(started=False, done=1, **usual),
        lambda: ProjectReport.objects.create(started=True, done=1, revision=1, reason="no first", **usual),
        lambda: ProjectReport.objects.update(done=9),
        lambda: Blocker.objects.filter(pk=one.pk).update(cleared_at=MORNING),
        lambda: Blocker.objects.filter(pk=one.pk).update(owner=""),
    ]
    for attack in attacks:
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()
    clear(listed, (one.pk, "done"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Blocker.objects.update(answer="other")


def test_more_projects_and_blockers_ask_no_more_queries(listed, django_assert_num_queries):
    block(listed)
    with django_assert_num_queries(5):
        projects_of(listed, MORNING)
    many = [a_project(f"Q{n}") for n in range(40)]
    list_projects(actor=listed, projects=many, at=MORNING)
    report(listed, *(ProgressIn(one.code, True, 1, 1) for one in many))
    for one in many:
        block(listed, one.code)
    with django_assert_num_queries(5):
        assert len(projects_of(listed, MORNING).blockers) == 41
