"""What waits for an answer, and what the public may read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question

WITHIN = timedelta(hours=24)
"""An answer is due within a day (catalogue: stability.bulletins.answered_24h)."""

THE_PUBLIC = Actor(user_id=None, place=settings.HUCHENG_CITY, role=Role.SYSTEM, name="public")
"""Whoever opens a public page: nobody's name, the city's sight, and only asking and reading lead from there."""


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """An answer as the public reads it: what holds now, and every earlier version."""

    answer: Answer
    now: AnswerVersion
    earlier: list[AnswerVersion]
    asked: int

    @property
    def corrected(self) -> bool:
        """Whether it was corrected."""
        return self.now.number > 1

    def in_force(self, today: date) -> bool:
        """Whether it holds today."""
        return self.now.since <= today and (self.now.until is None or today <= self.now.until)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits, with the moment at which its answer is due."""

    question: Question

    @property
    def due(self) -> datetime:
        """When the answer is due."""
        return self.question.asked_at + WITHIN


def answers(actor: Actor, words: str = "", topic: str = "") -> "QuerySet[Answer]":
    """Answers that hold these words in either language, newest first; a NUL, which no text can hold, is no word."""
    rows = Answer.objects.seen_by(actor).order_by("-opened_at", "pk")
    if topic:
        rows = rows.filter(topic=topic)
    for word in words.replace("\x00", " ").split():
        said = AnswerVersion.objects.filter(Q(text_zh__icontains=word) | Q(text_en__icontains=word))
        rows = rows.filter(
            Q(matter_zh__icontains=word) | Q(matter_en__icontains=word) | Q(pk__in=said.values("answer"))
        )
    return rows


def as_public(rows: "QuerySet[Answer] | list[Any]") -> list[PublicAnswer]:
    """These answers with their versions and how often they were asked; two queries for any number."""
    found = list(rows)
    ids = [one.pk for one in found]
    asked = dict(Question.objects.filter(answer__in=ids).values_list("answer").annotate(Count("pk")).order_by())
    full = {
        one.pk: one
        for one in Answer.objects.filter(pk__in=ids).prefetch_related(
            Prefetch("versions", AnswerVersion.objects.order_by("-number"))
        )
    }
    told = []
    for pk in ids:
        newest, *earlier = full[pk].versions.all()
        told.append(PublicAnswer(full[pk], newest, earlier, asked.get(pk, 0)))
    return told


def one_answer(actor: Actor, answer_id: UUID) -> PublicAnswer:
    """One answer with every version, or nothing found."""
    found = as_public(Answer.objects.seen_by(actor).filter(pk=answer_id))
    if not found:
        raise Http404
    return found[0]


def waiting(actor: Actor) -> "QuerySet[Question]":
    """Questions that wait for an answer, the oldest first."""
    return Question.objects.seen_by(actor).filter(answer=None, aside_why="").order_by("asked_at", "pk")


def open_claims(actor: Actor) -> list[Claim]:
    """Claims verified as false that wait for the facts."""
    return list(Claim.objects.seen_by(actor).filter(answer=None).order_by("verified_at"))


def bulletins(actor: Actor) -> list[Bulletin]:
    """The bulletins of the last thirty days, newest first, every number of a day."""
    return list(Bulletin.objects.seen_by(actor).order_by("-day", "-number")[:30])


def bulletin_of(actor: Actor, day: date) -> list[Bulletin]:
    """Every number of a day's bulletin, newest first, or nothing found."""
    found = list(Bulletin.objects.seen_by(actor).filter(day=day).order_by("-number"))
    if not found:
        raise Http404
    return found
