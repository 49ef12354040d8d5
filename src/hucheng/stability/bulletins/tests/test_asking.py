"""Asking: the words that are kept, the persons that are kept out, and how much one day takes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.stability.bulletins import actions
from hucheng.stability.bulletins.actions import ask_question, set_aside
from hucheng.stability.bulletins.models import Question, Topic
from hucheng.stability.bulletins.queries import THE_PUBLIC
from hucheng.stability.testing import a_question, an_answer, clerk, department, refused

pytestmark = pytest.mark.django_db
WEB, HOTLINE = Question.Channel.WEB, Question.Channel.HOTLINE
MIDNIGHT = 16 * 60
"""Minutes from the morning to the end of that day in the city."""


@pytest.fixture(autouse=True)
def city():
    a_city()


def ask(text="哪天复工复产", channel=WEB, minute=0.0, actor=THE_PUBLIC):
    return ask_question(actor=actor, topic=Topic.WORK, text=text, channel=channel, at=after(minute))


@pytest.mark.parametrize(("text", "kept"), [("  何时 \n 复工\t吗 ", "何时 复工 吗"), ("问" * 500, "问" * 500)])
def test_words_are_kept_without_the_space_between_them(text, kept):
    assert ask(text).text == kept


@pytest.mark.parametrize(
    ("length", "taken"), [(0, False), (3, False), (4, True), (5, True), (499, True), (500, True), (501, False)]
)
def test_a_question_has_four_to_five_hundred_signs_after_its_space_is_gone(length, taken):
    text = f"  {'问' * length}   "
    if taken:
        assert len(ask(text).text) == length
    else:
        refused("question_length", ask, text=text)


def test_nobody_stands_behind_a_question_of_the_public_page():
    kept = ask()
    assert (kept.place, kept.channel, kept.asked_at) == ("140100", "web", after(0))
    line = AuditLine.objects.get(act="stability.bulletins.ask_question")
    assert (line.user_id, line.role, line.place) == (None, "system", "140100")
    assert line.detail == {"topic": "work", "channel": "web", "at": str(after(0)), "gave": str(kept.pk)}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_no_other_desk_sends_questions_in(role):
    refused("role_may_not", ask, actor=an_actor(role, unit="x"), channel=HOTLINE)
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("minute", "again"), [(1, False), (MIDNIGHT - 1, False), (MIDNIGHT, True), (MIDNIGHT + 1, True)]
)
def test_the_same_words_wait_once_a_day_of_the_city(minute, again):
    ask()
    if again:
        assert ask(minute=minute).asked_at == after(minute)
    else:
        refused("question_waits", ask, minute=minute)


def test_space_makes_no_other_question_and_another_topic_none_either():
    ask("何时 复工")
    refused("question_waits", ask, text=" 何时   复工 ")
    assert ask("何时复工") and Question.objects.count() == 2


def test_an_answered_question_may_be_asked_again():
    first = ask()
    an_answer(first, at=after(5))
    assert ask(minute=10).pk != first.pk


def test_questions_of_the_hotline_and_of_yesterday_are_no_part_of_the_flood(monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 3)
    for n in range(5):
        ask(f"热线第 {n} 问", HOTLINE, actor=department())
    ask("昨天的一个问题", minute=-9 * 60)
    for n in range(3):
        ask(f"网页第 {n} 问")
    refused("questions_full", ask, text="网页又一问")
    assert ask("热线还有一问", HOTLINE, actor=department()) and ask("明天的一个问题", minute=MIDNIGHT)


def test_a_question_set_aside_still_counts_to_the_measure_of_its_day(monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    advert = ask("买房加群优惠多多")
    set_aside(actor=department(), question_id=advert.pk, why="advertisement", at=after(1))
    refused("questions_full", ask, text="哪天复工复产")


def test_a_county_asks_for_itself():
    assert ask(actor=clerk(), channel=HOTLINE).place == COUNTY


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_is_kept_whole_or_refused_and_never_in_between(text):
    before = Question.objects.count()
    try:
        kept = ask(text, HOTLINE, actor=department())
    except Refusal as no:
        assert no.code in ("question_length", "personal_number", "personal_name")
        assert Question.objects.count() == before
        return
    assert kept.text == " ".join(text.split()) and 4 <= len(kept.text) <= 500


def test_a_refused_text_stands_nowhere_not_even_in_the_audit():
    with pytest.raises(Refusal):
        a_question("请打13812345678找我")
    line = AuditLine.objects.get(act="stability.bulletins.ask_question")
    assert line.refused == "personal_number" and "138" not in str(line.detail)
