"""Running what is due today."""

from datetime import datetime

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import DAILY
from hucheng.core.jobs.models import DailyRun
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role


@action(by={Role.SYSTEM})
def run_due(*, actor: Actor, at: datetime) -> list[str]:
    """Do every daily piece of work whose hour has come and that has not run today. Gives their names."""
    local = at.astimezone(SHANGHAI)
    ran = []
    for name, piece in sorted(DAILY.items(), key=lambda item: item[1].at):
        if local.time() < piece.at:
            continue
        _run, new = DailyRun.objects.get_or_create(name=name, day=local.date(), defaults={"ran_at": at})
        if new:
            piece.work(at=at)
            ran.append(name)
    return ran
