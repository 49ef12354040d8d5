"""Questions, answers and claims: nothing of who asked, every word of the city with its source and version."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.bulletins import actions
from hucheng.stability.bulletins.actions import (
    answer_questions,
    ask_question,
    correct_answer,
    correct_claim,
    open_answer,
    publish_bulletin,
    set_aside,
    verify_claim,
)
from hucheng.stability.bulletins.daily_text import PUBLISHED, Fact
from hucheng.stability.bulletins.measures import answered_24h, correction_4h, daily_published
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question, Topic
from hucheng.stability.bulletins.personal import refuse_personal
from hucheng.stability.bulletins.queries import answers, as_public, one_answer, waiting
from hucheng.stability.testing import TODAY, a_question, a_season, an_answer, department, refused, said

pytestmark = pytest.mark.django_db
HERE = {"text_zh": "旅客在市内走动", "text_en": "Passengers walk about in the city"}


@pytest.fixture(autouse=True)
def city():
    a_city()


def a_claim(at=MORNING):
    return verify_claim(actor=department(), at=at, **HERE)


def met(claim, at):
    return correct_claim(actor=department(), claim_id=claim.pk, topic=Topic.RETURN, said=said(), at=at)


def test_no_table_of_answers_has_a_field_for_who_asked_or_claimed():
    """NEW-34, R-27: the only people named are the officials who answer for the city."""
    fields = {
        f"{model.__name__}.{field.name}"
        for model in (Question, Claim, Answer, AnswerVersion, Bulletin)
        for field in model._meta.concrete_fields
    }
    people = {
        name for name in fields if re.search(r"user|author|person|name|phone|asker|by$|ip|session|device", name, re.I)
    }
    assert people == {"AnswerVersion.answered_by", "Claim.verified_by", "Bulletin.published_by"}
    assert {field.name for field in Question._meta.concrete_fields} == {
        "id", "place", "topic", "text", "channel", "asked_at", "answer", "answered_at", "aside_why",
    }  # fmt: skip


def test_no_table_of_the_wing_watches_speech():
    """R-27: no platform, author or opinion stands anywhere in the wing."""
    banned = re.compile(r"weibo|wechat|douyin|social|platform|author|speaker|opinion|sentiment|keyword|account", re.I)
    names = [
        f"{m.__name__}.{f.name}" for m in apps.get_app_config("stability").get_models() for f in m._meta.get_fields()
    ]
    assert names and not [name for name in names if banned.search(name)]


@pytest.mark.parametrize(
    "text",
    [
        "请打13812345678找我",
        "138 1234 5678 什么时候开学",
        "138-1234-5678开学吗",
        "１３８１２３４５６７８开学",
        "一三八一二三四五六七八请回电",
        "身份证14010519900101123X能回吗",
        "身份证 140105 19900101 1234 查询",
        "0351-4123456 请回电",
        "护照E12345678何时放行",
        "写信给someone@example.com",
        "微信号 abc_12345 联系",
        "QQ:1234567 问开学",
        "我叫王小明何时开学",
        "姓名：王小明 问开学",
        "My name is Li Lei, when do schools open",
        "银行卡 6222 0212 3456 7890 未到账",
    ],
)
def test_a_question_that_points_at_a_person_is_refused_and_not_kept(text):
    with pytest.raises(Refusal) as no:
        a_question(text)
    assert no.value.code in ("personal_number", "personal_name") and str(no.value.do)
    assert not Question.objects.exists()
    assert text not in str(list(AuditLine.objects.values()))


@pytest.mark.parametrize(
    "text",
    [
        "高三何时开学",
        "拨打12345没人接怎么办",
        "HU7976航班3月22日的人在哪",
        "2020年3月25日开学吗",
        "口罩要3000000只够吗",
        "14天隔离从3月20日算吗",
    ],
)
def test_ordinary_numbers_are_no_personal_data(text):
    assert a_question(text).text == text


@given(
    st.text(alphabet="开学返京隔离口罩 ", max_size=20),
    st.integers(13000000000, 19999999999),
    st.sampled_from(["", " ", "-"]),
)
def test_a_mobile_number_is_found_wherever_it_stands(words, number, joint):
    digits = str(number)
    with pytest.raises(Refusal):
        refuse_personal(f"{words}{joint.join((digits[:3], digits[3:7], digits[7:]))}{words}")


@pytest.mark.parametrize("text", ["", "   ", "学", "问" * 501])
def test_a_question_has_words_and_not_too_many(text):
    refused("question_length", a_question, text=text)


def test_the_public_page_keeps_the_same_question_once_and_the_hotline_counts_each():
    a_question(channel="web")
    refused("question_waits", a_question, channel="web", at=after(5))
    assert a_question(channel="web", at=after(0, days=1)) and a_question() and a_question()
    assert Question.objects.count() == 4


def test_a_flood_fills_no_list(monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    a_question("第一个问题", channel="web")
    a_question("第二个问题", channel="web")
    refused("questions_full", a_question, text="第三个问题", channel="web")
    assert a_question("热线的问题") and a_question("明天的问题", channel="web", at=after(0, days=1))


def test_an_answer_settles_its_questions_and_stands_with_source_and_office():
    one, two = a_question("高三何时开学"), a_question("高三哪天返校")
    answer = an_answer(one, two, at=after(30))
    line = one_answer(department(), answer.pk)
    assert (line.now.number, line.now.source, line.now.office, line.asked) == (1, "省教育厅通知", "TY-EDU", 2)
    assert not waiting(department()).exists() and line.now.answered_by_id == department().user_id
    assert AuditLine.objects.filter(act="stability.bulletins.open_answer", refused="").exists()
    third = a_question("高三什么时候回校")
    assert answer_questions(actor=department(), question_ids=[third.pk], answer_id=answer.pk, at=after(40)) == 1
    refused(
        "question_settled",
        answer_questions,
        actor=department(),
        question_ids=[third.pk],
        answer_id=answer.pk,
        at=after(41),
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text_zh": " "}, "both_languages"),
        ({"text_en": ""}, "both_languages"),
        ({"source": " "}, "both_languages"),
        ({"office": "NOBODY"}, "office_unknown"),
        ({"until": TODAY - timedelta(days=1)}, "answer_dates"),
        ({"text_zh": "请致电13812345678"}, "personal_number"),
    ],
)
def test_the_city_speaks_in_both_languages_with_a_source_or_not_at_all(changes, code):
    question = a_question()
    refused(code, an_answer, **changes)
    assert not Answer.objects.exists() and waiting(department()).get() == question


def test_a_correction_is_a_new_version_and_the_old_stays_readable():
    answer = an_answer()
    refused(
        "correction_without_reason",
        correct_answer,
        actor=department(),
        answer_id=answer.pk,
        said=said(),
        why=" ",
        at=after(5),
    )
    correct_answer(
        actor=department(),
        answer_id=answer.pk,
        said=said("改为三月二十六日", "26 March now"),
        why="date moved",
        at=after(60),
    )
    line = one_answer(department(), answer.pk)
    assert line.corrected and line.now.text_zh == "改为三月二十六日" and line.now.why == "date moved"
    assert [old.text_zh for old in line.earlier] == ["高三三月二十五日返校"]
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVersion.objects.filter(number=1).update(text_zh="另一句")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVersion.objects.filter(number=1).delete()


def test_a_claim_is_met_with_facts_once_and_keeps_its_words_alone():
    claim = a_claim()
    answer = met(claim, after(60))
    claim.refresh_from_db()
    assert answer.kind == "claim" and answer.matter_zh == HERE["text_zh"] and claim.corrected_at == after(60)
    refused("claim_answered", met, claim=claim, at=after(70))
    refused("both_languages", verify_claim, actor=department(), text_zh="传言", text_en=" ", at=MORNING)
    refused("personal_name", verify_claim, actor=department(), text_zh="我叫某某说的", text_en="x", at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(text_zh="另一句")


def test_what_asks_nothing_is_set_aside_with_a_reason_and_counts_nowhere():
    question = a_question("买房加群优惠多多")
    refused("cannot_set_aside", set_aside, actor=department(), question_id=question.pk, why=" ", at=after(1))
    set_aside(actor=department(), question_id=question.pk, why="advertisement", at=after(1))
    assert not waiting(department()).exists() and answered_24h(department(), after(0, days=3)).value is None
    refused("cannot_set_aside", set_aside, actor=department(), question_id=question.pk, why="again", at=after(2))


@pytest.mark.parametrize("role", [Role.COUNTY, Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.SCHOOL])
def test_only_the_office_that_answers_answers(role):
    actor = an_actor(role, unit="x" if role == Role.SCHOOL else "")
    given_ = {"topic": Topic.OTHER, "matter_zh": "一", "matter_en": "one", "said": said(), "at": MORNING}
    refused("role_may_not", open_answer, actor=actor, **given_)
    refused("role_may_not", verify_claim, actor=actor, at=MORNING, **HERE)
    refused("role_may_not", publish_bulletin, actor=actor, day=TODAY, at=MORNING)


def test_another_place_finds_no_question_answer_or_claim():
    question, answer, claim = a_question(), an_answer(), a_claim()
    stranger = Actor(department().user_id, OTHER_COUNTY, Role.DEPARTMENT)
    for act, given_ in (
        (answer_questions, {"question_ids": [question.pk], "answer_id": answer.pk}),
        (correct_answer, {"answer_id": answer.pk, "said": said(), "why": "x"}),
        (set_aside, {"question_id": question.pk, "why": "x"}),
        (correct_claim, {"claim_id": claim.pk, "topic": Topic.OTHER, "said": said()}),
    ):
        with pytest.raises(Http404):
            act(actor=stranger, at=after(1), **given_)
    assert not answers(stranger).exists() and not waiting(stranger).exists()


def test_words_are_found_in_both_languages_and_in_old_versions():
    answer = an_answer()
    correct_answer(actor=department(), answer_id=answer.pk, said=said("改期", "moved"), why="x", at=after(5))
    for words in ("高三", "grade 12", "GRADE", "二十五", "moved return", "改期 高三"):
        assert list(answers(department(), words)) == [answer], words
    assert not answers(department(), "小学").exists() and not answers(department(), "", "travel").exists()


def test_an_answer_holds_from_its_first_to_its_last_day():
    (line,) = as_public([an_answer(since=TODAY, until=TODAY + timedelta(days=2))])
    stands = [line.in_force(TODAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert stands == [False, True, True, False]


@pytest.mark.parametrize(("hours", "value"), [(23.99, 100), (24, 100), (24.01, 0)])
def test_a_question_is_answered_in_time_within_twenty_four_hours(hours, value):
    an_answer(a_question(), at=after(hours * 60))
    assert answered_24h(department(), after(0, days=3)).value == value


def test_a_question_within_its_day_is_not_due_and_one_past_it_is():
    assert answered_24h(department(), after(0)).value is None
    a_question()
    assert answered_24h(department(), after(24 * 60)).value is None
    reading = answered_24h(department(), after(24 * 60 + 1))
    assert (reading.numerator, reading.denominator) == (0, 1)


@pytest.mark.parametrize(("minutes", "value"), [(239, 100), (240, 100), (241, 0)])
def test_a_claim_is_corrected_in_time_within_four_hours(minutes, value):
    met(a_claim(), after(minutes))
    assert correction_4h(department(), after(0, days=1)).value == value


def test_a_claim_that_waits_is_due_after_four_hours():
    a_claim()
    assert correction_4h(department(), after(240)).value is None
    assert correction_4h(department(), after(241)).value == 0


def test_a_bulletin_is_built_from_measures_in_both_languages():
    a_season()
    met(a_claim(), after(10))
    fact = Fact("今日无新增", "No new case today", "daily report")
    made = publish_bulletin(actor=department(), day=TODAY, facts=[fact], at=after(240))
    zh, en = made.text_zh.splitlines(), made.text_en.splitlines()
    assert len(zh) == len(en) == len(PUBLISHED) + 4
    assert "今日无新增（来源：daily report）" in zh and "No new case today (source: daily report)" in en
    assert any("小店区" in line for line in zh) and any("Xiaodian" in line for line in en)
    assert any("Set right: Passengers walk about" in line for line in en)
    assert sum("no reading today" in line for line in en) >= 1, "a blind measure is said to be blind"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": TODAY + timedelta(days=1)}, "bulletin_day"),
        ({"day": TODAY - timedelta(days=1)}, "bulletin_day"),
        ({"facts": [Fact("一", "", "s")]}, "both_languages"),
        ({"facts": [Fact("一", "one", "")]}, "both_languages"),
        ({"facts": [Fact("电话13812345678", "one", "s")]}, "personal_number"),
    ],
)
def test_a_bulletin_is_of_today_in_both_languages_with_sources(changes, code):
    refused(code, publish_bulletin, actor=department(), **({"day": TODAY, "at": after(60)} | changes))
    assert not Bulletin.objects.exists()


def test_a_second_bulletin_of_a_day_says_why_and_stands_beside_the_first():
    publish_bulletin(actor=department(), day=TODAY, at=after(60))
    refused("bulletin_out", publish_bulletin, actor=department(), day=TODAY, at=after(70))
    second = publish_bulletin(actor=department(), day=TODAY, why="wrong count", at=after(80))
    assert second.number == 2 and Bulletin.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(number=1).update(text_zh="x")


def test_days_without_a_bulletin_on_time_count_against_the_city():
    assert daily_published(department(), after(0)).value is None
    for day, minutes in ((0, 240), (1, 601), (3, 600)):  # noon, a minute past six, six sharp; the third day none
        at = after(minutes, days=day)
        publish_bulletin(actor=department(), day=TODAY + timedelta(days=day), at=at)
    reading = daily_published(department(), after(610, days=3))
    assert (reading.numerator, reading.denominator) == (2, 4)
    assert daily_published(department(), after(599, days=4)).denominator == 4
    assert daily_published(department(), after(600, days=4)).denominator == 5


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Question, {"topic": "work", "text": "", "channel": "web", "asked_at": MORNING}),
        (Question, {"topic": "work", "text": "x", "channel": "web", "asked_at": MORNING, "answered_at": MORNING}),
        (Answer, {"topic": "work", "matter_zh": "一", "matter_en": "", "opened_at": MORNING}),
        (Claim, {"text_zh": "一", "text_en": "", "verified_at": MORNING}),
        (Bulletin, {"day": TODAY, "number": 2, "text_zh": "一", "text_en": "one", "published_at": MORNING}),
        (Bulletin, {"day": TODAY, "number": 1, "text_zh": "一", "text_en": "", "published_at": MORNING}),
    ],
)
def test_the_database_itself_holds_the_rules(model, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(place="140100", **fields)


def test_a_question_keeps_its_words_and_is_settled_once():
    question = a_question()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(text="其他")
    an_answer(question)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(answered_at=after(1))


def test_asking_is_open_to_hotline_county_and_public_page_alone():
    ask = {"topic": Topic.WORK, "text": "何时复工", "channel": Question.Channel.HOTLINE, "at": MORNING}
    assert ask_question(actor=an_actor(Role.COUNTY, OTHER_COUNTY), **ask).place == OTHER_COUNTY
    refused("role_may_not", ask_question, actor=an_actor(Role.SCHOOL, unit="x"), **ask)


def test_a_known_answer_that_is_none_is_refused_and_the_question_waits(client):
    asked = a_question()
    client.force_login(User.objects.get(pk=department().user_id))
    with frozen_at(MORNING):
        told = client.post(reverse("stability:answer_question", args=[asked.pk]), {"known": "the first one"})
    assert told.status_code == 422 and told.context["refusal"].code == "no_answer"
    assert list(waiting(department())) == [asked]
