"""One human, one row: what joins, what only raises a doubt, and what a list may never change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add
from hucheng.people.register.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 21, tzinfo=UTC)
WANG = PersonRecord(
    "王丽华", "WANG", "LIHUA", "F", date(1985, 4, 30), "CHN", "P", "EZ0000001", "CHN", "", "13800000001"
)


def add(*records, role=Role.ENTRY, place="000000", at=AT):
    unit = "U1" if role in UNIT_ROLES else ""
    return find_or_add(actor=an_actor(role, CITY, unit), records=records, place=place, reason="manifest", at=at)


def like(record, **changed) -> PersonRecord:
    return PersonRecord(**{name: getattr(record, name) for name in PersonRecord.__slots__} | changed)


def test_what_a_list_says_is_kept_field_by_field():
    (found,) = add(WANG, place=COUNTY)
    person = Person.objects.get(pk=found.person_id)
    for name in PersonRecord.__slots__:
        said = getattr(WANG, name)
        assert getattr(person, name) == (said.isoformat() if name == "birth" else said), name
    assert (person.place, person.home, person.entry_reason, person.added_at) == (COUNTY, "county", "manifest", AT)


def test_a_record_of_nothing_but_a_name_is_a_person_too():
    (found,) = add(PersonRecord("王丽华"))
    person = Person.objects.get(pk=found.person_id)
    assert found.new and not found.doubt and (person.birth, person.document_number, person.phone) == ("", "", "")


@pytest.mark.parametrize("written", ["ez0000001", "EZ 0000001", "ＥＺ０００００01", " Ez0000001\t"])
def test_one_document_however_it_is_written_is_one_person(written):
    (first,) = add(WANG)
    (again,) = add(like(WANG, document_number=written))
    assert (again.person_id, again.new, again.doubt) == (first.person_id, False, False)


@pytest.mark.parametrize(
    ("changed", "joins"),
    [
        ({}, True),
        ({"phone": "13900000009", "nationality": "CAN", "document_issuer": "CAN"}, True),
        ({"birth": None}, True),
        ({"name_zh": "", "surname": "Wang", "given": "Li-Hua"}, True),
        ({"birth": date(1985, 4, 29)}, False),
        ({"name_zh": "赵启明", "surname": "ZHAO", "given": "QIMING"}, False),
    ],
    ids=str,
)
def test_a_document_joins_unless_name_or_birth_speaks_against_it(changed, joins):
    (first,) = add(WANG)
    (again,) = add(like(WANG, **changed))
    assert (again.person_id == first.person_id) == joins
    assert (again.new, again.doubt) == (not joins, not joins), "who is not joined waits for a human"
    assert Person.objects.count() == 2 - joins


def test_a_resident_number_joins_where_the_document_is_another():
    (first,) = add(like(WANG, resident_id="140105198504300021"))
    (again,) = add(like(WANG, document_number="EZ0000002", resident_id="140105198504300021"))
    assert again.person_id == first.person_id


def test_the_same_name_and_birth_without_a_document_join_nobody():
    add(WANG)
    (other,) = add(like(WANG, document_number="", phone=""))
    assert other.new and Person.objects.count() == 2


def test_a_later_list_changes_nothing_about_whoever_is_known():
    (found,) = add(WANG, place=COUNTY)
    before = Person.objects.filter(pk=found.person_id).values().get()
    add(like(WANG, phone="13900000009", sex=""), place=OTHER_COUNTY, at=AT + timedelta(days=1))
    assert Person.objects.filter(pk=found.person_id).values().get() == before


def test_answers_stand_in_the_order_of_the_records():
    others = [PersonRecord(f"某{n}", document_number=f"EZ100000{n}") for n in range(4)]
    known = add(others[1], others[3])
    found = add(*others)
    assert [one.new for one in found] == [True, False, True, False]
    assert [found[1].person_id, found[3].person_id] == [one.person_id for one in known]
    assert [Person.objects.get(pk=one.person_id).name_zh for one in found] == ["某0", "某1", "某2", "某3"]


def test_an_empty_list_finds_nobody_and_leaves_its_line():
    assert add() == [] and AuditLine.objects.get().detail["records"] == 0


@pytest.mark.parametrize("role", [*Role])
def test_who_may_bring_people_into_the_register(role):
    clerks = {Role.ENTRY, Role.COUNTY, Role.COMMAND_OFFICE, Role.MEDICAL, Role.SYSTEM}
    if role in clerks:
        assert add(WANG, role=role)[0].new
    else:
        with pytest.raises(Refusal) as no:
            add(WANG, role=role)
        assert no.value.code == "role_may_not" and not Person.objects.exists()


@pytest.mark.parametrize(
    ("person", "name", "tail"),
    [
        (Person(name_zh="王丽华", surname="WANG", given="LIHUA", document_number="EZ0000001"), "王丽华", "0001"),
        (Person(surname="WANG", given="LIHUA", resident_id="140105198504300021"), "WANG LIHUA", "0021"),
        (Person(surname="WANG", document_number="E7", resident_id="140105198504300021"), "WANG", "E7"),
        (Person(given="LIHUA"), "LIHUA", ""),
        (Person(), "", ""),
    ],
)
def test_lists_show_the_chinese_name_first_and_the_end_of_a_document(person, name, tail):
    assert (person.full_name, person.document_tail) == (name, tail)


class OneRowAHuman(TestCase):
    """Whatever lists come in whatever order, one document is one row, and nothing is lost."""

    @given(st.lists(st.lists(st.integers(0, 5), max_size=5), max_size=4))
    def test_as_many_rows_as_documents(self, lists):
        by_document: dict[int, set] = {}
        for numbers in lists:
            records = [PersonRecord(f"某{n}", document_number=f"EZ200000{n}") for n in numbers]
            for number, found in zip(numbers, add(*records), strict=True):
                by_document.setdefault(number, set()).add(found.person_id)
        assert all(len(people) == 1 for people in by_document.values())
        assert Person.objects.count() == len(by_document)
