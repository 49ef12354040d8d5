"""Schools with their ten items: which hold, what is missing, who signed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import place_names
from hucheng.core.scope.actor import Actor
from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.plans.queries import missing, pieces_of
from hucheng.schools.readiness.items import LAST, TEN, TenItem
from hucheng.schools.readiness.models import HOLDING, Line, ReadinessItem, School, SelfCheck, Signature, State, Verdict


@dataclass(frozen=True, slots=True)
class Gap:
    """One item that does not hold at a school, with what is said of it."""

    number: int
    state: State
    words: str = ""

    @property
    def item(self) -> TenItem:
        """What the item asks for."""
        return TEN[self.number]


@dataclass(frozen=True, slots=True)
class Cell:
    """One item of one school on a day."""

    row: ReadinessItem
    state: State

    @property
    def words(self) -> str:
        """What is said: the reason of a return, else the evidence."""
        if self.row.verdict and self.row.verdict.answer == Verdict.Answer.RETURNED:
            return self.row.verdict.reason
        return self.row.declared.evidence if self.row.declared else ""


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school with its ten cells, its plans and its signatures, newest of each kind and line."""

    school: School
    cells: list[Cell]
    pieces: dict[str, PlanPiece] = field(default_factory=dict)
    signed: dict[str, Signature] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Gap]:
        """The items that do not hold."""
        return [Gap(c.row.number, c.state, c.words) for c in self.cells if c.state not in HOLDING]

    @property
    def lines_missing(self) -> list[str]:
        """The lines of responsibility that have not signed."""
        return [str(line.label) for line in Line if line not in self.signed]

    @property
    def pieces_missing(self) -> list[str]:
        """The plans and task forces that are missing or not rehearsed."""
        return [str(kind.label) for kind in missing(self.pieces)]

    @property
    def ready(self) -> bool:
        """Accepted as a whole: ten items hold, the six pieces are there, three lines signed."""
        return not self.gaps and not self.pieces_missing and len(self.signed) == len(Line)

    @property
    def missing_words(self) -> str:
        """Everything that is missing, in words."""
        others = [*self.pieces_missing, *self.lines_missing]
        return "; ".join(filter(None, [in_words(self.gaps), ", ".join(others)]))

    @property
    def accepted_on(self) -> date:
        """The day of the last of its three signatures; far off while one is missing."""
        days = [signature.day for signature in self.signed.values()]
        return max(days) if len(days) == len(Line) else date.max

    @property
    def blocking(self) -> Gap | None:
        """The item that holds the school: the first worst one, the tenth only when nothing else is open."""
        worst = {State.MISSING: 0, State.EXPIRED: 1, State.TO_INSPECT: 2}
        return min(self.gaps, key=lambda gap: (gap.number == LAST, worst[gap.state], gap.number), default=None)


def lines(actor: Actor, at: datetime, *, county: str = "", code: str = "") -> list[SchoolLine]:
    """The schools that an actor sees, in the order of county and code, in four queries."""
    schools = School.objects.seen_by(actor)
    if county:
        schools = schools.filter(place=county)
    if code:
        schools = schools.filter(code=code)
    return lines_of(schools, at.astimezone(SHANGHAI).date())


def lines_of(schools: Iterable[School], today: date) -> list[SchoolLine]:
    """These schools with their cells and signatures."""
    found = list(schools)
    pieces = pieces_of(school.pk for school in found)
    known = {school.pk: SchoolLine(school, [], pieces[school.pk]) for school in found}
    rows = ReadinessItem.objects.filter(school__in=list(known)).select_related("declared", "verdict")
    for row in rows.order_by("number"):
        known[row.school_id].cells.append(Cell(row, row.state(today)))
    for signature in Signature.objects.filter(school__in=list(known)).order_by("at"):
        known[signature.school_id].signed[signature.line] = signature
    return list(known.values())


def gaps_of(schools: Iterable[School], today: date) -> dict[UUID, list[Gap]]:
    """What does not hold at each of these schools."""
    return {line.school.pk: line.gaps for line in lines_of(schools, today)}


def in_words(gaps: Iterable[Gap]) -> str:
    """Gaps as one list of names with what is said of each."""
    return "; ".join(f"{gap.item.name} ({gap.state.label})" for gap in gaps)


def school_seen_by(actor: Actor, school_id: UUID) -> School:
    """This school. Raises Http404 outside the actor's sight."""
    found = School.objects.seen_by(actor).filter(pk=school_id).first()
    if found is None:
        raise Http404
    return found


def line_seen_by(actor: Actor, school_id: UUID, at: datetime) -> SchoolLine:
    """This school with its items. Raises Http404 outside the actor's sight."""
    return lines_of([school_seen_by(actor, school_id)], at.astimezone(SHANGHAI).date())[0]


def item_seen_by(actor: Actor, school_id: UUID, number: str) -> ReadinessItem:
    """One item of a school. Raises Http404 outside the actor's sight."""
    if number not in map(str, TEN):
        raise Http404
    rows = ReadinessItem.objects.seen_by(actor).filter(school_id=school_id, number=int(number))
    found = rows.select_related("school", "declared", "verdict").first()
    if found is None:
        raise Http404
    return found


def history_of(school: School) -> QuerySet[SelfCheck]:
    """The latest sixty statements about a school with what was found of each, newest first."""
    rows = SelfCheck.objects.filter(item__school=school).select_related("item", "by")
    return rows.prefetch_related("verdicts__by").order_by("-at", "item__number")[:60]


@dataclass(frozen=True, slots=True)
class CountyShare:
    """How many schools with grade 12 of one county are ready."""

    place: str
    name: str
    ready: int
    total: int
    pupils: int

    @property
    def share(self) -> float:
        """Per cent of its schools."""
        return 100 * self.ready / self.total


def ready_by_county(found: Iterable[SchoolLine]) -> list[CountyShare]:
    """Share of schools with grade 12 that are ready, by county."""
    names = place_names()
    groups: dict[str, list[SchoolLine]] = {}
    for line in found:
        if 12 in line.school.grades:
            groups.setdefault(line.school.place, []).append(line)
    return [
        CountyShare(
            place,
            names[place].name if place in names else place,
            sum(line.ready for line in group),
            len(group),
            sum(line.school.grade12 for line in group if line.ready),
        )
        for place, group in sorted(groups.items())
    ]


def blocking_items(found: Iterable[SchoolLine]) -> list[tuple[TenItem, int]]:
    """The items that hold schools back, those that hold most first."""
    counts: dict[int, int] = {}
    for line in found:
        if line.blocking:
            counts[line.blocking.number] = counts.get(line.blocking.number, 0) + 1
    return [(TEN[number], count) for number, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
