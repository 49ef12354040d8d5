"""The pages of notices by role, place and language; what is refused, kept and shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.command.notices.actions import NoticeIn, finish_notice_task, receive_notice
from hucheng.command.notices.models import Notice, NoticeTask
from hucheng.command.tasks.actions import close_task
from hucheng.command.testing import a_task, anybody, opened, refused, sent, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY}
DOERS = READERS - {Role.LEADING_GROUP}
FORM = {
    "sender": "民航主管部门", "title": "第2号公告", "text": "全部国际航班", "rules": "R12", "ask": "做好接机准备",
    "unit": "TY-MOAT", "due": "2020-03-23T18:00",
}  # fmt: skip


def received(number=1, *, unit="TY-LGO", due=600, at=0, **fields):
    """A notice taken in `at` minutes after the first morning, its task due so many minutes after it."""
    usual = {"sender": "省", "title": f"第{number}号", "name": "n.txt", "data": f"公告{number}".encode(), "ask": "办理"}
    notice = NoticeIn(**(usual | fields), unit=unit, due=after(at + due))
    return receive_notice(actor=an_actor(Role.COMMAND_OFFICE), notice=notice, at=after(at))


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_each_role_reads_receives_and_finishes_what_is_its_part(client, role):
    made = received()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    pages = [opened(client, "notices"), opened(client, "notice", made.pk), opened(client, "notice_file", made.pk)]
    assert {page.status_code for page in pages} == ({200} if role in READERS else {404})
    assert (reverse("command:finish_notice_task", args=[made.task.pk]) in pages[1].content.decode()) == (role in DOERS)
    assert sent(client, "notices", **FORM).status_code == (302 if role == Role.COMMAND_OFFICE else 404)
    wanted = 302 if role in DOERS else 404
    assert sent(client, "finish_notice_task", made.task.pk, at=after(5), evidence="公告已转发").status_code == wanted
    assert Notice.objects.count() == 1 + (role == Role.COMMAND_OFFICE)


def test_both_kinds_of_task_are_closed_with_the_same_evidence_or_refused_in_the_same_words():
    office = an_actor(Role.COMMAND_OFFICE)
    kinds = [(finish_notice_task, received().task), (close_task, a_task(measure="", no_measure="以文件为准"))]
    said = set()
    for act, task in kinds:
        no = refused("evidence_missing", act, actor=office, task_id=task.pk, evidence="\u3000", at=after(30))
        said.add((str(no.why), str(no.do)))
        assert act(actor=office, task_id=task.pk, evidence=" 1号文 ", at=after(40)).evidence == "1号文"
    assert len(said) == 1


def test_a_refused_finish_says_so_on_the_page_of_its_notice_however_many_came_since(client):
    oldest = received()
    for number in range(2, 104):
        received(number, at=number)
    page = sent(signed_in(client), "finish_notice_task", oldest.task.pk, at=after(200), evidence=" ")
    assert page.status_code == 422 and page.context["refusal"].code == "evidence_missing"
    assert page.context["notice"] == oldest and oldest.title in page.content.decode()
    assert len(opened(client, "notices", at=after(200)).context["lines"]) == 100


def test_evidence_is_cut_to_two_thousand_signs(client):
    task = received().task
    sent(signed_in(client), "finish_notice_task", task.pk, at=after(5), evidence="证" * 5000)
    task.refresh_from_db()
    assert task.evidence == "证" * 2000


def test_a_file_over_the_limit_is_refused_by_its_size_with_the_form_kept(client):
    file = SimpleUploadedFile("n.pdf", b"x" * (20 * 1024 * 1024 + 1))
    page = sent(signed_in(client), "notices", **(FORM | {"text": ""}), file=file)
    assert page.status_code == 422 and page.context["refusal"].code == "file_too_large"
    assert 'value="第2号公告"' in page.content.decode() and not Notice.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"due": "2020-03-20T18:00"}, "due_over"), ({"rules": "R12, 民航"}, "rule_unreadable"), ({}, "notice_known")],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_notice_that_is_refused_keeps_the_form_and_says_why_in_the_reader_s_language(client, wrong, code, language):
    received(data=FORM["text"].encode())
    page = sent(signed_in(client, language=language), "notices", **(FORM | wrong))
    refusal, text = page.context["refusal"], page.content.decode()
    assert page.status_code == 422 and refusal.code == code and str(refusal.why) in text
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refusal.why)) or language == "en"
    assert page.context["form"]["title"].value() == "第2号公告" and Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sender": "名" * 81}, "sender"),
        ({"title": "题" * 201}, "title"),
        ({"ask": "办" * 501}, "ask"),
        ({"ask": " "}, "ask"),
        ({"unit": "NOBODY"}, "unit"),
        ({"due": ""}, "due"),
        ({"rules": "R" * 201}, "rules"),
    ],
)
def test_a_wrong_field_is_named_beside_it(client, wrong, field):
    page = sent(signed_in(client), "notices", **(FORM | wrong))
    errors = page.context["form"].errors
    assert page.status_code == 422 and list(errors) == [field] and str(errors[field][0]) in page.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("rules", ["R12,R14", "R12，R14", "R12、R14", " R12  R14 ", "R12, R12，R14"])
def test_ids_of_rules_may_be_parted_in_any_usual_way_and_are_kept_once(client, rules):
    sent(signed_in(client), "notices", **(FORM | {"rules": rules}))
    assert Notice.objects.get().rules == ["R12", "R14"]


WORDS = {
    "en": ["To be done by", "Not done, and its deadline is over", "Done in time", "Done, after its deadline"],
    "zh-hans": ["前办结", "未办结，已逾期", "已按期办结", "已办结，逾期"],
}


@pytest.mark.parametrize(("number", "at", "done_at"), [(0, 10, None), (1, 601, None), (2, 700, 600), (3, 700, 601)])
@pytest.mark.parametrize("language", WORDS)
def test_the_page_says_in_words_whether_it_was_done_in_time(client, number, at, done_at, language):
    made = received()
    if done_at:
        office = an_actor(Role.COMMAND_OFFICE)
        finish_notice_task(actor=office, task_id=made.task.pk, evidence="公告已转发", at=after(done_at))
    text = opened(signed_in(client, language=language), "notice", made.pk, at=after(at)).content.decode()
    assert [words for words in WORDS[language] if words in text] == [WORDS[language][number]]
    assert ("公告已转发" in text) == bool(done_at)


def test_the_list_counts_what_is_open_and_what_is_late(client):
    received(1)
    received(2, due=30)
    done = received(3, due=30)
    office = an_actor(Role.COMMAND_OFFICE)
    finish_notice_task(actor=office, task_id=done.task.pk, evidence="x", at=after(50))
    page = opened(signed_in(client), "notices", at=after(60))
    assert (page.context["open"], page.context["late"], len(page.context["lines"])) == (2, 1, 3)
    text = page.content.decode()
    assert "3 notices are here, still to be done: 2." in text and "One is late." in text and "done late" in text


@pytest.mark.parametrize(("language", "words"), [("en", "No notice is here"), ("zh-hans", "尚无上级来文")])
def test_an_empty_list_says_so(client, language, words):
    assert words in opened(signed_in(client, language=language), "notices").content.decode()


def test_the_office_of_a_county_gives_tasks_to_bodies_of_the_county_alone(client):
    signed_in(client, place=COUNTY)
    assert {code for code, _name in opened(client, "notices").context["form"].fields["unit"].choices} >= {"C-XD-LG"}
    assert sent(client, "notices", **FORM).status_code == 422
    assert sent(client, "notices", **(FORM | {"unit": "C-XD-LG"})).status_code == 302
    assert NoticeTask.objects.get().place == COUNTY
    assert not opened(signed_in(client, place=OTHER_COUNTY), "notices").context["lines"]


def test_receiving_and_finishing_leave_lines_without_the_words_of_the_notice():
    made = received(title="关于秦望舒的通知")
    finish_notice_task(actor=an_actor(Role.COMMAND_OFFICE), task_id=made.task.pk, evidence="秦望舒已到", at=after(5))
    lines = list(AuditLine.objects.filter(act__startswith="command.notices.").order_by("at"))
    assert [line.act.rsplit(".")[-1] for line in lines] == ["receive_notice", "finish_notice_task"]
    assert lines[1].detail["task_id"] == str(made.task.pk) and not [one for one in lines if "秦望舒" in str(one.detail)]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.PDF", "PDF"), ("通知.文件", "bin"), ("x." + "y" * 40, "yyyyyyyy"), ('a.t"x', "tx")],
)
def test_a_file_goes_out_under_a_plain_name(client, name, suffix):
    made = received(name=name)
    told = opened(signed_in(client), "notice_file", made.pk)["Content-Disposition"]
    assert told == f'attachment; filename="notice-{made.pk}.{suffix}"'
