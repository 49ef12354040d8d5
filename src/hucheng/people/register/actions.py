"""Finding people in the register, or adding them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hucheng.core.audit.action import action
from hucheng.core.scope.actor import Actor
from hucheng.core.secrets import blind_index
from hucheng.core.terms import Role
from hucheng.engines.linkage import Record, same_person
from hucheng.people.register.models import Person

CLERKS = {Role.ENTRY, Role.COUNTY, Role.COMMAND_OFFICE, Role.MEDICAL}


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What a list says of one human."""

    name_zh: str = ""
    surname: str = ""
    given: str = ""
    sex: str = ""
    birth: date | None = None
    nationality: str = ""
    document_type: str = ""
    document_number: str = ""
    document_issuer: str = ""
    resident_id: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The person a record speaks of; `new` when this record made the row, `doubt` when a human should compare."""

    person_id: UUID
    new: bool
    doubt: bool = False


@action(by=CLERKS)
def find_or_add(*, actor: Actor, records: Sequence[PersonRecord], place: str, reason: str, at: datetime) -> list[Found]:
    """Give the person of each record, in order.

    A certain match (engines.linkage) is the same person; anything less makes a new row, marked in doubt when an
    existing one is close, so that nothing is ever joined by a guess. Two records of one call may be one person.
    """
    known = _known_by_key(records)
    found, fresh = [], []
    for record in records:
        near = [person for key in _keys(record) for person in known.get(key, [])]
        same = next((p for p in near if same_person(_as_record(p), _of(record)).certain), None)
        if same is None:
            same = _new(record, place, reason, at)
            fresh.append(same)
            for key in _keys(record):
                known.setdefault(key, []).append(same)
            found.append(Found(same.pk, True, doubt=bool(near)))
        else:
            found.append(Found(same.pk, False))
    Person.objects.bulk_create(fresh)
    return found


def _keys(record: PersonRecord) -> list[str]:
    return [key for text in (record.document_number, record.resident_id) if (key := blind_index(text))]


def _known_by_key(records: Sequence[PersonRecord]) -> dict[str, list[Person]]:
    keys = {key for record in records for key in _keys(record)}
    known: dict[str, list[Person]] = {}
    for field in ("document_number_index", "resident_id_index"):
        for person in Person.objects.filter(**{f"{field}__in": keys}):
            known.setdefault(getattr(person, field), []).append(person)
    return known


def _of(record: PersonRecord) -> Record:
    documents = frozenset(_keys(record))
    return Record(record.name_zh, record.surname, record.given, record.birth, documents)


def _as_record(person: Person) -> Record:
    birth = date.fromisoformat(person.birth) if person.birth else None
    documents = frozenset(key for text in (person.document_number, person.resident_id) if (key := blind_index(text)))
    return Record(person.name_zh, person.surname, person.given, birth, documents)


def _new(record: PersonRecord, place: str, reason: str, at: datetime) -> Person:
    return Person(
        name_zh=record.name_zh,
        surname=record.surname,
        given=record.given,
        sex=record.sex,
        birth=record.birth.isoformat() if record.birth else "",
        nationality=record.nationality,
        document_type=record.document_type,
        document_number=record.document_number,
        document_issuer=record.document_issuer,
        resident_id=record.resident_id,
        phone=record.phone,
        place=place,
        entry_reason=reason,
        added_at=at,
    )
