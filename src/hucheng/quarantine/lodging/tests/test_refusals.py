"""Houses and rooms under attack: what each act refuses, and that other places find nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.lodging.actions import admit, assign_flight, disinfect, move_room
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.actions import release_all
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    order_requisition,
)
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import a_flight_to_house, a_house, a_house_ordered, people_inside, with_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def refused(act, code, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code
    line = AuditLine.objects.filter(act__endswith=f".{act.__name__}").latest("at", "id")
    assert AuditLine.objects.filter(act=line.act, refused=code).exists()
    return no.value


def spec(code="H09", place=COUNTY, rooms=(RoomSpec(2, "201", 2),)):
    return HouseSpec(code, place, "九号", "House nine", 15, False, rooms)


def test_a_house_without_rooms_is_not_ordered(keeper):
    refused(order_requisition, "no_rooms", actor=keeper, house=spec(rooms=()), at=after(0))
    assert not House.objects.exists()


def test_a_code_belongs_to_one_house(keeper):
    order_requisition(actor=keeper, house=spec(), at=after(0))
    refused(order_requisition, "house_known", actor=keeper, house=spec(), at=after(1))
    assert House.objects.count() == Room.objects.count() == 1


def test_nobody_orders_a_house_outside_their_place():
    with pytest.raises(Http404):
        order_requisition(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), house=spec(), at=after(0))


@pytest.mark.parametrize("rooms", [(RoomSpec(2, "201", 0),), (RoomSpec(2, "201", 1), RoomSpec(3, "201", 1))])
def test_a_room_has_a_bed_and_a_number_of_its_own(keeper, rooms):
    with pytest.raises(IntegrityError), transaction.atomic():
        order_requisition(actor=keeper, house=spec(rooms=rooms), at=after(0))
    assert not House.objects.exists()


@pytest.mark.parametrize(("until", "good"), [(date(2020, 3, 20), False), (date(2020, 3, 21), True)])
def test_a_paper_counts_on_its_last_day_and_not_after_it(keeper, until, good):
    house = a_house_ordered()
    paper = file_certificate(
        actor=keeper, house_id=house.pk, kind=Certificate.Kind.FIRE, valid_until=until, file_name="F-1", at=after(0)
    )
    second = {"actor": an_actor(Role.QUARANTINE, name="second"), "certificate_id": paper.pk, "at": after(1)}
    if good:
        assert check_certificate(**second).second_check_id
    else:
        refused(check_certificate, "out_of_date", **second)


def test_the_day_of_a_paper_ends_at_midnight_of_the_city(keeper):
    """16:30 in Greenwich is already tomorrow here."""
    house = with_papers(a_house_ordered(), valid_until=date(2020, 3, 21))
    refused(activate, "papers_missing", actor=keeper, house_id=house.pk, at=after(16 * 60 + 30))
    assert activate(actor=keeper, house_id=house.pk, at=after(15 * 60)).state == House.State.ACTIVE


@pytest.mark.parametrize("kind", Certificate.Kind)
def test_any_one_paper_missing_keeps_a_house_shut(keeper, kind):
    house = with_papers(a_house_ordered())
    Certificate.objects.filter(house=house, kind=kind).delete()
    no = refused(activate, "papers_missing", actor=keeper, house_id=house.pk, at=after(5))
    assert str(kind.label) in str(no.why)


def test_people_move_in_once_and_all_or_none(keeper):
    a_house()
    flight = a_flight_to_house(3)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    first, *others = [s.pk for s in Stay.objects.order_by("pk")]
    assert admit(actor=keeper, stay_ids=[first], at=after(100)) == 1
    refused(admit, "moved_in", actor=keeper, stay_ids=[first, *others], at=after(110))
    assert Stay.objects.filter(admitted_at__isnull=False).count() == 1


def test_a_room_is_disinfected_only_when_it_waits_for_it(keeper):
    house = a_house()
    room = house.rooms.first()
    refused(disinfect, "not_dirty", actor=keeper, room_id=room.pk, at=after(5))
    Room.objects.filter(pk=room.pk).update(state=Room.State.DIRTY)
    nurse = an_actor(Role.HOUSE, COUNTY, "H01")
    assert disinfect(actor=nurse, room_id=room.pk, at=after(6)).state == Room.State.FREE


@pytest.mark.parametrize("state", [Room.State.TAKEN, Room.State.DIRTY, Room.State.CLOSED])
def test_nobody_is_moved_to_a_room_that_is_not_free(keeper, state):
    (stay,) = people_inside(1)
    target = Room.objects.exclude(pk=stay.room_id).first()
    Room.objects.filter(pk=target.pk).update(state=state)
    refused(move_room, "room_not_free", actor=keeper, stay_id=stay.pk, room_id=target.pk, why="leak", at=after(300))
    stay.refresh_from_db()
    assert stay.ended_at is None


def test_after_a_move_nobody_has_two_beds_and_the_old_room_waits(keeper):
    (stay,) = people_inside(1)
    target = Room.objects.filter(state=Room.State.FREE).first()
    moved = move_room(actor=keeper, stay_id=stay.pk, room_id=target.pk, why="leak", at=after(300))
    assert Stay.objects.filter(ended_at=None).count() == 1 and moved.room_id == target.pk
    assert Room.objects.get(pk=stay.room_id).state == Room.State.DIRTY
    assert Room.objects.get(pk=target.pk).state == Room.State.TAKEN


def test_nobody_is_released_from_an_empty_list(keeper):
    refused(release_all, "nobody_chosen", actor=keeper, stay_ids=[], to="elsewhere", receiver="X", at=after(0))


def test_another_house_or_county_finds_no_stay_no_room_no_paper():
    (stay,) = people_inside(1)
    room = Room.objects.exclude(pk=stay.room_id).first()
    paper = Certificate.objects.first()
    for stranger in (an_actor(Role.QUARANTINE, OTHER_COUNTY), an_actor(Role.HOUSE, COUNTY, "H02")):
        acts = [(admit, {"stay_ids": [stay.pk]}), (disinfect, {"room_id": room.pk})]
        if stranger.role == Role.QUARANTINE:
            acts += [
                (move_room, {"stay_id": stay.pk, "room_id": room.pk, "why": "leak"}),
                (check_certificate, {"certificate_id": paper.pk}),
                (activate, {"house_id": stay.room.house_id}),
            ]
        for act, args in acts:
            with pytest.raises(Http404):
                act(actor=stranger, at=after(400), **args)


@pytest.mark.parametrize("text", ["garbage", "", "1", "'; DROP TABLE"])
def test_a_page_answers_an_address_that_is_none_with_404(client, keeper, text):
    """Text that is no identifier broke the page of moving in."""
    house = a_house()
    client.force_login(User.objects.get(pk=keeper.user_id))
    with frozen_at(after(100)):
        assert client.post(reverse("quarantine:move_in", args=[house.pk]), {"stay": [text]}).status_code == 404


def test_a_certificate_without_its_font_is_refused_with_what_to_do(client, keeper, monkeypatch):
    from hucheng.core.terms import Destination
    from hucheng.engines.papers import FontMissing
    from hucheng.quarantine.release import pages
    from hucheng.quarantine.release.actions import release
    from hucheng.quarantine.testing import with_negative_tests

    (stay,) = people_inside(1)
    with_negative_tests([stay], day=13.2)
    at = after(60, days=14)
    done = release(actor=keeper, stay_id=stay.pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV", at=at)

    def without_font(*args, **kwargs):
        raise FontMissing

    monkeypatch.setattr(pages, "release_certificate", without_font)
    client.force_login(User.objects.get(pk=keeper.user_id))
    with frozen_at(at):
        page = client.get(reverse("quarantine:certificate", args=[done.pk]))
    assert page.status_code == 422 and page.context["refusal"].code == "font_missing"
    assert str(page.context["refusal"].do)
