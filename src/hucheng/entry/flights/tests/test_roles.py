"""What each role sees and may do at the entry desk: no button leads to a refusal or to nothing."""

import re

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.clearance.actions import clear
from hucheng.entry.flights.pages import READERS
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'(?:action|href)="(/[^"?#]*)"')
ENTRY = "/entry/"
DESK, OFFICE, DOCTORS = {Role.ENTRY}, {Role.ENTRY, Role.COMMAND_OFFICE}, {Role.ENTRY, Role.MEDICAL}
NEW = {"number": "CA910", "origin": "YYZ", "destination": "PEK", "scheduled_landing": "2020-03-22T06:50"}


@pytest.fixture
def flight():
    """Four people of whom three declared and hold passes, and a row of the list to mend."""
    the_rules()
    flight = a_landed_flight(4)
    people = arrivals_of(flight)
    fit_to_travel(people[:3], at=after(30))
    desk = an_actor(Role.ENTRY)
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
    clear(actor=desk, flight_id=flight.pk, arrival_ids=[p.pk for p in people[:2]], at=after(70))
    broken = "姓名,证件号码,出生日期\n李四,,1985-02-30\n".encode()
    receive_manifest(actor=desk, flight_id=flight.pk, name="more.csv", data=broken, at=after(75))
    return flight


@pytest.fixture
def at_work(client):
    def sign_in(role):
        client.force_login(User.objects.get(pk=an_actor(role).user_id))
        return client

    with frozen_at(after(90)):
        yield sign_in


def body(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("role", READERS)
def test_every_way_that_the_desk_offers_a_role_is_open_to_it(at_work, flight, role):
    client = at_work(role)
    person = arrivals_of(flight)[0]
    for page in (
        body(client, "entry:flight", flight.pk),
        body(client, "entry:flights"),
        body(client, "entry:passes"),
        body(client, "entry:arrival", person.pk),
    ):
        for address in set(ADDRESS.findall(page)):
            if address.startswith(ENTRY) or str(flight.pk) in address:
                assert client.get(address).status_code != 404, (role, address)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("entry:judge", DOCTORS),
        ("entry:clear", DESK),
        ("entry:upload", OFFICE),
    ],
)
@pytest.mark.parametrize("role", READERS)
def test_an_act_is_offered_to_those_who_may_do_it(at_work, flight, name, roles, role):
    page = body(at_work(role), "entry:flight", flight.pk)
    assert (reverse(name, args=[flight.pk]) in page) == (role in roles)


@pytest.mark.parametrize("role", READERS)
def test_a_flight_is_announced_and_landed_by_the_task_force_and_the_office(at_work, role):
    coming = a_flight("HU1")
    client, may = at_work(role), role in OFFICE
    assert ('name="scheduled_landing"' in body(client, "entry:flights")) == may
    assert (reverse("entry:landing", args=[coming.pk]) in body(client, "entry:flight", coming.pk)) == may
    answer = client.post(reverse("entry:landing", args=[coming.pk]))
    coming.refresh_from_db()
    assert (coming.landed_at is not None) == may
    assert answer.status_code == (302 if may else 404)


@pytest.mark.parametrize("role", READERS)
def test_whoever_may_not_announce_is_refused_by_the_act_itself(at_work, role):
    """The page holds no rule: somebody who sends the form by hand meets the action."""
    answer = at_work(role).post(reverse("entry:flights"), NEW)
    refused = AuditLine.objects.filter(act="entry.flights.announce_flight", refused="role_may_not").count()
    assert (answer.status_code, refused) == ((302, 0) if role in OFFICE else (422, 1))


@pytest.mark.parametrize("role", READERS)
def test_a_pass_is_offered_to_be_taken_back_by_those_who_may(at_work, flight, role):
    page = body(at_work(role), "entry:passes")
    assert page.count("/revoke/") == (2 if role in DOCTORS | OFFICE else 0)


@pytest.mark.parametrize("role", READERS)
def test_a_missing_declaration_leads_to_the_paper_for_those_who_take_it(at_work, flight, role):
    client = at_work(role)
    undeclared = arrivals_of(flight)[3]
    paper = reverse("entry:paper", args=[undeclared.pk])
    assert (paper in body(client, "entry:flight", flight.pk)) == (role in DOCTORS)
    assert (paper in body(client, "entry:arrival", undeclared.pk)) == (role in DOCTORS)


@pytest.mark.parametrize("role", READERS)
def test_rows_are_mended_and_taken_as_a_file_by_those_who_send_lists(at_work, flight, role):
    client, may = at_work(role), role in OFFICE
    page = body(client, "entry:flight", flight.pk)
    assert ("rows.csv" in page) == may and ('name="aside"' in page) == may
    assert client.get(reverse("entry:rows_to_mend", args=[flight.pk])).status_code == (200 if may else 404)


def test_the_list_of_people_is_the_same_for_every_reader(at_work, flight):
    names = {p.full_name for p in (a.person for a in arrivals_of(flight))}
    for role in READERS:
        page = body(at_work(role), "entry:flight", flight.pk)
        assert all(name in page for name in names), role


def test_no_page_of_the_desk_shows_a_whole_document_number(at_work, flight):
    numbers = [a_passenger(n).document.number for n in range(4)]
    for name, args in (("entry:flight", [flight.pk]), ("entry:passes", []), ("entry:flights", [])):
        assert not [number for number in numbers if number in body(at_work(Role.ENTRY), name, *args)]
