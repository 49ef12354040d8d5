"""Letting the story go on in the background, on the queue of the house."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from hucheng.core.jobs.jobs import after_commit, job
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.exercises.replay.actions import ask_advance, end_advance
from hucheng.exercises.replay.lock import PLAYING, only_one
from hucheng.exercises.replay.models import Advance
from hucheng.exercises.replay.play import finish, stands_at
from hucheng.exercises.replay.queries import open_advance, stopped
from hucheng.exercises.replay.story import Story
from hucheng.exercises.scenarios import SCENARIO


@job(tries=4, first_wait=timedelta(seconds=3))
def play_on(*, advance_id: str) -> None:
    """Play what an advance still lacks. Nothing happens when it is over, or while another process plays it."""
    with only_one(settings.HOME, PLAYING) as mine:
        advance = open_advance(SYSTEM)
        if mine and advance and advance.pk == UUID(advance_id):
            finish(Story(SCENARIO), advance, lambda _line: None)


def wish(*, actor: Actor, until: datetime, at: datetime) -> Advance:
    """Ask that the story goes on, and queue it. One that stopped for good is closed first."""
    left = open_advance(actor)
    if left and stopped(left):
        end_advance(actor=actor, advance_id=left.pk, at=at)
    story = Story(SCENARIO)
    asked = ask_advance(actor=actor, since=stands_at(story), until=until, end=story.end, at=at)
    after_commit(play_on, advance_id=str(asked.pk))
    return asked


def take_up_again() -> bool:
    """Queue the advance that a worker left open when it died. Gives whether there was one."""
    advance = open_advance(SYSTEM)
    if advance:
        play_on.enqueue(advance_id=str(advance.pk))
    return advance is not None
