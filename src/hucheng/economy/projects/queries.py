"""Key projects as last reported, and their blockers by age."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations, place_names
from hucheng.core.scope.actor import Actor
from hucheng.economy.projects.models import Blocker, KeyProject, ProjectReport
from hucheng.economy.reported import latest_by

FRESH = timedelta(days=14)
"""Reports are weekly: after a fortnight the last one no longer says how things stand."""
LONG = timedelta(days=14)
"""How long a blocker may stand (catalogue: economy.projects.blockers_over_14d)."""


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """One open blocker: what, whose, for how many days."""

    blocker: Blocker
    owner: str
    days: int
    long: bool


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One key project with its last report and how much holds it up."""

    project: KeyProject
    county: str
    owner: str
    report: ProjectReport | None
    blockers: int

    @property
    def behind(self) -> bool:
        """Less is done than was planned."""
        return self.report is not None and self.report.done < self.report.planned

    def is_in(self, state: str) -> bool:
        """Whether the project is in a state; in any when none is asked for."""
        waiting = self.report is None or not self.report.started
        return {"behind": self.behind, "waiting": waiting, "blocked": self.blockers > 0}.get(state, True)


@dataclass(frozen=True, slots=True)
class CountyLine:
    """Projects of one county: how many there are, have started, are behind their plan, are held up."""

    place: str
    county: str
    key: int
    started: int
    behind: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Projects:
    """Everything about the projects in sight."""

    key: int
    started: int
    on_schedule: int
    reported: int
    as_of: date | None
    lines: list[CountyLine]
    blockers: list[BlockerLine]
    factors: list[tuple[str, int]]

    @property
    def long(self) -> int:
        """Blockers that stand for longer than they may."""
        return sum(line.long for line in self.blockers)

    @property
    def start_share(self) -> float | None:
        """Per cent of projects that have started."""
        return 100 * self.started / self.key if self.reported else None


def fresh_reports(actor: Actor, at: datetime) -> dict[object, ProjectReport]:
    """The last report of each project that is not older than a fortnight."""
    today = at.astimezone(SHANGHAI).date()
    return latest_by(ProjectReport.objects.seen_by(actor).filter(day__gt=today - FRESH, day__lte=today), "project_id")


def key_projects(actor: Actor) -> list[KeyProject]:
    """The key projects in sight."""
    return list(KeyProject.objects.seen_by(actor))


def open_blockers(actor: Actor) -> list[Blocker]:
    """Blockers that are not cleared, the oldest first."""
    rows = Blocker.objects.seen_by(actor).filter(cleared_at=None)
    return list(rows.select_related("project").order_by("since", "reported_at"))


def project_lines(actor: Actor, at: datetime, *, county: str = "", state: str = "") -> list[ProjectLine]:
    """Every key project in sight, or those of one county or in one state: behind, waiting, blocked."""
    reports, places, owners = fresh_reports(actor, at), place_names(), organisations()
    blocked = Counter(blocker.project_id for blocker in open_blockers(actor))
    lines = [
        ProjectLine(
            project,
            places[project.place].name if project.place in places else project.place,
            owners[project.owner].name if project.owner in owners else project.owner,
            reports.get(project.pk),
            blocked[project.pk],
        )
        for project in key_projects(actor)
        if county in ("", project.place)
    ]
    return [line for line in lines if line.is_in(state)]


def projects_of(actor: Actor, at: datetime) -> Projects:
    """Every key project in sight with what is known of it."""
    today = at.astimezone(SHANGHAI).date()
    projects, reports, waiting = key_projects(actor), fresh_reports(actor, at), open_blockers(actor)
    places, owners = place_names(), organisations()
    blocked = {blocker.project_id for blocker in waiting}
    lines = []
    for place in sorted({project.place for project in projects}):
        mine = [project for project in projects if project.place == place]
        told = [reports[project.pk] for project in mine if project.pk in reports]
        lines.append(
            CountyLine(
                place=place,
                county=places[place].name if place in places else place,
                key=len(mine),
                started=sum(report.started for report in told),
                behind=sum(report.done < report.planned for report in told),
                blocked=sum(project.pk in blocked for project in mine),
            )
        )
    factors = Counter(blocker.get_factor_display() for blocker in waiting)
    return Projects(
        key=len(projects),
        started=sum(report.started for report in reports.values()),
        on_schedule=sum(report.done >= report.planned for report in reports.values()),
        reported=len(reports),
        as_of=max((report.day for report in reports.values()), default=None),
        lines=lines,
        blockers=[
            BlockerLine(
                blocker,
                owners[blocker.owner].name if blocker.owner in owners else blocker.owner,
                (today - blocker.since).days,
                today - blocker.since > LONG,
            )
            for blocker in waiting
        ],
        factors=factors.most_common(),
    )
