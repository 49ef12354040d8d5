"""Trips on the screen: which button stands at which step for whom, what is said in both languages, and the API."""

import json

import pytest
from django.urls import reverse

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.fleet.models import DrivingShift
from hucheng.quarantine.testing import (
    a_fleet,
    a_flight_with_rooms,
    main_of,
    opened,
    posted,
    riders_of,
    signed_in,
    trips_of,
)
from hucheng.quarantine.transport import actions
from hucheng.quarantine.transport.models import Trip

pytestmark = pytest.mark.django_db
NOBODYS = "00000000-0000-4000-8000-000000000000"
ESCORT, HOUSE = (Role.ENTRY, CITY, ""), (Role.HOUSE, COUNTY, "H01")
READER = (Role.LEADING_GROUP, CITY, "")
BEFORE, AFTER = ["board", "emergency", "call-off"], ["emergency"]


@pytest.fixture
def trip():
    a_fleet()
    return trips_of(a_flight_with_rooms(general=3))[0]


def drive(trip, to):
    """Bring a trip to a step, one person left behind at the desk."""
    escort, house = an_actor(*ESCORT), an_actor(*HOUSE)
    _behind, *people = riders_of(trip)
    steps = {
        "boarding": lambda: actions.board(actor=escort, trip_id=trip.pk, arrival_ids=people, at=after(98)),
        "departed": lambda: actions.depart(actor=escort, trip_id=trip.pk, at=after(100)),
        "arrived": lambda: actions.arrive(actor=escort, trip_id=trip.pk, arrival_ids=people[:1], at=after(150)),
        "accepted": lambda: actions.accept(actor=house, trip_id=trip.pk, at=after(155)),
    }
    for name, act in steps.items():
        if to == "published":
            return people
        act()
        if name == to:
            return people
    return people


def buttons(page, trip) -> list[str]:
    """The steps that the page offers."""
    acts = ("board", "leave", "arrive", "back", "accept", "turn-away", "emergency", "call-off")
    said = main_of(page)
    return [act for act in acts if reverse("quarantine:trip_step", args=[trip.pk, act]) in said]


@pytest.mark.parametrize(
    ("step", "role", "offered"),
    [
        ("published", ESCORT, BEFORE),
        ("published", HOUSE, ["board"]),
        ("boarding", ESCORT, ["board", "leave", "emergency", "call-off"]),
        ("departed", ESCORT, ["arrive", "back", "emergency"]),
        ("arrived", ESCORT, ["arrive", "back", "emergency"]),
        ("arrived", HOUSE, ["arrive", "accept", "turn-away"]),
        ("accepted", ESCORT, ["arrive", "back"]),
    ],
)
def test_each_step_offers_its_own_buttons(client, trip, step, role, offered):
    drive(trip, step)
    assert buttons(opened(signed_in(client, *role), "trip", trip.pk, at=after(160)), trip) == offered


@pytest.mark.parametrize("role", [HOUSE, READER], ids=str)
def test_whoever_only_looks_has_no_button_to_press(client, trip, role):
    """A form without a button stands around the ticks of a list."""
    page = opened(signed_in(client, *role), "trip", trip.pk, at=after(97))
    assert "<button" not in main_of(page).partition("</h1>")[2]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Missing, still on the sender's count", "0 to board, 1 aboard, 1 counted off, 2 missing."]),
        ("zh-hans", ["缺员，仍由移交方负责", "已到门口", "在车"]),
    ],
)
def test_the_page_counts_who_stands_where_and_names_the_missing(client, trip, language, words):
    behind = riders_of(trip)[0]
    drive(trip, "arrived")
    page = opened(signed_in(client, *ESCORT, language=language), "trip", trip.pk, at=after(151))
    text = main_of(page)
    assert all(word in text for word in words)
    assert behind in [ride.arrival_id for ride in page.context["missing"]]
    assert Arrival.objects.get(pk=behind).person.full_name in text


def test_who_may_open_the_trips_and_who_may_step_one(client, trip):
    readers = {"quarantine", "entry", "medical", "house", "command_office", "leading_group"}
    hands = {"quarantine": 302, "entry": 302, "medical": 302, "house": 422}
    for role in Role:
        place, unit = (COUNTY, "H01") if role in UNIT_ROLES else (CITY, "")
        reader = signed_in(client, role, place, unit)
        for page, args in (("trips", ()), ("trip", (trip.pk,)), ("trip_list", (trip.pk,))):
            answer = opened(reader, page, *args, at=after(97))
            assert answer.status_code == (200 if role in readers else 404), (role, page)
        stepped = posted(reader, "trip_step", trip.pk, "emergency", at=after(97))
        assert stepped.status_code == hands.get(role, 404), role


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Would stay at the desk", "No vehicle with a driver"]), ("zh-hans", ["暂排不上"])]
)
def test_whoever_finds_no_seat_is_named_on_the_plan_with_what_to_do(client, language, words):
    a_fleet(drivers=0)
    flight = a_flight_with_rooms(general=2)
    page = opened(signed_in(client, language=language), "trip_plan", flight.pk, at=after(97))
    text = main_of(page)
    assert len(page.context["proposal"].left) == 2 and all(word in text for word in words)
    for one in page.context["proposal"].left:
        assert one.stay.arrival.person.full_name in text and str(one.do) in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"leaves": "soon"}, "leaves"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"leaves": ""}, "leaves"),
    ],
    ids=str,
)
def test_a_plan_that_cannot_be_read_is_told_beside_its_field(client, wrong, field):
    a_fleet()
    flight = a_flight_with_rooms(general=1)
    form = {"leaves": "2020-03-21T09:50", "minutes": "45"} | wrong
    answer = posted(signed_in(client), "trip_plan", flight.pk, at=after(97), **form)
    assert answer.status_code == 422 and f'href="#id_{field}"' in main_of(answer) and not Trip.objects.exists()
    assert field == "minutes" or 'value="45"' in main_of(answer)


def test_a_plan_for_the_past_is_refused_in_words(client):
    a_fleet()
    flight = a_flight_with_rooms(general=1)
    answer = posted(signed_in(client), "trip_plan", flight.pk, at=after(97), leaves="2020-03-21T09:00", minutes="45")
    assert answer.status_code == 422 and answer.context["refusal"].code == "no_such_time"


@pytest.mark.parametrize("role", [Role.MEDICAL, Role.COMMAND_OFFICE])
def test_a_planner_without_the_task_sees_the_plan_and_plans_nothing(client, role):
    a_fleet()
    flight = a_flight_with_rooms(general=1)
    reader = signed_in(client, role)
    assert "<form" not in main_of(opened(reader, "trip_plan", flight.pk, at=after(97)))
    answer = posted(reader, "trip_plan", flight.pk, at=after(97), leaves="2020-03-21T09:50", minutes="45")
    assert answer.status_code == 422 and answer.context["refusal"].code == "role_may_not" and not Trip.objects.exists()


def test_a_flight_of_another_city_has_no_plan_here(client, trip):
    stranger = signed_in(client, Role.QUARANTINE, OTHER_COUNTY)
    assert opened(stranger, "trip_plan", trip.flight_id, at=after(97)).status_code == 404
    assert posted(stranger, "trip_plan", trip.flight_id, at=after(97), publish="1").status_code == 404


def test_the_printed_list_gives_the_end_of_a_document_and_the_needs(client, trip):
    person = riders_of(trip)[0]
    Arrival.objects.filter(pk=person).update(needs=["wheelchair"])
    text = main_of(opened(signed_in(client, *ESCORT), "trip_list", trip.pk, at=after(97)))
    known = Arrival.objects.get(pk=person).person
    assert known.document_tail in text and known.document_number not in text and "wheelchair" in text


def test_the_list_of_today_says_how_many_are_where(client, trip):
    drive(trip, "arrived")
    page = opened(signed_in(client, *READER), "trips", at=after(195))
    assert (page.context["aboard"], page.context["missing"], page.context["stuck"]) == (2, 2, 1)
    assert "2 people are aboard in the hands of their trip, 2 are missing, 1 trips are stuck." in main_of(page)


def caller(role):
    grant = RoleGrant.objects.get(user_id=an_actor(*role).user_id, role=role[0])
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def call(client, trip, path, role=ESCORT, body=None, at=after(98)):
    with frozen_at(at):
        url = f"/api/v1/trips/{trip if isinstance(trip, str) else trip.pk}/{path}"
        return client.post(url, json.dumps(body or {}), content_type="application/json", **caller(role))


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("board", {"arrival_ids": ["x"]}, 422, ""),
        ("board", {}, 422, ""),
        ("board", {"arrival_ids": [NOBODYS]}, 404, ""),
        ("depart", {}, 409, "nobody_aboard"),
        ("arrive", {"arrival_ids": []}, 409, "not_at_this_step"),
        ("accept", {}, 409, "role_may_not"),
    ],
)
def test_a_wrong_step_over_the_api_is_answered_with_its_reason_and_moves_nobody(client, trip, path, body, status, code):
    answer = call(client, trip, path, body=body)
    assert answer.status_code == status and (not code or answer.json()["code"] == code)
    assert Trip.objects.get().state == "published" and not Arrival.objects.exclude(whereabouts="port").exists()


@pytest.mark.parametrize("path", ["board", "depart", "arrive", "accept"])
def test_no_trip_of_this_number_is_found_over_the_api(client, trip, path):
    role = HOUSE if path == "accept" else ESCORT
    assert call(client, NOBODYS, path, role, {"arrival_ids": []}).status_code == 404
    stranger = (Role.HOUSE, COUNTY, "H02") if path == "accept" else (Role.ENTRY, OTHER_COUNTY, "")
    assert call(client, trip, path, stranger, {"arrival_ids": []}).status_code == 404


def test_the_api_tells_the_trips_of_a_day_as_the_page_does(client, trip):
    DrivingShift.objects.update(ends_at=after(days=1))
    drive(trip, "arrived")
    told = {}
    for day in ("2020-03-20", "2020-03-21", "2020-03-22"):
        with frozen_at(after(195)):
            told[day] = client.get(f"/api/v1/trips?day={day}", **caller(READER)).json()
    assert [len(rows) for rows in told.values()] == [0, 1, 1], "an open trip of yesterday is told too"
    (row,) = told["2020-03-21"]
    assert (row["code"], row["state"], row["origin"], row["destination"]) == (trip.code, "arrived", "TY-MOAT", "H01")
    assert (row["listed"], row["aboard"], row["missing"], row["accepted"], row["stuck"]) == (3, 2, 2, 0, True)


def test_the_api_tells_who_stands_where_and_no_name(client, trip):
    drive(trip, "arrived")
    with frozen_at(after(195)):
        answer = client.get(f"/api/v1/trips/{trip.pk}/people", **caller(HOUSE))
    marks = sorted((bool(r["boarded_at"]), bool(r["counted_at"]), bool(r["missing_at"])) for r in answer.json())
    assert marks == [(False, False, True), (True, False, True), (True, True, False)]
    assert not any(person.person.surname in answer.text for person in Arrival.objects.all())
