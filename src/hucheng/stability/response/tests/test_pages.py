"""Pages of fires and notices: what they show to whom, what a form does, and what comes back when it is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.response.actions import do_task, follow_fire, report_fire
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask
from hucheng.stability.testing import TODAY, a_notice, clerk, department, visit, words_of

pytestmark = pytest.mark.django_db
NOTICE = {"title": "Qingming", "until": "2020-04-07", "due": "2020-04-03", "tasks": "burn no paper\nman the gates"}
FIRE = {"place": COUNTY, "where": "west hill", "text": "smoke over the ridge"}


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def go(client):
    def going(name, data=None, *args, actor=None, at=after(60), language="en"):
        return visit(client, actor or clerk(), name, data, args=args, at=at, language=language)

    return going


def a_fire(minute=0, place=COUNTY, where="west hill"):
    return report_fire(actor=clerk(place), place=place, where=where, at=after(minute))


def crew(fire, minute):
    follow_fire(
        actor=department(), fire_id=fire.pk, kind=FireEntry.Kind.CREW, happened_at=after(minute), at=after(minute)
    )


def test_a_refused_notice_comes_back_as_it_was_typed(go):
    answer = go("notices", NOTICE | {"until": "2020-03-01"}, actor=department())
    text = words_of(answer)
    assert answer.status_code == 422 and "notice_dates" in text
    assert 'value="Qingming"' in text and "burn no paper man the gates" in text and 'value="2020-03-01"' in text
    assert not FireNotice.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "t" * 201), ("until", "soon"), ("until", ""), ("due", "2020-02-30"), ("tasks", " \n "),
        ("tasks", "x" * 4001),
    ],
)  # fmt: skip
def test_a_notice_with_a_wrong_field_names_it_and_is_not_sent(go, field, value):
    answer = go("notices", NOTICE | {field: value}, actor=department())
    assert answer.status_code == 422 and list(answer.context["notice_form"].errors) == [field]
    assert not FireNotice.objects.exists()


def test_each_line_of_the_form_is_a_task_of_every_county(go):
    told = NOTICE | {"tasks": "one\r\n\r\n  two  \r\nthree\r\n"}
    assert go("notices", told, actor=department()).status_code == 302
    assert list(NoticeTask.objects.filter(place=COUNTY).values_list("text", flat=True)) == ["one", "two", "three"]
    text = words_of(go("notices", actor=department()))
    assert "One notice." in text and "0/10" in text and "0/30" in text and "2020-04-07" in text


def test_a_county_confirms_and_reports_its_own_tasks_alone(go):
    notice = a_notice(tasks=2)
    text = words_of(go("notices"))
    assert "Confirm receipt" in text and text.count("Report as done") == 2
    assert go("receive_notice", {}, notice.pk).status_code == 302
    task = NoticeTask.objects.get(place=COUNTY, number=1)
    assert go("notice_task_done", {"evidence": "46 checkpoints manned"}, task.pk).status_code == 302
    text = words_of(go("notices"))
    assert "Confirm receipt" not in text and text.count("Report as done") == 1 and "46 checkpoints manned" in text
    assert "1/1" in text and "1/2" in text
    other = NoticeTask.objects.get(place=OTHER_COUNTY, number=1)
    assert go("notice_task_done", {"evidence": "x"}, other.pk).status_code == 404
    assert "46 checkpoints manned" not in words_of(go("notices", actor=clerk(OTHER_COUNTY)))


@pytest.mark.parametrize(("evidence", "code"), [("", "no_evidence"), ("   ", "no_evidence"), ("again", "task_done")])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_report_without_evidence_or_a_second_one_is_refused_in_words(go, evidence, code, language):
    a_notice(tasks=1)
    task = NoticeTask.objects.get(place=COUNTY)
    if code == "task_done":
        do_task(actor=clerk(), task_id=task.pk, evidence="first", at=after(5))
    answer = go("notice_task_done", {"evidence": evidence}, task.pk, language=language)
    assert answer.status_code == 422 and code in words_of(answer) and 'role="alert"' in words_of(answer)
    task.refresh_from_db()
    assert task.evidence == ("first" if code == "task_done" else "")


def test_late_tasks_are_counted_in_words(go):
    a_notice(tasks=1, due=TODAY)
    a_notice(tasks=1, due=TODAY + timedelta(days=1))
    text = words_of(go("notices", at=after(0, days=1)))
    assert "2 notices. One task of the notices is late." in text and "one late" in text
    city = words_of(go("notices", actor=department(), at=after(0, days=2)))
    assert "20 tasks of the notices are late." in city and "10 late" in city


def test_the_department_has_no_task_and_the_county_no_form_to_send(go):
    notice = a_notice()
    text = words_of(go("notices", actor=department()))
    assert "Send to every county" in text and "Tasks of this county" not in text and "Confirm receipt" not in text
    assert "Send to every county" not in words_of(go("notices"))
    assert go("notices", NOTICE).status_code == 200 and FireNotice.objects.get() == notice
    assert go("receive_notice", {}, notice.pk, actor=department()).status_code == 404
    assert not NoticeReceipt.objects.exists()


def test_a_notice_that_is_not_there_is_not_found(go):
    assert go("receive_notice", {}, uuid4()).status_code == 404
    assert go("notice_task_done", {"evidence": "x"}, uuid4()).status_code == 404
    for name in ("receive_notice", "notice_task_done", "follow_fire"):
        assert go(name, None, uuid4()).status_code == 405


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_readers_read_and_change_nothing(go, role):
    fire, actor = a_fire(), an_actor(role)
    notice = a_notice(tasks=1)
    told = {"kind": "crew", "happened_at": "2020-03-21T08:10"}
    assert go("fires", FIRE, actor=actor).status_code == go("notices", NOTICE, actor=actor).status_code == 200
    assert go("follow_fire", told, fire.pk, actor=actor).status_code == 404
    assert go("notice_task_done", {"evidence": "x"}, notice.tasks.first().pk, actor=actor).status_code == 404
    assert Fire.objects.count() == FireNotice.objects.count() == 1 and not FireEntry.objects.exists()
    assert "Report the fire" not in words_of(go("fires", actor=actor))


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LABORATORY])
def test_others_find_nothing_here(go, role):
    for name in ("fires", "notices"):
        assert go(name, actor=an_actor(role)).status_code == 404


def test_a_fire_is_reported_with_what_is_known_as_its_first_fact(go):
    assert go("fires", FIRE, at=after(7)).status_code == 302
    fire = Fire.objects.get()
    assert (fire.place, fire.where, fire.reported_at) == (COUNTY, "west hill", after(7))
    text = words_of(go("fires", at=after(8)))
    assert "smoke over the ridge" in text and "crew on the way" in text and "burning" in text
    assert "1 fires are burning; a crew came within thirty minutes to 0 of 0." in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"place": OTHER_COUNTY}, "place"), ({"place": ""}, "place"), ({"where": " "}, "where"),
     ({"where": "w" * 121}, "where"), ({"text": "t" * 301}, "text")],
)  # fmt: skip
def test_a_fire_with_a_wrong_field_names_it_and_keeps_the_rest(go, changes, field):
    answer = go("fires", FIRE | changes)
    assert answer.status_code == 422 and list(answer.context["fire_form"].errors) == [field]
    assert ("smoke over the ridge" in words_of(answer)) == (field != "text") and not Fire.objects.exists()


@pytest.mark.parametrize(
    ("crew_at", "now", "words"),
    [
        (None, 30, "crew on the way"), (None, 31, "no crew after thirty minutes"), (30, 60, "crew after 30 minutes"),
        (31, 60, "crew after 31 minutes"),
    ],
)  # fmt: skip
def test_the_first_response_is_told_in_words(go, crew_at, now, words):
    fire = a_fire()
    if crew_at:
        crew(fire, crew_at)
    text = words_of(go("fires", at=after(now)))
    in_time, judged = int(crew_at == 30), int(now > 30)
    assert words in text and f"within thirty minutes to {in_time} of {judged}." in text


def test_a_fire_that_is_out_is_followed_no_more_on_the_page(go):
    fire = a_fire()
    crew(fire, 20)
    for kind, when in (("out", "2020-03-21T08:15"), ("out", "2020-03-21T08:40"), ("out", "2020-03-21T08:45")):
        answer = go("follow_fire", {"kind": kind, "happened_at": when}, fire.pk)
        assert answer.status_code == (302 if when.endswith("40") else 422)
    text = words_of(go("fires"))
    assert "0 fires are burning" in text and "Add to the timeline" not in text and "Fire out" in text


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "form_incomplete"),
        ({"kind": "water", "happened_at": "2020-03-21T08:10"}, "form_incomplete"),
        ({"kind": "crew", "happened_at": "ten past eight"}, "form_incomplete"),
        ({"kind": "fact", "happened_at": "2020-03-21T08:10", "text": "t" * 301}, "form_incomplete"),
        ({"kind": "fact", "happened_at": "2020-03-21T08:10", "text": " "}, "fire_entry_known"),
        ({"kind": "crew", "happened_at": "2020-03-21T07:59"}, "fire_time_wrong"),
        ({"kind": "crew", "happened_at": "2020-03-21T09:01"}, "fire_time_wrong"),
        ({"kind": "out", "happened_at": "2020-03-21T08:10"}, "out_before_crew"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_line_that_cannot_be_is_refused_in_words_and_leaves_the_timeline(go, told, code, language):
    answer = go("follow_fire", told, a_fire().pk, language=language)
    assert answer.status_code == 422 and code in words_of(answer) and 'role="alert"' in words_of(answer)
    assert not FireEntry.objects.exists()


def test_a_timeline_stands_in_the_order_of_time_and_its_words_as_text(go):
    fire = a_fire()
    for minute, words in (("30", "wind <b>turns</b>"), ("10", "seen from the tower")):
        told = {"kind": "fact", "happened_at": f"2020-03-21T08:{minute}", "text": words}
        assert go("follow_fire", told, fire.pk).status_code == 302
    text = words_of(go("fires"))
    assert text.index("Report came in") < text.index("seen from the tower") < text.index("wind &lt;b&gt;turns")


def test_a_county_sees_its_fires_and_the_city_all(go):
    a_fire(where="west hill")
    a_fire(place=OTHER_COUNTY, where="east hill")
    assert "east hill" not in words_of(go("fires")) and "west hill" in words_of(go("fires"))
    city = words_of(go("fires", actor=department()))
    assert "east hill" in city and "west hill" in city and "2 fires are burning" in city
    assert '<span class="tag">Xiaodian District</span>' in city, "the same hill may stand in two counties"


@pytest.mark.parametrize(("language", "words"), [("en", "No fire was reported."), ("zh-hans", "没有接到火情报告。")])
def test_without_a_fire_the_page_says_so(go, language, words):
    assert words in words_of(go("fires", language=language))
