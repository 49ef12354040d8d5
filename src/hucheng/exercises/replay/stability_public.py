"""The public in the story: questions come in, the office answers, claims are met with facts, the bulletin goes out."""

import random
from collections import defaultdict
from datetime import date, datetime
from functools import partial
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.exercises.replay.generators import generator, table
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.stability import door as stability

ASKED = ("08:30", "11:30", "15:30", "20:00")
ANSWERED = ("10:30", "18:00")
CLAIM_DAYS = (1, 4)
"""Tuesday and Friday: two claims a week (scenario)."""


def works() -> dict[str, Work]:
    """The acts of the story about the public."""
    return {"question.ask": ask_one, "claim.verify": verify, "bulletin.publish": publish_told}


def days(seed: int) -> list[Day]:
    """What the hotline and the office do every day."""
    return [
        *((hour, "question.ask", partial(ask, seed, n)) for n, hour in enumerate(ASKED)),
        *((hour, "question.ask", partial(answer, seed, n)) for n, hour in enumerate(ANSWERED)),
        ("10:00", "claim.verify", verify_next),
        ("12:00", "bulletin.publish", publish),
        ("12:30", "claim.verify", meet_claims),
    ]


def ask_one(given: Given, at: datetime) -> None:
    """One question of the story."""
    _ask(given["topic"], given["text"], at)


def ask(seed: int, part: int, at: datetime) -> None:
    """The questions of a quarter of the day, by topic: the documented share of the hotline's rate."""
    written = generator("public")
    rng = random.Random(f"{seed}/{at:%Y-%m-%d}/{part}/questions")
    wanted = written["rate"] * written["share"] / len(ASKED)
    count = int(wanted) + (rng.random() < wanted % 1)
    for topic in rng.choices(list(written["topics"]), list(written["topics"].values()), k=count):
        rows = [row for row in table("public_answers.csv") if row["topic"] == topic]
        _ask(topic, rng.choice(rng.choice(rows)["asked"].split("|")), at)


def answer(seed: int, part: int, at: datetime) -> None:
    """The office answers most of what waits; what it leaves waits for the next round."""
    rng = random.Random(f"{seed}/{at:%Y-%m-%d}/{part}/answers")
    rate = generator("public")["answered_same_day"]
    rows = {asked: row for row in table("public_answers.csv") for asked in row["asked"].split("|")}
    found: dict[str, list[UUID]] = defaultdict(list)
    for question in sorted(stability.waiting(acting("public")), key=lambda one: (one.asked_at, one.text)):
        if question.text in rows and rng.random() < rate:
            found[rows[question.text]["matter_zh"]].append(question.pk)
    for matter, ids in found.items():
        _answer(next(row for row in rows.values() if row["matter_zh"] == matter), ids, at)


def verify(given: Given, at: datetime) -> None:
    """A claim of the story, verified and met with the fact at once."""
    claim, fact = given["claim"], given["fact"]
    found = stability.verify_claim(actor=acting("public"), text_zh=claim["zh"], text_en=claim["en"], at=at)
    _meet(found.pk, given["topic"], fact["zh"], fact["en"], given["source"], at)


def verify_next(at: datetime) -> None:
    """Twice a week the next claim of the table."""
    row = _claim_of(at.astimezone(SHANGHAI).date())
    if row:
        stability.verify_claim(actor=acting("public"), text_zh=row["claim_zh"], text_en=row["claim_en"], at=at)


def meet_claims(at: datetime) -> None:
    """Claims that wait are met with their facts."""
    rows = {row["claim_zh"]: row for row in table("claims.csv")}
    for claim in stability.open_claims(acting("public")):
        if row := rows.get(claim.text_zh):
            _meet(claim.pk, row["topic"], row["fact_zh"], row["fact_en"], row["source"], at)


def publish_told(given: Given, at: datetime) -> None:
    """The bulletin that the story names is one of the daily ones."""
    publish(at)


def publish(at: datetime) -> None:
    """The bulletin of the day, once."""
    day = at.astimezone(SHANGHAI).date()
    office = acting("public")
    if not stability.Bulletin.objects.seen_by(office).filter(day=day).exists():
        stability.publish_bulletin(actor=office, day=day, at=at)


def _ask(topic: str, text: str, at: datetime) -> None:
    stability.ask_question(
        actor=acting("public"),
        topic=stability.Topic(topic),
        text=text,
        channel=stability.Question.Channel.HOTLINE,
        at=at,
    )


def _answer(row: dict[str, str], ids: list[UUID], at: datetime) -> None:
    office = acting("public")
    known = stability.answers(office).filter(matter_zh=row["matter_zh"]).first()
    if known:
        stability.answer_questions(actor=office, question_ids=ids, answer_id=known.pk, at=at)
        return
    stability.open_answer(
        actor=office,
        topic=stability.Topic(row["topic"]),
        matter_zh=row["matter_zh"],
        matter_en=row["matter_en"],
        said=_said(row["text_zh"], row["text_en"], row["source"], row["office"], at),
        question_ids=ids,
        at=at,
    )


def _meet(claim: UUID, topic: str, zh: str, en: str, source: str, at: datetime) -> None:
    said = _said(zh, en, source, "TY-PUB", at)
    office = acting("public")
    stability.correct_claim(actor=office, claim_id=claim, topic=stability.Topic(topic), said=said, at=at)


def _said(zh: str, en: str, source: str, office: str, at: datetime) -> stability.Saying:
    return stability.Saying(zh, en, source, office, at.astimezone(SHANGHAI).date())


def _claim_of(day: date) -> dict[str, str] | None:
    """The claim of a day: rows of the table in turn, from the first week of the story on."""
    if day.weekday() not in CLAIM_DAYS:
        return None
    weeks = (day - date(2020, 3, 16)).days // 7
    place = weeks * len(CLAIM_DAYS) + CLAIM_DAYS.index(day.weekday())
    rows = table("claims.csv")
    return rows[place] if 0 <= place < len(rows) else None
