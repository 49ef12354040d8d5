"""Questions and answers for programs: the hotline sends its questions, anybody's programs may read the answers."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.scope.request import Request
from hucheng.stability.bulletins.actions import answer_questions, ask_question
from hucheng.stability.bulletins.models import Question, Topic
from hucheng.stability.bulletins.queries import answers, as_public

router = Router(tags=["answers"])


class QuestionIn(Schema):
    """A question as the hotline heard it: topic and words, nobody's name or number."""

    topic: Topic
    text: str


class QuestionOut(Schema):
    """A question that was taken."""

    id: UUID
    topic: str
    asked_at: datetime


class AnswersIn(Schema):
    """Questions that one public answer settles."""

    question_ids: list[UUID]
    answer_id: UUID


class AnsweredOut(Schema):
    """How many questions are settled now."""

    answered: int


class AnswerOut(Schema):
    """An answer as it holds now; `version` above one was corrected, `why` says why."""

    id: UUID
    kind: str
    topic: str
    matter_zh: str
    matter_en: str
    text_zh: str
    text_en: str
    source: str
    office: str
    version: int
    why: str
    since: date
    until: date | None
    answered_at: datetime


@router.post("/questions", response={200: QuestionOut, 409: RefusalOut})
def post_question(request: Request, given: QuestionIn) -> QuestionOut:
    """Send a question of the hotline in. A text with personal data is refused."""
    made = ask_question(
        actor=request.actor, topic=given.topic, text=given.text, channel=Question.Channel.HOTLINE, at=clock.now()
    )
    return QuestionOut(id=made.pk, topic=made.topic, asked_at=made.asked_at)


@router.post("/questions/answers", response={200: AnsweredOut, 409: RefusalOut})
def post_answers(request: Request, given: AnswersIn) -> AnsweredOut:
    """Settle questions with an answer that stands."""
    count = answer_questions(
        actor=request.actor, question_ids=given.question_ids, answer_id=given.answer_id, at=clock.now()
    )
    return AnsweredOut(answered=count)


@router.get("/answers", response={200: list[AnswerOut], 409: RefusalOut})
def get_answers(request: Request, q: str = "") -> list[AnswerOut]:
    """The public answers that hold these words (the first hundred signs), at most a hundred, newest first."""
    return [
        AnswerOut(
            id=one.answer.pk,
            kind=one.answer.kind,
            topic=one.answer.topic,
            matter_zh=one.answer.matter_zh,
            matter_en=one.answer.matter_en,
            text_zh=one.now.text_zh,
            text_en=one.now.text_en,
            source=one.now.source,
            office=one.now.office,
            version=one.now.number,
            why=one.now.why,
            since=one.now.since,
            until=one.now.until,
            answered_at=one.now.answered_at,
        )
        for one in as_public(list(answers(request.actor, q[:100])[:100]))
    ]
