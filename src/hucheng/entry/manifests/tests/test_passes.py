"""Boarding passes scanned at the gate: they tell the seats of people on the lists, and take nobody in."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.engines.manifests import BoardingPass, PassLeg, write_bcbp, write_paxlst
from hucheng.entry.flights.models import Arrival
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.manifests.models import ManifestRow
from hucheng.entry.testing import a_flight, a_passenger
from hucheng.people.register.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight(desk):
    flight = a_flight()
    people = [a_passenger(n) for n in range(3)]
    send(desk, flight, write_paxlst(people, flight="HU7976", prepared=after().replace(tzinfo=None)), minutes=2)
    return flight


def send(desk, flight, data, minutes=5):
    return receive_manifest(actor=desk, flight_id=flight.pk, name="gate.txt", data=data, at=after(minutes))


def scanned(*seats: tuple[int, str], flight="HU7976") -> bytes:
    """The passes of passengers by number, each with the seat in which the pass puts them."""
    codes = []
    for number, seat in seats:
        one = a_passenger(number)
        leg = PassLeg(
            pnr=one.pnr, origin="YYZ", destination="TYN", carrier="HU", flight=flight, day=after().date(), seat=seat,
            sequence=f"{number:04}",
        )  # fmt: skip
        codes.append(write_bcbp(BoardingPass(surname=one.surname, given=one.given, electronic=True, legs=(leg,))))
    return "\n".join(codes).encode()


def seats() -> dict[str, str]:
    return {one.person.surname: one.seat for one in Arrival.objects.select_related("person")}


def account(manifest) -> dict[str, int]:
    return {state.value: n for state in ManifestRow.State if (n := getattr(manifest, state.value))}


def test_a_pass_gives_the_seat_as_boarded_and_takes_nobody_in(desk, flight):
    manifest = send(desk, flight, scanned((0, "50C"), (1, a_passenger(1).seat)))
    assert (account(manifest), manifest.format) == ({"updated": 1, "same": 1}, "bcbp")
    assert seats() == {"TESTA": "50C", "TESTB": a_passenger(1).seat, "TESTC": a_passenger(2).seat}
    assert Person.objects.count() == Arrival.objects.count() == 3


def test_the_row_leads_to_the_person(desk, flight):
    manifest = send(desk, flight, scanned((2, "50C")))
    (row,) = manifest.lines.all()
    assert row.arrival.person.surname == "TESTC" and row.raw.startswith("M1TESTC/PERSON")


def test_the_same_scans_again_change_nothing(desk, flight):
    send(desk, flight, scanned((0, "50C")))
    assert account(send(desk, flight, scanned((0, "50C")), minutes=6)) == {"same": 1}


def test_a_pass_of_nobody_on_the_lists_waits_with_its_reason(desk, flight):
    manifest = send(desk, flight, scanned((0, "50C"), (9, "51A")))
    assert account(manifest) == {"updated": 1, "pending": 1} and Arrival.objects.count() == 3
    waiting = manifest.lines.get(state="pending")
    assert [problem["code"] for problem in waiting.problems] == ["PASS_ONLY"] and waiting.arrival is None


def test_a_pass_without_a_seat_leaves_what_is_known(desk, flight):
    before = seats()
    assert account(send(desk, flight, scanned((0, "INF")))) == {"same": 1} and seats() == before


def test_scans_before_any_list_wait_all(desk):
    empty = a_flight("HU489")
    manifest = send(desk, empty, scanned((0, "50C"), flight="HU489"))
    assert account(manifest) == {"pending": 1} and not Arrival.objects.exists()


def test_queries_do_not_grow_with_the_scans(desk, flight, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        send(desk, flight, scanned(*((number, f"{20 + number}A") for number in range(3))))
