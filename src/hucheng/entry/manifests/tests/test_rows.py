"""What becomes of each row: too long, twice, of nobody, of crew, after landing; the account holds whatever comes."""

from datetime import datetime

import pytest
from django.db import IntegrityError, models, transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.flights.actions import land
from hucheng.entry.flights.models import Arrival, Custody, Whereabouts
from hucheng.entry.manifests.actions import mend_row, receive_manifest, set_aside
from hucheng.entry.manifests.cells import LONGEST
from hucheng.entry.manifests.models import Manifest, ManifestRow
from hucheng.entry.manifests.queries import rows_to_mend
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of
from hucheng.people.door import PersonRecord

pytestmark = pytest.mark.django_db
HEAD = "姓名,性别,证件号码,国籍,出生日期,座位,PNR,电话\n"
GOOD = "王丽华,女,EZ0000001,CHN,1985-04-30,34F,ZZ1,13900000001\n"


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight():
    return a_flight()


def send(flight, text, minutes=5, **said):
    data = text if isinstance(text, bytes) else (HEAD + text).encode()
    desk = an_actor(Role.ENTRY)
    return receive_manifest(actor=desk, flight_id=flight.pk, name="l.csv", data=data, at=after(minutes), **said)


def account(manifest):
    return {state.value: n for state in ManifestRow.State if (n := getattr(manifest, state.value))}


def row_of(**said):
    cells = {"name": "李四", "sex": "男", "number": "EZ0000002", "nation": "CHN", "birth": "1980-01-02"}
    cells |= {"seat": "35A", "pnr": "ZZ2", "phone": ""} | said
    return ",".join(cells.values()) + "\n"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "李" * 61}, "name_zh"),
        ({"name": "LI/" + "X" * 130}, "given"),
        ({"nation": "某某共和国"}, "nationality"),
        ({"seat": "35A靠窗的位置"}, "seat"),
        ({"pnr": "Z" * 21}, "pnr"),
    ],
)
def test_a_cell_that_is_too_long_keeps_its_row_back_and_lets_the_others_in(flight, said, field):
    """PostgreSQL refused the cell, and with it the whole list, as a fault of the house."""
    manifest = send(flight, GOOD + row_of(**said))
    assert account(manifest) == {"new": 1, "pending": 1}
    row = manifest.lines.get(state="pending")
    told = [problem for problem in row.problems if problem["code"] == "TOO_LONG"]
    assert [problem["field"] for problem in told] == [field] and told[0]["line"] == row.line
    assert str(LONGEST[field]) in told[0]["why"]["en"] and str(LONGEST[field]) in told[0]["why"]["zh"]
    assert told[0]["do"]["zh"] and told[0]["do"]["en"]


@pytest.mark.parametrize("said", [{"name": "李" * 60}, {"pnr": "Z" * 20}, {"seat": "35A99Z"}])
def test_a_cell_that_just_fits_comes_in(flight, said):
    assert account(send(flight, row_of(**said))) == {"new": 1}


def test_the_ledger_holds_exactly_what_is_let_in():
    columns = {**LONGEST, "party": LONGEST["pnr"]}
    person = Arrival._meta.get_field("person").related_model
    held = {
        field.name: field.max_length
        for model in (person, Arrival)
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField) and field.name in columns and field.max_length
    }
    assert held == {name: columns[name] for name in held}
    assert set(held) == set(columns) - {"pnr"}


class Account(TestCase):
    """Whatever stands in a list, each of its rows is accounted for and each person arrives once."""

    @settings(max_examples=20)
    @given(
        rows=st.lists(
            st.sampled_from(
                [
                    GOOD,
                    row_of(),
                    row_of(number=""),
                    row_of(number="", birth=""),
                    row_of(name=""),
                    row_of(seat="12345678"),
                    row_of(name="孙七", number="EZ0000007", seat=""),
                    row_of(name="孙七", number="EZ0000007", seat="40C"),
                ]
            ),
            min_size=1,
            max_size=8,
        ),
        again=st.booleans(),
    )
    def test_the_account_holds(self, rows, again):
        flight = a_flight()
        for turn in range(2 if again else 1):
            try:
                manifest = send(flight, "".join(rows), minutes=5 + turn)
            except Refusal as no:
                assert no.code.startswith("manifest_") and not Arrival.objects.exists()
                return
            states = list(manifest.lines.values_list("state", flat=True))
            assert manifest.rows == len(states) == sum(account(manifest).values())
            assert {state: states.count(state) for state in set(states)} == account(manifest)
            assert turn == 0 or not manifest.new
        people = list(Arrival.objects.values_list("person_id", flat=True))
        assert len(people) == len(set(people)) == Custody.objects.count()
        arrived = manifest.lines.exclude(state__in=["pending", "rejected"])
        assert all(row.arrival_id or row.state == "duplicate" for row in arrived)


def test_whoever_joins_after_the_landing_is_in_the_port_in_the_hands_of_the_desk(flight):
    send(flight, GOOD)
    land(actor=an_actor(Role.ENTRY), flight_id=flight.pk, holder="TY-MOAT", at=after(60))
    send(flight, row_of(), minutes=70)
    late = Arrival.objects.get(seat="35A")
    assert (late.whereabouts, late.holder, late.held_since) == (Whereabouts.PORT, "TY-MOAT", after(70))
    assert [(c.whereabouts, c.holder) for c in late.custody.all()] == [("port", "TY-MOAT")]


@pytest.mark.parametrize(
    ("debark", "kind", "destination"),
    [
        ("PEK", "passenger", Destination.CAPITAL),
        ("PKX", "passenger", Destination.CAPITAL),
        ("TYN", "passenger", Destination.CITY),
        ("XIY", "passenger", Destination.ELSEWHERE),
        ("PEK", "crew", Destination.ELSEWHERE),
    ],
)
def test_where_the_seat_ends_is_where_a_person_is_taken_to_go_until_they_declare(flight, debark, kind, destination):
    message = write_paxlst(
        [a_passenger(1, debark=debark, kind=kind)], flight="HU7976", prepared=datetime(2020, 3, 21, 9)
    )
    send(flight, message)
    assert Arrival.objects.get().destination == destination


def test_a_list_that_does_not_say_a_seat_leaves_the_one_known(flight):
    send(flight, row_of(seat="35A"))
    assert account(send(flight, row_of(seat="", pnr=""), minutes=6)) == {"same": 1}
    assert (Arrival.objects.get().seat, Arrival.objects.get().party) == ("35A", "ZZ2")


def test_a_person_twice_in_a_list_arrives_once(flight):
    manifest = send(flight, row_of() + row_of(phone="13900000002"))
    assert account(manifest) in ({"new": 1, "duplicate": 1}, {"new": 1, "pending": 1})
    assert Arrival.objects.count() == 1


def test_who_has_no_document_arrives_once_however_often_the_same_row_is_sent(flight):
    """The register joins nobody by name and birth: each sending made one more person of the same row."""
    text = row_of(number="") + row_of(name="孙七", number="", birth="1990-02-03")
    assert account(send(flight, text)) == {"new": 2}
    assert account(send(flight, text, minutes=6)) == {"same": 2}
    assert account(send(flight, text + GOOD, minutes=7)) == {"same": 2, "new": 1}
    assert Arrival.objects.count() == 3


def test_who_has_no_document_and_a_changed_row_may_be_somebody_else(flight):
    send(flight, row_of(number=""))
    assert account(send(flight, row_of(number="", birth="1981-01-02"), minutes=6)) == {"new": 1}
    assert account(send(a_flight("HU7978"), row_of(number=""), minutes=7)) == {"new": 1}


def test_the_same_person_on_two_flights_is_one_person_with_two_arrivals(flight):
    send(flight, row_of())
    other = a_flight("HU7978")
    assert account(send(other, row_of(), minutes=9)) == {"new": 1}
    first, second = Arrival.objects.all()
    assert first.person_id == second.person_id and first.flight_id != second.flight_id


def test_a_mended_row_of_somebody_who_is_here_already_doubles_nobody(desk, flight):
    manifest = send(flight, GOOD + row_of(name="", number=""))
    row = manifest.lines.get(state="pending")
    record = PersonRecord(name_zh="王丽华", document_number="EZ0000001")
    mended = mend_row(actor=desk, row_id=row.pk, record=record, seat="36A", at=after(9))
    manifest.refresh_from_db()
    assert (mended.state, mended.arrival.seat) == ("same", "34F")
    assert account(manifest) == {"new": 1, "same": 1} and Arrival.objects.count() == 1


@pytest.mark.parametrize("act", ["mend", "aside"])
def test_a_row_is_settled_once_by_whatever_act_comes_first(desk, flight, act):
    manifest = send(flight, GOOD + row_of(name="", number=""))
    row = manifest.lines.get(state="pending")

    def mend():
        record = PersonRecord(name_zh="李四", document_number="EZ0000009")
        mend_row(actor=desk, row_id=row.pk, record=record, seat="35A", at=after(9))

    def aside():
        set_aside(actor=desk, row_id=row.pk, at=after(9))

    (mend if act == "mend" else aside)()
    for again in (mend, aside):
        with pytest.raises(Refusal) as no:
            again()
        assert no.value.code == "row_settled"
    manifest.refresh_from_db()
    assert sum(account(manifest).values()) == manifest.rows == 2 and manifest.pending == 0
    assert AuditLine.objects.filter(refused="row_settled").count() == 2


@pytest.mark.parametrize("act", [mend_row, set_aside])
def test_a_row_of_another_place_is_not_there(flight, act):
    row = send(flight, GOOD + row_of(name="", number="")).lines.get(state="pending")
    said = {"record": PersonRecord(name_zh="李四"), "seat": ""} if act is mend_row else {}
    with pytest.raises(Http404):
        act(actor=an_actor(Role.ENTRY, COUNTY), row_id=row.pk, at=after(9), **said)
    with pytest.raises(Http404):
        act(actor=an_actor(Role.ENTRY), row_id=flight.pk, at=after(9), **said)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize("role", [Role.MEDICAL, Role.QUARANTINE, Role.COUNTY, Role.LABORATORY, Role.RECEIVER])
def test_a_role_without_a_hand_in_lists_settles_no_row(flight, role):
    row = send(flight, GOOD + row_of(name="", number="")).lines.get(state="pending")
    with pytest.raises(Refusal) as no:
        set_aside(actor=an_actor(role), row_id=row.pk, at=after(9))
    assert no.value.code == "role_may_not"


def test_rows_wait_in_the_order_of_their_lists_and_lines(desk, flight):
    late, early = row_of(name="", number=""), row_of(name="", number="", seat="1A")
    send(flight, GOOD + early + late, minutes=5)
    send(flight, GOOD + row_of(number="", birth=""), minutes=6)
    rows = list(rows_to_mend(desk, flight))
    assert [(row.manifest.received_at, row.line) for row in rows] == sorted(
        (row.manifest.received_at, row.line) for row in rows
    )
    assert len(rows) == 3 and not rows_to_mend(an_actor(Role.ENTRY, COUNTY), flight)


def test_the_database_keeps_the_account_of_a_list(flight):
    manifest = send(flight, GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Manifest.objects.filter(pk=manifest.pk).update(rejected=1)


@pytest.mark.parametrize(
    "text",
    [
        "谁,号码,生日\n李四,EZ0000002,1980-01-02\n",
        "水果,价格\n苹果,3\n梨,4\n",
        "1,2,3\n4,5,6\n",
    ],
)
def test_a_sheet_whose_columns_nobody_understands_is_refused_with_what_to_do(flight, text):
    """Its rows were counted and none was read: the account did not hold, and the house fell over."""
    with pytest.raises(Refusal) as no:
        send(flight, text.encode())
    assert no.value.code == "manifest_unknown_columns" and no.value.why and no.value.do
    assert not Manifest.objects.exists()
    assert AuditLine.objects.get(act="entry.manifests.receive_manifest").refused == "manifest_unknown_columns"


def test_columns_may_be_named_by_hand(flight):
    text = "谁,号码,生日\n李四,EZ0000002,1980-01-02\n".encode()
    manifest = send(flight, text, mapping={"name": "谁", "document_number": "号码", "birth": "生日"})
    assert account(manifest) == {"new": 1} and manifest.mapping["document_number"] == "号码"


def test_a_long_file_name_is_cut_and_the_file_is_known_by_its_digest(desk, flight):
    manifest = receive_manifest(
        actor=desk, flight_id=flight.pk, name="l" * 300 + ".csv", data=(HEAD + GOOD).encode(), at=after(5)
    )
    assert len(manifest.name) == 120 and len(manifest.sha256) == 64
    assert send(flight, GOOD, minutes=6).sha256 == manifest.sha256


def test_people_of_an_older_list_stay_when_a_newer_one_does_not_name_them():
    """A list that lacks somebody is no proof that they are not aboard; the desk sees who was not met."""
    flight = a_landed_flight(3)
    message = write_paxlst([a_passenger(0)], flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    assert account(send(flight, message)) == {"same": 1}
    assert len(arrivals_of(flight)) == 3
