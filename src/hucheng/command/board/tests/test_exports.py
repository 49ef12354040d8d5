"""Every list page goes out as XLSX or CSV: the rows in sight, for those who may open the page, and nothing else."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hucheng.command.testing import a_published_meeting
from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import Flight
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.testing import a_flight_to_house, people_inside

pytestmark = pytest.mark.django_db
LISTS = [
    ("entry:flights", "flights", Role.ENTRY, Role.COUNTY),
    ("entry:handovers", "handovers", Role.ENTRY, Role.HOUSE),
    ("quarantine:houses", "houses", Role.QUARANTINE, Role.COUNTY),
    ("quarantine:releases", "inside", Role.QUARANTINE, Role.ENTRY),
    ("quarantine:releases", "released", Role.QUARANTINE, Role.ENTRY),
    ("command:directives", "directives", Role.LEADING_GROUP, Role.ENTRY),
    ("command:tasks", "open", Role.LEADING_GROUP, Role.ENTRY),
    ("command:supervision", "supervision", Role.LEADING_GROUP, Role.ENTRY),
    ("command:measures", "measures", Role.LEADING_GROUP, Role.ENTRY),
    ("command:duty", "roster", Role.COMMAND_OFFICE, Role.COUNTY),
]


@pytest.fixture(autouse=True)
def city():
    a_city()
    people_inside(3)
    a_published_meeting()


def sign_in(client, role, place="140100", unit=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


def page_and_file(client, url, name, kind="csv"):
    with frozen_at(after(400)):
        page = client.get(url)
        file = client.get(url, {"as": kind, "table": name})
    return page, file


def shown(page, name) -> int:
    text = page.content.decode()
    if f'id="t-{name}"' not in text:
        return 0
    return text.split(f'id="t-{name}"')[1].split("</table>")[0].count("data-key=")


def listed(file) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("address", "name", "role", "_other"), LISTS)
def test_an_export_holds_the_rows_of_the_page(client, address, name, role, _other, language):
    client.cookies["django_language"] = language
    sign_in(client, role)
    page, file = page_and_file(client, reverse(address), name)
    assert page.status_code == file.status_code == 200
    assert len(listed(file)) - 1 == shown(page, name)
    _page, book = page_and_file(client, reverse(address), name, "xlsx")
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[1]] == listed(file)[0] and sheet.max_row == len(listed(file))
    assert re.fullmatch(rf'attachment; filename="{name}-\d{{8}}-\d{{4}}\.xlsx"', book["Content-Disposition"])


@pytest.mark.parametrize(("address", "name", "_role", "other"), LISTS)
def test_a_role_without_the_page_has_no_export_of_it(client, address, name, _role, other):
    sign_in(client, other, COUNTY if other == Role.HOUSE else "140100", "H01" if other == Role.HOUSE else "")
    page, file = page_and_file(client, reverse(address), name)
    assert page.status_code == file.status_code == 404


@pytest.mark.parametrize(
    ("address", "name", "role"),
    [
        ("quarantine:houses", "houses", Role.QUARANTINE),
        ("quarantine:releases", "inside", Role.QUARANTINE),
        ("entry:flights", "flights", Role.ENTRY),
        ("command:tasks", "open", Role.COUNTY),
        ("command:supervision", "supervision", Role.COUNTY),
    ],
)
def test_another_county_takes_away_its_own_rows_only(client, address, name, role):
    sign_in(client, role, OTHER_COUNTY)
    page, file = page_and_file(client, reverse(address), name)
    assert page.status_code == 200 and len(listed(file)) - 1 == shown(page, name)
    text = file.content.decode("utf-8-sig")
    assert "H01" not in text and "HU7976" not in text and "小店" not in text


def test_a_flight_is_exported_without_a_number_of_a_document_and_leaves_a_trace_on_each(client):
    flight = Flight.objects.get()
    client.cookies["django_language"] = "en"
    sign_in(client, Role.ENTRY)
    page, file = page_and_file(client, reverse("entry:flight", args=[flight.pk]), "travellers")
    rows = listed(file)
    assert len(rows) - 1 == shown(page, "travellers") == 3
    assert rows[0] == ["Seat", "Name", "Sex", "Temperature", "Test", "Declaration", "Outcome", "Why"]
    people = [arrival.person for arrival in arrivals_of(flight)]
    text = file.content.decode("utf-8-sig")
    assert all(person.document_number not in text and person.birth not in text for person in people)
    assert set(ReadTrace.objects.filter(purpose="export travellers").values_list("person_id", flat=True)) == {
        person.pk for person in people
    }
    assert AuditLine.objects.filter(act__endswith="trace_reads").exists()


def test_a_page_that_is_only_looked_at_leaves_no_trace_of_an_export(client):
    sign_in(client, Role.QUARANTINE)
    with frozen_at(after(400)):
        client.get(reverse("quarantine:releases"))
    assert not ReadTrace.objects.exists()


def test_another_county_cannot_export_a_flight(client):
    sign_in(client, Role.ENTRY, OTHER_COUNTY)
    address = reverse("entry:flight", args=[Flight.objects.get().pk])
    assert client.get(address, {"as": "xlsx"}).status_code == 404
    assert not ReadTrace.objects.exists()


@pytest.mark.parametrize("address", ["quarantine:houses", "command:tasks", "command:directives", "entry:flights"])
def test_an_export_asks_the_database_no_more_than_its_page(client, address):
    roles = {"quarantine": Role.QUARANTINE, "command": Role.LEADING_GROUP, "entry": Role.ENTRY}
    sign_in(client, roles[address.split(":")[0]])
    with frozen_at(after(400)):
        client.get(reverse(address))
        with CaptureQueriesContext(
            connection,
        ) as page:
            client.get(reverse(address))
        with CaptureQueriesContext(connection) as file:
            client.get(reverse(address), {"as": "xlsx"})
    assert len(file) <= len(page)


def test_the_list_of_people_asks_the_same_however_many_fly(client):
    sign_in(client, Role.ENTRY)
    small = Flight.objects.get()
    large = a_flight_to_house(40, number="CA910")
    counts = []
    with frozen_at(after(400)):
        for flight in (small, large):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse("entry:flight", args=[flight.pk])).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1]
