"""Questions and answers by program: what the hotline may send and settle, and what any program may read."""

from uuid import uuid4

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.bulletins.actions import MOST_A_DAY, correct_answer
from hucheng.stability.bulletins.models import Question
from hucheng.stability.testing import TODAY, a_question, an_answer, call, clerk, department, said

pytestmark = pytest.mark.django_db
ASKED = {"topic": "work", "text": "哪天复工复产"}


@pytest.fixture(autouse=True)
def city():
    a_city()


def settle(client, answer_id, *questions, actor=None):
    body = {"question_ids": [str(one) for one in questions], "answer_id": str(answer_id)}
    return call(client, actor or department(), "/questions/answers", body, at=after(30))


def test_a_search_of_a_thousand_words_is_cut_and_answered(client):
    an_answer()
    answer = call(client, department(), "/answers?q=" + "a%20" * 1200)
    assert answer.status_code == 200 and len(answer.json()) == 1


def test_a_question_of_the_hotline_is_kept_with_its_topic_and_no_caller(client):
    made = call(client, clerk(), "/questions", ASKED, at=after(5)).json()
    assert set(made) == {"id", "topic", "asked_at"} and made["topic"] == "work"
    kept = Question.objects.get(pk=made["id"])
    assert (kept.channel, kept.place, kept.asked_at, kept.text) == ("hotline", COUNTY, after(5), ASKED["text"])
    line = AuditLine.objects.get(act="stability.bulletins.ask_question")
    assert ASKED["text"] not in str(line.detail) and line.detail["topic"] == "work"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"text": "啊"}, 409, "question_length"),
        ({"text": "问" * 501}, 409, "question_length"),
        ({"text": "请打13812345678"}, 409, "personal_number"),
        ({"text": "我叫某某，哪天复工"}, 409, "personal_name"),
        ({"topic": "weather"}, 422, None),
        ({"text": None}, 422, None),
    ],
)
def test_what_is_no_question_is_not_kept(client, changes, status, code):
    answer = call(client, department(), "/questions", ASKED | changes)
    assert answer.status_code == status and answer.json().get("code") == code
    assert not Question.objects.exists()


def test_the_hotline_is_not_held_to_the_measure_of_the_public_page(client):
    assert MOST_A_DAY == 2000
    for _turn in range(2):
        assert call(client, department(), "/questions", ASKED).status_code == 200
    assert Question.objects.filter(text=ASKED["text"]).count() == 2


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY, Role.MEDICAL])
def test_only_hotline_and_county_send_and_only_the_office_settles(client, role):
    question, answer = a_question(), an_answer()
    actor = an_actor(role)
    for told in (call(client, actor, "/questions", ASKED), settle(client, answer.pk, question.pk, actor=actor)):
        assert told.status_code == 409 and told.json()["code"] == "role_may_not"
    question.refresh_from_db()
    assert Question.objects.count() == 1 and question.answer_id is None


def test_a_county_sends_questions_and_settles_none(client):
    question, answer = a_question(), an_answer()
    told = settle(client, answer.pk, question.pk, actor=clerk())
    assert told.status_code == 409 and told.json()["code"] == "role_may_not"


def test_one_answer_settles_many_questions_at_once_or_none(client):
    one, two, three = (a_question(f"第 {n} 问是什么") for n in range(3))
    answer = an_answer()
    assert settle(client, answer.pk, one.pk, two.pk).json() == {"answered": 2}
    again = settle(client, answer.pk, two.pk, three.pk)
    assert again.status_code == 409 and again.json()["code"] == "question_settled"
    three.refresh_from_db()
    assert three.answer_id is None and three.answered_at is None
    assert settle(client, answer.pk).json() == {"answered": 0}


def test_unknown_questions_and_answers_are_not_found_and_nothing_is_settled(client):
    question, answer = a_question(), an_answer()
    assert settle(client, uuid4(), question.pk).status_code == 404
    assert settle(client, answer.pk, question.pk, uuid4()).status_code == 404
    assert settle(client, "nonsense", question.pk).status_code == 422
    question.refresh_from_db()
    assert question.answer_id is None


def test_an_answer_is_read_with_all_that_makes_it_one(client):
    answer = an_answer(at=after(10), until=TODAY)
    assert call(client, clerk(OTHER_COUNTY), "/answers").json() == [], "a county reads it on the public page"
    (read,) = call(client, department(), "/answers").json()
    assert {name: read[name] for name in ("id", "kind", "topic", "office", "source", "version", "why")} == {
        "id": str(answer.pk), "kind": "question", "topic": "schools", "office": "TY-EDU", "source": "省教育厅通知",
        "version": 1, "why": "",
    }  # fmt: skip
    assert (read["since"], read["until"]) == ("2020-03-21", "2020-03-21")


def test_a_corrected_answer_is_read_in_its_last_version_with_the_reason(client):
    answer = an_answer()
    for number, text in enumerate(("26 March", "27 March"), start=1):
        correct_answer(
            actor=department(), answer_id=answer.pk, said=said("改期", text), why=f"moved {number}", at=after(number)
        )
    (read,) = call(client, department(), "/answers", at=after(9)).json()
    assert (read["version"], read["text_en"], read["why"]) == (3, "27 March", "moved 2")
    assert len(call(client, department(), "/answers?q=26%20March").json()) == 1, "found by what was said before"


def test_a_hundred_answers_are_read_at_most_the_newest_first(client):
    made = [an_answer(at=after(n)) for n in range(101)]
    read = call(client, department(), "/answers").json()
    assert [one["id"] for one in read] == [str(one.pk) for one in reversed(made[1:])]
