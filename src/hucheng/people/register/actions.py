"""Finding people in the register, or adding them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor, place_prefix
from hucheng.core.terms import Role
from hucheng.engines.linkage.judging import Judgement
from hucheng.people.register.finding import Known, codes_of, compared
from hucheng.people.register.models import UNKNOWN_PLACE, Doubt, Home, HomeChange, Person, PersonKey
from hucheng.people.register.queries import open_doubts, to_settle

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
    """Give the person of each record, in order; somebody new lives at `place` if that is a county.

    A certain match (engines.linkage) is the same person; anything less makes a new row. Where the likeliest of the
    others may be the same human the pair waits for a person as a Doubt, so that nothing is ever joined by a guess.
    """
    rows = [compared(record, record.birth, "list") for record in records]
    known = Known(rows)
    found, fresh, doubts = [], [], []
    for record, row in zip(records, rows, strict=True):
        near = known.near(row)
        if near and near[0][1].certain:
            found.append(Found(near[0][0].pk, False))
            continue
        person = _new(record, place, reason, at)
        known.add(person, row)
        fresh.append(person)
        doubts += [_doubt(person, other, judged, at) for other, judged in near[:1]]
        found.append(Found(person.pk, True, doubt=bool(near)))
    Person.objects.bulk_create(fresh)
    PersonKey.objects.bulk_create(PersonKey(person=person, code=code) for person in fresh for code in codes_of(person))
    Doubt.objects.bulk_create(doubts)
    return found


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def keep_apart(*, actor: Actor, doubt_id: UUID, why: str, at: datetime) -> Doubt:
    """Answer a doubt: a person has compared both rows, and they are two people.

    After it: the pair is in nobody's queue. Refuses a pair that somebody has answered already.
    Raises Http404 for one out of sight.
    """
    doubt = open_doubts(actor, answered=True).select_for_update(of=("self",)).filter(pk=doubt_id).first()
    if doubt is None:
        raise Http404
    if doubt.answer != Doubt.Answer.OPEN:
        raise Refusal(
            "doubt_answered",
            why=_("Somebody has compared these two already."),
            do=_("Open the register again to see what is left."),
        )
    doubt.answer, doubt.answered_by_id, doubt.answered_at = Doubt.Answer.TWO, actor.user_id, at
    doubt.why = why[:120]
    doubt.save(update_fields=["answer", "answered_by", "answered_at", "why"])
    return doubt


@action(by=CLERKS)
def settle_homes(*, actor: Actor, homes: Mapping[UUID, str], why: str, at: datetime) -> int:
    """Say which county answers for each person; an empty code says that they live outside the city.

    After it: who lives in a county is in that county's sight, and each change has its row. Gives how many changed.
    Refuses a code that is no county of the city, and a county's clerk who speaks for another county.
    Raises Http404 for a person out of sight, and then nothing changes.
    """
    counties = {county.code for county in counties_of(settings.HUCHENG_CITY)}
    for code in set(homes.values()):
        _refuse_county(actor, code, counties)
    people = to_settle(actor).select_for_update(of=("self",)).in_bulk(list(homes))
    if len(people) < len(homes):
        raise Http404
    changes = [change for pk, code in homes.items() if (change := _move_home(people[pk], code, why, actor, at))]
    HomeChange.objects.bulk_create(changes)
    Person.objects.bulk_update([change.person for change in changes], ["place", "home"], batch_size=200)
    return len(changes)


def _refuse_county(actor: Actor, code: str, counties: set[str]) -> None:
    if code and code not in counties:
        raise Refusal(
            "no_county_of_the_city",
            why=_("%(code)s is no county-level place of this city.") % {"code": code},
            do=_("Choose a county from the list, or say that the person lives outside the city."),
        )
    if actor.role == Role.COUNTY and code and not actor.sees_place(code):
        raise Refusal(
            "another_county",
            why=_("A county answers for its own people only."),
            do=_("Send the person back to the city with a handover, and say which county it is."),
        )


def _move_home(person: Person, code: str, why: str, actor: Actor, at: datetime) -> HomeChange | None:
    before = person.home, person.place
    person.home, person.place = (Home.COUNTY, code) if code else (Home.OUTSIDE, UNKNOWN_PLACE)
    if before == (person.home, person.place):
        return None
    return HomeChange(
        person=person, at=at, by_id=actor.user_id, before=before[1], after=person.place, home=person.home, why=why[:120]
    )


def _doubt(person: Person, other: Person, judged: Judgement, at: datetime) -> Doubt:
    parts = [[bar.term, round(bar.bits, 2)] for bar in judged.bars]
    return Doubt(person=person, other=other, weight=judged.weight, parts=parts, found_at=at)


def _new(record: PersonRecord, place: str, reason: str, at: datetime) -> Person:
    county = place_prefix(place) == place
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
        place=place if county else UNKNOWN_PLACE,
        home=Home.COUNTY if county else Home.UNKNOWN,
        entry_reason=reason,
        added_at=at,
    )
