"""Keeping what was found."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from hucheng.core.audit.action import action
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.exercises.score.expectations import Expectation
from hucheng.exercises.score.models import Finding

State = Finding.State


@action(by={Role.SYSTEM})
def keep_findings(
    *, actor: Actor, found: Sequence[tuple[Expectation, float | None]], after: str, at: datetime
) -> list[Finding]:
    """Keep what was found of these expectations; `after` names the act that came before.

    One that once did not hold and must hold always stays broken: what comes later mends nothing.
    """
    return [_keep(expectation, value, after, at) for expectation, value in found]


def _keep(expectation: Expectation, value: float | None, after: str, at: datetime) -> Finding:
    row = Finding.objects.filter(
        place=settings.HUCHENG_CITY, kind=expectation.kind, name=expectation.name
    ).first() or Finding(place=settings.HUCHENG_CITY, kind=expectation.kind, name=expectation.name, looks=0)
    row.looks += 1
    if row.broken_at and expectation.kind == Finding.Kind.ALWAYS:
        row.save()
        return row
    row.at, row.found = at, value
    row.state = State.BLIND if value is None else State.HELD if expectation.holds(value) else State.BROKEN
    if row.state == State.BROKEN:
        row.broken_at, row.broken_after = at, after[:120]
    row.save()
    return row
