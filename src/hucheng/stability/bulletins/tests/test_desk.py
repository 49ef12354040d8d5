"""The desk of the office that answers: what each form does, what it says when refused, and that nothing is lost."""

from uuid import uuid4

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.stability.bulletins.actions import correct_answer, open_answer, publish_bulletin, verify_claim
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question, Topic
from hucheng.stability.testing import TODAY, a_question, an_answer, clerk, department, said, visit, words_of

pytestmark = pytest.mark.django_db
SAID = {
    "text_zh": "三月返校", "text_en": "Back in March, term by term", "source": "notice 17", "office": "TY-EDU",
    "since": "2020-03-21", "until": "",
}  # fmt: skip
ANSWER = SAID | {"matter_zh": "何时返校？", "matter_en": "When do pupils return?"}
NUMBER = "请打 138 1234 5678"


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def desk(client):
    def going(name, data=None, *args, actor=None, at=after(60), language="en", query="", follow=False):
        return visit(
            client, actor or department(), name, data, args=args, at=at, language=language, query=query, follow=follow
        )

    return going


def a_claim(at=MORNING):
    return verify_claim(actor=department(), text_zh="旅客在市内走动", text_en="Passengers walk about", at=at)


def shown(text, value):
    return f'value="{value}"' in text or f">{value}<" in text or f"> {value}<" in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refused_answer_comes_back_as_it_was_typed_under_its_question(desk, language):
    asked = a_question()
    answer = desk("answer_question", ANSWER | {"text_zh": NUMBER}, asked.pk, language=language)
    text = words_of(answer)
    assert answer.status_code == 422 and "personal_number" in text
    for value in ("何时返校？", "When do pupils return?", NUMBER, "Back in March, term by term", "notice 17"):
        assert shown(text, value), value
    assert not Answer.objects.exists() and Question.objects.get().answer_id is None


def test_a_refused_claim_fact_or_bulletin_comes_back_as_it_was_typed(desk):
    claim = a_claim()
    text = words_of(desk("verify_claim", {"text_zh": "我叫某某说停水", "text_en": "Water is cut off"}))
    assert "personal_name" in text and shown(text, "我叫某某说停水") and shown(text, "Water is cut off")
    text = words_of(desk("correct_claim", SAID | {"topic": "travel", "until": "2020-03-20"}, claim.pk))
    assert "answer_dates" in text and shown(text, "notice 17") and shown(text, "Back in March, term by term")
    text = words_of(desk("publish_bulletin", {"zh": "今日无新增", "en": "No new case today", "source": ""}))
    assert "both_languages" in text and shown(text, "今日无新增") and shown(text, "No new case today")
    assert Claim.objects.get() == claim and not Answer.objects.exists() and not Bulletin.objects.exists()


def test_the_question_stays_open_on_the_page_when_a_choice_is_refused(desk):
    asked, answer = a_question(), an_answer()
    for name, data in (("answer_question", {"known": "nonsense"}), ("set_aside", {"why": " "})):
        text = words_of(desk(name, data, asked.pk))
        assert "Publish the answer" in text and f'value="{answer.pk}"' in text


@pytest.mark.parametrize("field", sorted(set(ANSWER) - {"until"}))
def test_an_answer_lacks_nothing_but_its_end(desk, field):
    asked = a_question()
    answer = desk("answer_question", ANSWER | {field: ""}, asked.pk)
    assert answer.status_code == 422 and answer.context["answer_form"].errors.keys() == {field}
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("matter_zh", "问" * 301), ("matter_en", "q" * 401), ("text_zh", "答" * 4001), ("text_en", "a" * 4001),
        ("source", "s" * 301), ("office", "NOBODY"), ("since", "2020-02-30"), ("until", "soon"),
    ],
)  # fmt: skip
def test_what_is_too_long_or_nothing_known_is_a_fault_of_its_field(desk, field, value):
    answer = desk("answer_question", ANSWER | {field: value}, a_question().pk)
    assert answer.status_code == 422 and list(answer.context["answer_form"].errors) == [field]
    assert 'role="alert"' in words_of(answer) and not Answer.objects.exists()


def test_a_new_answer_takes_the_topic_of_its_question(desk):
    asked = a_question()
    assert desk("answer_question", ANSWER, asked.pk).status_code == 302
    answer = Answer.objects.get()
    assert (answer.topic, answer.kind, answer.matter_en) == ("schools", "question", "When do pupils return?")
    version = answer.versions.get()
    assert (version.office, version.since, version.until) == ("TY-EDU", TODAY, None)
    assert version.answered_by_id == department().user_id and version.answered_at == after(60)


def test_an_answer_to_no_question_is_not_published(desk):
    assert desk("answer_question", ANSWER, uuid4()).status_code == 404
    known = {"known": str(an_answer().pk)}
    assert desk("answer_question", known, uuid4()).status_code == 404
    assert desk("answer_question", {"known": str(uuid4())}, a_question().pk).status_code == 404
    assert Answer.objects.count() == 1 and not Question.objects.exclude(answer=None).exists()


def test_a_question_is_answered_once_whatever_the_desk_sends_again(desk):
    asked = a_question()
    desk("answer_question", ANSWER, asked.pk)
    again = desk("answer_question", ANSWER | {"text_en": "Never"}, asked.pk)
    assert again.status_code == 422 and "question_settled" in words_of(again)
    assert AnswerVersion.objects.get().text_en == SAID["text_en"], "nothing of the second answer is kept"


def test_a_text_is_set_aside_with_its_reason_once(desk):
    asked = a_question("买房加群优惠多多")
    assert desk("set_aside", {"why": "advertisement"}, asked.pk).status_code == 302
    assert Question.objects.get().aside_why == "advertisement"
    assert "Nothing waits" in words_of(desk("questions"))
    assert desk("set_aside", {"why": "again"}, asked.pk).status_code == 422
    assert desk("set_aside", {"why": "w"}, uuid4()).status_code == 404
    another = a_question("又一条广告")
    desk("set_aside", {"why": "w" * 300}, another.pk)
    another.refresh_from_db()
    assert another.aside_why == "w" * 200


def test_a_claim_waits_on_the_desk_until_it_is_met(desk):
    assert desk("verify_claim", {"text_zh": " 停水 ", "text_en": " No water "}).status_code == 302
    claim = Claim.objects.get()
    assert (claim.text_zh, claim.text_en, claim.verified_at) == ("停水", "No water", after(60))
    text = words_of(desk("questions"))
    assert "One false claim waits for the facts." in text and "Publish the facts" in text
    assert desk("correct_claim", SAID | {"topic": "other"}, claim.pk, at=after(90)).status_code == 302
    claim.refresh_from_db()
    assert claim.corrected_at == after(90) and claim.answer.kind == "claim" and claim.answer.matter_zh == "停水"
    again = desk("correct_claim", SAID | {"topic": "other"}, claim.pk)
    assert again.status_code == 422 and "claim_answered" in words_of(again)
    assert "false claim" not in words_of(desk("questions")).replace("A false claim", "")


def test_the_form_of_the_facts_stands_under_the_claim_that_is_open(desk):
    first, second = a_claim(), a_claim(at=after(5))
    text = words_of(desk("questions"))
    assert text.count("Publish the facts") == 1 and f'href="?open={second.pk}"' in text
    text = words_of(desk("questions", query=f"?open={second.pk}"))
    assert text.count("Publish the facts") == 2 and f"?open={first.pk}" not in text


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"text_zh": "传" * 301, "text_en": "x"}, "text_zh"),
        ({"text_zh": "传", "text_en": "x" * 401}, "text_en"),
        ({"text_zh": "", "text_en": "x"}, "text_zh"),
    ],
)
def test_a_claim_stands_in_both_languages_and_no_longer_than_is_kept(desk, data, field):
    answer = desk("verify_claim", data)
    assert answer.status_code == 422 and list(answer.context["claim_form"].errors) == [field]
    assert not Claim.objects.exists()


def test_the_form_of_a_correction_begins_with_what_holds(desk):
    answer = an_answer()
    text = words_of(desk("correct_answer", None, answer.pk, at=after(0, days=2)))
    assert "Version 1 of 03-21 08:00 holds now" in text and "Grade 12 returns on 25 March" in text
    assert 'value="2020-03-23"' in text, "a correction holds from the day it is made"
    assert 'value="省教育厅通知"' in text


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"why": ""}, ""), ({"why": "因 13812345678 来电"}, "personal_number"), ({"until": "2020-03-01"}, "answer_dates")],
)
def test_a_correction_that_cannot_be_leaves_the_version_that_holds(desk, changes, code):
    answer = an_answer()
    told = SAID | {"why": "date moved"} | changes
    sent = desk("correct_answer", told, answer.pk)
    text = words_of(sent)
    assert sent.status_code == 422 and code in text and shown(text, "Back in March, term by term")
    assert AnswerVersion.objects.count() == 1


def test_a_correction_goes_to_the_page_that_the_public_reads(desk):
    answer = an_answer()
    sent = desk("correct_answer", SAID | {"why": "date moved"}, answer.pk, follow=True)
    text = words_of(sent)
    assert sent.redirect_chain[-1][0] == f"/stability/answers/{answer.pk}/"
    assert "date moved" in text and "Back in March" in text and "Earlier versions" in text
    assert desk("correct_answer", None, uuid4()).status_code == 404


def test_a_bulletin_is_published_once_a_day_and_again_only_with_a_reason(desk):
    fact = {"zh": "今日无新增", "en": "No new case today", "source": "daily report", "why": ""}
    assert desk("publish_bulletin", fact).status_code == 302
    again = desk("publish_bulletin", fact)
    assert again.status_code == 422 and "bulletin_out" in words_of(again)
    assert desk("publish_bulletin", fact | {"why": "wrong count"}, at=after(90)).status_code == 302
    assert list(Bulletin.objects.order_by("number").values_list("number", "why")) == [(1, ""), (2, "wrong count")]
    assert desk("publish_bulletin", {"why": "w"}, at=after(60, days=1)).status_code == 302
    assert Bulletin.objects.get(day="2020-03-22").why == "", "the first of a day corrects nothing"


@pytest.mark.parametrize("role", [Role.COUNTY, Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_readers_find_no_door_to_any_act(desk, role):
    asked, answer, claim = a_question(), an_answer(), a_claim()
    actor = an_actor(role, COUNTY if role == Role.COUNTY else "140100")
    acts = (
        ("answer_question", ANSWER, asked.pk), ("set_aside", {"why": "x"}, asked.pk),
        ("verify_claim", {"text_zh": "一", "text_en": "one"}), ("correct_claim", SAID | {"topic": "other"}, claim.pk),
        ("correct_answer", SAID | {"why": "x"}, answer.pk), ("publish_bulletin", {}),
    )  # fmt: skip
    for name, data, *args in acts:
        assert desk(name, data, *args, actor=actor).status_code == 404, name
    assert Claim.objects.count() == AnswerVersion.objects.count() == 1 and not Bulletin.objects.exists()


def test_an_act_is_sent_and_never_opened_as_an_address(desk):
    asked, claim = a_question(), a_claim()
    for name, args in (
        ("answer_question", (asked.pk,)), ("set_aside", (asked.pk,)), ("verify_claim", ()),
        ("correct_claim", (claim.pk,)), ("publish_bulletin", ()),
    ):  # fmt: skip
        assert desk(name, None, *args).status_code == 405, name
    assert desk("questions", {"x": "y"}).status_code == 405


def test_the_oldest_question_stands_first_and_what_is_past_its_day_is_said(desk):
    a_question("后来的问题", at=after(30))
    a_question("先来的问题", at=after(0))
    text = words_of(desk("questions", at=after(24 * 60 + 1)))
    assert text.index("先来的问题") < text.index("后来的问题")
    assert "2 questions wait." in text and "One is past its day." in text
    assert "past its day" in text and "due 03-22 08:30" in text


def test_a_long_list_comes_in_pages_of_twenty(desk):
    for n in range(23):
        a_question(f"第 {n:02} 问是什么", at=after(n))
    first, second = words_of(desk("questions")), words_of(desk("questions", query="?page=2"))
    assert "第 00 问" in first and "第 19 问" in first and "第 20 问" not in first
    assert "第 22 问" in second and "第 19 问" not in second
    assert words_of(desk("questions", query="?page=nonsense")).count("第 0") == 10


def test_published_answers_are_listed_with_version_and_times_asked(desk):
    answer = an_answer(a_question(), a_question("高三哪天返校"))
    correct_answer(actor=department(), answer_id=answer.pk, said=said(), why="x", at=after(5))
    publish_bulletin(actor=department(), day=TODAY, at=after(30))
    text = words_of(desk("questions"))
    assert "version 2" in text and '<td class="n">2</td>' in text and "2020-03-21</a>" in text
    assert f"/questions/answers/{answer.pk}/correct/" in text
    assert f"/questions/answers/{answer.pk}/correct/" not in words_of(desk("questions", actor=clerk()))


def test_every_act_of_the_desk_leaves_its_line_without_the_words(desk):
    asked = a_question()
    desk("answer_question", ANSWER, asked.pk)
    desk("answer_question", ANSWER, asked.pk)
    lines = AuditLine.objects.filter(act="stability.bulletins.open_answer").order_by("pk")
    assert sorted(line.refused for line in lines) == ["", "question_settled"]
    assert "Back in March" not in str([line.detail for line in lines])


def test_a_question_keeps_its_topic_under_an_answer_of_another_one(desk):
    answer = open_answer(
        actor=department(), topic=Topic.TRAVEL, matter_zh="一", matter_en="one", said=said(), at=MORNING
    )
    asked = a_question()
    desk("answer_question", {"known": str(answer.pk)}, asked.pk)
    asked.refresh_from_db()
    assert (asked.topic, asked.answer.topic) == ("schools", "travel")
