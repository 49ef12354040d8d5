"""Nobody is between two counties: the queue without an owner, and who may settle whose home (ISS-14)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, a_city, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add, settle_homes
from hucheng.people.register.measures import missing_area
from hucheng.people.register.models import Home, HomeChange, Person
from hucheng.people.register.queries import people_by_county, to_settle, without_county

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def city():
    a_city()


def people(count=3, place="000000"):
    records = [PersonRecord(surname="LI", given=f"N{n}", document_number=f"ZX1{place}{n}") for n in range(count)]
    found = find_or_add(actor=SYSTEM, records=records, place=place, reason="manifest", at=AT)
    return [Person.objects.get(pk=one.person_id) for one in found]


def settle(who, county=COUNTY, actor=None, why="phone call"):
    office = actor or an_actor(Role.COMMAND_OFFICE)
    return settle_homes(actor=office, homes={one.pk: county for one in who}, why=why, at=AT)


@pytest.mark.parametrize("place", ["000000", CITY, "140000"])
def test_a_place_that_is_no_county_is_no_home(place):
    (somebody,) = people(1, place)
    assert somebody.home == Home.UNKNOWN and somebody.place == "000000"
    assert list(without_county(an_actor(Role.COMMAND_OFFICE))) == [somebody]


def test_a_county_is_a_home_from_the_start():
    (somebody,) = people(1, COUNTY)
    assert somebody.home == Home.COUNTY and not without_county(an_actor(Role.COMMAND_OFFICE)).exists()


def test_the_queue_is_seen_by_the_city_and_by_no_county():
    people(3)
    assert without_county(an_actor(Role.ENTRY)).count() == 3
    assert without_county(SYSTEM).count() == 3
    assert not without_county(an_actor(Role.COUNTY, COUNTY)).exists()
    assert not without_county(an_actor(Role.HOUSE, CITY, "H01")).exists()


def test_whoever_is_settled_leaves_the_queue_and_comes_into_the_countys_sight():
    who = people(3)
    assert settle(who[:2]) == 2
    county = an_actor(Role.COUNTY, COUNTY)
    assert set(Person.objects.seen_by(county)) == set(who[:2])
    assert not Person.objects.seen_by(an_actor(Role.COUNTY, OTHER_COUNTY)).exists()
    assert without_county(an_actor(Role.COMMAND_OFFICE)).count() == 1
    assert {row.county.code: row.people for row in people_by_county(county)} == {COUNTY: 2}


def test_outside_the_city_is_an_answer_too():
    who = people(2)
    settle(who, "")
    assert not without_county(SYSTEM).exists() and set(Person.objects.values_list("home", flat=True)) == {"outside"}


def test_each_change_has_its_row_and_saying_it_again_adds_none():
    who = people(1)
    assert (settle(who), settle(who), settle(who, OTHER_COUNTY)) == (1, 0, 1)
    steps = HomeChange.objects.order_by("after").values_list("before", "after", "why")
    assert list(steps) == [("000000", COUNTY, "phone call"), (COUNTY, OTHER_COUNTY, "phone call")]
    assert AuditLine.objects.filter(act__endswith="settle_homes").count() == 3


@pytest.mark.parametrize("code", ["140100", "310115", "999999", "x"])
def test_a_code_that_is_no_county_of_the_city_is_refused(code):
    who = people(1)
    with pytest.raises(Refusal) as no:
        settle(who, code)
    assert no.value.code == "no_county_of_the_city" and not HomeChange.objects.exists()


def test_a_county_speaks_for_itself_alone():
    who = people(1, COUNTY)
    clerk = an_actor(Role.COUNTY, COUNTY)
    with pytest.raises(Refusal) as no:
        settle(who, OTHER_COUNTY, clerk)
    assert no.value.code == "another_county"
    with pytest.raises(Http404):
        settle(people(1, OTHER_COUNTY), COUNTY, clerk)


def test_one_person_out_of_sight_leaves_everybody_where_they_were():
    mine, theirs = people(1, COUNTY), people(1, OTHER_COUNTY)
    with pytest.raises(Http404):
        settle([*mine, *theirs], "", an_actor(Role.COUNTY, COUNTY))
    assert set(Person.objects.values_list("home", flat=True)) == {"county"}


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.HOUSE, Role.SCHOOL, Role.TRAVELLER, Role.RECEIVER])
def test_other_roles_settle_nothing(role):
    with pytest.raises(Refusal) as no:
        settle(people(1), actor=an_actor(role, unit="X"))
    assert no.value.code == "role_may_not"


@pytest.mark.parametrize(("home", "place"), [("county", "000000"), ("unknown", COUNTY), ("outside", COUNTY)])
def test_the_database_too_wants_a_county_with_its_code(home, place):
    (somebody,) = people(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=somebody.pk).update(home=home, place=place)


def test_changes_stand_against_a_hand_at_the_database():
    settle(people(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeChange.objects.update(why="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeChange.objects.all().delete()


def test_the_measure_counts_the_queue_and_is_blind_below_the_city():
    who = people(3)
    office = an_actor(Role.COMMAND_OFFICE)
    assert missing_area(office, AT).value == 3 and missing_area(office, AT - timedelta(minutes=1)).value == 0
    settle(who[:1])
    assert missing_area(office, AT).value == 2
    assert missing_area(an_actor(Role.COUNTY, COUNTY), AT).value is None


class NobodyIsLost(TestCase):
    """Whatever is settled in whatever order, everybody is in exactly one of queue, a county, outside."""

    @given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", COUNTY, OTHER_COUNTY])), max_size=12))
    def test_everybody_is_in_exactly_one_place(self, acts):
        a_city()
        who = people(5)
        for number, county in acts:
            settle([who[number]], county)
        queue, by_county = without_county(SYSTEM).count(), sum(row.people for row in people_by_county(SYSTEM))
        outside = Person.objects.filter(home=Home.OUTSIDE).count()
        assert queue + by_county + outside == 5 == to_settle(SYSTEM).count()


def page(client, actor, method="get", language="en", **form):
    client.force_login(User.objects.get(pk=actor.user_id))
    with frozen_at(AT):
        return getattr(client, method)(reverse("people:register"), form, headers={"accept-language": language})


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No county answers for 3 people"), ("zh-hans", "尚有 3 人未落实属地")]
)
def test_the_page_says_how_many_wait(client, language, words):
    people(3)
    assert words in page(client, an_actor(Role.COMMAND_OFFICE), language=language).text


def test_the_page_settles_those_ticked(client):
    who = people(3)
    ticked = [str(one.pk) for one in who[:2]]
    answer = page(client, an_actor(Role.COMMAND_OFFICE), "post", people=ticked, county=COUNTY, why="family")
    assert answer.status_code == 302 and Person.objects.filter(place=COUNTY).count() == 2
    rest = page(client, an_actor(Role.COMMAND_OFFICE), "post", people=str(who[2].pk), county="outside", why="family")
    assert rest.status_code == 302 and not without_county(SYSTEM).exists()


@pytest.mark.parametrize(
    "wrong", [{"people": []}, {"people": "x"}, {"county": ""}, {"county": "310115"}, {"why": ""}], ids=str
)
def test_a_form_that_lacks_something_is_refused_and_changes_nothing(client, wrong):
    who = people(1)
    form = {"people": str(who[0].pk), "county": COUNTY, "why": "family"} | wrong
    answer = page(client, an_actor(Role.COMMAND_OFFICE), "post", **form)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and not HomeChange.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Tick the people"), ("zh-hans", "请勾选")])
def test_a_form_to_correct_keeps_its_ticks_its_reason_and_says_who_is_missing(client, language, words):
    first, second = people(2)
    office = an_actor(Role.COMMAND_OFFICE)
    kept = page(client, office, "post", language, people=str(second.pk), county="", why="phone").text
    assert f'value="{second.pk}" checked' in kept and kept.count(" checked>") == 1
    assert 'value="phone"' in kept and 'href="#id_county"' in kept
    assert words in page(client, office, "post", language, county=COUNTY, why="phone").text
    assert first.home == Home.UNKNOWN and not HomeChange.objects.exists()


def test_readers_see_no_form_and_cannot_post(client):
    who = people(1)
    leader = an_actor(Role.LEADING_GROUP)
    assert 'name="people"' not in page(client, leader).text
    page(client, leader, "post", people=str(who[0].pk), county=COUNTY, why="family")
    assert not HomeChange.objects.exists()


def test_a_look_at_the_queue_leaves_a_trace(client):
    people(2)
    page(client, an_actor(Role.ENTRY))
    assert ReadTrace.objects.filter(purpose="county").count() == 2


def test_the_page_costs_the_same_for_twenty_and_for_a_hundred(client):
    office = an_actor(Role.COMMAND_OFFICE)
    asked = []
    for count in (20, 80):
        people(count)
        page(client, office)
        with CaptureQueriesContext(connection) as queries:
            page(client, office)
        asked.append(len(queries))
    assert asked[0] == asked[1]
