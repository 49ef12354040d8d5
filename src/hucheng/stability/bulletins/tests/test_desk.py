"""The desk of the office that answers: what each form does, what it says when refused, and that nothing is lost."""

import pytest

from hucheng.core.testing import MORNING, a_city, after
from hucheng.stability.bulletins.actions import verify_claim
from hucheng.stability.bulletins.models import Answer, Bulletin, Claim, Question
from hucheng.stability.testing import a_question, an_answer, department, visit, words_of

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
