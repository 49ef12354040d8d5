"""What the entry desk shows of one flight: people, lanes, cabin, gate; and one person's way from hand to hand."""

import pytest
from django.urls import reverse
from django.utils import translation

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import CITY, after, an_actor
from hucheng.entry.clearance.actions import clear, depart, revoke
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.actions import move
from hucheng.entry.flights.desk import LANES, desk_of
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.testing import (
    a_flight,
    a_landed_flight,
    a_passenger,
    arrivals_of,
    declared,
    fact,
    fit_to_travel,
    the_rules,
)
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
DESK = Actor(None, CITY, Role.ENTRY)


def judge(flight, minutes=60):
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(minutes))


def seated(*seats):
    """A landed flight with somebody in each of these seats, judged fit to travel."""
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=seat) for n, seat in enumerate(seats)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    judge(flight)
    return flight


def states(flight):
    rows = desk_of(DESK, flight, after(90)).cabin
    return {f"{row}{seat.letter}": seat.state for row, seats in rows for seat in seats if seat.state != "vacant"}


def test_a_flight_nobody_is_on_yet_has_a_desk():
    desk = desk_of(DESK, a_flight(), after(1))
    assert (desk.travellers, desk.cabin, desk.letters, desk.places, desk.manifests) == ([], [], [], [], [])
    assert desk.lanes == [(outcome.value, 0) for outcome in LANES] and desk.waiting == 0


def test_the_cabin_shows_rows_from_the_front_and_every_letter_in_each():
    desk = desk_of(DESK, seated("34F", "11A", "11C", "9F"), after(90))
    assert desk.letters == ["A", "C", "F"] and [row for row, _seats in desk.cabin] == [9, 11, 34]
    assert [seat.state for seat in desk.cabin[1][1]] == ["taken", "taken", "vacant"]


def test_a_case_colours_its_neighbours_and_nobody_far_away():
    flight = seated("20A", "23C", "24C", "17F")
    fact(Arrival.objects.get(seat="20A").pk, Fact.Kind.TEST, "positive", at=after(80))
    assert states(flight) == {"20A": "case", "23C": "contact", "17F": "contact", "24C": "taken"}


def test_an_infant_on_a_lap_hides_neither_itself_nor_its_parent():
    """Two people of one seat: the later one was shown, and with it a case could vanish from the cabin."""
    flight = seated("20A", "20A", "40C")
    parent, infant = Arrival.objects.filter(seat="20A").order_by("pk")
    fact(parent.pk, Fact.Kind.TEST, "positive", at=after(80))
    desk = desk_of(DESK, flight, after(90))
    seat = dict(desk.cabin)[20][0]
    assert seat.state == "case"
    assert {parent.person.full_name, infant.person.full_name} == set(seat.name.split(", "))


@pytest.mark.parametrize(("seat", "place"), [("35", "35?"), ("35-F", "35F"), ("07b", "7B")])
def test_a_seat_is_shown_as_it_can_be_read(seat, place):
    assert states(seated(seat)) == {place: "taken"}


@pytest.mark.parametrize("seat", ["", "0A", "GALLEY"])
def test_a_seat_that_cannot_be_read_is_not_in_the_cabin_but_in_the_list(seat):
    the_rules()
    flight = a_landed_flight([a_passenger(1)])
    Arrival.objects.update(seat=seat)
    desk = desk_of(DESK, flight, after(90))
    assert desk.cabin == [] and [one.arrival.seat for one in desk.travellers] == [seat]


def test_lanes_and_places_each_sum_to_everybody():
    flight = seated("11A", "20A", "29A", "38A", "47A")
    people = arrivals_of(flight)
    fact(people[0].pk, Fact.Kind.TEMPERATURE, "38.5", at=after(70))
    fact(people[1].pk, Fact.Kind.CONTACT, "yes", at=after(70))
    move(
        actor=an_actor(Role.ENTRY),
        arrival_ids=[people[0].pk],
        whereabouts=Whereabouts.HOSPITAL,
        holder="HOSP-A",
        at=after(75),
    )
    desk = desk_of(DESK, flight, after(90))
    assert dict(desk.lanes) == {"hospital": 1, "quarantine": 1, "onward": 3, "hold": 0}
    assert sum(count for _place, count in desk.places) == len(people) == 5


def test_the_gate_counts_who_may_board_who_holds_a_pass_and_what_was_revoked():
    flight = seated("11A", "20A", "29A", "38A")
    people, desk = arrivals_of(flight), an_actor(Role.ENTRY)
    clear(actor=desk, flight_id=flight.pk, arrival_ids=[one.pk for one in people[:3]], at=after(70))
    shown = desk_of(DESK, flight, after(75))
    assert ([one.pk for one in shown.may_board], shown.open_passes, shown.revoked) == ([people[3].pk], 3, 0)
    fact(people[0].pk, Fact.Kind.TEST, "positive", at=after(80))
    revoke(actor=desk, pass_id=Pass.objects.get(arrival=people[1]).pk, why="asked back", at=after(82))
    depart(actor=desk, flight_id=flight.pk, arrival_ids=[people[2].pk], holder="AIRLINE", at=after(85))
    shown = desk_of(DESK, flight, after(90))
    assert shown.revoked == 2 and {one.pk for one in shown.may_board} == {people[1].pk, people[3].pk}
    assert {one.arrival.pk for one in shown.travellers if one.holds_pass} == {people[2].pk}


def test_whoever_is_not_in_the_port_does_not_wait_at_the_gate():
    flight = seated("11A", "20A")
    away, here = arrivals_of(flight)
    desk = an_actor(Role.ENTRY)
    move(actor=desk, arrival_ids=[away.pk], whereabouts=Whereabouts.TRANSFER, holder="FLEET", at=after(70))
    assert [one.pk for one in desk_of(DESK, flight, after(90)).may_board] == [here.pk]


def test_a_pass_that_ran_out_makes_its_holder_wait_again():
    flight = seated("11A")
    clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=[arrivals_of(flight)[0].pk], at=after(70))
    assert desk_of(DESK, flight, after(70 + 12 * 60 - 1)).open_passes == 1
    late = desk_of(DESK, flight, after(70 + 12 * 60))
    assert (late.open_passes, len(late.may_board)) == (0, 1)


def test_a_line_tells_what_is_known_at_that_minute():
    the_rules()
    flight = a_landed_flight(1)
    (person,) = arrivals_of(flight)
    declared([person], at=after(20), symptoms=("cough", "fever"))
    fact(person.pk, Fact.Kind.TEMPERATURE, "36.84", at=after(30))
    fact(person.pk, Fact.Kind.TEST, "pending", at=after(40))
    (early,) = desk_of(DESK, flight, after(25)).travellers
    assert (early.temperature, early.test, early.declared, early.symptoms) == ("", "not_done", True, ("cough", "fever"))
    (line,) = desk_of(DESK, flight, after(45)).travellers
    assert (line.temperature, line.test) == ("36.8", "pending")
    assert not line.case and not line.contact and not line.holds_pass


@pytest.fixture(params=["zh-hans", "en"])
def reader(client, request):
    client.force_login(User.objects.get(pk=an_actor(Role.ENTRY).user_id))
    client.cookies["django_language"] = request.param
    client.language = request.param
    with frozen_at(after(120)):
        yield client


def test_a_person_of_many_hands_is_told_step_by_step(reader):
    flight = seated("11A")
    (person,) = arrivals_of(flight)
    fact(person.pk, Fact.Kind.TEST, "positive", at=after(70))
    for minute, where, holder in ((80, Whereabouts.TRANSFER, "FLEET"), (95, Whereabouts.HOSPITAL, "HOSP-A")):
        move(actor=an_actor(Role.ENTRY), arrival_ids=[person.pk], whereabouts=where, holder=holder, at=after(minute))
    page = reader.get(reverse("entry:arrival", args=[person.pk]))
    hands = page.context["custody"]
    assert {event.by for event in hands[:2]} == {"AIRLINE", "TY-MOAT"}
    assert [event.by for event in hands[2:]] == ["FLEET", "HOSP-A"]
    assert [event.now for event in hands] == [False, False, False, True]
    text = page.content.decode()
    reasons = [one.reason_zh if reader.language == "zh-hans" else one.reason_en for one in person.triages.all()]
    assert len(reasons) == 2 and all(reason in text for reason in reasons)


def test_somebody_nothing_is_known_of_has_a_page_with_words_in_each_place(reader):
    (person,) = arrivals_of(a_landed_flight(1))
    text = reader.get(reverse("entry:arrival", args=[person.pk])).content.decode()
    told = ("Not judged yet.", "No pass was ever issued.", "No temperature, test or finding yet.")
    with translation.override(reader.language):
        said = [translation.gettext(words) for words in told]
    assert all(words in text for words in said) and (said == list(told)) == (reader.language == "en")


def test_taking_the_list_of_people_along_leaves_a_trace_on_each(reader):
    flight = seated("11A", "20A")
    address = reverse("entry:flight", args=[flight.pk])
    sheet = reader.get(address, {"as": "csv", "table": "travellers"}).content.decode("utf-8-sig")
    people = {one.person_id for one in arrivals_of(flight)}
    assert len(sheet.splitlines()) == 3
    assert set(ReadTrace.objects.filter(purpose="export travellers").values_list("person_id", flat=True)) == people
    reader.get(address)
    assert ReadTrace.objects.count() == 2


def test_a_refused_judgement_is_shown_on_the_desk_and_judges_nobody(reader):
    flight = a_flight(at=after(100))
    answer = reader.post(reverse("entry:judge", args=[flight.pk]))
    assert answer.status_code == 422 and answer.context["refusal"].code == "not_landed"
    words = {"en": "Record the landing first", "zh-hans": "落地"}[reader.language]
    assert words in answer.content.decode() and not Arrival.objects.exclude(outcome="").exists()


def test_a_landing_told_twice_is_refused_with_the_desk_below(reader):
    flight = seated("11A")
    answer = reader.post(reverse("entry:landing", args=[flight.pk]))
    assert answer.status_code == 422 and answer.context["refusal"].code == "already_landed"
    assert len(answer.context["desk"].travellers) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "hu 7976"),
        ("number", "HU79761"),
        ("origin", "toronto"),
        ("scheduled_landing", "soon"),
        ("origin", ""),
    ],
)
def test_a_flight_that_cannot_be_is_not_announced_and_what_was_typed_stays(reader, field, value):
    form = {"number": "HU7976", "origin": "YYZ", "destination": "PEK", "scheduled_landing": "2020-03-22T06:50"}
    answer = reader.post(reverse("entry:flights"), form | {field: value})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    kept = next(iter({"HU7976", "2020-03-22T06:50"} - {form[field]}))
    assert kept in answer.content.decode()


def test_judging_again_without_news_writes_a_new_judgement_and_changes_nothing(reader):
    flight = seated("11A")
    assert reader.post(reverse("entry:judge", args=[flight.pk])).status_code == 302
    (person,) = arrivals_of(flight)
    assert person.triages.count() == 2 and person.outcome == Outcome.ONWARD
