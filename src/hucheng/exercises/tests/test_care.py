"""What travellers ask for in the story, through the product's own actions."""

from datetime import timedelta

import pytest

from hucheng.core.testing import after
from hucheng.exercises.replay import care
from hucheng.exercises.replay.staff import hire
from hucheng.exercises.replay.story import Story
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
GIVEN = {"flight": "HU7976", "landed": "2020-03-21", "kind": "medical", "zh": "胰岛素", "en": "insulin"}


@pytest.fixture
def inside():
    hire(after(0))
    return people_inside(3)


def test_one_traveller_of_the_flight_asks(inside):
    care.ask(GIVEN, after(300))
    asked = CareRequest.objects.get()
    assert asked.arrival_id in {stay.arrival_id for stay in inside} and asked.text == "胰岛素 insulin"
    assert asked.due_at - asked.asked_at == timedelta(minutes=30) and asked.settled_at is None


def test_the_same_wish_is_asked_by_the_same_person_each_time(inside):
    care.ask(GIVEN, after(300))
    care.ask(GIVEN, after(301))
    assert len(set(CareRequest.objects.values_list("arrival_id", flat=True))) == 1


def test_the_next_shift_settles_what_is_open(inside):
    care.ask(GIVEN, after(300))
    care.settle_open(after(320))
    assert CareRequest.objects.get().settled_at == after(320)
    care.settle_open(after(340))
    assert CareRequest.objects.get().settled_at == after(320)


def test_an_emergency_leaves_for_hospital_at_once(inside):
    care.ask(GIVEN | {"kind": "emergency"}, after(300))
    asked = CareRequest.objects.select_related("arrival").get()
    assert asked.kind == "emergency" and asked.arrival.whereabouts == "hospital"


def test_a_flight_with_nobody_inside_asks_for_nothing(inside):
    care.ask(GIVEN | {"flight": "CA910"}, after(300))
    assert not CareRequest.objects.exists()


def test_a_complaint_of_the_story_is_filed_and_answered_by_somebody_else(inside):
    care.appeal(GIVEN | {"about": "price"}, after(300))
    care.decide_open(after(600))
    found = Appeal.objects.select_related("arrival").get()
    assert found.decided_at == after(600) and found.decided_by_id not in (None, found.judged_by_id)


def test_every_wish_of_the_story_can_be_played():
    events = [event for event in Story("taiyuan-2020").written["events"] if event["act"] == "care.request"]
    assert len(events) == 7
    for event in events:
        given = event["with"]
        assert set(given) == set(GIVEN) and given["kind"] in CareRequest.Kind.values, event["id"]
