"""Who in the register a record may speak of: found by one-way keys, compared by the house's one engine (linkage)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Protocol
from uuid import UUID

from django.db.models import Count

from hucheng.core.secrets import blind_index
from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.blocking import Key, few_keys_of, largest
from hucheng.engines.linkage.judging import Judgement, judge
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.people.register.models import Person, PersonKey

AT_ONCE = 5_000
"""Codes asked for in one query: databases bound the values of one."""


class Said(Protocol):
    """What a record and a row of the register both say of one human."""

    @property
    def name_zh(self) -> str: ...
    @property
    def surname(self) -> str: ...
    @property
    def given(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def nationality(self) -> str: ...
    @property
    def document_number(self) -> str: ...
    @property
    def resident_id(self) -> str: ...
    @property
    def phone(self) -> str: ...


def compared(said: Said, birth: date | None, source: str) -> Prepared:
    """A record or a person in the form that is compared."""
    return prepare(
        Row(
            source,
            "",
            name=said.name_zh,
            surname=said.surname,
            given=said.given,
            birth=Birth(birth, birth.year if birth else None),
            documents=(said.document_number, said.resident_id),
            phone=said.phone,
            sex=said.sex,
            nationality=said.nationality,
        )
    )


def code_of(key: Key) -> str:
    """The one-way code of a key; without the city's secret nothing can be told from it."""
    return blind_index(":".join(map(str, key)))


def codes_of(person: Person) -> list[str]:
    """The codes under which a person is found."""
    return sorted(map(code_of, few_keys_of(compared(person, born(person), "register"))))


def born(person: Person) -> date | None:
    """The date of birth, out of its sealed text."""
    return date.fromisoformat(person.birth) if person.birth else None


class Known:
    """The people of the register whom some records may speak of; somebody new can be added on the way."""

    def __init__(self, records: Sequence[Prepared]) -> None:
        self.codes = {key: code_of(key) for record in records for key in few_keys_of(record)}
        self.sharing = _counts(self.codes.values())
        self.terms = Terms(
            rows=Person.objects.count(),
            hanzi=self._named("hanzi"),
            keys=self._named("name"),
            phones=self._named("phone"),
        )
        usable = [code for key, code in self.codes.items() if 0 < self.sharing[code] <= largest(key)]
        self.found: dict[str, list[UUID]] = defaultdict(list)
        for code, person in _people_of(usable):
            self.found[code].append(person)
        self.people = Person.objects.in_bulk({pk for found in self.found.values() for pk in found})
        self.rows = {pk: compared(person, born(person), "register") for pk, person in self.people.items()}

    def near(self, record: Prepared) -> list[tuple[Person, Judgement]]:
        """Whoever is or may be the same human, certain ones first, then the likeliest."""
        self.terms.add(record)
        keys = [key for key in few_keys_of(record) if self.sharing[self.codes[key]] <= largest(key)]
        near = dict.fromkeys(pk for key in sorted(keys, key=str) for pk in self.found.get(self.codes[key], []))
        judged = [(self.people[pk], judge(self.rows[pk], record, self.terms)) for pk in near]
        self.terms.add(record, -1)
        judged.sort(key=lambda item: (not item[1].certain, -item[1].weight, item[0].added_at, str(item[0].pk)))
        return [(person, found) for person, found in judged if found.certain or found.possible]

    def add(self, person: Person, record: Prepared) -> None:
        """Somebody new, found from now on."""
        self.people[person.pk], self.rows[person.pk] = person, record
        self.terms.add(record)
        for key in few_keys_of(record):
            code = self.codes[key]
            self.sharing[code] += 1
            self.found[code].append(person.pk)

    def _named(self, kind: str) -> Counter[str]:
        return Counter({str(key[1]): self.sharing[code] for key, code in self.codes.items() if key[0] == kind})


def _counts(codes: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for some in _portions(codes):
        rows = PersonKey.objects.filter(code__in=some).values("code").annotate(people=Count("pk"))
        found.update({row["code"]: row["people"] for row in rows})
    return found


def _people_of(codes: Iterable[str]) -> Iterator[tuple[str, UUID]]:
    for some in _portions(codes):
        yield from PersonKey.objects.filter(code__in=some).values_list("code", "person").order_by("code", "person")


def _portions(codes: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(codes))
    while some := list(islice(rest, AT_ONCE)):
        yield some
