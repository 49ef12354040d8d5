"""Asking: the words that are kept, the persons that are kept out, and how much one day takes."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.stability.bulletins import actions
from hucheng.stability.bulletins.actions import ask_question, set_aside
from hucheng.stability.bulletins.models import Question, Topic
from hucheng.stability.bulletins.personal import refuse_personal
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


@pytest.mark.parametrize(
    "text",
    [
        "电话 0351 4123456", "传真０３５１－４１２３４５６", "手机一三八，不，138·1234·5678", "打幺三八—138_1234_5678",
        "账号6222021234567890123", "身份证 11010519491231002x", "老身份证110105491231002", "护照 EB1234567",
        "通行证 C12345678", "微信: wx_abcde", "QQ号 是 1234567", "mail me a.b+c@d-e.org", "my NAME is Li",
        "I am called Li Lei", "姓名: 王", "名字叫 小明", "〇三五一四一二三四五六",
    ],
)  # fmt: skip
def test_what_points_at_a_person_is_found_in_every_usual_guise(text):
    with pytest.raises(Refusal) as no:
        refuse_personal(text)
    assert no.value.code in ("personal_number", "personal_name") and text not in f"{no.value.why}{no.value.do}"


@pytest.mark.parametrize(
    "text",
    [
        "", "12345", "热线 12345 与 120 打不通", "G3201 次列车 3 月 22 日 08:15", "CA1908 与 HU7976 航班",
        "2019-12-31 以来", "第 43 次会议", "100000 人", "口罩 3,000,000 只", "微信公众号在哪里看",
        "QQ 群能加吗", "邮箱@", "姓名要写吗", "名字很长怎么办", "三月二十五日 返校",
        "1.5 米", "14 天 + 7 天", "E1234", "甲乙丙 123456789",
    ],
)  # fmt: skip
def test_what_points_at_nobody_is_let_through(text):
    refuse_personal(text)


JOINTS = st.sampled_from(["", " ", "-", ".", "·", "—", "_", "  ", " - "])
DIGITS = st.sampled_from(["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零一二三四五六七八九"])


@given(number=st.text("0123456789", min_size=10, max_size=19), signs=DIGITS, joints=st.lists(JOINTS, min_size=3))
@example(number="0000000000", signs="〇一二三四五六七八九", joints=[" "] * 3)
def test_ten_digits_in_a_row_are_found_in_any_script_and_however_they_are_set_apart(number, signs, joints):
    told = number.translate(str.maketrans("0123456789", signs))
    joined = told[:3] + joints[0] + told[3:7] + joints[1] + told[7:]
    with pytest.raises(Refusal) as no:
        refuse_personal(f"请回电{joined}谢谢")
    assert no.value.code == "personal_number"


@given(st.text("何时开学返校复工口罩核酸隔离的吗？，。", max_size=60))
def test_plain_words_are_never_taken_for_a_person(text):
    refuse_personal(text)


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
