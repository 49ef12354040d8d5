"""The public page and the desk behind it: no sign-in to read or ask, nothing kept of who does."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.stability.bulletins.actions import correct_answer, publish_bulletin
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question
from hucheng.stability.bulletins.public_pages import A_DAY
from hucheng.stability.testing import TODAY, a_question, a_season, an_answer, clerk, department, planned, said
from hucheng.stability.testing import visit as visit_page

pytestmark = pytest.mark.django_db
NOW = after(300)
ASKED = {"topic": "schools", "text": "高三哪一天返校"}


@pytest.fixture(autouse=True)
def city():
    a_city()
    cache.clear()


@pytest.fixture
def visit(client):
    def visiting(name, data=None, *, actor=None, at=NOW, **how):
        return visit_page(client, actor, name, data, at=at, **how)

    return visiting


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "来源：省教育厅通知"), ("en", "Source: 省教育厅通知")])
def test_anybody_reads_answers_with_source_version_and_dates(visit, language, word):
    an_answer(a_question())
    text = visit("answers", language=language).content.decode()
    assert word in text and text.count("<h1>") == 1
    assert ("Grade 12 returns" in text) == (language == "en") and ("高三三月二十五日返校" in text) == (language != "en")
    assert department().name not in text


def test_a_correction_is_marked_and_the_old_version_stays_on_its_page(visit):
    answer = an_answer()
    correct_answer(
        actor=department(), answer_id=answer.pk, said=said("改期", "Moved to the 26th"), why="date moved", at=after(9)
    )
    listed = visit("answers").content.decode()
    assert "corrected" in listed and "Moved to the 26th" in listed and "Grade 12 returns" not in listed
    text = visit("answer", args=[answer.pk]).content.decode()
    assert "Corrected on 03-21 08:09: date moved" in text and "Grade 12 returns" in text


def test_the_words_of_the_public_appear_nowhere_in_public(visit):
    a_question("一句没有答复的话", channel="web")
    an_answer(a_question("另一句原话"))
    text = visit("answers").content.decode()
    assert "一句没有答复的话" not in text and "另一句原话" not in text and "One question waits" in text


def test_anybody_asks_and_nothing_of_them_is_kept(visit, client):
    answer = visit("ask", ASKED, follow=True)
    assert answer.status_code == 200 and "Your question is here" in answer.content.decode()
    question = Question.objects.get()
    assert (question.text, question.channel, question.place) == ("高三哪一天返校", "web", "140100")
    (session,) = Session.objects.all()
    assert set(session.get_decoded()) <= {"asked", "_messages"} and session.get_decoded()["asked"] == ["2020-03-21", 1]
    line = AuditLine.objects.get(act="stability.bulletins.ask_question")
    assert line.user_id is None and "高三" not in json.dumps(line.detail)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_number_in_a_question_is_refused_kindly_and_the_text_stays_in_the_form(visit, language):
    answer = visit("ask", ASKED | {"text": "请打 138 1234 5678 告诉我"}, language=language)
    text = answer.content.decode()
    assert answer.status_code == 422 and "personal_number" in text and "138 1234 5678" in text
    assert ("请去掉号码" if language != "en" else "Take the number out") in text
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [({"topic": "nonsense", "text": "高三哪天"}, ""), ({"topic": "schools", "text": ""}, ""), ({}, ""),
     (ASKED | {"website": "http://spam"}, "not_a_person"), (ASKED | {"text": "啊"}, "question_length")],
)  # fmt: skip
def test_what_is_no_question_is_answered_with_422(visit, data, code):
    answer = visit("ask", data)
    assert answer.status_code == 422 and code in answer.content.decode() and not Question.objects.exists()


def test_one_browser_asks_five_times_a_day(visit):
    for n in range(A_DAY):
        assert visit("ask", ASKED | {"text": f"第 {n} 个问题是什么"}).status_code == 302
    refused = visit("ask", ASKED)
    assert (
        refused.status_code == 422 and "asked_enough" in refused.content.decode() and Question.objects.count() == A_DAY
    )
    assert visit("ask", ASKED, at=after(300, days=1)).status_code == 302


def test_scripts_in_a_question_or_an_answer_are_shown_as_text(visit):
    an_answer(text_en="<script>alert(1)</script>")
    a_question("<script>alert(2)</script>")
    for answer in (visit("answers"), visit("questions", actor=department())):
        assert "<script>alert" not in answer.content.decode()


def test_the_search_finds_by_words_and_topic(visit):
    an_answer()
    assert "Grade 12" in visit("answers", query="?q=返校&topic=schools").content.decode()
    for query in ("?q=飞机", "?topic=travel"):
        assert "Nothing was found" in visit("answers", query=query).content.decode()
    assert visit("answers", query="?topic=%27--&page=99&q=%25").status_code == 200


@pytest.mark.parametrize("day", ["2020-03-22", "nonsense", "2020-02-31"])
def test_a_day_without_a_bulletin_is_not_found(visit, day):
    assert visit("bulletin", args=[day]).status_code == 404


def test_a_bulletin_is_read_by_anybody_with_its_correction_marked(visit):
    publish_bulletin(actor=department(), day=TODAY, at=after(240))
    assert "Published on 03-21 12:00" in visit("bulletin", args=["2020-03-21"]).content.decode()
    publish_bulletin(actor=department(), day=TODAY, why="count was wrong", at=after(250))
    text = visit("bulletin", args=["2020-03-21"]).content.decode()
    assert "Corrected on 03-21 12:10: count was wrong" in text and "Earlier version" in text
    assert "2020-03-21" in visit("answers").content.decode()


def test_the_desk_answers_a_question_and_the_public_reads_it(visit):
    question = a_question()
    desk = visit("questions", actor=department(), query=f"?open={question.pk}").content.decode()
    assert "One question waits." in desk and "Publish the answer" in desk
    told = {"matter_zh": "何时返校？", "matter_en": "When do pupils return?", "text_zh": "三月", "text_en": "In March",
            "source": "notice", "office": "TY-EDU", "since": "2020-03-21", "until": ""}  # fmt: skip
    assert visit("answer_question", told, args=[question.pk]).status_code == 302
    another = a_question("学生何时返校")
    known = {"known": str(Answer.objects.get().pk)}
    assert visit("answer_question", known, args=[another.pk]).status_code == 302
    assert "asked 2 times" in visit("answers").content.decode()


def test_the_desk_meets_a_claim_corrects_and_publishes(visit):
    visit("verify_claim", {"text_zh": "停水", "text_en": "No water"}, actor=department())
    claim = Claim.objects.get()
    facts = {"text_zh": "供水正常", "text_en": "Water flows", "source": "water works", "office": "TY-PUB",
             "since": "2020-03-21", "topic": "other"}  # fmt: skip
    assert "One false claim waits" in visit("questions").content.decode()
    assert visit("correct_claim", facts, args=[claim.pk]).status_code == 302
    assert "It is said:" in visit("answers").content.decode()
    answer = Answer.objects.get()
    assert visit("correct_answer", args=[answer.pk]).status_code == 200
    changed = facts | {"why": "more exact", "text_en": "Water flows everywhere"}
    assert visit("correct_answer", changed, args=[answer.pk]).status_code == 302
    assert AnswerVersion.objects.count() == 2
    told = {"zh": "事实", "en": "fact", "source": "s", "why": ""}
    assert visit("publish_bulletin", told).status_code == 302
    assert visit("publish_bulletin", told).status_code == 422 and Bulletin.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("answer_question", {}), ("answer_question", {"known": "nonsense"}), ("set_aside", {"why": ""})],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_is_told_what_is_wrong(visit, name, data, language):
    question = a_question()
    answer = visit(name, data, actor=department(), args=[question.pk], language=language)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(("name", "data"), [("verify_claim", {"text_zh": ""}), ("publish_bulletin", {"zh": "一"})])
def test_half_a_claim_or_fact_is_not_published(visit, name, data):
    assert visit(name, data, actor=department()).status_code == 422
    assert not Claim.objects.exists() and not Bulletin.objects.exists()


def test_readers_of_the_desk_find_no_form_and_strangers_no_desk(visit):
    question, answer = a_question(), an_answer()
    for actor in (clerk(), an_actor(Role.LEADING_GROUP)):
        assert visit("questions", actor=actor).content.decode().count("<form") == 2
        assert visit("answer_question", {}, args=[question.pk]).status_code == 404
        assert visit("correct_answer", args=[answer.pk]).status_code == 404
    assert visit("questions", actor=an_actor(Role.ENTRY)).status_code == 404


@pytest.mark.parametrize("name", ["answers", "questions"])
def test_rows_grow_and_queries_do_not(visit, name):
    def queries():
        visit(name, actor=department())
        with CaptureQueriesContext(connection) as caught:
            visit(name, actor=department())
        return len(caught)

    an_answer(a_question())
    a_question("在等的问题")
    few = queries()
    for n in range(12):
        answer = an_answer(a_question(f"第 {n} 问是什么"))
        correct_answer(actor=department(), answer_id=answer.pk, said=said(), why="x", at=after(9))
        a_question(f"还在等的第 {n} 问")
        publish_bulletin(actor=department(), day=TODAY + timedelta(days=n), at=after(240, days=n))
    assert queries() <= few


def caller(role, place="140100"):
    grant = RoleGrant.objects.get(user_id=an_actor(role, place).user_id, role=role)
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def call(client, path, body=None, auth=None, at=NOW):
    with frozen_at(at):
        if body is None:
            return client.get(f"/api/v1{path}", **(auth or {}))
        return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", **(auth or {}))


def test_the_hotline_sends_and_settles_questions_by_program(client):
    hotline = caller(Role.DEPARTMENT)
    made = call(client, "/questions", ASKED, hotline).json()
    refused = call(client, "/questions", ASKED | {"text": "我叫某某，何时返校"}, hotline)
    assert refused.status_code == 409 and refused.json()["code"] == "personal_name"
    assert call(client, "/questions", ASKED | {"topic": "nonsense"}, hotline).status_code == 422
    body = {"question_ids": [made["id"]], "answer_id": str(an_answer().pk)}
    assert call(client, "/questions/answers", body, hotline).json() == {"answered": 1}
    (line,) = call(client, "/answers?q=返校", auth=hotline).json()
    assert line["version"] == 1 and line["text_zh"] and line["text_en"] and line["office"] == "TY-EDU"
    assert call(client, "/questions", ASKED).status_code == 401


def test_weather_and_patrols_come_by_program(client):
    a_season()
    clerk_ = caller(Role.COUNTY, COUNTY)
    sent = {"station": "C-XD", "day": "2020-03-21", "temp_c": 24, "rh_pct": 12, "wind_kmh": 40, "rain_mm": 0}
    assert call(client, "/fire/observations", [sent], clerk_).json() == {"new": 1, "corrected": 0, "known": 0}
    refused = call(client, "/fire/observations", [sent | {"rh_pct": 137}], clerk_)
    assert refused.status_code == 409 and "137" in refused.json()["why"]
    assert call(client, "/fire/observations", [sent | {"station": "C-LF"}], clerk_).status_code == 404
    (county,) = call(client, "/fire/danger", auth=clerk_).json()
    assert county["place"] == COUNTY and county["grade"] >= 4 and county["day"] == "2020-03-21"
    plan = {"place": COUNTY, "patrols": [{"checkpoint": "K1", "due": "2020-03-21T15:00:00+08:00"}]}
    (patrol,) = call(client, "/fire/patrols", plan, clerk_).json()
    (alarm,) = call(client, "/fire/alarms", auth=clerk_, at=after(425)).json()
    assert alarm["checkpoints"] == ["K1"] and alarm["grade"] == county["grade"]
    proof = {"patrol_id": patrol["id"], "team": "t", "done_at": "2020-03-21T15:05:00+08:00"}
    assert call(client, "/fire/patrols/proofs", [proof], clerk_, at=after(426)).json() == {"proven": 1}
    assert call(client, "/fire/alarms", auth=clerk_, at=after(427)).json() == [] and planned("K9", due=after(900))
    assert call(client, "/fire/alarms", auth=caller(Role.ENTRY)).status_code == 409
