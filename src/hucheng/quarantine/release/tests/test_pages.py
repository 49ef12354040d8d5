"""The release list in hand: several at once, wrong input, the county's calls."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.testing import people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
DAY_14 = after(60, days=14)
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def stays():
    a_city()
    found = people_inside(3)
    with_negative_tests(found, day=13.2)
    return found


def as_role(client, role, place="140100", unit=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


def let_go(client, chosen, at=DAY_14, language="en", **form):
    data = {"stays": [str(stay.pk) for stay in chosen], "to": "elsewhere", "county": ""} | form
    with frozen_at(at):
        return client.post(reverse("quarantine:let_go"), data, headers={"accept-language": language})


def test_people_for_the_same_place_go_together(client, stays):
    answer = let_go(as_role(client, Role.QUARANTINE), stays, to="city", county=COUNTY)
    assert answer.status_code == 302 and Release.objects.count() == 3
    assert set(Arrival.objects.values_list("holder", flat=True)) == {"C-XD-LG"}
    assert FollowUp.objects.filter(place=COUNTY).count() == 3 * 14


def test_whoever_must_stay_is_named_and_the_others_go(client, stays):
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.2", at=after(30, days=14))
    client = as_role(client, Role.QUARANTINE)
    answer = let_go(client, stays)
    assert answer.status_code == 422 and answer.context["kept"] == 1 and Release.objects.count() == 2
    assert "the others have gone" in answer.text
    again = let_go(client, stays[1:2])
    assert again.status_code == 422 and Release.objects.count() == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nobody_chosen_is_said(client, stays, language):
    answer = let_go(as_role(client, Role.QUARANTINE), [], language=language)
    with override(language):
        assert answer.status_code == 422 and str(answer.context["refusal"].why) in answer.text
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"to": "city", "county": ""},
        {"to": "elsewhere", "county": COUNTY},
        {"to": "city", "county": "310115"},
        {"to": "moon"},
        {"to": ""},
        {"county": "' OR 1=1"},
    ],
    ids=str,
)
def test_a_destination_that_does_not_hold_lets_nobody_go(client, stays, form):
    answer = let_go(as_role(client, Role.QUARANTINE), stays, **form)
    assert answer.status_code == 422 and answer.context["form"].errors and not Release.objects.exists()


@pytest.mark.parametrize("value", ["", "not-a-stay", NOBODYS])
def test_a_stay_that_is_not_on_the_list_lets_nobody_go(client, stays, value):
    with frozen_at(DAY_14):
        data = {"stays": [str(stays[0].pk), value], "to": "elsewhere"}
        answer = as_role(client, Role.QUARANTINE).post(reverse("quarantine:let_go"), data)
    assert answer.status_code == 422 and not Release.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "is not on the list any more"), ("zh-hans", "已不在名单上")])
def test_a_form_to_correct_keeps_the_ticks_of_the_list_and_names_what_is_wrong(client, stays, language, words):
    client, strange = as_role(client, Role.QUARANTINE), [str(stays[0].pk), NOBODYS]
    text = let_go(client, stays[:1], language=language, stays=strange).text
    assert words in text and text.count(" checked>") == 1
    assert f'value="{stays[0].pk}" checked' in text and NOBODYS not in text


def test_each_who_may_go_has_a_box_to_tick_and_nobody_else(client, stays):
    """The boxes stood on the page as text, and nobody could be ticked."""
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.2", at=after(30, days=14))
    with frozen_at(DAY_14):
        text = as_role(client, Role.QUARANTINE).get(reverse("quarantine:releases")).text
    boxes = re.findall(r'<input type="checkbox" name="stays" value="([^"]+)">', text)
    assert sorted(boxes) == sorted(str(stay.pk) for stay in stays[1:]) and "&lt;" not in text


def test_what_is_wrong_is_said_even_when_nobody_is_ready_any_more(client, stays):
    answer = let_go(as_role(client, Role.QUARANTINE), stays, at=after(60, days=13), to="moon")
    assert answer.status_code == 422 and 'href="#id_to"' in answer.text


def test_another_district_sees_nobody_and_lets_nobody_go(client, stays):
    client = as_role(client, Role.QUARANTINE, OTHER_COUNTY)
    with frozen_at(DAY_14):
        assert not client.get(reverse("quarantine:releases")).context["rows"]
    assert let_go(client, stays).status_code == 422 and not Release.objects.exists()


@pytest.mark.parametrize("role", [Role.HOUSE, Role.MEDICAL, Role.COMMAND_OFFICE])
def test_readers_see_the_list_without_the_button(client, stays, role):
    client = as_role(client, role, COUNTY if role == Role.HOUSE else "140100", "H01" if role == Role.HOUSE else "")
    with frozen_at(DAY_14):
        answer = client.get(reverse("quarantine:releases"))
    assert answer.status_code == 200 and len(answer.context["rows"]) == 3
    assert 'name="stays"' not in answer.text and let_go(client, stays).status_code == 404


def test_the_list_costs_the_same_for_two_and_for_twelve(client, django_assert_max_num_queries):
    a_city()
    found = people_inside(12)
    with_negative_tests(found, day=13.2)
    client = as_role(client, Role.QUARANTINE)
    with frozen_at(DAY_14), django_assert_max_num_queries(12):
        assert len(client.get(reverse("quarantine:releases")).context["rows"]) == 12


def owed(stays) -> FollowUp:
    keeper = an_actor(Role.QUARANTINE)
    release(actor=keeper, stay_id=stays[0].pk, to=Destination.CITY, county=COUNTY, receiver="C-XD-LG", at=DAY_14)
    return FollowUp.objects.order_by("day").first()


def call(client, language="en", **form):
    with frozen_at(after(60, days=15)):
        return client.post(reverse("quarantine:calls"), form, headers={"accept-language": language})


def test_a_call_is_made_and_counted(client, stays):
    row, client = owed(stays), as_role(client, Role.COUNTY, COUNTY)
    with frozen_at(after(60, days=15)):
        assert client.get(reverse("quarantine:calls")).context["left"] == 1
    assert call(client, call=str(row.pk), symptom="").status_code == 302
    row.refresh_from_db()
    assert row.well is True and row.reached_at == after(60, days=15)


def test_a_symptom_told_on_the_phone_is_judged_at_once(client, stays):
    row = owed(stays)
    assert call(as_role(client, Role.COUNTY, COUNTY), call=str(row.pk), symptom="fever").status_code == 302
    assert Arrival.objects.get(pk=stays[0].arrival_id).outcome == "hospital"


@pytest.mark.parametrize("form", [{}, {"call": "x"}, {"call": NOBODYS, "symptom": "boredom"}], ids=str)
def test_a_call_that_cannot_be_read_is_refused_and_changes_nothing(client, stays, form):
    row = owed(stays)
    assert call(as_role(client, Role.COUNTY, COUNTY), **form).status_code == 422
    row.refresh_from_db()
    assert row.reached_at is None


def test_another_county_cannot_make_the_call(client, stays):
    row = owed(stays)
    assert call(as_role(client, Role.COUNTY, OTHER_COUNTY), call=str(row.pk)).status_code == 404
