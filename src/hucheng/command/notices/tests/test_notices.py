"""Notices from above: kept as they came, one task each, done with evidence, late stays late."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from hucheng.command.measures.standing import Standing
from hucheng.command.notices.actions import NoticeIn, finish_notice_task, receive_notice
from hucheng.command.notices.models import Notice, NoticeTask
from hucheng.command.notices.queries import named_rules, notice_lines, notice_seen_by
from hucheng.command.testing import refused
from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import the_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DUE = MORNING + timedelta(hours=10)


def given_notice(**fields):
    usual = {
        "sender": "民航主管部门", "title": "第2号公告", "name": "notice.txt", "data": "全部国际航班".encode(),
        "ask": "做好接机准备", "due": DUE, "unit": "TY-LGO",
    }  # fmt: skip
    return NoticeIn(**(usual | fields))


def received(at=MORNING, **fields):
    return receive_notice(actor=an_actor(Role.COMMAND_OFFICE), notice=given_notice(**fields), at=at)


def finish(task, *, actor=None, evidence="公告已转发", at=None):
    return finish_notice_task(
        actor=actor or an_actor(Role.COMMAND_OFFICE), task_id=task.pk, evidence=evidence, at=at or after(60)
    )


def test_a_notice_is_kept_as_it_came_and_gives_one_task():
    made = received()
    assert bytes(made.data).decode() == made.text == "全部国际航班"
    assert (made.task.unit_id, made.task.place, made.task.due) == ("TY-LGO", "140100", DUE)
    assert AuditLine.objects.get(act="command.notices.receive_notice").detail["gave"] == str(made.pk)


def test_a_word_file_is_read_and_kept_byte_by_byte():
    document, packed = Document(), io.BytesIO()
    document.add_paragraph("自3月23日起")
    document.save(packed)
    made = received(name="n.docx", data=packed.getvalue())
    assert made.text.strip() == "自3月23日起" and bytes(made.data) == packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("n.pdf", b"%PDF-1.7 scan"), ("n.docx", b"PK\x03\x04 cut"), ("n.png", b"\x89PNG" + bytes(range(256)) * 4)],
)
def test_a_file_without_legible_text_is_kept_all_the_same(name, data):
    made = received(name=name, data=data)
    assert made.text == "" and bytes(made.data) == data


def test_signs_that_no_database_stores_are_left_out_of_the_text_not_of_the_file():
    data = "自3月23日起全部国际航班".encode() + b"\x00" + "由第一入境点入境".encode()
    made = received(data=data)
    assert "\x00" not in made.text and bytes(Notice.objects.get().data) == data


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"data": b""}, "file_unusable"),
        ({"data": b"   \n"}, "file_unusable"),
        ({"data": b"x" * (20 * 1024 * 1024 + 1)}, "file_unusable"),
        ({"sender": " "}, "notice_incomplete"),
        ({"title": ""}, "notice_incomplete"),
        ({"ask": " "}, "notice_incomplete"),
        ({"due": MORNING}, "due_over"),
        ({"unit": "NOBODY"}, "unit_unknown"),
        ({"unit": "BJ-RECV"}, "unit_unknown"),
        ({"rules": ("R12", "drop table")}, "rule_unreadable"),
    ],
)
def test_what_is_no_notice_is_refused_and_leaves_nothing(office, fields, code):
    refused(code, receive_notice, actor=office, notice=given_notice(**fields), at=MORNING)
    assert not Notice.objects.exists() and not NoticeTask.objects.exists()


def test_a_notice_sent_twice_is_known(office):
    received()
    refused("notice_known", receive_notice, actor=office, notice=given_notice(title="again"), at=after(5))
    assert Notice.objects.count() == NoticeTask.objects.count() == 1


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COUNTY, Role.ENTRY, Role.DEPARTMENT])
def test_only_the_office_receives(role):
    refused("role_may_not", receive_notice, actor=Actor(None, "140100", role), notice=given_notice(), at=MORNING)


def test_a_task_is_done_with_evidence_and_once(office):
    task = received().task
    refused("evidence_missing", finish, task=task, evidence="  ")
    done = finish(task)
    assert (done.done_at, done.done_by_id, done.evidence) == (after(60), office.user_id, "公告已转发")
    with pytest.raises(Http404):
        finish(task, at=after(70))


@pytest.mark.parametrize(
    ("minutes", "standing", "late"),
    [
        (1, Standing.RUNNING, False),
        (479, Standing.RUNNING, False),
        (480, Standing.DUE_SOON, False),
        (600, Standing.DUE_SOON, False),
        (601, Standing.BEHIND, True),
    ],
)
def test_an_open_task_stands_by_its_deadline(office, minutes, standing, late):
    received()
    (line,) = notice_lines(office, after(minutes))
    assert (line.standing, line.late) == (standing, late)


@pytest.mark.parametrize(("minutes", "late"), [(600, False), (601, True)])
def test_what_was_done_late_stays_late(office, minutes, late):
    finish(received().task, at=after(minutes))
    (line,) = notice_lines(office, after(9000))
    assert (line.standing, line.late) == (Standing.MET, late)


def test_open_and_late_ones_come_first(office):
    finish(received(data=b"one").task)
    received(data=b"two", due=after(3000))
    received(data=b"three", due=after(30))
    assert [bytes(Notice.objects.get(pk=line.notice.pk).data) for line in notice_lines(office, after(90))] == [
        b"three",
        b"two",
        b"one",
    ]


def test_a_county_reads_and_finishes_only_what_it_was_given():
    own = received(data=b"own", unit="C-XD-LG")
    other = received(data=b"other")
    county, stranger = an_actor(Role.COUNTY, COUNTY), an_actor(Role.COUNTY, OTHER_COUNTY)
    assert own.task.place == COUNTY
    assert [line.notice.pk for line in notice_lines(county, after(1))] == [own.pk]
    assert notice_lines(stranger, after(1)) == []
    for actor, notice in ((county, other), (stranger, own)):
        with pytest.raises(Http404):
            notice_seen_by(actor, notice.pk, after(1))
        with pytest.raises(Http404):
            finish(notice.task, actor=actor)
    assert finish(own.task, actor=county).done_at


def test_a_named_rule_says_whether_it_is_in_force(office):
    made = received(rules=("R12", "R14", "R99", "R14"))
    assert made.rules == ["R12", "R14", "R99"]
    assert [one.since for one in named_rules(office, made, MORNING)] == [None, None, None]
    the_rules(after(10))
    since = {one.rule: one.since for one in named_rules(office, made, after(20))}
    assert since["R14"] == after(10) and since["R99"] is None
    assert all(one.since is None for one in named_rules(office, made, after(9)))


@given(st.text(max_size=12))
def test_an_id_of_a_rule_holds_no_sign_of_a_page_or_query(text):
    from hucheng.command.notices.actions import RULE

    assert not RULE.fullmatch(text) or text.replace("-", "").isalnum()


@pytest.mark.parametrize("change", [{"title": "x"}, {"data": b"x"}, {"rules": []}])
def test_the_database_lets_no_notice_change(change):
    received()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**change)


def test_the_database_lets_a_task_change_only_by_being_done():
    task = received().task
    rows = NoticeTask.objects.filter(pk=task.pk)
    for change in ({"due": after(9999)}, {"text": "less"}, {"place": COUNTY}, {"done_at": after(1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    finish(task)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(done_at=None)


def test_the_database_refuses_a_task_without_time():
    made = received()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTask.objects.create(
            notice=made, unit_id="TY-LGO", place="140100", text="x", given_at=MORNING, due=MORNING
        )


def test_a_longer_list_asks_no_more_of_the_database(office, django_assert_num_queries):
    received(data=b"first")
    with django_assert_num_queries(1):
        notice_lines(office, after(1))
    for number in range(9):
        received(data=f"n{number}".encode())
    with django_assert_num_queries(1):
        assert len(notice_lines(office, after(1))) == 10


def page(client, method, name, *args, role=Role.COMMAND_OFFICE, place="140100", language="en", **given_):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    with frozen_at(after(30)):
        return getattr(client, method)(reverse(f"command:{name}", args=args), given_)


FORM = {
    "sender": "CAAC", "title": "No. 2", "text": "All flights land first elsewhere.", "rules": "R12, R14、R15",
    "ask": "Prepare the airport", "unit": "TY-MOAT", "due": "2020-03-23T18:00",
}  # fmt: skip


def test_the_office_receives_by_form_and_marks_done(client):
    answer = page(client, "post", "notices", **FORM)
    made = Notice.objects.get()
    assert answer.status_code == 302 and made.rules == ["R12", "R14", "R15"] and made.task.unit_id == "TY-MOAT"
    shown = page(client, "get", "notice", made.pk).content.decode()
    assert "All flights land first" in shown and "not in force here" in shown and "To be done by 03-23 18:00" in shown
    empty = page(client, "post", "finish_notice_task", made.task.pk, evidence="")
    assert empty.status_code == 422 and "evidence_missing" in empty.content.decode()
    assert page(client, "post", "finish_notice_task", made.task.pk, evidence="Hall 2 open").status_code == 302
    assert "Done in time." in page(client, "get", "notice", made.pk).content.decode()


def test_a_file_comes_back_byte_by_byte_and_is_never_opened_in_the_house(client):
    data = b"<html><script>alert(1)</script></html>"
    file = SimpleUploadedFile("../../evil.html", data)
    assert page(client, "post", "notices", **(FORM | {"text": ""}), file=file).status_code == 302
    answer = page(client, "get", "notice_file", Notice.objects.get().pk)
    assert answer.content == data and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="notice-')
    assert "<script>alert" not in page(client, "get", "notice", Notice.objects.get().pk).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"sender": ""}, {"due": "soon"}, {"unit": "BJ-RECV"}, {"rules": "x y"}]
)
def test_a_form_that_says_too_little_is_answered_in_words(client, wrong):
    answer = page(client, "post", "notices", **(FORM | wrong))
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode() and not Notice.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "One notice is here, still to be done: 1."), ("zh-hans", "收文 1 件，待办 1 件")]
)
def test_the_list_opens_with_its_sentence(client, language, sentence):
    received()
    answer = page(client, "get", "notices", role=Role.LEADING_GROUP, language=language)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert '<form method="post" enctype' not in answer.content.decode()


def test_readers_do_not_receive_and_strangers_find_nothing(client):
    made = received()
    assert page(client, "post", "notices", role=Role.LEADING_GROUP, **FORM).status_code == 404
    for name in ("notice", "notice_file"):
        assert page(client, "get", name, made.pk, role=Role.COUNTY, place=OTHER_COUNTY).status_code == 404
    other = page(client, "post", "finish_notice_task", made.task.pk, role=Role.COUNTY, place=OTHER_COUNTY, evidence="")
    assert other.status_code == 404
