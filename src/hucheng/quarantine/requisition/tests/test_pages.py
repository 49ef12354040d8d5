"""The list of houses and the page of one: what each role sees and may do, in both languages."""

import csv
import io

import pytest
from django.urls import reverse

from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.lodging.models import Room
from hucheng.quarantine.requisition.actions import check_certificate, file_certificate
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import (
    a_house,
    a_house_ordered,
    main_of,
    opened,
    people_inside,
    posted,
    signed_in,
    with_papers,
)

pytestmark = pytest.mark.django_db
PAPER = {"kind": "fire", "valid_until": "2021-01-01", "file_name": "F-77"}
HOUSE = (Role.HOUSE, COUNTY, "H01")


def sheet(client, **query):
    answer = opened(client, "houses", at=after(300), **{"as": "csv"} | query)
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["House one", "In use", "Ordered", "rooms can be filled tonight"]),
        ("zh-hans", ["一号隔离酒店", "在用", "已征用"]),
    ],
)
def test_the_list_names_each_house_its_state_and_papers(client, language, words):
    house = a_house()
    a_house_ordered("H02")
    text = opened(signed_in(client, language=language), "houses", at=MORNING).text
    assert all(word in text for word in words) and "4 / 4" in text and "0 / 4" in text
    assert reverse("quarantine:house", args=[house.pk]) in text


def test_only_rooms_of_houses_in_use_can_be_filled_tonight(client):
    a_house("H01", rooms=3)
    a_house_ordered("H02", rooms=8)
    page = opened(signed_in(client), "houses", at=MORNING)
    assert page.context["free"] == 3 and page.context["people"] == 0


def test_a_sheet_of_the_houses_says_what_the_page_says(client):
    people_inside(3)
    a_house_ordered("H02", rooms=2)
    head, first, second = sheet(signed_in(client))
    assert head[:3] == ["House", "State", "Papers"]
    used = Room.objects.filter(state="taken").count()
    assert first == ["H01 House one", "In use", "4 / 4", "12", str(12 - used), str(used), "0", "3", "12"]
    assert second == ["H02 House one", "Ordered", "0 / 4", "2", "2", "0", "0", "0", "12"]


def test_a_sheet_holds_no_house_of_another_county(client):
    a_house_ordered()
    assert len(sheet(signed_in(client, Role.QUARANTINE, OTHER_COUNTY))) == 1


@pytest.mark.parametrize("role", Role)
def test_who_may_open_the_houses(client, role):
    house = a_house_ordered()
    readers = {"quarantine", "command_office", "leading_group", "medical", "house", "entry"}
    unit = "H01" if role in (Role.HOUSE, Role.SCHOOL, Role.TRAVELLER) else ""
    status = 200 if role in readers else 404
    client = signed_in(client, role, CITY, unit)
    assert opened(client, "houses", at=MORNING).status_code == status
    assert opened(client, "house", house.pk, at=MORNING).status_code == status


def test_a_signed_out_reader_is_led_to_the_sign_in(client):
    answer = opened(client, "house", a_house_ordered().pk, at=MORNING)
    assert answer.status_code == 302 and "next=" in answer.url


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "papers missing or unchecked: Structure, Electrical safety, Ventilation."),
        ("zh-hans", "缺少或未复核的证照： 建筑结构, 电气安全, 通风."),
    ],
)
def test_the_page_of_a_house_says_which_papers_keep_it_shut(client, language, words):
    house = a_house_ordered()
    keeper, second = an_actor(Role.QUARANTINE), an_actor(Role.QUARANTINE, name="second look")
    filed = PAPER | {"valid_until": "2021-01-01"}
    paper = file_certificate(actor=keeper, house_id=house.pk, at=MORNING, **filed)
    check_certificate(actor=second, certificate_id=paper.pk, at=MORNING)
    assert words in main_of(opened(signed_in(client, language=language), "house", house.pk, at=MORNING))


@pytest.mark.parametrize(("language", "one", "two"), [("en", "one look", "two looks"), ("zh-hans", "已初核", "已复核")])
def test_each_paper_stands_with_its_looks_and_the_button_for_the_second(client, language, one, two):
    house = a_house_ordered()
    client = signed_in(client, language=language)
    posted(client, "file_paper", house.pk, at=MORNING, **PAPER)
    paper = Certificate.objects.get()
    address = reverse("quarantine:check_paper", args=[house.pk, paper.pk])
    text = opened(client, "house", house.pk, at=MORNING).text
    assert one in text and "F-77" in text and "2021-01-01" in text and address in text
    second = signed_in(client, name="second look", language=language)
    assert posted(second, "check_paper", house.pk, paper.pk, at=MORNING).status_code == 302
    text = opened(second, "house", house.pk, at=MORNING).text
    assert two in text and one not in text and address not in text


@pytest.mark.parametrize(
    "role", [(Role.LEADING_GROUP, CITY, ""), (Role.MEDICAL, CITY, ""), (Role.ENTRY, CITY, ""), HOUSE], ids=str
)
def test_readers_see_the_papers_and_no_button_of_the_keepers(client, role):
    house = with_papers(a_house_ordered())
    Certificate.objects.filter(kind="fire").update(second_check=None)
    reader = signed_in(client, *role)
    text = main_of(opened(reader, "house", house.pk, at=MORNING))
    assert "fire-1" in text and "<form" not in text
    for page, args in (("file_paper", []), ("check_paper", [Certificate.objects.first().pk]), ("open_house", [])):
        assert posted(reader, page, house.pk, *args, at=MORNING, **PAPER).status_code == 404
    assert House.objects.get().state == "ordered" and Certificate.objects.count() == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "poetry"}, "id_kind"),
        ({"kind": ""}, "id_kind"),
        ({"valid_until": "2021-02-30"}, "id_valid_until"),
        ({"valid_until": "forever"}, "id_valid_until"),
        ({"file_name": " "}, "id_file_name"),
        ({"file_name": "F" * 121}, "id_file_name"),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_paper_that_cannot_be_filed_is_told_beside_its_field_and_its_words_are_kept(client, language, wrong, field):
    house = a_house_ordered()
    answer = posted(signed_in(client, language=language), "file_paper", house.pk, at=MORNING, **PAPER | wrong)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and f'id="{field}_error"' in answer.text
    if "file_name" not in wrong:
        assert 'value="F-77"' in answer.text
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Missing or not in order"), ("zh-hans", "建筑结构")])
def test_a_house_that_may_not_open_says_why_on_its_own_page(client, language, words):
    house = a_house_ordered()
    answer = posted(signed_in(client, language=language), "open_house", house.pk, at=MORNING)
    assert answer.status_code == 422 and "papers_missing" in answer.text and words in answer.text
    assert House.objects.get().ready_at is None


def test_opening_twice_is_told_and_the_button_goes_with_the_first(client):
    house = with_papers(a_house_ordered())
    keeper, address = signed_in(client), reverse("quarantine:open_house", args=[house.pk])
    assert address in opened(keeper, "house", house.pk, at=MORNING).text
    assert posted(keeper, "open_house", house.pk, at=MORNING).status_code == 302
    again = posted(keeper, "open_house", house.pk, at=after(9))
    assert again.status_code == 422 and again.context["refusal"].code == "not_ordered" and address not in main_of(again)
    assert House.objects.get().ready_at == MORNING


def test_a_keeper_of_another_county_finds_no_house_to_act_on(client):
    house = with_papers(a_house_ordered())
    stranger = signed_in(client, Role.QUARANTINE, OTHER_COUNTY)
    paper = Certificate.objects.first()
    for page, args in (("file_paper", []), ("check_paper", [paper.pk]), ("open_house", [])):
        assert posted(stranger, page, house.pk, *args, at=MORNING, **PAPER).status_code == 404
    assert Certificate.objects.count() == 4 and House.objects.get().state == "ordered"


def test_an_empty_room_tells_its_beds_and_whether_a_wheelchair_fits(client):
    house = a_house(rooms=2, beds=2)
    client = signed_in(client)
    first, second = (opened(client, "house", house.pk, at=MORNING, room=number).text for number in ("201", "202"))
    assert "Nobody; 2 beds." in first and "Fit for a wheelchair." in first
    assert "Nobody; 2 beds." in second and "Fit for a wheelchair." not in second


@pytest.mark.parametrize(("role", "may"), [((Role.MEDICAL, CITY, ""), True), (HOUSE, False)], ids=str)
def test_a_name_in_a_room_leads_to_the_desk_only_where_the_desk_opens(client, role, may):
    (stay,) = people_inside(1)
    client = signed_in(client, *role)
    text = opened(client, "house", stay.room.house_id, at=after(300), room=stay.room.number).text
    assert stay.arrival.person.full_name in text and "moved in at" in text
    assert (reverse("entry:arrival", args=[stay.arrival_id]) in text) == may
