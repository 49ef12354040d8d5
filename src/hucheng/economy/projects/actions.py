"""Listing key projects, reporting their weeks, naming and clearing what holds them up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.projects.models import Blocker, KeyProject, ProjectReport
from hucheng.economy.reported import check_day, following, latest_by

LISTERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}
REPORTERS = LISTERS | {Role.COUNTY}


@dataclass(frozen=True, slots=True)
class ProjectIn:
    """One key project of the year."""

    code: str
    name_zh: str
    name_en: str
    place: str
    owner: str
    start_on: date


@dataclass(frozen=True, slots=True)
class ProgressIn:
    """Where one project stands on a day; shares in per cent."""

    code: str
    started: bool
    done: int
    planned: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BlockerIn:
    """What holds one project up, since when, and whose it is to clear."""

    code: str
    factor: Blocker.Factor
    text: str
    owner: str
    since: date


@dataclass(frozen=True, slots=True)
class ClearedIn:
    """How one blocker was cleared."""

    blocker_id: UUID
    answer: str


@action(by=LISTERS)
def list_projects(*, actor: Actor, projects: Sequence[ProjectIn], at: datetime) -> int:
    """List key projects of the year; a code that its city has listed already stays as it is. Gives how many are new.

    Refuses a project twice and an owner that is no organisation; a place out of sight is not found.
    """
    _check_once([(_city(one.place), one.code) for one in projects])
    if any(not actor.sees_place(one.place) for one in projects):
        raise Http404
    _check_owners({one.owner for one in projects})
    rows = KeyProject.objects.filter(code__in=[one.code for one in projects]).values_list("place", "code")
    listed = {(_city(place), code) for place, code in rows}
    fresh = [
        KeyProject(
            code=one.code,
            name_zh=one.name_zh,
            name_en=one.name_en,
            place=one.place,
            owner=one.owner,
            start_on=one.start_on,
            listed_at=at,
        )
        for one in projects
        if (_city(one.place), one.code) not in listed
    ]
    KeyProject.objects.bulk_create(fresh)
    return len(fresh)


@action(by=REPORTERS)
def report_projects(*, actor: Actor, day: date, reports: Sequence[ProgressIn], at: datetime) -> int:
    """Report where projects stand on a day; a day that is reported already is corrected. Gives how many rows are new.

    Refuses a project twice, a day to come, shares beyond a hundred, something done before the start, and a correction
    without a reason. A project out of sight is not found.
    """
    check_day(day, at)
    projects = _projects(actor, [one.code for one in reports])
    if any(one.done > 100 or one.planned > 100 or (one.done and not one.started) for one in reports):
        raise Refusal(
            "progress_impossible",
            why=_("More than a hundred per cent, or something done before the start."),
            do=_("Check the shares and whether the project has started."),
        )
    known = latest_by(ProjectReport.objects.filter(project__in=projects.values(), day=day), "project_id")
    fresh = []
    for one in reports:
        project = projects[one.code]
        last = known.get(project.pk)
        if last and (last.started, last.done, last.planned) == (one.started, one.done, one.planned):
            continue
        fresh.append(
            ProjectReport(
                project=project,
                day=day,
                started=one.started,
                done=one.done,
                planned=one.planned,
                reported_at=at,
                reported_by_id=actor.user_id,
                **following(last, one.reason),
            )
        )
    return len(ProjectReport.objects.bulk_create(fresh))


@action(by=REPORTERS)
def report_blockers(*, actor: Actor, blockers: Sequence[BlockerIn], at: datetime) -> list[Blocker]:
    """Name what holds projects up, each with its owner.

    Refuses one without words, with an owner that is no organisation, or since a day to come. A project out of sight is
    not found.
    """
    projects = _projects(actor, list(dict.fromkeys(one.code for one in blockers)))
    _check_owners({one.owner for one in blockers})
    if any(not one.text.strip() or one.since > at.astimezone(SHANGHAI).date() for one in blockers):
        raise Refusal(
            "blocker_unclear",
            why=_("The blocker says nothing, or begins on a day to come."),
            do=_("Say what is missing and since when."),
        )
    return Blocker.objects.bulk_create(
        Blocker(
            project=projects[one.code],
            factor=one.factor,
            text=one.text.strip()[:300],
            owner=one.owner,
            since=one.since,
            reported_at=at,
        )
        for one in blockers
    )


@action(by=REPORTERS)
def clear_blockers(*, actor: Actor, cleared: Sequence[ClearedIn], at: datetime) -> int:
    """Say how blockers were cleared. Refuses one that is cleared already and an empty answer. Gives how many."""
    said = {one.blocker_id: one.answer.strip()[:300] for one in cleared}
    rows = list(Blocker.objects.seen_by(actor).filter(pk__in=said).select_for_update(of=("self",)))
    if len(rows) < len(said):
        raise Http404
    if any(row.cleared_at for row in rows) or not all(said.values()):
        raise Refusal(
            "blocker_not_cleared",
            why=_("The blocker is cleared already, or nothing is said."),
            do=_("Say how it was cleared."),
        )
    for row in rows:
        row.cleared_at, row.cleared_by_id, row.answer = at, actor.user_id, said[row.pk]
    return Blocker.objects.bulk_update(rows, ["cleared_at", "cleared_by", "answer"])


def _projects(actor: Actor, codes: Sequence[str]) -> dict[str, KeyProject]:
    _check_once(codes)
    rows = KeyProject.objects.seen_by(actor).filter(code__in=codes).select_for_update()
    projects = {project.code: project for project in rows}
    if len(projects) < len(codes):
        raise Http404
    if len(projects) < len(rows):
        raise Refusal(
            "project_of_two_cities",
            why=_("Two cities in sight have a project of this code."),
            do=_("Report it from the city whose project it is."),
        )
    return projects


def _city(place: str) -> str:
    """The four digits that every place of one city begins with (GB/T 2260)."""
    return place[:4]


def _check_once(codes: Sequence[object]) -> None:
    if len(set(codes)) < len(codes):
        raise Refusal("project_twice", why=_("A project stands twice in the list."), do=_("Report each project once."))


def _check_owners(owners: set[str]) -> None:
    if owners - set(Organisation.objects.filter(code__in=owners).values_list("code", flat=True)):
        raise Refusal(
            "owner_unknown",
            why=_("Whoever answers for it is not an organisation of the city."),
            do=_("Choose one of the list."),
        )
