"""How the papers of a house are numbered and whom the owner may ask: as the registry says, each number once."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.quarantine.requisition.actions import Numbers, Owner, give_back, record_numbers, record_owner
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.requisition.papers import notice_of_return, requisition_order
from hucheng.quarantine.testing import a_house_ordered, main_of, opened, posted, refused, signed_in

pytestmark = pytest.mark.django_db
OWNER = Owner("示例酒店有限公司", "示例路1号", "示例经理", "0351-5550101")
SENT = {"order": "并防指征〔2020〕7号", "enquiries_to": "示例专班", "enquiries_phone": "0351-5550199"}


@pytest.fixture
def keeper():
    return an_actor(Role.COMMAND_OFFICE)


def owned(code="H01"):
    house = a_house_ordered(code)
    return record_owner(actor=an_actor(Role.QUARANTINE), house_id=house.pk, owner=OWNER, at=MORNING)


def returned(code="H01"):
    return give_back(actor=an_actor(Role.QUARANTINE), house_id=owned(code).pk, at=after(days=30))


def numbered(house, **said):
    return record_numbers(
        actor=an_actor(Role.QUARANTINE), house_id=house.pk, numbers=Numbers(**said), at=after(days=31)
    )


def test_both_papers_carry_their_number_and_whom_to_ask():
    a_city()
    house = numbered(returned(), **SENT, notice="并防指征〔2020〕19号")
    order, notice = requisition_order(house), notice_of_return(house)
    assert (str(order.number), str(notice.number)) == ("并防指征〔2020〕7号", "并防指征〔2020〕19号")
    assert (
        (order.contact.name, order.contact.phone)
        == ("示例专班", "0351-5550199")
        == (
            notice.contact.name,
            notice.contact.phone,
        )
    )


def test_without_numbers_the_papers_say_none():
    a_city()
    order = requisition_order(owned())
    assert order.number is None is order.contact


@pytest.mark.parametrize(
    "typed", ["并防指征〔2020〕7号", " 并防指征[2020]7号", "并防指征（2020）第7号", "并防指征 〔2020〕 007 号"]
)
def test_a_number_is_kept_as_it_is_printed_however_it_was_typed(typed):
    assert numbered(owned(), order=typed).order_number == "并防指征〔2020〕7号"


@pytest.mark.parametrize("typed", ["7号", "并防指征2020-7", "并防指征〔20〕7号", "并防指征〔2020〕0号", "〔2020〕7号"])
def test_what_is_no_number_is_refused_and_nothing_is_kept(keeper, typed):
    house = owned()
    numbers = Numbers(order=typed, enquiries_to="示例专班", enquiries_phone="0351-5550199")
    refused("not_a_document_number", record_numbers, actor=keeper, house_id=house.pk, numbers=numbers, at=MORNING)
    house.refresh_from_db()
    assert house.order_number == "" == house.enquiries_to


@pytest.mark.parametrize(
    "first", [{"order": "并防指征〔2020〕7号"}, {"notice": "并防指征〔2020〕7号"}], ids=lambda x: next(iter(x))
)
def test_a_number_belongs_to_one_paper(keeper, first):
    numbered(returned("H02"), **first)
    house = owned()
    taken = Numbers(order="并防指征[2020]07号")
    refused("number_taken", record_numbers, actor=keeper, house_id=house.pk, numbers=taken, at=MORNING)


def test_order_and_notice_of_one_house_differ(keeper):
    both = Numbers(order="并防指征〔2020〕7号", notice="并防指征〔2020〕7号")
    refused("number_taken", record_numbers, actor=keeper, house_id=returned().pk, numbers=both, at=after(days=31))


@pytest.mark.parametrize("field", ["order_number", "return_number"])
def test_the_database_holds_a_number_once(field):
    for code in ("H01", "H02"):
        a_house_ordered(code)
    House.objects.filter(code="H01").update(**{field: "并防指征〔2020〕7号"})
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.filter(code="H02").update(**{field: "并防指征〔2020〕7号"})


def test_a_house_that_is_kept_has_no_notice_to_number(keeper):
    early = Numbers(notice="并防指征〔2020〕19号")
    refused("not_given_back", record_numbers, actor=keeper, house_id=owned().pk, numbers=early, at=MORNING)


@pytest.mark.parametrize(
    "half",
    [
        {"enquiries_to": "示例专班"},
        {"enquiries_phone": "0351-5550199"},
        {"enquiries_to": "甲\u202e", "enquiries_phone": "0351-5550199"},
    ],
    ids=["no phone", "no name", "turned"],
)
def test_whom_to_ask_is_named_whole_or_not_at_all(keeper, half):
    refused(
        "enquiries_incomplete", record_numbers, actor=keeper, house_id=owned().pk, numbers=Numbers(**half), at=MORNING
    )


def test_another_county_numbers_nothing():
    with pytest.raises(Http404):
        record_numbers(
            actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), house_id=owned().pk, numbers=Numbers(), at=MORNING
        )


@pytest.mark.parametrize(("language", "words"), [("en", "Number the papers"), ("zh-hans", "登记文号")])
def test_the_office_numbers_the_papers_on_the_page(client, language, words):
    house = owned()
    client = signed_in(client, Role.COMMAND_OFFICE, language=language)
    page = main_of(opened(client, "house", house.pk, at=MORNING))
    assert words in page and 'name="notice"' not in page
    assert posted(client, "put_numbers", house.pk, at=MORNING, **SENT).status_code == 302
    page = main_of(opened(client, "house", house.pk, at=MORNING))
    assert page.count("并防指征〔2020〕7号") >= 2 and SENT["enquiries_phone"] in page


def test_the_notice_is_numbered_once_there_is_one(client):
    house = returned()
    client = signed_in(client, Role.COMMAND_OFFICE)
    assert 'name="notice"' in main_of(opened(client, "house", house.pk, at=after(days=31)))
    assert posted(client, "put_numbers", house.pk, at=after(days=31), notice="并防指征〔2020〕19号").status_code == 302
    house.refresh_from_db()
    assert house.return_number == "并防指征〔2020〕19号"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"order": "7"}, "not_a_document_number"),
        ({"order": "并" * 41}, 'id="numbers_order_error"'),
        ({"enquiries_phone": "call me"}, "0351-5550100"),
        ({"enquiries_phone": ""}, "enquiries_incomplete"),
    ],
    ids=["no number", "long", "no phone number", "no phone"],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(client, wrong, told):
    house = owned()
    answer = posted(signed_in(client), "put_numbers", house.pk, at=MORNING, **SENT | wrong)
    assert answer.status_code == 422 and told in answer.text and f'value="{SENT["enquiries_to"]}"' in answer.text
    house.refresh_from_db()
    assert house.order_number == ""


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.MEDICAL, Role.COUNTY])
def test_others_number_nothing(client, role):
    house = owned()
    assert posted(signed_in(client, role), "put_numbers", house.pk, at=MORNING, **SENT).status_code == 404
    if role == Role.LEADING_GROUP:
        assert (
            reverse("quarantine:put_numbers", args=[house.pk]) not in opened(client, "house", house.pk, at=MORNING).text
        )
