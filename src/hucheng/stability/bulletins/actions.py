"""Asking, answering, correcting; meeting a claim with facts; publishing the bulletin of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.bulletins.daily_text import Fact, compose
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question, Topic
from hucheng.stability.bulletins.personal import refuse_personal

ANSWERERS = {Role.DEPARTMENT}
MOST_A_DAY = 2000
"""Questions that the public page takes a day; beyond it the hotline answers, so that no flood fills the list."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What the city says in both languages, from which source, by which office, from when and until when."""

    text_zh: str
    text_en: str
    source: str
    office: str
    since: date
    until: date | None = None


@action(by={Role.DEPARTMENT, Role.COUNTY})
def ask_question(*, actor: Actor, topic: Topic, text: str, channel: Question.Channel, at: datetime) -> Question:
    """Take a question of the public: topic and words, nobody's name or number.

    Refuses a text too short, with personal data, waiting already today, or beyond what the public page takes a day.
    """
    words = " ".join(text.split())
    if len(words) < 4 or len(words) > 500:
        raise Refusal(
            "question_length", why=_("The question has no words, or too many."), do=_("Ask in 4 to 500 signs.")
        )
    refuse_personal(words)
    today = Question.objects.filter(place=actor.place, asked_at__gte=_midnight(at), channel=Question.Channel.WEB)
    if channel == Question.Channel.WEB:
        if today.filter(text=words, answer=None).exists():
            raise Refusal(
                "question_waits",
                why=_("The same question was asked today and waits for its answer."),
                do=_("Look here again within a day."),
            )
        if today.count() >= MOST_A_DAY:
            raise Refusal(
                "questions_full",
                why=_("The page takes no more questions today."),
                do=_("Call 12345, or come again tomorrow."),
            )
    return Question.objects.create(place=actor.place, topic=topic, text=words, channel=channel, asked_at=at)


@action(by=ANSWERERS)
def open_answer(
    *, actor: Actor, topic: Topic, matter_zh: str, matter_en: str, said: Saying, at: datetime,
    question_ids: Sequence[UUID] = (),
) -> Answer:  # fmt: skip
    """Publish an answer to a question in the city's own words, and answer these questions with it."""
    answer = _open(actor, Answer.Kind.QUESTION, topic, matter_zh, matter_en, said, at)
    _link(actor, question_ids, answer, at)
    return answer


@action(by=ANSWERERS)
def answer_questions(*, actor: Actor, question_ids: Sequence[UUID], answer_id: UUID, at: datetime) -> int:
    """Answer questions with an answer that stands already. Gives how many."""
    answer = Answer.objects.seen_by(actor).filter(pk=answer_id).first()
    if answer is None:
        raise Http404
    return _link(actor, question_ids, answer, at)


@action(by=ANSWERERS)
def correct_answer(*, actor: Actor, answer_id: UUID, said: Saying, why: str, at: datetime) -> AnswerVersion:
    """Correct an answer: a new version with its reason; the old ones stay readable. Refuses one without a reason."""
    answer = Answer.objects.seen_by(actor).select_for_update().filter(pk=answer_id).first()
    if answer is None:
        raise Http404
    if not why.strip():
        raise Refusal(
            "correction_without_reason",
            why=_("The correction gives no reason."),
            do=_("Say what was wrong or changed."),
        )
    refuse_personal(why)
    last = answer.versions.order_by("-number")[0].number
    return _say(actor, answer, last + 1, said, why, at)


@action(by=ANSWERERS)
def set_aside(*, actor: Actor, question_id: UUID, why: str, at: datetime) -> Question:
    """Set a text aside that asks nothing. Refuses an answered question and a setting aside without a reason."""
    question = Question.objects.seen_by(actor).select_for_update().filter(pk=question_id).first()
    if question is None:
        raise Http404
    if question.answer_id or question.aside_why or not why.strip():
        raise Refusal(
            "cannot_set_aside",
            why=_("The question is settled already, or no reason was given."),
            do=_("Say why it asks nothing, or leave it."),
        )
    question.aside_why = why.strip()[:200]
    question.save(update_fields=["aside_why"])
    return question


@action(by=ANSWERERS)
def verify_claim(*, actor: Actor, text_zh: str, text_en: str, at: datetime) -> Claim:
    """Record that a claim was verified and is false: its words alone, so that the facts can answer it."""
    _refuse_one_language(text_zh, text_en)
    refuse_personal(f"{text_zh} {text_en}")
    return Claim.objects.create(
        place=actor.place,
        text_zh=text_zh.strip(),
        text_en=text_en.strip(),
        verified_by_id=actor.user_id,
        verified_at=at,
    )


@action(by=ANSWERERS)
def correct_claim(*, actor: Actor, claim_id: UUID, topic: Topic, said: Saying, at: datetime) -> Answer:
    """Answer a claim with the facts in public. Refuses a claim that is answered: its answer is corrected instead."""
    claim = Claim.objects.seen_by(actor).select_for_update().filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    if claim.answer_id:
        raise Refusal("claim_answered", why=_("The claim is answered already."), do=_("Correct its answer instead."))
    answer = _open(actor, Answer.Kind.CLAIM, topic, claim.text_zh, claim.text_en, said, at)
    claim.answer, claim.corrected_at = answer, at
    claim.save(update_fields=["answer", "corrected_at"])
    return answer


@action(by=ANSWERERS)
def publish_bulletin(*, actor: Actor, day: date, at: datetime, facts: Sequence[Fact] = (), why: str = "") -> Bulletin:
    """Publish the bulletin of a day in both languages, built from measures, corrections and public facts.

    Refuses a day to come or over, a fact in one language or without a source, and a second one without a reason.
    """
    if day != at.astimezone(SHANGHAI).date():
        raise Refusal("bulletin_day", why=_("A bulletin is of its own day."), do=_("Publish the one of today."))
    for fact in facts:
        _refuse_one_language(fact.zh, fact.en, fact.source)
        refuse_personal(f"{fact.zh} {fact.en}")
    last = Bulletin.objects.filter(place=actor.place, day=day).order_by("-number").first()
    if last and not why.strip():
        raise Refusal(
            "bulletin_out",
            why=_("The bulletin of today is out already."),
            do=_("Say why, to publish a corrected one beside it."),
        )
    text = compose(actor, facts, at)
    return Bulletin.objects.create(
        place=actor.place,
        day=day,
        number=last.number + 1 if last else 1,
        text_zh=text.zh,
        text_en=text.en,
        why=why.strip()[:300] if last else "",
        published_by_id=actor.user_id,
        published_at=at,
    )


def _open(
    actor: Actor, kind: Answer.Kind, topic: Topic, matter_zh: str, matter_en: str, said: Saying, at: datetime
) -> Answer:
    _refuse_one_language(matter_zh, matter_en)
    refuse_personal(f"{matter_zh} {matter_en}")
    answer = Answer.objects.create(
        place=actor.place,
        kind=kind,
        topic=topic,
        matter_zh=matter_zh.strip(),
        matter_en=matter_en.strip(),
        opened_at=at,
    )
    _say(actor, answer, 1, said, "", at)
    return answer


def _say(actor: Actor, answer: Answer, number: int, said: Saying, why: str, at: datetime) -> AnswerVersion:
    _refuse_one_language(said.text_zh, said.text_en, said.source)
    refuse_personal(f"{said.text_zh} {said.text_en}")
    if said.office not in organisations():
        raise Refusal(
            "office_unknown", why=_("No office has this code."), do=_("Choose the office that answers for it.")
        )
    if said.until and said.until < said.since:
        raise Refusal("answer_dates", why=_("The answer ends before it begins."), do=_("Check both days."))
    return AnswerVersion.objects.create(
        answer=answer,
        number=number,
        text_zh=said.text_zh.strip(),
        text_en=said.text_en.strip(),
        source=said.source.strip()[:300],
        office=said.office,
        since=said.since,
        until=said.until,
        why=why.strip()[:300],
        answered_by_id=actor.user_id,
        answered_at=at,
    )


def _link(actor: Actor, question_ids: Sequence[UUID], answer: Answer, at: datetime) -> int:
    waiting = list(Question.objects.seen_by(actor).filter(pk__in=question_ids).select_for_update())
    if {one.pk for one in waiting} != set(question_ids):
        raise Http404
    if any(one.answer_id or one.aside_why for one in waiting):
        raise Refusal(
            "question_settled",
            why=_("A question of the list is settled already."),
            do=_("Choose one that still waits."),
        )
    return Question.objects.filter(pk__in=question_ids).update(answer=answer, answered_at=at)


def _refuse_one_language(*texts: str) -> None:
    if any(not text.strip() for text in texts):
        raise Refusal(
            "both_languages",
            why=_("What the city says in public stands in Chinese and English and names its source."),
            do=_("Fill in both languages and the source."),
        )


def _midnight(at: datetime) -> datetime:
    local = at.astimezone(SHANGHAI)
    return local - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
