"""What may be one human is never joined: it waits for a person, with its weight told in words (ISS-08, NEW-05)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import override

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, a_city, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add, keep_apart
from hucheng.people.register.models import Doubt, Person, PersonKey
from hucheng.people.register.queries import DOUBTS, doubts_to_compare, odds, open_doubts

pytestmark = pytest.mark.django_db
BORN = date(1996, 5, 9)
LI = PersonRecord("李雅婷", "", "", "F", BORN, "CHN", "P", "EZ0000001", "CHN", "", "13800000001")
LATER = MORNING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def city():
    a_city()


def add(*records, at=MORNING):
    return find_or_add(actor=an_actor(Role.ENTRY), records=records, place="000000", reason="manifest", at=at)


def a_doubt():
    """Two rows of one name and birth; the later one has no document."""
    add(LI)
    add(PersonRecord(surname="LI", given="YATING", birth=BORN), at=LATER)
    return Doubt.objects.get()


def office(role=Role.COMMAND_OFFICE, place=CITY):
    return an_actor(role, place, "U1" if role in UNIT_ROLES else "")


def page(client, actor=None, method="get", address="", language="en", **form):
    client.force_login(User.objects.get(pk=(actor or office()).user_id))
    with frozen_at(LATER):
        return getattr(client, method)(
            address or reverse("people:register"), form, headers={"accept-language": language}
        )


@pytest.mark.parametrize(
    "said",
    [
        {"surname": "LI", "given": "YATING", "birth": BORN},
        {"surname": "YATING", "given": "LI", "birth": BORN},
        {"name_zh": "李雅婷", "birth": BORN},
        {"name_zh": "李雅亭", "birth": BORN, "phone": "13800000001"},
        {"surname": "LEE", "given": "NGA TING", "birth": BORN},
        {"surname": "LI", "given": "YATING", "document_number": "EZOOOOOO1"},
        {"surname": "ZHAO", "given": "QIMING", "document_number": "EZ0000001"},
        {"surname": "LI", "given": "YATING", "birth": BORN, "document_number": "EA7777771"},
    ],
    ids=str,
)
def test_what_only_looks_like_one_human_is_a_new_row_and_a_doubt(said):
    (first,) = add(LI)
    (found,) = add(PersonRecord(**said))
    assert found.new and found.doubt and Person.objects.count() == 2
    doubt = Doubt.objects.get()
    assert (doubt.person_id, doubt.other_id, doubt.answer) == (found.person_id, first.person_id, "open")


@pytest.mark.parametrize(
    "said",
    [
        {"name_zh": "赵启明", "phone": "13800000001"},
        {"name_zh": "李国栋", "birth": date(1970, 1, 2), "phone": "13800000001"},
        {"surname": "LI", "given": "YATING", "birth": date(1950, 2, 3), "document_number": "EA7777771"},
    ],
    ids=str,
)
def test_a_family_on_one_phone_and_namesakes_raise_no_doubt(said):
    add(LI)
    (found,) = add(PersonRecord(**said))
    assert found.new and not found.doubt and not Doubt.objects.exists()


def test_what_is_certain_raises_no_doubt_though_somebody_else_is_close():
    first, _twin = add(LI, PersonRecord(name_zh="李雅婷", birth=BORN, document_number="EZ0000002"))
    Doubt.objects.all().delete()
    (again,) = add(PersonRecord(surname="LI", given="YATING", document_number="EZOOO0001", birth=BORN))
    assert again.person_id == first.person_id and not Doubt.objects.exists()


def test_only_the_likeliest_pair_waits():
    add(LI, PersonRecord(name_zh="李雅婷", birth=date(1996, 5, 8), document_number="EZ0000002"))
    Doubt.objects.all().delete()
    add(PersonRecord(name_zh="李雅婷", birth=BORN, phone="13800000001"))
    assert Doubt.objects.get().other.document_number == "EZ0000001"


def test_two_rows_of_one_list_may_be_the_pair():
    first, second = add(LI, PersonRecord(name_zh="李雅婷", birth=BORN))
    assert second.doubt and Doubt.objects.get().other_id == first.person_id


def test_the_more_people_carry_a_name_the_less_it_says():
    rare = a_doubt().weight
    many = [PersonRecord(name_zh="王芳", document_number=f"EA00{n:05}") for n in range(40)]
    add(*many)
    add(PersonRecord(name_zh="王芳", birth=BORN, document_number="EB0000001"))
    add(PersonRecord(surname="WANG", given="FANG", birth=BORN), at=LATER + timedelta(hours=1))
    assert Doubt.objects.latest("found_at").weight < rare - 3


def test_keys_hold_nothing_that_can_be_read():
    add(LI)
    codes = list(PersonKey.objects.values_list("code", flat=True))
    assert len(codes) > 5 and all(len(code) == 32 and set(code) <= set("0123456789abcdef") for code in codes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT parts FROM people_doubt")
        assert cursor.fetchall() == []


def test_a_doubt_keeps_terms_and_bits_and_no_value_of_either_row():
    doubt = a_doubt()
    assert sum(bits for _term, bits in doubt.parts) == pytest.approx(doubt.weight, abs=0.05)
    told = str(doubt.parts)
    assert "name=letters" in told and not any(said in told for said in ("李", "YATING", "1996", "EZ0", "138"))


def test_whoever_was_there_before_there_were_keys_gets_them():
    from importlib import import_module

    from django.apps import apps

    add(LI)
    before = set(PersonKey.objects.values_list("code", flat=True))
    PersonKey.objects.all().delete()
    import_module("hucheng.people.migrations.0006_key_known_people").key_known_people(apps, None)
    assert set(PersonKey.objects.values_list("code", flat=True)) == before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["May be one person", "the same letters of the name", "to 1 that they are one person", "for two people"],
        ),
        ("zh-hans", ["可能为同一人", "姓名拼写相同", "是同一人的可能性约为", "尚无任何依据时"]),
    ],
)
def test_the_page_shows_the_pair_with_its_weight_in_a_clerks_words(client, language, words):
    a_doubt()
    text = page(client, language=language).text
    assert all(word in text for word in [*words, "李雅婷", "LI YATING", "…0001", "▶▶▶▶▶▶"])
    assert ReadTrace.objects.filter(purpose="same person").count() == 2


def test_the_strongest_pair_stands_first_and_the_rest_is_counted():
    for number in range(DOUBTS + 2):
        add(PersonRecord(name_zh="李雅婷", birth=date(1990, 1, 2 + number), document_number=f"EZ00000{number:02}"))
        add(PersonRecord(name_zh="李雅婷", birth=date(1990, 1, 2 + number)))
    shown = doubts_to_compare(office())
    weights = [one.doubt.weight for one in shown]
    assert len(shown) == DOUBTS < open_doubts(office()).count() and weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("role", [Role.COUNTY, Role.LEADING_GROUP])
def test_only_the_city_compares_and_a_reader_has_no_button(client, role):
    a_doubt()
    text = page(client, office(role, COUNTY if role == Role.COUNTY else CITY)).text
    assert ("May be one person" in text) == (role != Role.COUNTY) and "They are two people" not in text


def test_two_people_are_kept_apart_with_a_reason_and_leave_the_queue():
    doubt = a_doubt()
    keep_apart(actor=office(), doubt_id=doubt.pk, why="saw both passports", at=LATER)
    doubt.refresh_from_db()
    assert (doubt.answer, doubt.why, doubt.answered_at) == ("two", "saw both passports", LATER)
    assert doubt.answered_by_id == office().user_id and not open_doubts(office()).exists()
    assert "passports" not in str(AuditLine.objects.get(act__endswith="keep_apart").detail)


def test_a_pair_is_answered_once():
    doubt = a_doubt()
    keep_apart(actor=office(), doubt_id=doubt.pk, why="first", at=LATER)
    with pytest.raises(Refusal) as no:
        keep_apart(actor=office(), doubt_id=doubt.pk, why="second", at=LATER)
    assert no.value.code == "doubt_answered"
    assert Doubt.objects.get().why == "first"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ENTRY, Role.COMMAND_OFFICE, Role.SYSTEM)])
def test_other_roles_answer_nothing(role):
    doubt = a_doubt()
    with pytest.raises(Refusal) as no:
        keep_apart(actor=office(role), doubt_id=doubt.pk, why="x", at=LATER)
    assert no.value.code == "role_may_not" and Doubt.objects.get().answer == "open"


def test_a_desk_below_the_city_sees_no_pair():
    doubt = a_doubt()
    with pytest.raises(Http404):
        keep_apart(actor=office(Role.ENTRY, COUNTY), doubt_id=doubt.pk, why="x", at=LATER)


def test_the_page_takes_the_answer(client):
    doubt = a_doubt()
    address = reverse("people:apart", args=[doubt.pk])
    assert page(client, None, "post", address, why="two passports").status_code == 302
    assert "May be one person" not in page(client).text
    again = page(client, None, "post", address, why="again")
    assert again.status_code == 422 and "Somebody has compared these two already." in again.text


@pytest.mark.parametrize("why", ["", " ", "x" * 121])
def test_the_page_asks_for_a_reason_beside_the_pair(client, why):
    doubt = a_doubt()
    answer = page(client, None, "post", reverse("people:apart", args=[doubt.pk]), why=why)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and Doubt.objects.get().answer == "open"


def test_a_doubt_of_two_rows_stands_once_and_an_answer_says_when():
    doubt = a_doubt()
    with pytest.raises(IntegrityError), transaction.atomic():
        Doubt.objects.create(person=doubt.person, other=doubt.other, weight=1.0, parts=[], found_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Doubt.objects.update(answer="two")


@pytest.mark.parametrize(
    ("weight", "english", "chinese"),
    [
        (25.0, "More than a million to one that they are one person", "是同一人的可能性超过一百万比一"),
        (10.0, "About 1,024 to 1 that they are one person", "是同一人的可能性约为 1,024 比 1"),
        (0.0, "About 1 to 1 that they are one person", "是同一人的可能性约为 1 比 1"),
        (-3.0, "About 8 to 1 that they are two people", "是两个人的可能性约为 8 比 1"),
    ],
)
def test_a_weight_in_words(weight, english, chinese):
    with override("en"):
        assert odds(weight) == english
    with override("zh-hans"):
        assert odds(weight) == chinese
