"""Sealed fields in the database: nothing readable at rest, found only by the index, kept in step at every save."""

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection

from hucheng.core.secrets import blind_index
from hucheng.core.testing import after

pytestmark = pytest.mark.django_db
Person = apps.get_model("people.Person")


def a_person(**fields):
    return Person.objects.create(added_at=after(0), **fields)


def at_rest() -> dict[str, str]:
    """The one row as it lies in the database, past every field class."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_number, document_number_index, phone FROM people_person")
        (row,) = cursor.fetchall()
    return dict(zip(("document_number", "document_number_index", "phone"), row, strict=True))


def test_at_rest_nothing_is_readable_and_on_the_way_out_everything_is():
    person = a_person(document_number="EZ0000001", phone="13500000000")
    stored = at_rest()
    assert stored["document_number"].startswith("k1:") and "EZ0000001" not in str(stored)
    assert "13500000000" not in str(stored)
    person.refresh_from_db()
    assert (person.document_number, person.phone) == ("EZ0000001", "13500000000")


def test_the_index_is_kept_in_step_at_every_save():
    person = a_person(document_number="EZ0000001")
    assert Person.objects.get(document_number_index=blind_index("ez 0000001")) == person
    person.document_number = "EZ0000002"
    person.save()
    assert not Person.objects.filter(document_number_index=blind_index("EZ0000001")).exists()
    assert Person.objects.filter(document_number_index=blind_index("EZ0000002")).exists()


def test_an_index_typed_in_by_hand_is_written_over():
    a_person(document_number="EZ0000001", document_number_index="f" * 32)
    assert at_rest()["document_number_index"] == blind_index("EZ0000001")


def test_rows_written_together_have_their_index_too():
    Person.objects.bulk_create([Person(document_number=f"EZ000000{n}", added_at=after(0)) for n in range(3)])
    assert all(Person.objects.filter(document_number_index=blind_index(f"EZ000000{n}")).exists() for n in range(3))


def test_an_empty_value_stays_empty_and_has_no_digest():
    person = a_person(document_number="", phone="")
    assert at_rest() == {"document_number": "", "document_number_index": "", "phone": ""}
    person.refresh_from_db()
    assert person.document_number == ""


@pytest.mark.parametrize("lookup", ["document_number", "document_number__contains", "document_number__in", "phone__gt"])
def test_asking_for_a_sealed_value_is_an_error_that_names_the_way(lookup):
    """It would match nothing, and nobody would know why."""
    with pytest.raises(TypeError, match="_index=blind_index"):
        Person.objects.filter(**{lookup: "EZ0000001"})


def test_two_rows_of_one_value_do_not_look_alike_at_rest():
    a_person(document_number="EZ0000001")
    sealed = at_rest()["document_number"]
    Person.objects.all().delete()
    a_person(document_number="EZ0000001")
    assert at_rest()["document_number"] != sealed


def test_a_value_copied_by_hand_into_another_column_does_not_open():
    person = a_person(document_number="EZ0000001", phone="13500000000")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = document_number")
    with pytest.raises(InvalidTag):
        person.refresh_from_db()
