"""Disputes: one group is one, a repeat is linked and never re-opened (NEW-32), and each has its clock."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.accounts.models import User
from hucheng.core.clock import SHANGHAI, frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.disputes.actions import DisputeIn, file_dispute, reach_both_sides, settle
from hucheng.stability.disputes.measures import first_contact_2d, over_30_days, settled_without_court
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.disputes.queries import contact_due, open_disputes
from hucheng.stability.testing import clerk, department, refused

pytestmark = pytest.mark.django_db
Kind, Settled = Dispute.Kind, Dispute.Settled
WAGES = {"kind": Kind.LABOUR, "firm": "某餐饮连锁", "other_side": "38 名员工", "people": 38, "cause": "二月工资"}


@pytest.fixture(autouse=True)
def city():
    a_city()


def filed(at=MORNING, actor=None, place=COUNTY, **changes):
    return file_dispute(actor=actor or clerk(), place=place, given=DisputeIn(**(WAGES | changes)), at=at)


def test_a_group_is_one_dispute_with_its_people_counted():
    """NEW-32."""
    dispute = filed()
    assert (dispute.people, dispute.repeats, dispute.settled_at) == (38, None, None)
    refused("dispute_open", filed, at=after(60), people=40)
    assert filed(kind=Kind.DEBT) and filed(other_side="供货商") and Dispute.objects.count() == 3


def test_a_repeat_is_linked_and_the_old_one_is_never_opened_again():
    """NEW-32."""
    first = filed()
    settle(actor=clerk(), dispute_id=first.pk, how=Settled.WITHDRAWN, at=after(60))
    refused("dispute_settled", reach_both_sides, actor=clerk(), dispute_id=first.pk, at=after(70))
    refused("dispute_settled", settle, actor=clerk(), dispute_id=first.pk, how=Settled.COURT, at=after(70))
    again = filed(at=after(80))
    assert again.repeats == first and again.pk != first.pk and list(first.repeated_by.all()) == [again]
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.filter(pk=first.pk).update(settled="", settled_at=None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"firm": " "}, "dispute_incomplete"),
        ({"cause": ""}, "dispute_incomplete"),
        ({"people": 0}, "dispute_incomplete"),
        ({"other_side": "员工 13812345678"}, "personal_number"),
        ({"cause": "姓名：某某 欠薪"}, "personal_name"),
    ],
)
def test_sides_are_told_in_words_and_nobody_by_number_or_name(changes, code):
    refused(code, filed, **changes)
    assert not Dispute.objects.exists()
    fields = {field.name for field in Dispute._meta.concrete_fields}
    assert not {name for name in fields if re.search(r"phone|person|id_number|employee|complainant", name)}


def test_a_dispute_taken_over_from_paper_keeps_its_own_times():
    old = filed(filed_at=after(0, days=-40), contacted_at=after(0, days=-39))
    assert (old.filed_at, old.contacted_at) == (after(0, days=-40), after(0, days=-39))
    assert over_30_days(department(), MORNING).value == 1
    wrong = {"filed_at": after(5)}, {"contacted_at": after(5)}, {"filed_at": after(-9), "contacted_at": after(-10)}
    for times in wrong:
        refused("dispute_times", filed, other_side="供货商", **times)


def test_mediation_needs_both_sides_and_the_first_contact_stands():
    dispute = filed()
    refused("nobody_reached", settle, actor=clerk(), dispute_id=dispute.pk, how=Settled.MEDIATED, at=after(5))
    reach_both_sides(actor=clerk(), dispute_id=dispute.pk, at=after(10))
    assert reach_both_sides(actor=clerk(), dispute_id=dispute.pk, at=after(20)).contacted_at == after(10)
    done = settle(actor=clerk(), dispute_id=dispute.pk, how=Settled.MEDIATED, at=after(30))
    assert (done.settled, done.settled_at) == ("mediated", after(30))


def test_another_county_finds_nothing_and_readers_do_not_write():
    dispute = filed()
    for act in (reach_both_sides, settle):
        extra = {"how": Settled.COURT} if act is settle else {}
        with pytest.raises(Http404):
            act(actor=clerk(OTHER_COUNTY), dispute_id=dispute.pk, at=after(1), **extra)
    with pytest.raises(Http404):
        filed(actor=clerk(OTHER_COUNTY))
    refused("role_may_not", filed, actor=an_actor(Role.LEADING_GROUP))
    assert open_disputes(clerk(OTHER_COUNTY), after(1)) == [] and len(open_disputes(department(), after(1))) == 1


@pytest.mark.parametrize(
    ("filed_on", "due_on"),
    [
        ("2020-03-23", "2020-03-25"),
        ("2020-03-26", "2020-03-30"),
        ("2020-03-27", "2020-03-31"),
        ("2020-03-28", "2020-03-31"),
    ],
)
def test_two_working_days_leave_the_weekend_out(filed_on, due_on):
    at = datetime.fromisoformat(f"{filed_on}T10:00").replace(tzinfo=SHANGHAI)
    assert contact_due(at).strftime("%Y-%m-%d %H:%M") == f"{due_on} 23:59"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2020, 12, 31)))
def test_the_time_for_contact_is_two_to_four_days_and_ends_on_a_working_day(moment):
    filed_at = moment.replace(tzinfo=SHANGHAI)
    due = contact_due(filed_at)
    assert due.weekday() < 5 and 2 <= (due.date() - filed_at.date()).days <= 4


@pytest.mark.parametrize(("late", "value"), [(0, 100), (1, 0)])
def test_first_contact_counts_to_the_end_of_the_second_working_day(late, value):
    dispute = filed()
    at = contact_due(MORNING) + timedelta(seconds=late)
    assert first_contact_2d(department(), contact_due(MORNING)).value is None
    reach_both_sides(actor=clerk(), dispute_id=dispute.pk, at=at)
    assert first_contact_2d(department(), at).value == value


def test_a_dispute_nobody_was_reached_in_counts_once_its_time_is_over():
    filed()
    reading = first_contact_2d(department(), contact_due(MORNING) + timedelta(seconds=1))
    assert (reading.numerator, reading.denominator) == (0, 1)


@pytest.mark.parametrize(("days", "count"), [(29.9, 0), (30, 0), (30.1, 1)])
def test_disputes_are_long_after_thirty_days(days, count):
    assert over_30_days(department(), MORNING).value is None
    filed()
    assert over_30_days(department(), after(0, days=days)).value == count
    assert open_disputes(department(), after(0, days=31))[0].long


def test_a_settled_dispute_is_long_no_more_and_court_counts_against():
    dispute, other = filed(), filed(other_side="供货商")
    settle(actor=clerk(), dispute_id=dispute.pk, how=Settled.COURT, at=after(0, days=31))
    assert over_30_days(department(), after(0, days=32)).value == 1
    assert settled_without_court(department(), after(0, days=30)).value is None
    settle(actor=clerk(), dispute_id=other.pk, how=Settled.ARBITRATED, at=after(0, days=33))
    assert settled_without_court(department(), after(0, days=34)).value == 50


def test_the_database_itself_knows_one_open_dispute_a_group():
    dispute = filed()
    row = {name: getattr(dispute, name) for name in ("place", "kind", "firm", "other_side", "cause", "filed_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(**row)
    for changes in ({"people": 12}, {"settled": "court"}, {"contacted_at": MORNING - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.update(**changes)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_files_reaches_and_settles(client, language):
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=clerk().user_id))
    page = reverse("stability:disputes")
    with frozen_at(after(60)):
        assert client.post(page, {"place": COUNTY}).status_code == 422
        assert client.post(page, WAGES | {"place": COUNTY}).status_code == 302
        again = client.post(page, WAGES | {"place": COUNTY})
        assert again.status_code == 422 and "dispute_open" in again.content.decode()
        dispute = Dispute.objects.get()
        settle_ = reverse("stability:settle_dispute", args=[dispute.pk])
        untold = client.post(settle_, {"how": "nonsense"})
        assert untold.status_code == 422 and untold.context["refusal"].code == "no_end"
        assert client.post(reverse("stability:reach_both_sides", args=[dispute.pk])).status_code == 302
        assert client.post(settle_, {"how": "mediated"}).status_code == 302
        text = client.get(page).content.decode()
    assert ("调解" if language != "en" else "By mediation") in text and text.count("<h1>") == 1


def test_the_register_asks_no_more_queries_as_it_grows(client, django_assert_max_num_queries):
    client.force_login(User.objects.get(pk=department().user_id))
    for n in range(25):
        dispute = filed(other_side=f"{n} 号方")
        if n % 3 == 0:
            settle(actor=clerk(), dispute_id=dispute.pk, how=Settled.COURT, at=after(5))
            filed(other_side=f"{n} 号方", at=after(6))
    with frozen_at(after(60)), django_assert_max_num_queries(12):
        assert client.get(reverse("stability:disputes")).status_code == 200
