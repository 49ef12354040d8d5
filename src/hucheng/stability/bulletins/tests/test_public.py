"""What anybody reads and asks without signing in: the list, one answer, a bulletin, the form; in both languages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor
from hucheng.stability.bulletins.actions import (
    correct_answer,
    correct_claim,
    open_answer,
    publish_bulletin,
    verify_claim,
)
from hucheng.stability.bulletins.daily_text import Fact
from hucheng.stability.bulletins.models import Question, Topic
from hucheng.stability.bulletins.public_pages import A_DAY, A_PAGE
from hucheng.stability.testing import TODAY, a_question, an_answer, department, said, visit, words_of

pytestmark = pytest.mark.django_db
ASKED = {"topic": "travel", "text": "外地回来要隔离吗"}


@pytest.fixture(autouse=True)
def city():
    a_city()
    cache.clear()


@pytest.fixture
def page(client):
    def going(name, data=None, *args, **how):
        return words_of(visit(client, None, name, data, args=args, at=how.pop("at", after(60)), **how))

    return going


@pytest.fixture
def ask(client):
    def going(at=None, language="en", follow=False, **changes):
        return visit(client, None, "ask", ASKED | changes, at=at or after(60), language=language, follow=follow)

    return going


@pytest.mark.parametrize(("language", "words"), [("en", "No answer yet"), ("zh-hans", "还没有答复")])
def test_an_empty_page_says_so_and_invites_to_ask(page, language, words):
    text = page("answers", language=language)
    assert words in text and 'name="text"' in text and "/stability/answers/ask/" in text


def test_a_claim_is_marked_as_not_so_and_an_answer_is_not(page):
    an_answer()
    assert "not so" not in page("answers")
    claim = verify_claim(actor=department(), text_zh="停水", text_en="No water.", at=after(0))
    answer = correct_claim(
        actor=department(), claim_id=claim.pk, topic=Topic.OTHER, said=said("正常", "Water flows."), at=after(5)
    )
    text = page("answers")
    assert "It is said: No water." in text and "not so" in text and "Water flows." in text
    assert "This is said, and it is not so. Answered on 03-21 08:05" in page("answer", None, answer.pk)
    assert "正常" in page("answer", None, answer.pk, language="zh-hans")


def test_an_open_claim_is_not_spread_by_the_city(page):
    verify_claim(actor=department(), text_zh="停水", text_en="No water.", at=after(0))
    assert "No water." not in page("answers") and "停水" not in page("answers", language="zh-hans")


@pytest.mark.parametrize(
    ("until", "at", "words", "missing"),
    [
        (None, after(60), "holds from 2020-03-21", "until 2020"),
        (TODAY, after(60), "until 2020-03-21", "no longer in force"),
        (TODAY, after(0, days=1), "until 2020-03-21 · no longer in force", "corrected"),
    ],
)
def test_an_answer_says_from_when_until_when_and_when_it_is_over(page, until, at, words, missing):
    answer = an_answer(until=until)
    for text in (page("answers", at=at), page("answer", None, answer.pk, at=at)):
        assert words in text and missing not in text


def test_one_answer_shows_every_version_with_source_and_reason(page):
    answer = an_answer(a_question())
    for number in (2, 3):
        told = said(f"第{number}版", f"version text {number}", source=f"notice {number}")
        correct_answer(actor=department(), answer_id=answer.pk, said=told, why=f"reason {number}", at=after(number))
    text = page("answer", None, answer.pk)
    assert "Corrected on 03-21 08:03: reason 3" in text and "they no longer hold" in text
    assert text.index("version text 3") < text.index("version text 2") < text.index("Grade 12 returns")
    assert "Version 2 of 03-21 08:02" in text and "corrected because: reason 2" in text
    assert "Source: notice 2 · held from 2020-03-21" in text and "asked once" in text


def test_an_answer_that_was_never_corrected_says_so(page):
    text = page("answer", None, an_answer(at=after(7)).pk)
    assert "Answered on 03-21 08:07, unchanged since." in text and "Earlier versions" not in text


def test_nobody_who_answers_or_asks_is_named_in_public(page):
    question = a_question("一句来自热线的话")
    answer = an_answer(question)
    bulletin = publish_bulletin(actor=department(), day=TODAY, at=after(30))
    for text in (page("answers"), page("answer", None, answer.pk), page("bulletin", None, bulletin.day.isoformat())):
        assert department().name not in text and "一句来自热线的话" not in text


def test_what_is_not_there_is_not_found(client):
    for name, args in (("answer", (uuid4(),)), ("bulletin", ("2020-03-21",)), ("bulletin", ("20200321",))):
        assert visit(client, None, name, args=args).status_code == 404


def test_pages_that_only_read_take_nothing_and_the_form_is_no_address(client):
    answer = an_answer()
    for name, args in (("answers", ()), ("answer", (answer.pk,)), ("bulletin", ("2020-03-21",))):
        assert visit(client, None, name, {"x": "y"}, args=args).status_code == 405
    assert visit(client, None, "ask").status_code == 405


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=Grade", 2), ("?q=grade+returns", 2), ("?q=北京", 0), ("?topic=schools", 2), ("?topic=travel", 1),
        ("?topic=nonsense", 3), ("?q=travel&topic=schools", 0), ("?q=" + "x" * 500, 0), ("?q=+", 3),
    ],
)  # fmt: skip
def test_a_search_counts_what_it_finds(page, query, found):
    an_answer()
    an_answer()
    open_answer(
        actor=department(), topic=Topic.TRAVEL, matter_zh="出行？", matter_en="May one travel?", at=after(1),
        said=said("可以", "Yes, within the province."),
    )  # fmt: skip
    text = page("answers", query=query)
    words = "One answer with its source." if found == 1 else f"{found} answers, each with its source."
    assert words in text and ("Nothing was found" in text) == (not found)


def test_the_words_and_topic_of_a_search_stay_in_its_form(page):
    text = page("answers", query='?q="><b>&topic=work')
    assert 'value="&quot;&gt;&lt;b&gt;"' in text and '<option value="work" selected>' in text


def test_a_long_list_comes_in_pages_the_newest_first(page):
    made = [an_answer(text_en=f"answer number {n:02}", at=after(n)) for n in range(A_PAGE + 3)]
    first, second = page("answers"), page("answers", query="?page=2")
    assert f"answer number {len(made) - 1}" in first and "answer number 02" not in first
    assert "answer number 02" in second and "answer number 03" not in second
    assert "answer number 00" in page("answers", query="?page=99"), "beyond the last page stands the last"


def test_seven_bulletins_are_offered_and_a_corrected_one_is_marked(page):
    for day in range(9):
        publish_bulletin(actor=department(), day=TODAY + timedelta(days=day), at=after(240, days=day))
    text = page("answers", at=after(300, days=8))
    assert text.count('href="/stability/bulletins/') == 7 and "bulletins/2020-03-22/" not in text
    assert "corrected" not in text
    publish_bulletin(actor=department(), day=TODAY + timedelta(days=8), why="count", at=after(250, days=8))
    assert "corrected" in page("answers", at=after(300, days=8))


@pytest.mark.parametrize(("language", "words"), [("en", "No new case today"), ("zh-hans", "今日无新增")])
def test_a_bulletin_is_read_in_the_language_of_the_reader(page, language, words):
    fact = Fact("今日无新增", "No new case today", "daily report")
    publish_bulletin(actor=department(), day=TODAY, at=after(240), facts=[fact])
    text = page("bulletin", None, "2020-03-21", language=language)
    assert words in text and text.count("<h1>") == 1
    assert ("今日无新增" in text) == (language != "en")


@pytest.mark.parametrize(("language", "thanks"), [("en", "Your question is here"), ("zh-hans", "已收到您的提问")])
def test_a_question_is_taken_with_thanks_and_waits(ask, language, thanks):
    text = words_of(ask(follow=True, language=language))
    kept = Question.objects.get()
    assert thanks in text and (kept.topic, kept.text, kept.channel) == ("travel", ASKED["text"], "web")
    assert kept.asked_at == after(60)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"website": "x"}, "not_a_person"), ({"text": "外 地"}, "question_length"), ({"text": "问" * 501}, ""),
        ({"topic": ""}, ""), ({"text": "我叫某某要回来"}, "personal_name"), ({"topic": "Schools"}, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refused_question_is_kept_in_the_form_alone(ask, changes, code, language):
    answer = ask(language=language, **changes)
    text = words_of(answer)
    assert answer.status_code == 422 and 'role="alert"' in text and code in text
    assert (ASKED | changes)["text"][:20] in text and not Question.objects.exists()


def test_a_refused_question_is_none_of_the_five(ask):
    for _turn in range(A_DAY + 1):
        assert ask(text="我叫某某要回来").status_code == 422
    for n in range(A_DAY):
        assert ask(text=f"第 {n} 个问题是什么").status_code == 302
    assert "asked_enough" in words_of(ask()) and Question.objects.count() == A_DAY


def test_the_count_of_a_browser_begins_again_at_midnight_of_the_city(ask):
    late, midnight = after(16 * 60 - 1), after(16 * 60)
    for n in range(A_DAY):
        ask(at=late, text=f"第 {n} 个问题是什么")
    assert ask(at=late).status_code == 422 and ask(at=midnight).status_code == 302


def test_another_browser_has_its_own_five(ask, client):
    for n in range(A_DAY):
        ask(text=f"第 {n} 个问题是什么")
    client.cookies.clear()
    assert ask().status_code == 302


def test_the_same_question_of_two_browsers_waits_once(ask, client):
    ask()
    client.cookies.clear()
    assert "question_waits" in words_of(ask()) and Question.objects.count() == 1
    assert "One question waits; it is answered within a day." in words_of(visit(client, None, "answers"))


def test_somebody_signed_in_asks_as_the_public_and_leaves_no_name(client):
    actor = an_actor(Role.TRAVELLER, unit="x")
    assert visit(client, actor, "ask", ASKED, at=after(60)).status_code == 302
    assert (Question.objects.get().place, Question.objects.get().channel) == ("140100", "web")
