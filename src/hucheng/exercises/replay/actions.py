"""Letting the story go on, and keeping what became of each step."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hucheng.core.audit.action import action
from hucheng.core.clock import wall_time
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.timeline import Step

LEADERS = {Role.LEADING_GROUP, Role.COMMAND_OFFICE}


@action(by=LEADERS)
def ask_advance(*, actor: Actor, since: datetime, until: datetime, end: datetime, at: datetime) -> Advance:
    """Ask that the story goes on to a time, at most to its end.

    Refuses outside an exercise, while it goes on already, and when the story is over.
    """
    _refuse_outside_exercise()
    if not actor.sees_place(settings.HUCHENG_CITY):
        raise Http404
    if Advance.objects.filter(place=settings.HUCHENG_CITY, ended_on=None).exists():
        raise Refusal(
            "advance_running",
            why=_("The story goes on already."),
            do=_("Wait until it has reached its time; the page shows how far it is."),
        )
    if min(until, end) <= since:
        raise Refusal(
            "story_over",
            why=_("The story has nothing to play up to that time."),
            do=_("Name a later time; when the story is over, load it again with `hucheng demo start --reset`."),
        )
    return Advance.objects.create(
        place=settings.HUCHENG_CITY,
        since=since,
        until=min(until, end),
        asked_by_id=actor.user_id,
        asked_on=wall_time(),
    )


@action(by=LEADERS)
def end_advance(*, actor: Actor, advance_id: UUID, at: datetime) -> Advance:
    """Close one advance: its time is reached, or it stopped for good. Ended twice, the first end stays."""
    advance = Advance.objects.seen_by(actor).select_for_update().filter(pk=advance_id).first()
    if advance is None:
        raise Http404
    if advance.ended_on is None:
        advance.ended_on = wall_time()
        advance.save(update_fields=["ended_on"])
    return advance


@action(by={Role.SYSTEM})
def keep_step(
    *, actor: Actor, step: Step, outcome: PlayedStep.Outcome, no: Refusal | None, advance_id: UUID | None, at: datetime
) -> PlayedStep:
    """Keep what became of a step. The database refuses a second row of the same step."""
    why = {language: _said(no, language) for language in ("zh-hans", "en")}
    return PlayedStep.objects.create(
        place=settings.HUCHENG_CITY,
        key=step.key,
        act=step.act,
        at=step.at,
        outcome=outcome,
        code=no.code if no else "",
        why_zh=why["zh-hans"],
        why_en=why["en"],
        advance_id=advance_id,
    )


def _said(no: Refusal | None, language: str) -> str:
    with override(language):
        return str(no.why)[:400] if no else ""


def _refuse_outside_exercise() -> None:
    if not settings.HUCHENG_EXERCISE:
        raise Refusal(
            "no_exercise",
            why=_("This installation does not play an exercise."),
            do=_("Advance the clock in a demonstration or exercise installation only."),
        )
