"""A house is given back empty and clean; what it was stays on record."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.quarantine.lodging.actions import assign_flight, end_stay
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.actions import activate, give_back
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import (
    a_flight_to_house,
    a_house,
    a_house_ordered,
    main_of,
    opened,
    people_inside,
    posted,
    refused,
    signed_in,
    with_papers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def test_an_empty_clean_house_is_given_back_with_its_papers_rooms_and_stays_on_record(keeper):
    (stay,) = people_inside(1)
    house = House.objects.get()
    end_stay(stay, after(400))
    Room.objects.filter(pk=stay.room_id).update(state=Room.State.FREE)
    kept = house.rooms.count(), Certificate.objects.count(), Stay.objects.count()
    done = give_back(actor=keeper, house_id=house.pk, at=after(500))
    assert (done.state, done.returned_at) == (House.State.RETURNED, after(500))
    assert (house.rooms.count(), Certificate.objects.count(), Stay.objects.count()) == kept
    refused("not_to_give_back", give_back, actor=keeper, house_id=house.pk, at=after(501))


def test_nobody_is_put_on_the_street(keeper):
    people_inside(1)
    no = refused("house_not_empty", give_back, actor=keeper, house_id=House.objects.get().pk, at=after(500))
    assert "1" in str(no.why)


def test_somebody_on_the_way_in_counts_as_inside(keeper):
    house = a_house()
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    refused("house_not_empty", give_back, actor=keeper, house_id=house.pk, at=after(100))


def test_a_room_that_waits_for_disinfection_keeps_the_house(keeper):
    (stay,) = people_inside(1)
    end_stay(stay, after(400))
    refused("house_to_disinfect", give_back, actor=keeper, house_id=House.objects.get().pk, at=after(500))


def test_a_house_that_was_never_opened_is_given_back_and_stays_shut(keeper):
    house = a_house_ordered()
    done = give_back(actor=keeper, house_id=house.pk, at=after(5))
    assert (done.state, done.ready_at, done.returned_at) == (House.State.RETURNED, None, after(5))
    with_papers(house)
    refused("not_ordered", activate, actor=keeper, house_id=house.pk, at=after(9))


def test_the_database_still_holds_no_house_in_use_that_was_never_made_ready():
    a_house_ordered()
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.update(state="active")


def test_the_page_of_a_house_never_opened_offers_both_ways_and_then_neither(client):
    house = a_house_ordered()
    client = signed_in(client)
    ways = [reverse(f"quarantine:{name}", args=[house.pk]) for name in ("open_house", "return_house")]
    text = main_of(opened(client, "house", house.pk, at=after(5)))
    assert all(way in text for way in ways)
    assert posted(client, "return_house", house.pk, at=after(6)).status_code == 302
    text = main_of(opened(client, "house", house.pk, at=after(7)))
    assert "Given back at" in text and not any(way in text for way in ways)


def test_another_county_finds_no_house_to_give_back():
    house = a_house()
    with pytest.raises(Http404):
        give_back(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), house_id=house.pk, at=after(5))


def test_the_database_holds_no_house_given_back_without_a_time():
    a_house()
    for fault in ({"state": "returned"}, {"returned_at": after(5)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            House.objects.update(**fault)


@pytest.mark.parametrize(("language", "told"), [("en", "Given back at"), ("zh-hans", "已于")])
def test_the_page_gives_it_back_and_says_so(client, language, told):
    house = a_house()
    client = signed_in(client, language=language)
    act = reverse("quarantine:return_house", args=[house.pk])
    assert act in opened(client, "house", house.pk, at=after(10)).content.decode()
    assert posted(client, "return_house", house.pk, at=after(10)).status_code == 302
    text = opened(client, "house", house.pk, at=after(20)).content.decode()
    assert told in text and act not in text
