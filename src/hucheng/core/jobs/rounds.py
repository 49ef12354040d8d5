"""One round of the daily list."""

from datetime import datetime

from hucheng.core.jobs.actions import run_piece
from hucheng.core.jobs.models import DailyRun
from hucheng.core.jobs.queries import pieces_due
from hucheng.core.scope.actor import Actor


def run_due(*, actor: Actor, at: datetime) -> list[DailyRun]:
    """Do every daily piece of work that is due, each as an act of its own. Gives what ran, failed ones among it."""
    runs = (run_piece(actor=actor, piece_code=piece.name, at=at) for piece in pieces_due(at))
    return [run for run in runs if run is not None]
