"""Turning an assigned directive into tasks: one for the lead, one for each county body that supports it."""

from datetime import datetime

from hucheng.command.directives.models import Directive
from hucheng.command.directives.units import county_units
from hucheng.command.tasks.models import Task


def give_tasks(directive: Directive, at: datetime) -> Task | None:
    """Give or renew the tasks of a published directive; headings and stances give none. Gives the lead's task.

    A second assignment moves the lead's open task to the new unit, deadline and measure; one that was closed stays as
    it was closed, and the lead gets a new one. County tasks follow unless closed.
    """
    if not directive.counts or directive.lead is None:
        return None
    terms = {
        "text": directive.text,
        "due": directive.due,
        "measure": directive.measure,
        "target": directive.target,
        "no_measure": directive.no_measure,
    }
    owner = {"unit": directive.lead, "place": directive.lead.place}
    task, _made = Task.objects.update_or_create(
        directive=directive,
        parent=None,
        closed_at=None,
        defaults=terms | owner,
        create_defaults=terms | owner | {"given_at": at},
    )
    parts = directive.tasks.filter(parent__isnull=False)
    parts.filter(closed_at=None).update(parent=task, **terms)
    held = set(parts.values_list("unit_id", flat=True))
    Task.objects.bulk_create(
        Task(directive=directive, parent=task, unit=unit, place=unit.place, given_at=at, **terms)
        for unit in county_units(directive.supports)
        if unit.code not in held
    )
    return task
