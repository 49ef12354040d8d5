"""A human of two rows of the register boards once: either passport on a list is the same traveller."""

from dataclasses import replace

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.engines.manifests import Document, write_csv
from hucheng.entry.flights.models import Arrival
from hucheng.entry.manifests.actions import mend_row, receive_manifest
from hucheng.entry.manifests.models import ManifestRow
from hucheng.entry.testing import a_flight, a_passenger
from hucheng.people.door import PersonRecord
from hucheng.people.register.actions import merge, unmerge
from hucheng.people.register.models import Doubt, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


def send(desk, flight, *passengers, minutes=5):
    data = write_csv(list(passengers), flight=flight.number)
    return receive_manifest(actor=desk, flight_id=flight.pk, name="list.csv", data=data, at=after(minutes))


def two_passports(desk):
    """One human who came with an old and later with a new passport, as a person found."""
    old, new = a_passenger(1), replace(a_passenger(1), document=Document("P", "EA7777771", None, "CHN"))
    flights = a_flight(), a_flight("CA910")
    send(desk, flights[0], old, minutes=4), send(desk, flights[1], new)
    rows = list(Person.objects.order_by("added_at", "pk"))
    doubt = Doubt.objects.filter(person__in=rows, other__in=rows).get()
    merged = merge(actor=desk, doubt_id=doubt.pk, why="both passports", at=after(6))
    return flights, old, new, merged


def test_what_hangs_on_either_row_stays_where_it_was(desk):
    flights, *_passports, merged = two_passports(desk)
    assert {a.flight_id: a.person_id for a in Arrival.objects.all()} == {
        flights[0].pk: merged.into_id,
        flights[1].pk: merged.person_id,
    }


def test_a_list_with_the_other_passport_is_the_same_traveller(desk):
    (first, _second), _old, new, _merged = two_passports(desk)
    assert send(desk, first, new).new == 0 and Arrival.objects.filter(flight=first).count() == 1


def test_both_passports_on_one_list_are_one_traveller(desk):
    _flights, old, new, _merged = two_passports(desk)
    third = a_flight("MU5042")
    taken = send(desk, third, old, new)
    assert (taken.new, taken.duplicate) == (1, 1) and Arrival.objects.filter(flight=third).count() == 1


def test_after_taking_it_back_they_are_two_again(desk):
    (first, _second), _old, new, merged = two_passports(desk)
    unmerge(actor=desk, merge_id=merged.pk, why="two sisters", at=after(7))
    assert send(desk, first, new).new == 1 and Arrival.objects.filter(flight=first).count() == 2


def test_a_row_mended_with_the_other_passport_is_the_same_traveller(desk):
    (first, _second), _old, new, _merged = two_passports(desk)
    sheet = "姓名,证件号码,出生日期,座位\n李四,,1985-02-30,35A\n".encode()
    receive_manifest(actor=desk, flight_id=first.pk, name="list.csv", data=sheet, at=after(6))
    row = ManifestRow.objects.get(state="pending")
    record = PersonRecord(document_number=new.document.number, document_issuer=new.document.issuer)
    settled = mend_row(actor=desk, row_id=row.pk, record=record, seat="35A", at=after(7))
    assert settled.state == "same" and Arrival.objects.filter(flight=first).count() == 1
