"""What is told of key projects: by county, by state, by age of blocker, with plain counts as witness."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from hucheng.economy.projects.queries import key_projects, open_blockers, project_lines, projects_of
from hucheng.economy.testing import TODAY

pytestmark = pytest.mark.django_db
CODES = ("P1", "P2", "P3", "P4")
PLACES = {"P1": COUNTY, "P2": COUNTY, "P3": OTHER_COUNTY, "P4": OTHER_COUNTY}
STATES = ("", "behind", "waiting", "blocked", "nonsense")


@pytest.fixture
def department():
    a_city()
    actor = an_actor(Role.DEPARTMENT)
    list_projects(actor=actor, projects=[a_project(code, place) for code, place in PLACES.items()], at=MORNING)
    return actor


def a_project(code, place=COUNTY, owner="TY-DRC"):
    return ProjectIn(code, f"项目{code}", f"Project {code}", place, owner, date(2020, 3, 1))


def report(actor, code, done, planned, *, started=True, back=0, at=MORNING, reason=""):
    told = [ProgressIn(code, started, done, planned, reason)]
    return report_projects(actor=actor, day=TODAY - timedelta(days=back), reports=told, at=at)


def block(actor, code="P1", *, back=0, factor=Blocker.Factor.LAND, text="land", owner="TY-DRC", at=MORNING):
    told = [BlockerIn(code, factor, text, owner, TODAY - timedelta(days=back))]
    (made,) = report_blockers(actor=actor, blockers=told, at=at)
    return made


def codes(lines):
    return [line.project.code for line in lines]


def refused(act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


PROGRESS = st.fixed_dictionaries(
    {},
    optional={
        code: st.tuples(st.booleans(), st.integers(0, 100), st.integers(0, 100), st.integers(0, 16)) for code in CODES
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(PROGRESS, st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 20)), max_size=6))
def test_every_number_is_the_plain_count_of_what_was_reported(department, told, blocked):
    """The last report counts while it is less than a fortnight old; a blocker is long behind its fourteenth day."""
    with transaction.atomic():
        for code, (started, done, planned, back) in told.items():
            report(department, code, done if started else 0, planned, started=started, back=back)
        for code, back in blocked:
            block(department, code, back=back)
        fresh = {code: one for code, one in told.items() if one[3] < 14}
        started = [code for code, one in fresh.items() if one[0]]
        kept = [code for code, one in fresh.items() if (one[1] if one[0] else 0) >= one[2]]
        found = projects_of(department, MORNING)
        assert (found.key, found.reported, found.started, found.on_schedule) == (
            4, len(fresh), len(started), len(kept),
        )  # fmt: skip
        assert found.as_of == max((TODAY - timedelta(days=one[3]) for one in fresh.values()), default=None)
        assert found.start_share == (25 * len(started) if fresh else None)
        assert [line.days for line in found.blockers] == sorted((back for _c, back in blocked), reverse=True)
        long = sum(back > 14 for _code, back in blocked)
        assert found.long == long
        assert blockers_over_14d(department, MORNING).value == (long if fresh else None)
        assert on_schedule(department, MORNING).value == (25 * len(kept) if fresh else None)
        held = {code for code, _back in blocked}
        for line, place in zip(found.lines, (COUNTY, OTHER_COUNTY), strict=True):
            mine = [code for code in CODES if PLACES[code] == place]
            assert (line.place, line.key, line.blocked) == (place, 2, len(held.intersection(mine)))
            assert line.started == len(set(started).intersection(mine))
            assert line.behind == len((fresh.keys() - set(kept)).intersection(mine))
        by_state = {state: codes(project_lines(department, MORNING, state=state)) for state in STATES}
        assert by_state["behind"] == [code for code in CODES if code in fresh and code not in kept]
        assert by_state["waiting"] == [code for code in CODES if code not in started]
        assert by_state["blocked"] == [code for code in CODES if code in held]
        assert by_state[""] == by_state["nonsense"] == list(CODES)
        transaction.set_rollback(True)


def test_the_list_names_county_owner_report_and_blockers_of_each_project(department):
    report(department, "P1", 5, 9)
    block(department, "P1")
    block(department, "P1", factor=Blocker.Factor.POWER)
    first, second, *_rest = project_lines(department, MORNING)
    assert (first.project.code, first.report.done, first.behind, first.blockers) == ("P1", 5, True, 2)
    assert first.county and first.county != COUNTY and first.owner and first.owner != "TY-DRC"
    assert (second.report, second.behind, second.blockers) == (None, False, 0)


@pytest.mark.parametrize(("county", "found"), [(COUNTY, ["P1", "P2"]), ("999999", []), ("", list(CODES))])
def test_the_list_is_narrowed_to_a_county(department, county, found):
    assert codes(project_lines(department, MORNING, county=county)) == found


def test_a_county_reads_its_own_numbers_and_the_capital_none(department):
    report(department, "P1", 9, 9)
    report(department, "P3", 1, 9)
    block(department, "P3", back=20)
    mine, other = an_actor(Role.COUNTY, COUNTY), an_actor(Role.COUNTY, OTHER_COUNTY)
    assert (projects_of(mine, MORNING).on_schedule, projects_of(other, MORNING).on_schedule) == (1, 0)
    assert on_schedule(mine, MORNING).value == 50 and on_schedule(other, MORNING).value == 0
    assert blockers_over_14d(mine, MORNING).value == 0 and blockers_over_14d(other, MORNING).value == 1
    assert open_blockers(mine) == [] and codes(project_lines(other, MORNING, state="blocked")) == ["P3"]
    stranger = an_actor(Role.LEADING_GROUP, "110000")
    assert key_projects(stranger) == [] and projects_of(stranger, MORNING).lines == []
    assert on_schedule(stranger, MORNING).value is None is blockers_over_14d(stranger, MORNING).value


def test_without_a_project_nothing_is_told_and_nothing_divided():
    a_city()
    told = projects_of(an_actor(Role.DEPARTMENT), MORNING)
    assert (told.key, told.start_share, told.as_of, told.lines, told.blockers, told.factors) == (
        0, None, None, [], [], [],
    )  # fmt: skip


def test_what_counts_of_a_day_is_its_last_correction_and_of_a_project_its_last_day(department):
    report(department, "P1", 9, 9, back=1)
    report(department, "P1", 1, 9)
    report(department, "P1", 8, 9, reason="recounted", at=after(5))
    assert report(department, "P1", 2, 9, back=2, at=after(6)) == 1  # an older day reported late
    (line,) = project_lines(department, after(9), state="behind")
    assert (line.report.done, line.report.revision, line.report.reason) == (8, 1, "recounted")
    assert ProjectReport.objects.count() == 4


def test_a_report_of_tomorrow_is_not_known_today(department):
    report(department, "P1", 9, 9, back=-1, at=after(days=1))
    assert projects_of(department, MORNING).reported == 0 and projects_of(department, after(days=1)).reported == 1


def test_factors_are_counted_the_most_frequent_first(department):
    for factor, times in ((Blocker.Factor.MONEY, 1), (Blocker.Factor.POWER, 3), (Blocker.Factor.LAND, 2)):
        for _time in range(times):
            block(department, "P2", factor=factor)
    cleared = block(department, "P2", factor=Blocker.Factor.PERMITS)
    clear_blockers(actor=department, cleared=[ClearedIn(cleared.pk, "given")], at=after(5))
    told = projects_of(department, after(9)).factors
    assert [count for _factor, count in told] == [3, 2, 1]
    assert Counter(dict(told)).total() == len(open_blockers(department)) == 6


def test_blockers_of_one_day_stand_in_the_order_in_which_they_were_named(department):
    second, first = block(department, "P3", at=after(2)), block(department, "P1", at=after(1))
    oldest = block(department, "P2", back=1, at=after(3))
    assert open_blockers(department) == [oldest, first, second]


def test_an_owner_or_county_that_left_the_tables_is_shown_by_its_code(department):
    project = KeyProject.objects.create(
        place="149999", code="OLD", name_zh="旧", name_en="Old", owner="GONE", start_on=TODAY, listed_at=MORNING
    )
    Blocker.objects.create(project=project, factor="land", text="x", owner="GONE", since=TODAY, reported_at=MORNING)
    province = an_actor(Role.LEADING_GROUP, "140000")
    (line,) = project_lines(province, MORNING, county="149999")
    assert (line.county, line.owner) == ("149999", "GONE")
    told = projects_of(province, MORNING)
    assert told.lines[-1].county == "149999" and told.blockers[0].owner == "GONE"


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.ENTRY])
def test_readers_report_name_and_clear_nothing(department, role):
    one, reader = block(department), an_actor(role)
    acts = {
        report_projects: {"day": TODAY, "reports": [ProgressIn("P1", True, 1, 1)]},
        report_blockers: {"blockers": [BlockerIn("P1", Blocker.Factor.LAND, "x", "TY-DRC", TODAY)]},
        clear_blockers: {"cleared": [ClearedIn(one.pk, "x")]},
        list_projects: {"projects": [a_project("P9")]},
    }
    for act, told in acts.items():
        assert refused(act, actor=reader, at=after(1), **told) == "role_may_not"
    assert (ProjectReport.objects.count(), Blocker.objects.count(), KeyProject.objects.count()) == (0, 1, 4)
    assert AuditLine.objects.filter(refused="role_may_not", user_id=reader.user_id).count() == 4


def test_a_project_that_stands_twice_in_a_list_is_refused_with_the_whole_list(department):
    rows = [a_project("P8"), a_project("P9"), a_project("P9", OTHER_COUNTY)]
    assert refused(list_projects, actor=department, projects=rows, at=MORNING) == "project_twice"
    assert KeyProject.objects.count() == 4


def test_a_listed_project_stays_as_it_was_listed_first(department):
    again = ProjectIn("P1", "改名", "Renamed", OTHER_COUNTY, "TY-DRC", TODAY)
    assert list_projects(actor=department, projects=[again], at=after(5)) == 0
    kept = KeyProject.objects.get(code="P1")
    assert (kept.name_en, kept.place, kept.listed_at) == ("Project P1", COUNTY, MORNING)


def test_several_blockers_may_be_named_of_one_project_at_once_and_one_wrong_one_refuses_all(department):
    right = BlockerIn("P1", Blocker.Factor.LAND, "land", "TY-DRC", TODAY)
    made = report_blockers(actor=department, blockers=[right, right], at=MORNING)
    assert len(made) == 2 and {one.project.code for one in made} == {"P1"}
    late = BlockerIn("P2", Blocker.Factor.LAND, "land", "TY-DRC", TODAY + timedelta(days=1))
    assert refused(report_blockers, actor=department, blockers=[right, late], at=MORNING) == "blocker_unclear"
    assert Blocker.objects.count() == 2


def test_words_are_kept_without_blanks_around_and_cut_at_their_limit(department):
    one = block(department, text="  " + "地" * 400 + " ")
    assert one.text == "地" * 300
    clear_blockers(actor=department, cleared=[ClearedIn(one.pk, " done " + "x" * 400)], at=after(5))
    one.refresh_from_db()
    assert len(one.answer) == 300 and one.answer.startswith("done ") and one.cleared_by_id == department.user_id


def test_one_empty_answer_clears_none_of_the_list(department):
    one, other = block(department), block(department, "P2")
    cleared = [ClearedIn(one.pk, "done"), ClearedIn(other.pk, " ")]
    assert refused(clear_blockers, actor=department, cleared=cleared, at=after(5)) == "blocker_not_cleared"
    assert len(open_blockers(department)) == 2
    assert clear_blockers(actor=department, cleared=[], at=after(5)) == 0


def test_a_blocker_named_behind_a_reading_is_not_yet_counted_by_it(department):
    report(department, "P1", 1, 1)
    block(department, back=20, at=after(60))
    assert blockers_over_14d(department, after(59)).value == 0 and blockers_over_14d(department, after(60)).value == 1


def test_a_cleared_blocker_is_not_counted_however_old(department):
    report(department, "P1", 1, 1)
    one = block(department, back=30)
    clear_blockers(actor=department, cleared=[ClearedIn(one.pk, "done")], at=after(5))
    assert blockers_over_14d(department, after(9)).value == 0 == projects_of(department, after(9)).long


def test_the_measures_name_their_rows_and_their_time(department):
    report(department, "P1", 1, 1)
    for reader in (on_schedule, blockers_over_14d):
        reading = reader(department, after(7))
        assert reading.as_of == after(7) and reading.rows_url.endswith("/projects/")


def test_the_day_of_a_report_is_that_of_the_city(department):
    late = after(minutes=16 * 60 - 1)
    told = {"day": TODAY + timedelta(days=1), "reports": [ProgressIn("P1", True, 1, 1)]}
    assert refused(report_projects, actor=department, at=late, **told) == "day_to_come"
    assert report_projects(actor=department, at=after(minutes=16 * 60), **told) == 1


def test_the_list_asks_no_more_queries_for_more_projects(department, django_assert_num_queries):
    with django_assert_num_queries(5):
        project_lines(department, MORNING)
    many = [a_project(f"Q{n}") for n in range(30)]
    list_projects(actor=department, projects=many, at=MORNING)
    for one in many[:10]:
        report(department, one.code, 1, 1)
        block(department, one.code)
    with django_assert_num_queries(5):
        assert len(project_lines(department, MORNING)) == 34
