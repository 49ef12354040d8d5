"""Finding people in the register, or adding them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor, place_prefix
from hucheng.core.terms import Role
from hucheng.engines.linkage.judging import Judgement
from hucheng.people.register.finding import Known, codes_of, compared
from hucheng.people.register.merged import human_of, rows_of
from hucheng.people.register.models import UNKNOWN_PLACE, Doubt, Home, HomeChange, Merge, Person, PersonKey
from hucheng.people.register.queries import merges, open_doubts, to_settle

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
    """The row of the register a record speaks of, and the row that stands for the same human (Merge).

    `new` when this record made the row, `doubt` when a person should compare.
    """

    person_id: UUID
    human_id: UUID
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
            found.append((near[0][0].pk, False, False))
            continue
        person = _new(record, place, reason, at)
        known.add(person, row)
        fresh.append(person)
        doubts += [_doubt(person, other, judged, at) for other, judged in near[:1]]
        found.append((person.pk, True, bool(near)))
    Person.objects.bulk_create(fresh)
    PersonKey.objects.bulk_create(PersonKey(person=person, code=code) for person in fresh for code in codes_of(person))
    Doubt.objects.bulk_create(doubts)
    humans = human_of(pk for pk, new, _doubted in found if not new)
    return [Found(pk, humans.get(pk, pk), new, doubted) for pk, new, doubted in found]


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def keep_apart(*, actor: Actor, doubt_id: UUID, why: str, at: datetime) -> Doubt:
    """Answer a doubt: a person has compared both rows, and they are two people.

    After it: the pair is in nobody's queue. Refuses a pair that somebody has answered already.
    Raises Http404 for one out of sight.
    """
    doubt = _to_answer(actor, doubt_id)
    doubt.answer, doubt.answered_by_id, doubt.answered_at = Doubt.Answer.TWO, actor.user_id, at
    doubt.why = why[:120]
    doubt.save(update_fields=["answer", "answered_by", "answered_at", "why"])
    return doubt


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def merge(*, actor: Actor, doubt_id: UUID, why: str, at: datetime) -> Merge:
    """Answer a doubt: a person has compared both rows, and they are one human.

    After it: one row stands for both, the one with a home, of two the older; every row keeps its keys, arrivals and
    history; other doubts between rows of this human are answered too. Refuses a pair that somebody has answered, two
    rows for which two counties answer, and rows that somebody kept apart. Raises Http404 for one out of sight.
    """
    _one_at_a_time()
    doubt = _to_answer(actor, doubt_id)
    tops = set(human_of([doubt.person_id, doubt.other_id]).values())
    people = Person.objects.select_for_update().order_by("pk").in_bulk(tops)
    into, person = sorted(people.values(), key=lambda one: (one.home == Home.UNKNOWN, one.added_at, str(one.pk)))
    _refuse_two_homes(into, person)
    _refuse_kept_apart(into, person)
    merged = Merge.objects.create(person=person, into=into, at=at, by_id=actor.user_id, why=why[:120])
    answer = {"answer": Doubt.Answer.ONE, "answered_by": actor.user_id, "answered_at": at, "why": why[:120]}
    _within(into.pk).filter(answer=Doubt.Answer.OPEN).update(**answer)
    return merged


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def unmerge(*, actor: Actor, merge_id: UUID, why: str, at: datetime) -> Merge:
    """Take a merge back: the two are not one human after all.

    After it: the rows stand as they would without it, in whatever order merges are taken back, and what was answered
    by it waits again. Refuses one that is taken back already. Raises Http404 for one out of sight.
    """
    _one_at_a_time()
    merged = merges(actor).select_for_update(of=("self",)).filter(pk=merge_id).first()
    if merged is None:
        raise Http404
    if merged.undone_at:
        raise Refusal(
            "merge_undone",
            why=_("Somebody has taken this back already."),
            do=_("Open the register again to see what is left."),
        )
    before = _within(human_of([merged.person_id])[merged.person_id]).filter(answer=Doubt.Answer.ONE)
    pairs = list(before.values_list("pk", "person", "other"))
    merged.undone_at, merged.undone_by_id, merged.undone_why = at, actor.user_id, why[:120]
    merged.save(update_fields=["undone_at", "undone_by", "undone_why"])
    humans = human_of(row for _pk, *rows in pairs for row in rows)
    apart = [pk for pk, one, other in pairs if humans[one] != humans[other]]
    waiting = {"answer": Doubt.Answer.OPEN, "answered_by": None, "answered_at": None, "why": ""}
    Doubt.objects.filter(pk__in=apart).update(**waiting)
    return merged


@action(by=CLERKS)
def settle_homes(*, actor: Actor, homes: Mapping[UUID, str], why: str, at: datetime) -> int:
    """Say which county answers for each person; an empty code says that they live outside the city.

    Of rows that are one human the one that stands for the human is settled.

    After it: who lives in a county is in that county's sight, and each change has its row. Gives how many changed.
    Refuses a code that is no county of the city, and a county's clerk who speaks for another county.
    Raises Http404 for a person out of sight, and then nothing changes.
    """
    counties = {county.code for county in counties_of(settings.HUCHENG_CITY)}
    for code in set(homes.values()):
        _refuse_county(actor, code, counties)
    people = to_settle(actor).select_for_update(of=("self",)).order_by("pk").in_bulk(list(homes))
    if len(people) < len(homes):
        raise Http404
    humans = human_of(homes)
    people |= Person.objects.select_for_update().order_by("pk").in_bulk(set(humans.values()) - set(people))
    settled = {humans[pk]: code for pk, code in homes.items()}
    changes = [change for pk, code in settled.items() if (change := _move_home(people[pk], code, why, actor, at))]
    HomeChange.objects.bulk_create(changes)
    Person.objects.bulk_update([change.person for change in changes], ["place", "home"], batch_size=200)
    return len(changes)


def _one_at_a_time() -> None:
    """Merges wait for one another, by a row that each of them holds, so that two never close a ring."""
    Doubt.objects.select_for_update().order_by("found_at", "pk").first()


def _to_answer(actor: Actor, doubt_id: UUID) -> Doubt:
    doubt = open_doubts(actor, answered=True).select_for_update(of=("self",)).filter(pk=doubt_id).first()
    if doubt is None:
        raise Http404
    if doubt.answer != Doubt.Answer.OPEN:
        raise Refusal(
            "doubt_answered",
            why=_("Somebody has compared these two already."),
            do=_("Open the register again to see what is left."),
        )
    return doubt


def _refuse_two_homes(one: Person, other: Person) -> None:
    if other.home != Home.UNKNOWN and (one.home, one.place) != (other.home, other.place):
        raise Refusal(
            "two_homes",
            why=_("Two homes are known for these two rows, and only one county can answer for one person."),
            do=_("Settle the home of both rows first, then join them."),
        )


def _refuse_kept_apart(one: Person, other: Person) -> None:
    mine, theirs = rows_of(one.pk), rows_of(other.pk)
    between = Q(person__in=mine, other__in=theirs) | Q(person__in=theirs, other__in=mine)
    if Doubt.objects.filter(between, answer=Doubt.Answer.TWO).exists():
        raise Refusal(
            "kept_apart",
            why=_("Somebody has compared rows of these two before, and found two people."),
            do=_("Take back what was joined wrongly, or answer that these are two people."),
        )


def _within(human: UUID) -> QuerySet[Doubt]:
    """Doubts between two rows of one human."""
    rows = rows_of(human)
    return Doubt.objects.filter(person__in=rows, other__in=rows)


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
