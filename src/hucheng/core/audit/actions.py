"""Leaving a trace of who looked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hucheng.core.audit.action import action
from hucheng.core.audit.models import ReadTrace
from hucheng.core.scope.actor import Actor


@action()
def trace_reads(*, actor: Actor, person_ids: Iterable[UUID], purpose: str, at: datetime) -> int:
    """Record that the actor opened these persons' records, and why. Gives how many."""
    traces = [
        ReadTrace(at=at, user_id=actor.user_id, role=actor.role, person_id=person_id, purpose=purpose)
        for person_id in person_ids
    ]
    ReadTrace.objects.bulk_create(traces)
    return len(traces)
