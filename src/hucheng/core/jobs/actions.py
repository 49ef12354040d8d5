"""Doing one piece of daily work."""

import logging
import traceback
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.jobs.jobs import DAILY, FIRST_WAIT
from hucheng.core.jobs.models import DailyRun
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

logger = logging.getLogger(__name__)
TRIES = 5
"""As often as a job of the queue: after the fifth a piece waits for the next day."""


@action(by={Role.SYSTEM})
def run_piece(*, actor: Actor, piece_code: str, at: datetime) -> DailyRun | None:
    """Do one piece of daily work unless it is done today; None if another worker was faster.

    A piece that breaks is undone alone: its failure is kept and it is tried again, up to five times with waits that
    double. One that a rule refuses is kept with the code of the rule and not tried again that day.
    """
    day = at.astimezone(SHANGHAI).date()
    kept = DailyRun.objects.select_for_update()
    run, new = kept.get_or_create(name=piece_code, day=day, defaults={"ran_at": at})
    if not new and (run.again_at is None or run.again_at > at):
        return None
    run.tries += not new
    run.ran_at, run.failure, run.again_at = at, "", None
    try:
        with transaction.atomic():
            DAILY[piece_code].work(at=at)
    except Refusal as no:
        run.failure = f"Refusal {no.code}"
    except Exception as fault:  # whatever one piece breaks on, the others are still owed today
        run.failure = _where(fault)
        run.again_at = at + FIRST_WAIT * 2 ** (run.tries - 1) if run.tries < TRIES else None
    if run.failure:
        logger.error("daily work %s failed at try %d: %s", piece_code, run.tries, run.failure)
    run.save(update_fields=["ran_at", "tries", "failure", "again_at"])
    return run


def _where(fault: Exception) -> str:
    """The kind of a fault and the line it rose from; its words stay out, they may hold a name."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno} {last.name}"[:200]
