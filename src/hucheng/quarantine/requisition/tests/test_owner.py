"""Whose house it is: put on record by the keepers, sealed at rest, seen by those who need it."""

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse

from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.requisition.actions import HouseSpec, Owner, RoomSpec, order_requisition, record_owner
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.testing import a_house_ordered, main_of, opened, posted, refused, signed_in

pytestmark = pytest.mark.django_db
OWNER = Owner("示例酒店有限公司", "示例路1号", "示例经理", "0351-5550101")
SENT = {"name": OWNER.name, "address": OWNER.address, "contact": OWNER.contact, "phone": OWNER.phone}


@pytest.fixture
def keeper():
    return an_actor(Role.COMMAND_OFFICE)


@pytest.fixture
def owned(keeper):
    return record_owner(actor=keeper, house_id=a_house_ordered().pk, owner=OWNER, at=MORNING)


def test_a_house_is_ordered_with_its_owner(keeper):
    spec = HouseSpec("H09", COUNTY, "九号", "Nine", 9, False, [RoomSpec(1, "101", 2)], owner=OWNER)
    house = order_requisition(actor=keeper, house=spec, at=MORNING)
    house.refresh_from_db()
    assert (house.owner, house.address, house.owner_contact, house.owner_phone) == tuple(SENT.values())


def test_an_owner_is_corrected_and_spaces_around_the_words_go(keeper, owned):
    record_owner(actor=keeper, house_id=owned.pk, owner=Owner(" 另一公司 ", "示例路2号 "), at=after(1))
    owned.refresh_from_db()
    assert (owned.owner, owned.address, owned.owner_contact, owned.owner_phone) == ("另一公司", "示例路2号", "", "")


def test_who_owns_a_house_is_sealed_at_rest(owned):
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner, owner_contact, owner_phone FROM quarantine_house")
        assert all(text.startswith("k1:") for text in cursor.fetchone())


@pytest.mark.parametrize(("name", "address"), [("", "示例路1号"), (" ", "示例路1号"), ("甲", ""), ("甲", "　")])
def test_an_owner_without_name_or_address_is_refused(keeper, name, address):
    house = a_house_ordered()
    refused("owner_incomplete", record_owner, actor=keeper, house_id=house.pk, owner=Owner(name, address), at=MORNING)


def test_a_sign_that_no_paper_prints_is_refused(keeper):
    house = a_house_ordered()
    turned = Owner("甲\u202e公司", "示例路1号")
    refused("owner_unprintable", record_owner, actor=keeper, house_id=house.pk, owner=turned, at=MORNING)


def test_another_county_finds_no_house_to_own():
    house = a_house_ordered()
    with pytest.raises(Http404):
        record_owner(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), house_id=house.pk, owner=OWNER, at=MORNING)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ((Role.COMMAND_OFFICE, CITY, ""), {"address", "name", "contact", "phone"}),
        ((Role.QUARANTINE, CITY, ""), {"address", "name", "contact", "phone"}),
        ((Role.LEADING_GROUP, CITY, ""), {"address", "name"}),
        ((Role.MEDICAL, CITY, ""), {"address"}),
        ((Role.ENTRY, CITY, ""), {"address"}),
        ((Role.HOUSE, COUNTY, "H01"), {"address"}),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_each_reader_sees_as_much_of_the_owner_as_the_work_needs(client, owned, role, seen):
    page = main_of(opened(signed_in(client, *role), "house", owned.pk, at=MORNING))
    assert {key for key, text in SENT.items() if text in page} == seen
    assert (reverse("quarantine:put_owner", args=[owned.pk]) in page) == ("phone" in seen)


@pytest.mark.parametrize(("language", "words"), [("en", "Address of the house"), ("zh-hans", "酒店地址")])
def test_the_office_records_the_owner_on_the_page(client, language, words):
    house = a_house_ordered()
    client = signed_in(client, Role.COMMAND_OFFICE, language=language)
    assert words in main_of(opened(client, "house", house.pk, at=MORNING))
    assert posted(client, "put_owner", house.pk, at=MORNING, **SENT).status_code == 302
    page = main_of(opened(client, "house", house.pk, at=MORNING))
    assert all(text in page for text in SENT.values())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, 'id="owner_name_error"'),
        ({"address": "街" * 121}, 'id="owner_address_error"'),
        ({"phone": "call me"}, "0351-5550100"),
        ({"name": "甲\u202e公司"}, "owner_unprintable"),
    ],
    ids=["no name", "long address", "no number", "turned"],
)
def test_what_cannot_be_recorded_is_told_and_the_rest_is_kept(client, wrong, told):
    house = a_house_ordered()
    answer = posted(signed_in(client), "put_owner", house.pk, at=MORNING, **SENT | wrong)
    assert answer.status_code == 422 and told in answer.text and f'value="{OWNER.contact}"' in answer.text
    assert House.objects.get().owner == ""


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.MEDICAL, Role.COUNTY])
def test_others_record_no_owner(client, owned, role):
    assert posted(signed_in(client, role), "put_owner", owned.pk, at=MORNING, **SENT).status_code == 404
