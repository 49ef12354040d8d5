"""Announcing, landing, moving, letting out, sending back: what holds after each, and what each refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.actions import announce_flight, change_flight, land, let_out, move, send_back
from hucheng.entry.flights.models import Arrival, Custody, Flight, Whereabouts
from hucheng.entry.testing import a_flight, a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage, triage_flight
from hucheng.entry.triage.models import Triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


def refused(act, code, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code
    return no.value


def announce(desk, **changes):
    said = {"number": "HU7976", "origin": "YYZ", "destination": "PEK", "port": "TYN", "scheduled_landing": after(240)}
    return announce_flight(actor=desk, at=after(0), **(said | changes))


def a_refused_person(desk):
    """A person of a suspended class on the first day of the suspension, judged."""
    the_rules()
    at = after(days=7)
    flight = a_landed_flight(2, at=at)
    first, second = arrivals_of(flight)
    Arrival.objects.filter(pk=first.pk).update(suspended_class=True)
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60, days=7))
    first.refresh_from_db()
    return first, second


def test_a_flight_belongs_to_the_day_of_the_city_not_of_greenwich(desk):
    late = announce(desk, scheduled_landing=after(16 * 60 - 1))
    later = announce(desk, scheduled_landing=after(16 * 60 + 1))
    assert (late.date, later.date) == (date(2020, 3, 21), date(2020, 3, 22))


def test_the_same_flight_of_the_same_day_is_announced_once(desk):
    announce(desk)
    refused(announce, "flight_known", desk=desk, scheduled_landing=after(300))
    assert Flight.objects.count() == 1
    assert AuditLine.objects.filter(act="entry.flights.announce_flight", refused="flight_known").count() == 1


def test_two_announcements_that_meet_at_the_database_leave_one(desk):
    known = announce(desk)
    with pytest.raises(IntegrityError, match="one_landing_a_day|UNIQUE"), transaction.atomic():
        Flight.objects.create(
            number=known.number, date=known.date, origin="NRT", destination="PEK", port=known.port, place="140100",
            scheduled_landing=after(1), announced_at=after(0),
        )  # fmt: skip


def test_the_time_of_a_flight_changes_until_it_lands(desk):
    flight = announce(desk)
    assert change_flight(actor=desk, flight_id=flight.pk, scheduled_landing=after(400), at=after(1)) == flight
    flight.refresh_from_db()
    assert flight.scheduled_landing == after(400)
    land(actor=desk, flight_id=flight.pk, holder="TY-MOAT", at=after(420))
    refused(
        change_flight, "already_landed", actor=desk, flight_id=flight.pk, scheduled_landing=after(500), at=after(430)
    )
    flight.refresh_from_db()
    assert flight.scheduled_landing == after(400)


def test_landing_puts_everybody_into_the_port_with_a_line_of_custody(desk):
    flight = a_landed_flight(3, at=after(0))
    for person in arrivals_of(flight):
        assert (person.whereabouts, person.holder, person.held_since) == (Whereabouts.PORT, "TY-MOAT", after(0))
        assert person.custody.filter(whereabouts=Whereabouts.PORT, at=after(0)).count() == 1


def test_a_landing_is_recorded_once_and_its_time_stands(desk):
    flight = a_landed_flight(1)
    refused(land, "already_landed", actor=desk, flight_id=flight.pk, holder="X", at=after(9))
    flight.refresh_from_db()
    assert flight.landed_at == after(0) and set(Custody.objects.values_list("holder", flat=True)) == {
        "AIRLINE",
        "TY-MOAT",
    }


def test_moving_writes_where_and_in_whose_hands(desk):
    people = arrivals_of(a_landed_flight(3))
    ids = [p.pk for p in people[:2]]
    assert move(actor=desk, arrival_ids=ids, whereabouts=Whereabouts.TRANSFER, holder="FLEET", at=after(30)) == 2
    moved = Arrival.objects.filter(whereabouts=Whereabouts.TRANSFER, holder="FLEET", held_since=after(30))
    assert {a.pk for a in moved} == set(ids)
    assert Custody.objects.filter(holder="FLEET", at=after(30)).count() == 2


def test_one_stranger_among_them_moves_nobody(desk):
    people = arrivals_of(a_landed_flight(2))
    stranger = an_actor(Role.ENTRY, COUNTY)
    args = {"whereabouts": Whereabouts.HOSPITAL, "holder": "X", "at": after(30)}
    with pytest.raises(Http404):
        move(actor=stranger, arrival_ids=[p.pk for p in people], **args)
    with pytest.raises(Http404):
        move(actor=desk, arrival_ids=[people[0].pk, people[0].flight_id], **args)
    assert not Arrival.objects.filter(whereabouts=Whereabouts.HOSPITAL).exists()


def test_whoever_has_left_is_not_moved_back(desk):
    person, other = a_refused_person(desk)
    send_back(actor=desk, arrival_ids=[person.pk], holder="BORDER", at=after(90, days=7))
    no = refused(
        move,
        "has_left",
        actor=desk,
        arrival_ids=[person.pk, other.pk],
        whereabouts=Whereabouts.HOUSE,
        holder="H01",
        at=after(95, days=7),
    )
    assert "1" in str(no.why)
    other.refresh_from_db()
    assert other.whereabouts == Whereabouts.PORT


def test_only_people_inside_are_let_out(desk):
    (person,) = arrivals_of(a_landed_flight(1))
    refused(let_out, "not_inside", actor=desk, arrival_id=person.pk, holder="C-XD-LG", at=after(30))
    for place in (Whereabouts.HOUSE, Whereabouts.CREW_HOUSE, Whereabouts.HOSPITAL):
        move(actor=desk, arrival_ids=[person.pk], whereabouts=place, holder="H01", at=after(40))
        person.refresh_from_db()
        assert person.whereabouts == place
    let_out(actor=desk, arrival_id=person.pk, holder="C-XD-LG", at=after(50))
    person.refresh_from_db()
    assert (person.whereabouts, person.holder) == (Whereabouts.RELEASED, "C-XD-LG")
    refused(let_out, "not_inside", actor=desk, arrival_id=person.pk, holder="C-XD-LG", at=after(60))


def test_only_those_refused_entry_go_back_and_all_or_none(desk):
    person, other = a_refused_person(desk)
    assert person.outcome == Outcome.REFUSED
    both = {"actor": desk, "holder": "BORDER", "at": after(90, days=7)}
    refused(send_back, "not_refused", arrival_ids=[person.pk, other.pk], **both)
    person.refresh_from_db()
    assert person.whereabouts == Whereabouts.PORT
    assert send_back(arrival_ids=[person.pk], **both) == 1
    person.refresh_from_db()
    assert (person.whereabouts, person.holder) == (Whereabouts.SENT_BACK, "BORDER")


def test_somebody_who_went_back_is_not_judged_again(desk):
    """Judging one who went back found no judgement to give and crashed."""
    person, _other = a_refused_person(desk)
    send_back(actor=desk, arrival_ids=[person.pk], holder="BORDER", at=after(90, days=7))
    before = Triage.objects.filter(arrival=person).count()
    refused(triage, "was_sent_back", actor=desk, arrival_id=person.pk, because="x", at=after(99, days=7))
    triage_flight(actor=desk, flight_id=person.flight_id, because="screening", at=after(100, days=7))
    assert Triage.objects.filter(arrival=person).count() == before


def test_another_county_neither_changes_lands_lets_out_nor_sends_back(desk):
    stranger = an_actor(Role.ENTRY, OTHER_COUNTY)
    flight = a_landed_flight(1)
    (person,) = arrivals_of(flight)
    later = {"actor": stranger, "at": after(60)}
    for act, args in (
        (change_flight, {"flight_id": flight.pk, "scheduled_landing": after(1)}),
        (land, {"flight_id": flight.pk, "holder": "X"}),
        (let_out, {"arrival_id": person.pk, "holder": "X"}),
        (send_back, {"arrival_ids": [person.pk], "holder": "X"}),
    ):
        with pytest.raises(Http404):
            act(**later, **args)
    person.refresh_from_db()
    assert (person.whereabouts, person.holder) == (Whereabouts.PORT, "TY-MOAT")


@pytest.mark.parametrize("role", [Role.LABORATORY, Role.COUNTY, Role.LEADING_GROUP, Role.RECEIVER, Role.DEPARTMENT])
def test_a_role_without_a_hand_at_the_desk_does_none_of_it(role):
    actor, flight = an_actor(role), a_flight()
    for act, args in (
        (announce, {"desk": actor}),
        (land, {"actor": actor, "flight_id": flight.pk, "holder": "X", "at": after(1)}),
        (move, {"actor": actor, "arrival_ids": [], "whereabouts": Whereabouts.PORT, "holder": "X", "at": after(1)}),
    ):
        refused(act, "role_may_not", **args)
    flight.refresh_from_db()
    assert flight.landed_at is None


def test_each_act_leaves_one_line_with_identifiers_and_no_name(desk):
    flight = a_landed_flight(2)
    people = arrivals_of(flight)
    fit_to_travel(people, at=after(10))
    ids = [p.pk for p in people]
    move(actor=desk, arrival_ids=ids, whereabouts=Whereabouts.TRANSFER, holder="FLEET", at=after(30))
    line = AuditLine.objects.get(act="entry.flights.move")
    assert (line.user_id, line.role, line.place, line.at) == (desk.user_id, Role.ENTRY, "140100", after(30))
    assert line.detail == {"arrival_ids": 2, "whereabouts": "transfer", "at": str(after(30))}
    for line in AuditLine.objects.all():
        assert "TEST" not in str(line.detail) and "ZX0" not in str(line.detail), line.act
