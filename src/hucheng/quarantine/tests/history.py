"""Histories: acts of a wing in any order, a refusal being part of the story; what must hold is asked after each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from hucheng.core.refusal import Refusal
from hucheng.core.testing import MORNING
from hucheng.entry.flights.models import Arrival


class History(RuleBasedStateMachine):
    """One history, undone at its end; every act takes three minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.at: datetime = MORNING
        self.begin()

    def begin(self) -> None:
        """Set up what the history starts from."""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, act: Callable[..., Any], **kwargs: Any) -> str:
        """Do an act three minutes later: "" when it is done, else the code of its refusal, or 404."""
        self.at += timedelta(minutes=3)
        try:
            act(**kwargs, at=self.at)
        except Refusal as no:
            return no.code
        except Http404:
            return "404"
        return ""


def everybody_is_where_the_latest_line_says() -> bool:
    """Whether each person's hands are among those of the latest minute of the line; of one minute there may be two."""
    for person in Arrival.objects.prefetch_related("custody"):
        lines = list(person.custody.all())
        latest = max(line.at for line in lines)
        hands = {(line.whereabouts, line.holder) for line in lines if line.at == latest}
        if not person.holder or (person.whereabouts, person.holder) not in hands:
            return False
    return True


def play(history: type[History], *, examples: int, steps: int) -> None:
    """Run so many histories of so many acts; a failing one is told as it came, for to shorten it takes minutes."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(
        history, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, phases=phases)
    )
