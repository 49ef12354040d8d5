"""Whether key projects keep to their plan, and what has held them up for too long."""

from datetime import datetime

from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.economy.projects.models import Blocker, KeyProject
from hucheng.economy.projects.queries import LONG, fresh_reports


@measure("economy.projects.on_schedule")
def on_schedule(actor: Actor, at: datetime) -> Reading:
    """Key projects with at least as much done as planned; one without a report of the last fortnight is not on
    schedule. Blind while no project has one.
    """
    url, reports = reverse("economy:projects"), fresh_reports(actor, at)
    if not reports:
        return Reading(None, at, rows_url=url)
    kept = sum(report.done >= report.planned for report in reports.values())
    return Reading.share(kept, KeyProject.objects.seen_by(actor).count(), as_of=at, rows_url=url)


@measure("economy.projects.blockers_over_14d")
def blockers_over_14d(actor: Actor, at: datetime) -> Reading:
    """Blockers that have stood for more than fourteen days; blind while no project reports."""
    url = reverse("economy:projects")
    if not fresh_reports(actor, at):
        return Reading(None, at, rows_url=url)
    waiting = Blocker.objects.seen_by(actor).filter(cleared_at=None, reported_at__lte=at)
    old = waiting.filter(since__lt=at.astimezone(SHANGHAI).date() - LONG).count()
    return Reading.count(old, as_of=at, rows_url=url)
