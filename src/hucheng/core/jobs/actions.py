"""Running what is due today."""

import logging
from datetime import datetime

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import Daily
from hucheng.core.jobs.models import DailyRun
from hucheng.core.jobs.queries import pieces_due
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

logger = logging.getLogger(__name__)


@action(by={Role.SYSTEM})
def run_due(*, actor: Actor, at: datetime) -> list[str]:
    """Do every daily piece of work whose hour has come and that has not run today. Gives their names.

    A piece that a rule refuses counts as run and holds up no other; the log names it.
    """
    return [piece.name for piece in pieces_due(at) if _do(piece, at)]


def _do(piece: Daily, at: datetime) -> bool:
    day = at.astimezone(SHANGHAI).date()
    _row, new = DailyRun.objects.get_or_create(name=piece.name, day=day, defaults={"ran_at": at})
    if new:
        try:
            piece.work(at=at)
        except Refusal as no:
            logger.warning("daily work %s was refused: %s", piece.name, no.code)
    return new
