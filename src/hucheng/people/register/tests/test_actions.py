"""The register joins only what is certain."""

from datetime import UTC, date, datetime

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.people.register.actions import PersonRecord, find_or_add
from hucheng.people.register.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 21, tzinfo=UTC)
DESK = Actor(None, "140100", Role.ENTRY)
WANG = PersonRecord("王丽华", "WANG", "LIHUA", "F", date(1985, 4, 30), "CHN", "P", "EZ0000001")


def add(*records, actor=DESK):
    return find_or_add(actor=actor, records=records, place="140100", reason="manifest", at=AT)


def test_the_same_document_is_the_same_person():
    (first,) = add(WANG)
    (again,) = add(PersonRecord(surname="WANG", given="LIHUA", document_number="ez 0000001"))
    assert again.person_id == first.person_id and not again.new


def test_two_rows_of_one_list_may_be_one_person():
    first, second = add(WANG, WANG)
    assert first.person_id == second.person_id and Person.objects.count() == 1


def test_another_name_under_the_same_document_is_not_joined():
    add(WANG)
    (other,) = add(PersonRecord("赵启明", "ZHAO", "QIMING", document_number="EZ0000001"))
    assert other.new and other.doubt


def test_people_without_a_document_stay_apart():
    first, second = add(PersonRecord("王丽华"), PersonRecord("王丽华"))
    assert first.person_id != second.person_id


def test_what_identifies_a_person_is_sealed_in_the_database(django_db_blocker):
    from django.db import connection

    add(WANG)
    with connection.cursor() as cursor:
        cursor.execute("SELECT birth, document_number, document_number_index FROM people_person")
        birth, number, index = cursor.fetchone()
    assert "1985-04-30" not in birth and "EZ0000001" not in number and len(index) == 32
    assert Person.objects.get().document_number == "EZ0000001"


def test_a_sealed_field_cannot_be_searched_by_mistake():
    with pytest.raises(TypeError):
        Person.objects.filter(document_number="EZ0000001").exists()


def test_a_school_may_not_add_people():
    with pytest.raises(Refusal) as no:
        add(WANG, actor=Actor(None, "140100", Role.SCHOOL, "S1"))
    assert no.value.code == "role_may_not" and not Person.objects.exists()
    assert AuditLine.objects.get().refused == "role_may_not"


def test_the_audit_line_names_no_person():
    add(WANG)
    assert "WANG" not in str(AuditLine.objects.get().detail)


def test_a_large_list_needs_few_queries(django_assert_max_num_queries):
    records = [PersonRecord(f"某{n}", document_number=f"EZ{n:07}") for n in range(300)]
    with django_assert_max_num_queries(20):
        add(*records)
