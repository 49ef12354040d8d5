"""The page of work: what each role finds, what a week sent in does, and that no number typed is lost."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.employment.actions import CountIn, report_jobs
from hucheng.stability.employment.models import Group, HouseholdCount, JobCount
from hucheng.stability.testing import TODAY, clerk, department, visit, words_of

pytestmark = pytest.mark.django_db
WEEK = {"day": "2020-03-21", "households": "3", "graduates_registered": "2150", "graduates_placed": "900"}


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def go(client):
    def going(data=None, *, actor=None, at=after(60), language="en"):
        return visit(client, actor or department(), "employment", data, at=at, language=language)

    return going


def counted():
    return JobCount.objects.count() + HouseholdCount.objects.count()


@pytest.mark.parametrize("placed", ["5", "1"])
def test_found_work_without_registered_is_refused_and_not_left_out(go, placed):
    answer = go(WEEK | {"migrants_placed": placed})
    text = words_of(answer)
    assert answer.status_code == 422 and "jobs_counts" in text and counted() == 0
    assert 'value="2150"' in text and f'name="migrants_placed" value="{placed}"' in text


@pytest.mark.parametrize("field", ["households", "graduates_registered", "laid_off_placed"])
@pytest.mark.parametrize("value", [str(10**30), "10000001", "-1", "many"])
def test_a_number_that_cannot_be_is_a_fault_of_its_field(go, field, value):
    answer = go(WEEK | {field: value})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field] and counted() == 0


def test_a_group_that_is_counted_as_nobody_is_told_as_nobody(go):
    assert go({"day": "2020-03-21", "poor_households_registered": "0"}).status_code == 302
    row = JobCount.objects.get()
    assert (row.group, row.registered, row.placed) == ("poor_households", 0, 0) and not HouseholdCount.objects.exists()
    assert "No count has come yet: this is blind." in words_of(go()), "nobody registered is no share of anybody"


def test_a_week_of_all_groups_goes_in_at_once(go):
    told = {"day": "2020-03-20", "households": "12"}
    for number, group in enumerate(Group, start=1):
        told |= {f"{group}_registered": str(1000 * number), f"{group}_placed": str(100 * number)}
    assert go(told).status_code == 302
    rows = JobCount.objects.values_list("group", "registered", "placed", "day", "reported_by")
    assert set(rows) == {
        (group, 1000 * n, 100 * n, TODAY.replace(day=20), department().user_id)
        for n, group in enumerate(Group, start=1)
    }
    text = words_of(go())
    assert "1,000 of 10,000 registered job seekers have found work." in text
    assert "12 poor households are without work, counted on 03-20." in text and text.count("2020-03-20") >= 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": "2020-03-22"}, "jobs_day"),
        ({"graduates_placed": "2151"}, "jobs_counts"),
        ({"graduates_registered": "", "graduates_placed": "", "households": ""}, "jobs_counts"),
        ({"day": ""}, ""),
        ({"day": "2020-02-30"}, ""),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_week_that_cannot_be_comes_back_as_it_was_typed(go, changes, code, language):
    answer = go(WEEK | changes, language=language)
    text = words_of(answer)
    assert answer.status_code == 422 and code in text and 'role="alert"' in text and counted() == 0
    assert all(f'value="{value}"' in text for value in (WEEK | changes).values() if value)


def test_a_corrected_week_says_that_it_was_corrected(go):
    go(WEEK)
    assert "corrected" not in words_of(go())
    go(WEEK | {"graduates_placed": "950"}, at=after(70))
    text = words_of(go(at=after(80)))
    assert "version 2, corrected" in text and "950 of 2,150" in text
    assert list(JobCount.objects.order_by("version").values_list("placed", flat=True)) == [900, 950]


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_readers_read_the_city_and_send_nothing(go, role):
    go(WEEK)
    text = words_of(go(WEEK, actor=an_actor(role), at=after(70)))
    assert "900 of 2,150" in text and "Report a week" not in text and JobCount.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LABORATORY])
def test_others_find_no_page(go, role):
    assert go(actor=an_actor(role)).status_code == go(WEEK, actor=an_actor(role)).status_code == 404


def test_a_county_reports_and_reads_its_own_place_alone(go):
    go(WEEK, actor=clerk(OTHER_COUNTY))
    assert set(JobCount.objects.values_list("place", flat=True)) == {OTHER_COUNTY}
    for actor in (clerk(COUNTY), department()):
        assert "No count has come yet: this is blind." in words_of(go(actor=actor))
    assert "900 of 2,150" in words_of(go(actor=clerk(OTHER_COUNTY)))


def test_a_page_of_eight_weeks_asks_no_more_than_one_of_one(go, django_assert_max_num_queries):
    def report(weeks):
        for week in weeks:
            counts = [CountIn(group, 100, week) for group in Group]
            day = TODAY.replace(day=1 + week)
            report_jobs(actor=department(), day=day, counts=counts, households=week, at=MORNING)

    report([1])
    go()
    with django_assert_max_num_queries(30) as few:
        go()
    report(range(2, 12))
    with django_assert_max_num_queries(len(few)):
        assert words_of(go()).count("2020-03-12") >= 4
