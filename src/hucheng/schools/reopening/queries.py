"""Which stages are announced, which schools are due, who opened when, which units are closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.schools.readiness.models import School
from hucheng.schools.readiness.queries import SchoolLine, lines
from hucheng.schools.reopening.models import Closing, Opening, Stage

FINAL = 12
"""The grade that returns first."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage with its schools: those open, with their openings, and those due that are not."""

    stage: Stage
    opened: list[Opening]
    waiting: list[SchoolLine]

    @property
    def due(self) -> int:
        """Schools that have a grade of the stage."""
        return len(self.opened) + len(self.waiting)

    @property
    def ready(self) -> list[SchoolLine]:
        """Schools that wait and are accepted."""
        return [line for line in self.waiting if line.ready]

    @property
    def held(self) -> list[SchoolLine]:
        """Schools that wait and are not accepted."""
        return [line for line in self.waiting if not line.ready]


def stages_for(actor: Actor) -> list[Stage]:
    """The stages that concern an actor's place, from above and within: of each the latest announcement, by day."""
    above = {actor.place[:cut].ljust(6, "0") for cut in (0, 2, 4, 6)}
    within = Q(place__gte=actor.first_place, place__lt=actor.next_place)
    latest: dict[tuple[str, str], Stage] = {}
    for stage in Stage.objects.filter(within | Q(place__in=above)).order_by("announced_at"):
        latest[stage.place, stage.key] = stage
    return sorted(latest.values(), key=lambda stage: (stage.opens_on, stage.key))


def stage_for(actor: Actor, key: str) -> Stage:
    """The stage of this key. Raises Http404 for one that does not concern the actor."""
    found = next((stage for stage in stages_for(actor) if stage.key == key), None)
    if found is None:
        raise Http404
    return found


def stage_of_grade12(actor: Actor) -> Stage | None:
    """The stage with which grade 12 returns, if it is announced."""
    return next((stage for stage in stages_for(actor) if FINAL in stage.grades), None)


def with_grades(schools: QuerySet[School], grades: Iterable[int]) -> QuerySet[School]:
    """Those of the schools that have one of the grades."""
    having = Q(pk__in=[])
    for grade in grades:
        having |= Q(first_grade__lte=grade, last_grade__gte=grade)
    return schools.filter(having)


def due_schools(actor: Actor) -> QuerySet[School]:
    """The schools in sight that have a grade of an announced stage."""
    grades = {grade for stage in stages_for(actor) for grade in stage.grades}
    return with_grades(School.objects.seen_by(actor), grades)


def stage_lines(actor: Actor, at: datetime) -> list[StageLine]:
    """Every stage with who opened and who waits, in six queries however many schools there are."""
    stages, known = stages_for(actor), lines(actor, at)
    opened: dict[str, dict[UUID, Opening]] = {}
    for opening in Opening.objects.seen_by(actor).select_related("school", "by").order_by("at", "school__code"):
        opened.setdefault(opening.key, {})[opening.school_id] = opening
    return [
        StageLine(
            stage,
            list(opened.get(stage.key, {}).values()),
            [
                line
                for line in known
                if line.school.grades & set(stage.grades) and line.school.pk not in opened.get(stage.key, {})
            ],
        )
        for stage in stages
    ]


def openings_of(school: School) -> QuerySet[Opening]:
    """What has opened at a school, in order of time."""
    return Opening.objects.filter(school=school).select_related("stage", "by").order_by("at")


def grades_open(school: School) -> set[int]:
    """The grades of a school that have returned."""
    return {grade for opening in Opening.objects.filter(school=school) for grade in opening.grades}


def closed_units(actor: Actor) -> QuerySet[Closing]:
    """Units that are closed now, newest first."""
    rows = Closing.objects.seen_by(actor).filter(reopened_at=None)
    return rows.select_related("school", "alarm").order_by("-closed_at")


def ready_for(actor: Actor, key: str, at: datetime) -> list[School]:
    """The accepted schools that may open for a stage and have not."""
    found = next((line for line in stage_lines(actor, at) if line.stage.key == key), None)
    return [line.school for line in found.ready] if found else []


def city_day(at: datetime) -> date:
    """The day in the city."""
    return at.astimezone(SHANGHAI).date()
