"""Which rows of the register are one human, as people found who compared them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hucheng.people.register.models import Merge, Person


def human_of(rows: Iterable[UUID]) -> dict[UUID, UUID]:
    """By row of the register: the row that stands for its human; the row itself where it was never merged."""
    found = {pk: pk for pk in rows}
    while up := dict(_open().filter(person__in=set(found.values())).values_list("person", "into")):
        found = {pk: up.get(top, top) for pk, top in found.items()}
    return found


def rows_of(human: UUID) -> set[UUID]:
    """Every row of the human for whom this row stands, the row itself among them."""
    found, last = {human}, {human}
    while last := set(_open().filter(into__in=last).values_list("person", flat=True)):
        found |= last
    return found


def standing(people: QuerySet[Person]) -> QuerySet[Person]:
    """Of these rows those that stand for a human: each human once."""
    return people.filter(~Exists(_open().filter(person=OuterRef("pk"))))


def _open() -> QuerySet[Merge]:
    return Merge.objects.filter(undone_at=None)
