"""A file is taken whole or not at all, and every row is accounted for."""

from datetime import datetime

import pytest
from django.db import DatabaseError
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.engines.manifests import write_csv, write_paxlst, write_xlsx
from hucheng.entry.flights.models import Arrival, Custody
from hucheng.entry.manifests import actions
from hucheng.entry.manifests.actions import mend_row, receive_manifest, set_aside
from hucheng.entry.manifests.models import Manifest, ManifestRow
from hucheng.entry.testing import a_flight, a_passenger
from hucheng.people.door import PersonRecord
from hucheng.people.register.models import Person

pytestmark = pytest.mark.django_db
BROKEN = "姓名,证件号码,出生日期,座位\n王丽华,EZ0000001,1985-04-30,34F\n李四,,1985-02-30,35A\n"


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight():
    return a_flight()


def a_message(count=5, flight="HU7976", **changes):
    people = [a_passenger(n, **changes) for n in range(count)]
    return write_paxlst(people, flight=flight, prepared=datetime(2020, 3, 21, 9))


def send(desk, flight, data, name="list.edi", **kwargs):
    return receive_manifest(actor=desk, flight_id=flight.pk, name=name, data=data, at=after(5), **kwargs)


def account(manifest: Manifest) -> dict[str, int]:
    return {state.value: n for state in ManifestRow.State if (n := getattr(manifest, state.value))}


def test_every_passenger_of_a_message_arrives(desk, flight):
    manifest = send(desk, flight, a_message())
    assert account(manifest) == {"new": 5} and manifest.rows == 5 == manifest.control_total
    assert Arrival.objects.filter(flight=flight).count() == Custody.objects.count() == 5
    assert {a.destination for a in Arrival.objects.all()} == {Destination.CAPITAL}


def test_the_same_file_again_adds_nobody(desk, flight):
    """ISS-06: a peer's re-import said success though nothing came in, and matched a row with itself."""
    send(desk, flight, a_message())
    assert account(send(desk, flight, a_message())) == {"same": 5}
    assert Person.objects.count() == Arrival.objects.count() == 5


def test_a_later_list_changes_a_seat(desk, flight):
    send(desk, flight, a_message(1, seat="11A"))
    assert account(send(desk, flight, a_message(1, seat="12C"))) == {"updated": 1}
    assert Arrival.objects.get().seat == "12C"


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_sheets_give_the_same_people_as_the_message(desk, flight, write):
    send(desk, flight, a_message())
    sheet = write([a_passenger(n) for n in range(5)], flight="HU7976")
    assert account(send(desk, flight, sheet, "list.sheet")) == {"same": 5}


def test_passenger_and_crew_lists_join_in_one_flight(desk, flight):
    send(desk, flight, a_message(3))
    crew = [a_passenger(90, kind="crew"), a_passenger(91, kind="crew")]
    send(desk, flight, write_paxlst(crew, flight="HU7976", prepared=datetime(2020, 3, 21, 9)))
    assert sorted(Arrival.objects.values_list("kind", flat=True)) == ["crew"] * 2 + ["passenger"] * 3


def test_a_row_to_mend_is_kept_with_why_and_what_to_do(desk, flight):
    manifest = send(desk, flight, BROKEN.encode())
    assert account(manifest) == {"new": 1, "pending": 1}
    row = manifest.lines.get(state="pending")
    assert row.line == 3 and any(p["do"]["zh"] and p["do"]["en"] for p in row.problems) and "李四" in row.raw


def test_a_mended_row_arrives_and_the_account_still_holds(desk, flight):
    manifest = send(desk, flight, BROKEN.encode())
    row = manifest.lines.get(state="pending")
    record = PersonRecord(name_zh="李四", document_number="EZ0000009")
    mend_row(actor=desk, row_id=row.pk, record=record, seat="35A", at=after(9))
    manifest.refresh_from_db()
    assert account(manifest) == {"new": 2} and Arrival.objects.filter(seat="35A").exists()
    with pytest.raises(Refusal):
        mend_row(actor=desk, row_id=row.pk, record=record, seat="35A", at=after(10))


def test_a_row_set_aside_stays_in_the_account(desk, flight):
    manifest = send(desk, flight, BROKEN.encode())
    set_aside(actor=desk, row_id=manifest.lines.get(state="pending").pk, at=after(9))
    manifest.refresh_from_db()
    assert account(manifest) == {"new": 1, "rejected": 1}


def test_the_mended_file_sent_again_doubles_nobody(desk, flight):
    send(desk, flight, BROKEN.encode())
    mended = BROKEN.replace("李四,,1985-02-30", "李四,EZ0000009,1985-02-28")
    assert account(send(desk, flight, mended.encode())) == {"same": 1, "new": 1}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x00\xff" * 400, b"PK\x03\x04"])
def test_a_file_of_no_use_is_refused_and_nothing_is_kept(desk, flight, data):
    with pytest.raises(Refusal) as no:
        send(desk, flight, data)
    assert no.value.code.startswith("manifest_") and str(no.value.do)
    assert not Manifest.objects.exists() and AuditLine.objects.filter(refused=no.value.code).exists()


def test_a_list_of_another_flight_is_refused(desk, flight):
    with pytest.raises(Refusal) as no:
        send(desk, flight, a_message(flight="CA910"))
    assert no.value.code == "other_flight"


def test_a_crash_in_the_middle_leaves_nothing(desk, flight, monkeypatch):
    def crash(*args, **kwargs):
        raise DatabaseError("power cut")

    monkeypatch.setattr(actions.ManifestRow.objects, "bulk_create", crash)
    with pytest.raises(DatabaseError):
        send(desk, flight, a_message())
    assert not Manifest.objects.exists() and not Arrival.objects.exists() and not Person.objects.exists()


def test_another_county_cannot_send_a_list(flight):
    with pytest.raises(Http404):
        send(an_actor(Role.ENTRY, COUNTY), flight, a_message())


def test_queries_do_not_grow_with_the_list(desk, django_assert_max_num_queries):
    for count, number in ((3, "HU1"), (200, "HU2")):
        flight = a_flight(number)
        with django_assert_max_num_queries(31):
            send(desk, flight, a_message(count, flight=number))
