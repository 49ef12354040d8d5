"""What is owed and when: order, limits, clocks, and whether each stands where it must."""

from datetime import timedelta

import pytest
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival, Custody
from hucheng.entry.testing import a_landed_flight, arrivals_of
from hucheng.quarantine.care.actions import CLOCKS, ask_care, flag_emergency, settle_care
from hucheng.quarantine.care.measures import emergency_blocked, requests_in_time
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.care.queries import SHOWN, open_requests, requests_seen_by
from hucheng.quarantine.testing import main_of, opened, people_inside, posted, refused, signed_in

pytestmark = pytest.mark.django_db
Kind = CareRequest.Kind
HOUSE = (Role.HOUSE, COUNTY, "H01")


@pytest.fixture
def stay():
    return people_inside(1)[0]


@pytest.fixture
def nurse():
    return an_actor(*HOUSE)


def asked(nurse, stay, kind=Kind.FOOD, text="rice", at=after(300)):
    return ask_care(actor=nurse, arrival_id=stay.arrival_id, kind=kind, text=text, at=at)


def settled(nurse, one, at):
    return settle_care(actor=nurse, request_id=one.pk, answer="done", at=at)


def test_an_old_request_that_nobody_answered_is_never_pushed_off_the_list(nurse, stay):
    """The list held the 200 latest: whoever was forgotten longest fell off first."""
    forgotten = asked(nurse, stay, text="insulin")
    times = {"asked_at": after(400), "due_at": after(520), "settled_at": after(410)}
    words = {"place": COUNTY, "house": "H01", "kind": Kind.FOOD, "text": "rice", "answer": "given"}
    CareRequest.objects.bulk_create(
        CareRequest(arrival_id=stay.arrival_id, **words, **times) for _n in range(SHOWN + 5)
    )
    rows = requests_seen_by(nurse)
    assert len(rows) == SHOWN and rows[0].pk == forgotten.pk and sum(row.settled_at is None for row in rows) == 1


def test_open_ones_stand_by_their_clock_and_settled_ones_latest_first(nurse, stay):
    ones = {kind: asked(nurse, stay, kind) for kind in (Kind.OTHER, Kind.FOOD, Kind.MEDICAL)}
    first, second = asked(nurse, stay, at=after(301)), asked(nurse, stay, at=after(302))
    settled(nurse, second, after(310))
    settled(nurse, first, after(320))
    expected = [ones[Kind.MEDICAL], ones[Kind.FOOD], ones[Kind.OTHER], first, second]
    assert [row.pk for row in requests_seen_by(nurse)] == [row.pk for row in expected]
    assert [row.pk for row in open_requests(nurse)] == [row.pk for row in expected[:3]]


@pytest.mark.parametrize(
    ("role", "place", "unit", "sees"),
    [
        (*HOUSE, True),
        (Role.QUARANTINE, CITY, "", True),
        (Role.MEDICAL, COUNTY, "", True),
        (Role.HOUSE, COUNTY, "H02", False),
        (Role.HOUSE, OTHER_COUNTY, "H01", False),
        (Role.QUARANTINE, OTHER_COUNTY, "", False),
        (Role.SCHOOL, COUNTY, "H01", False),
    ],
)
def test_each_reader_sees_the_requests_of_the_own_house_and_place(nurse, stay, role, place, unit, sees):
    asked(nurse, stay)
    reader = an_actor(role, place, unit)
    assert len(requests_seen_by(reader)) == len(open_requests(reader)) == sees


def test_somebody_at_the_desk_asks_too_and_the_request_names_no_house():
    person = arrivals_of(a_landed_flight(1))[0]
    desk = an_actor(Role.ENTRY)
    one = ask_care(actor=desk, arrival_id=person.pk, kind=Kind.MEDICAL, text="inhaler", at=after(30))
    assert (one.house, one.place, one.due_at) == ("", CITY, after(60))
    with pytest.raises(Http404):
        ask_care(actor=an_actor(*HOUSE), arrival_id=person.pk, kind=Kind.FOOD, text="x", at=after(31))


@pytest.mark.parametrize("kind", [Kind.MEDICAL, Kind.FOOD, Kind.OTHER])
@pytest.mark.parametrize(("minutes", "value"), [(0, 100), (1, 0)])
def test_an_answer_is_in_time_up_to_the_last_minute_of_its_clock(nurse, stay, kind, minutes, value):
    one = asked(nurse, stay, kind)
    settled(nurse, one, one.due_at + timedelta(minutes=minutes))
    reading = requests_in_time(nurse, one.due_at + timedelta(hours=1))
    assert (reading.value, reading.denominator) == (value, 1)


def test_what_is_neither_due_nor_settled_is_not_judged_and_nothing_is_blind(nurse, stay):
    assert requests_in_time(nurse, after(299)).value is None
    one = asked(nurse, stay)
    assert requests_in_time(nurse, one.due_at - timedelta(minutes=1)).value is None
    assert requests_in_time(nurse, one.due_at).value == 0
    settled(nurse, asked(nurse, stay, Kind.OTHER), after(305))
    assert requests_in_time(nurse, after(306)).value == 100, "settled early counts at once"
    assert requests_in_time(an_actor(Role.QUARANTINE, OTHER_COUNTY), after(900)).value is None


def test_an_emergency_is_no_request_with_a_clock_and_one_made_to_wait_is_a_defect(nurse, stay):
    call = flag_emergency(actor=nurse, arrival_id=stay.arrival_id, at=after(300))
    assert requests_in_time(nurse, after(900)).value is None
    assert emergency_blocked(nurse, after(900)).value == 0
    CareRequest.objects.filter(pk=call.pk).update(due_at=call.asked_at + timedelta(minutes=1))
    assert emergency_blocked(nurse, after(900)).value == 1


def test_a_call_for_help_keeps_its_words_and_where_the_person_went(nurse, stay):
    call = flag_emergency(actor=nurse, arrival_id=stay.arrival_id, text="chest pain", at=after(300))
    assert (call.kind, call.text, call.house, call.due_at) == ("emergency", "chest pain", "H01", after(300))
    last = Custody.objects.filter(arrival=stay.arrival_id).latest()
    assert (last.whereabouts, last.holder, last.at) == ("hospital", "HOSP-A", after(300))
    again = flag_emergency(actor=nurse, arrival_id=stay.arrival_id, at=after(301))
    assert again.text == "-" and Arrival.objects.get(pk=stay.arrival_id).whereabouts == "hospital"


def test_a_traveller_settles_not_even_the_own_request(nurse, stay):
    one, own = asked(nurse, stay), an_actor(Role.TRAVELLER, CITY, str(stay.arrival_id))
    refused("role_may_not", settle_care, actor=own, request_id=one.pk, answer="done", at=after(310))
    one.refresh_from_db()
    assert one.settled_at is None


def test_an_answer_keeps_who_gave_it_and_when(nurse, stay):
    done = settled(nurse, asked(nurse, stay), after(310))
    assert (done.settled_by_id, done.settled_at, done.answer) == (nurse.user_id, after(310), "done")


def test_every_kind_has_a_clock_and_the_more_urgent_the_shorter():
    assert set(CLOCKS) == set(Kind)
    clocks = [CLOCKS[kind] for kind in (Kind.EMERGENCY, Kind.MEDICAL, Kind.FOOD, Kind.OTHER)]
    assert clocks == sorted(clocks) and len(set(clocks)) == 4


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["2 requests are open, 1 of them late", "Medical", "Food"]),
        ("zh-hans", ["未办结诉求 2 件，其中逾时 1 件", "办结"]),
    ],
)
def test_the_page_says_what_is_owed_and_what_is_late(client, nurse, stay, language, words):
    asked(nurse, stay, Kind.MEDICAL, "insulin")
    asked(nurse, stay)
    page = opened(signed_in(client, *HOUSE, language=language), "care", at=after(331))
    assert (page.context["owed"], page.context["late"]) == (2, 1)
    text = main_of(page)
    assert all(word in text for word in words) and text.index("insulin") < text.index("rice")


def test_a_settled_request_shows_its_answer_and_no_form(client, nurse, stay):
    one = asked(nurse, stay)
    client = signed_in(client, *HOUSE)
    assert 'name="answer"' in main_of(opened(client, "care", at=after(310)))
    assert posted(client, "settle", one.pk, at=after(311), answer="two bowls").status_code == 302
    text = main_of(opened(client, "care", at=after(312)))
    assert "two bowls" in text and 'name="answer"' not in text


@pytest.mark.parametrize("role", [Role.COUNTY, Role.ENTRY, Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_other_roles_find_no_page_of_care(client, nurse, stay, role):
    one, reader = asked(nurse, stay), signed_in(client, role)
    assert opened(reader, "care", at=after(310)).status_code == 404
    assert posted(reader, "settle", one.pk, at=after(310), answer="x").status_code == 404
    assert posted(reader, "ask", stay.arrival_id, at=after(310), kind="emergency").status_code == 404
    assert CareRequest.objects.get().settled_at is None


def test_a_traveller_sees_the_own_requests_alone(nurse):
    first, second = people_inside(2)
    asked(nurse, first)
    own = [Actor(None, CITY, Role.TRAVELLER, str(stay.arrival_id)) for stay in (first, second)]
    assert [len(requests_seen_by(actor)) for actor in own] == [1, 0]
