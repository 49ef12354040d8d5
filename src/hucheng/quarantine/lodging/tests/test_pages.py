"""Houses, rooms, checks, care and release in the browser's terms."""

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.entry.door import SYMPTOMS
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import a_flight_to_house, a_house, a_house_ordered, people_inside, with_negative_tests

pytestmark = pytest.mark.django_db


def sign_in(client, role=Role.QUARANTINE, place="140100", unit="", name=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit, name).user_id))
    return client


@pytest.fixture(params=["zh-hans", "en"])
def keeper(client, request):
    client.cookies["django_language"] = request.param
    return sign_in(client)


def post(client, name, *args, at=None, **data):
    with frozen_at(at or after(200)):
        return client.post(reverse(f"quarantine:{name}", args=args), data)


def get(client, name, *args, at=None):
    with frozen_at(at or after(200)):
        return client.get(reverse(f"quarantine:{name}", args=args))


def test_a_house_is_filed_checked_and_opened_by_two_people(client, keeper):
    house = a_house_ordered()
    assert post(keeper, "open_house", house.pk).status_code == 422
    for kind in Certificate.Kind:
        form = {"kind": kind, "valid_until": "2021-01-01", "file_name": "x-1"}
        assert post(keeper, "file_paper", house.pk, **form).status_code == 302
    assert post(keeper, "file_paper", house.pk, kind="fire").status_code == 422
    first = Certificate.objects.first()
    assert b"same_hand" in post(keeper, "check_paper", house.pk, first.pk).content
    colleague = sign_in(client, name="second look")
    for paper in Certificate.objects.all():
        assert post(colleague, "check_paper", house.pk, paper.pk).status_code == 302
    assert post(colleague, "open_house", house.pk).status_code == 302
    assert House.objects.get().state == "active"


def test_a_flight_is_planned_assigned_and_moved_in(keeper):
    house = a_house()
    flight = a_flight_to_house(3)
    assert len(get(keeper, "plan", flight.pk).context["rows"]) == 3 and not Stay.objects.exists()
    assert post(keeper, "plan", flight.pk).context["done"] and Stay.objects.count() == 3
    page = get(keeper, "house", house.pk)
    assert len(page.context["waiting"]) == 3
    stays = [str(s.pk) for s in Stay.objects.all()]
    assert post(keeper, "move_in", house.pk, stay=stays).status_code == 302
    assert post(keeper, "move_in", house.pk, stay=stays).status_code == 422
    assert get(keeper, "houses").context["people"] == 3


def test_a_dirty_room_is_cleaned_on_the_board(keeper):
    house = a_house()
    room = Room.objects.first()
    Room.objects.filter(pk=room.pk).update(state="dirty")
    assert post(keeper, "clean", house.pk, room.pk).status_code == 302
    assert post(keeper, "clean", house.pk, room.pk).status_code == 422


def test_a_nurse_checks_one_person_after_the_other(client):
    stays = people_inside(2)
    nurse, next_day = sign_in(client, Role.HOUSE, COUNTY, "H01"), after(60, days=1)
    assert len(get(nurse, "checks", at=next_day).context["left"]) == 2
    answers = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"temperature": "36.6", "key": "k1"}
    done = post(nurse, "check", stays[0].pk, at=next_day, **answers)
    assert done.status_code == 302 and str(stays[1].pk) in done.url
    assert post(nurse, "check", stays[1].pk, at=next_day, temperature="36.6", key="k2").status_code == 422
    impossible = answers | {"temperature": "3.7", "key": "k3"}
    assert post(nurse, "check", stays[1].pk, at=next_day, **impossible).status_code == 422
    assert DailyCheck.objects.count() == 1
    assert get(nurse, "check", stays[1].pk, at=next_day).status_code == 200


def test_care_is_asked_settled_and_an_emergency_needs_one_button(client):
    stay = people_inside(1)[0]
    nurse = sign_in(client, Role.HOUSE, COUNTY, "H01")
    assert post(nurse, "ask", stay.arrival_id, kind="food", text="").status_code == 422
    assert post(nurse, "ask", stay.arrival_id, kind="boredom", text="chess").status_code == 422
    assert not CareRequest.objects.exists()
    assert post(nurse, "ask", stay.arrival_id, kind="food", text="halal").status_code == 302
    asked = CareRequest.objects.get()
    assert post(nurse, "settle", asked.pk, answer="").status_code == 422
    assert post(nurse, "settle", asked.pk, answer="done").status_code == 302
    assert post(nurse, "ask", stay.arrival_id, kind="emergency").status_code == 302
    assert get(nurse, "care").context["owed"] == 1


def test_release_certificate_and_calls(client, keeper):
    stay = people_inside(1)[0]
    day_14 = after(60, days=14)
    assert post(keeper, "let_go", at=day_14, stays=str(stay.pk), to="elsewhere").status_code == 422
    with_negative_tests([stay], day=13.2)
    assert get(keeper, "releases", at=day_14).context["ready"] == 1
    a_city()
    form = {"stays": str(stay.pk), "to": "city", "county": COUNTY}
    assert post(keeper, "let_go", at=day_14, **form).status_code == 302
    made = Release.objects.get()
    paper = get(keeper, "certificate", made.pk, at=day_14)
    assert paper.content.startswith(b"%PDF") or paper.status_code == 422
    county = sign_in(client, Role.COUNTY, COUNTY)
    day_15 = after(60, days=15)
    assert get(county, "calls", at=day_15).context["left"] == 1
    call = FollowUp.objects.order_by("day").first()
    assert post(county, "calls", at=day_15, call=str(call.pk), symptom="").status_code == 302
    assert get(county, "calls", at=day_15).context["left"] == 0


@pytest.mark.parametrize("name", ["houses", "checks", "care", "releases", "calls"])
def test_empty_pages_say_what_belongs_there(keeper, name):
    assert 'class="empty"' in get(keeper, name).content.decode()


def test_pages_do_not_ask_more_as_people_move_in(client, django_assert_max_num_queries):
    people_inside(9)
    keeper = sign_in(client)
    house = House.objects.get()
    for name, args in [("houses", ()), ("house", (house.pk,)), ("checks", ()), ("releases", ()), ("care", ())]:
        with django_assert_max_num_queries(14):
            assert get(keeper, name, *args).status_code == 200
