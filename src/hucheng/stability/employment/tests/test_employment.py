"""Work of the key groups: counts alone, corrected by new versions, blind when stale."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.employment.actions import CountIn, report_jobs
from hucheng.stability.employment.measures import key_groups_placed, zero_job_households
from hucheng.stability.employment.models import Group, HouseholdCount, JobCount
from hucheng.stability.employment.queries import groups
from hucheng.stability.testing import TODAY, clerk, department

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    a_city()


def week(*counts, day=TODAY, actor=None, at=MORNING, households=None):
    told = [CountIn(group, registered, placed) for group, registered, placed in counts]
    return report_jobs(actor=actor or department(), day=day, counts=told, households=households, at=at)


def test_the_share_is_taken_over_all_groups_by_their_latest_count():
    week((Group.GRADUATES, 100, 10), (Group.MIGRANTS, 300, 90), day=TODAY - timedelta(days=7))
    week((Group.GRADUATES, 100, 50), households=4)
    reading = key_groups_placed(department(), after(1))
    assert (reading.numerator, reading.denominator, reading.value) == (140, 400, 35)
    assert zero_job_households(department(), after(1)).value == 4
    graduates = groups(department(), after(1))[0]
    assert graduates.share == 50 and graduates.trend == [10, 50]


def test_a_correction_is_a_new_version_and_counts():
    week((Group.LAID_OFF, 10, 1), households=9)
    week((Group.LAID_OFF, 10, 8), households=2, at=after(5))
    assert list(JobCount.objects.order_by("version").values_list("version", "placed")) == [(1, 1), (2, 8)]
    assert (
        key_groups_placed(department(), after(6)).value == 80 and zero_job_households(department(), after(6)).value == 2
    )
    assert key_groups_placed(department(), after(4)).value == 10, "what came later was not known before"


@pytest.mark.parametrize(("days", "blind"), [(14, False), (15, True)])
def test_stale_counts_are_blind(days, blind):
    week((Group.POOR, 10, 5), households=0)
    later = after(0, days=days)
    assert (key_groups_placed(department(), later).value is None) == blind
    assert (zero_job_households(department(), later).value is None) == blind


def test_nothing_reported_is_blind_and_a_county_is_not_added_to_its_city():
    assert key_groups_placed(department(), MORNING).value is None is zero_job_households(department(), MORNING).value
    week((Group.POOR, 10, 10), actor=clerk(OTHER_COUNTY), households=7)
    assert key_groups_placed(department(), MORNING).value is None is zero_job_households(department(), MORNING).value
    assert key_groups_placed(clerk(OTHER_COUNTY), MORNING).value == 100
    assert key_groups_placed(clerk(), MORNING).value is None


@pytest.mark.parametrize(
    ("counts", "changes", "code"),
    [
        ([(Group.POOR, 5, 6)], {}, "jobs_counts"),
        ([(Group.POOR, 5, -1)], {}, "jobs_counts"),
        ([(Group.POOR, 5, 1), (Group.POOR, 6, 1)], {}, "jobs_counts"),
        ([], {}, "jobs_counts"),
        ([], {"households": -1}, "jobs_counts"),
        ([(Group.POOR, 5, 1)], {"day": TODAY + timedelta(days=1)}, "jobs_day"),
        ([(Group.POOR, 5, 1)], {"actor": "leader"}, "role_may_not"),
    ],
)
def test_counts_that_cannot_be_are_refused_whole(counts, changes, code):
    if "actor" in changes:
        changes = {"actor": an_actor(Role.LEADING_GROUP)}
    with pytest.raises(Refusal) as no:
        week(*counts, **changes)
    assert no.value.code == code and str(no.value.do)
    assert not JobCount.objects.exists() and not HouseholdCount.objects.exists()


def test_the_database_refuses_more_placed_than_registered_and_a_changed_count():
    week((Group.POOR, 5, 1), households=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobCount.objects.create(
            place="140100", day=TODAY, group="migrants", registered=1, placed=2, reported_at=MORNING
        )
    for model in (JobCount, HouseholdCount):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(version=7)


def test_no_count_can_hold_a_person():
    fields = {field.name for model in (JobCount, HouseholdCount) for field in model._meta.concrete_fields}
    assert fields == {
        "id", "place", "day", "group", "version", "registered", "placed", "without_work", "reported_by", "reported_at",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_reports_a_week_and_says_what_is_blind(client, language):
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=department().user_id))
    page = reverse("stability:employment")
    with frozen_at(after(60)):
        assert ("无读数" if language != "en" else "this is blind") in client.get(page).content.decode()
        told = {"day": "2020-03-21", "households": "3", "graduates_registered": "2150", "graduates_placed": "900"}
        assert client.post(page, told).status_code == 302
        text = client.get(page).content.decode()
        wrong = client.post(page, told | {"graduates_placed": "9000"})
        assert wrong.status_code == 422 and "jobs_counts" in wrong.content.decode()
        assert client.post(page, {"day": ""}).status_code == 422
    assert "900" in text and "2,150" in text and JobCount.objects.count() == 1
