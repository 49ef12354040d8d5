"""The register as its readers see it: the queue, the counties, the latest changes, in both languages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add, settle_homes
from hucheng.people.register.models import Home, HomeChange, Person
from hucheng.people.register.queries import QUEUE, latest_changes, people_by_county, without_county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    a_city()


def people(count, place="000000", at=MORNING):
    records = [PersonRecord(surname="LI", given=f"N{n:03}", document_number=f"ZX1{place}{n:04}") for n in range(count)]
    found = find_or_add(actor=SYSTEM, records=records, place=place, reason="manifest", at=at)
    ids = [one.person_id for one in found]
    return sorted(Person.objects.filter(pk__in=ids), key=lambda person: person.given)


def settle(who, county, why="family", at=MORNING):
    homes = {one.pk: county for one in who}
    return settle_homes(actor=an_actor(Role.COMMAND_OFFICE), homes=homes, why=why, at=at)


def page(client: Client, role=Role.COMMAND_OFFICE, place=CITY, language="en", **form):
    actor = an_actor(role, place, "U1" if role in UNIT_ROLES else "")
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(MORNING):
        address = reverse("people:register")
        return client.post(address, form) if form else client.get(address)


def main_of(answer) -> str:
    return " ".join(answer.text.partition("<main")[2].split())


@pytest.mark.parametrize("role", [*Role])
def test_who_may_open_the_register(client, role):
    readers = {Role.ENTRY, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY}
    assert page(client, role).status_code == (200 if role in readers else 404)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["No county answers for one person yet.", "Xiaodian District"]), ("zh-hans", ["小店区", "尚有 1 人"])],
)
def test_one_person_who_waits_is_named_with_the_end_of_the_document(client, language, words):
    (somebody,) = people(1)
    text = main_of(page(client, language=language))
    assert all(word in text for word in [*words, somebody.full_name, "…0000"])
    assert "ZX1000000" not in text


def test_an_empty_queue_says_what_belongs_there(client):
    people(1, COUNTY)
    text = main_of(page(client))
    assert 'class="empty"' in text and "A county answers for everybody who lives in the city." in text


def test_the_queue_shows_its_first_two_hundred_and_counts_all(client):
    people(QUEUE + 3)
    answer = page(client)
    assert answer.context["waiting"] == QUEUE + 3 and len(answer.context["shown"]) == QUEUE
    assert ReadTrace.objects.filter(purpose="county").count() == QUEUE, "nobody unseen leaves a trace"


def test_whoever_waits_longest_stands_first_and_of_one_day_by_name():
    late, early = people(1, at=MORNING), people(2, OTHER_COUNTY, at=MORNING - timedelta(days=1))
    Person.objects.filter(pk__in=[one.pk for one in early]).update(home=Home.UNKNOWN, place="000000")
    assert [one.pk for one in without_county(SYSTEM)] == [early[0].pk, early[1].pk, late[0].pk]


def test_every_county_stands_with_its_people_those_without_any_too():
    people(2, COUNTY)
    people(1, OTHER_COUNTY)
    rows = people_by_county(an_actor(Role.LEADING_GROUP))
    assert [row.county.code for row in rows] == [county.code for county in counties_of(CITY)]
    assert {row.county.code: row.people for row in rows if row.people} == {COUNTY: 2, OTHER_COUNTY: 1}


def test_a_county_sees_itself_alone_and_no_queue(client):
    people(2)
    people(3, COUNTY)
    answer = page(client, Role.COUNTY, COUNTY)
    assert [(row.county.code, row.people) for row in answer.context["counties"]] == [(COUNTY, 3)]
    assert answer.context["waiting"] == 0 and 'name="people"' not in answer.text
    assert not ReadTrace.objects.exists()


def test_people_outside_the_city_are_counted_in_no_county():
    who = people(2, COUNTY)
    settle(who[:1], "")
    rows = people_by_county(SYSTEM)
    assert sum(row.people for row in rows) == 1
    assert list(Person.objects.filter(home=Home.OUTSIDE).values_list("place", flat=True)) == ["000000"]


def test_the_latest_twelve_changes_stand_newest_first_with_the_county_that_answers_now():
    who = people(14)
    for minute, one in enumerate(who):
        settle([one], COUNTY if minute % 2 else OTHER_COUNTY, at=MORNING + timedelta(minutes=minute))
    steps = latest_changes(an_actor(Role.COMMAND_OFFICE))
    assert [step.change.person_id for step in steps] == [one.pk for one in reversed(who[2:])]
    assert [step.county for step in steps[:2]] == [
        next(county.name for county in counties_of(CITY) if county.code == code) for code in (COUNTY, OTHER_COUNTY)
    ]


def test_a_county_sees_the_changes_of_its_own_people_only():
    mine, theirs = people(2)
    settle([mine], COUNTY)
    settle([theirs], OTHER_COUNTY)
    assert [step.change.person_id for step in latest_changes(an_actor(Role.COUNTY, COUNTY))] == [mine.pk]
    settle([mine], OTHER_COUNTY, at=MORNING + timedelta(hours=1))
    assert latest_changes(an_actor(Role.COUNTY, COUNTY)) == []


def test_a_change_shows_on_the_page_with_its_reason_and_leaving_the_city_does_not(client):
    first, second = people(2)
    settle([first], COUNTY, why="phone call to the family")
    settle([second], "", why="flew on to Chengdu")
    text = main_of(page(client))
    assert "phone call to the family" in text and "→ Xiaodian District" in text and "Chengdu" not in text
    assert HomeChange.objects.get(person=second).why == "flew on to Chengdu"


def test_a_reason_is_kept_up_to_what_its_field_holds():
    settle(people(1), COUNTY, why="好" * 200)
    assert HomeChange.objects.get().why == "好" * 120


@pytest.mark.parametrize("why", ["", " ", "x" * 121])
def test_the_page_asks_for_a_reason_that_fits(client, why):
    (somebody,) = people(1)
    answer = page(client, people=str(somebody.pk), county=COUNTY, why=why)
    assert answer.status_code == 422 and 'href="#id_why"' in main_of(answer) and not HomeChange.objects.exists()


def test_somebody_settled_meanwhile_is_not_settled_again_from_an_old_page(client):
    first, second = people(2)
    settle([first], OTHER_COUNTY)
    answer = page(client, people=[str(first.pk), str(second.pk)], county=COUNTY, why="family")
    assert answer.status_code == 422
    assert list(HomeChange.objects.values_list("person_id", "after")) == [(first.pk, OTHER_COUNTY)]


def test_the_audit_line_of_a_settling_names_nobody():
    who = people(3)
    settle(who, COUNTY)
    line = AuditLine.objects.get(act="people.register.settle_homes")
    assert "LI" not in str(line.detail) and str(who[0].pk) not in str(line.detail) and line.refused == ""
