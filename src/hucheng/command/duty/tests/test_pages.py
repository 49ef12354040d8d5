"""The page of the roster: who sees it, who may write what, what a wrong form answers, what goes out as a sheet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.command.duty.actions import ShiftIn, fill_roster, hand_over
from hucheng.command.duty.models import Shift
from hucheng.command.testing import anybody, listed, opened, sent, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
READERS = {Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.ENTRY, Role.MEDICAL, Role.QUARANTINE}
FILL = {"day": "2020-03-22", "leader": "路知微", "deputy": "顾长汀"}
SWAP = {"first": "2020-03-21", "second": "2020-03-22", "why": "出差"}


def filled(*leaders, deputy="副"):
    shifts = [ShiftIn(TODAY + timedelta(days=n), leader, deputy) for n, leader in enumerate(leaders)]
    return fill_roster(actor=an_actor(Role.COMMAND_OFFICE), shifts=shifts, at=MORNING)


def leaders():
    return list(Shift.objects.values_list("leader", flat=True))


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_each_role_sees_and_writes_what_is_its_part(client, role):
    filled("甲", "乙")
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    page = opened(client, "duty")
    assert page.status_code == (200 if role in READERS else 404)
    text = page.content.decode()
    keeps, leaves = role == Role.COMMAND_OFFICE, role in (Role.COMMAND_OFFICE, Role.LEADING_GROUP)
    assert [reverse(f"command:{name}") in text for name in ("fill_roster", "swap_shifts", "hand_over")] == [
        keeps, keeps, leaves,
    ]  # fmt: skip
    assert sent(client, "fill_roster", **FILL).status_code == (302 if keeps else 404)
    assert sent(client, "swap_shifts", **SWAP).status_code == (302 if keeps else 404)
    assert sent(client, "hand_over", day="2020-03-21", note="x").status_code == (302 if leaves else 404)
    assert leaders() == (["路知微", "甲"] if keeps else ["甲", "乙"])


@pytest.mark.parametrize(
    ("language", "words", "none"),
    [("en", "leads today", "Nobody leads today"), ("zh-hans", "今日由", "今日无人带班")],
)
def test_the_page_opens_with_who_leads_today(client, language, words, none):
    signed_in(client, language=language)
    assert none in opened(client, "duty").content.decode()
    filled("秦望舒")
    text = opened(client, "duty").content.decode()
    assert "秦望舒" in text and words in text and none not in text


def test_forms_fill_swap_and_hand_over(client):
    filled("秦望舒")
    assert sent(signed_in(client), "fill_roster", **FILL).url == reverse("command:duty")
    sent(client, "swap_shifts", **SWAP)
    sent(client, "hand_over", day="2020-03-21", note="酒店尚缺十间", at=after(60))
    text = opened(client, "duty", at=after(70)).content.decode()
    assert leaders() == ["路知微", "秦望舒"] and "酒店尚缺十间" in text
    assert "秦望舒 → 路知微" in text and "出差" in text


@pytest.mark.parametrize(
    ("name", "fields", "bound", "field"),
    [
        ("fill_roster", FILL | {"leader": ""}, "fill_form", "leader"),
        ("fill_roster", FILL | {"leader": "名" * 61}, "fill_form", "leader"),
        ("fill_roster", FILL | {"deputy": "名" * 61}, "fill_form", "deputy"),
        ("fill_roster", FILL | {"day": "tomorrow"}, "fill_form", "day"),
        ("fill_roster", FILL | {"day": "2020-02-30"}, "fill_form", "day"),
        ("swap_shifts", SWAP | {"second": ""}, "swap_form", "second"),
        ("hand_over", {"day": "2020-03-21", "note": " "}, "note_form", "note"),
        ("hand_over", {"day": "2020-03-21", "note": "字" * 4001}, "note_form", "note"),
        ("hand_over", {"day": "", "note": "x"}, "note_form", "day"),
    ],
)
def test_a_wrong_form_names_the_field_keeps_the_values_and_writes_nothing(client, name, fields, bound, field):
    filled("甲", "乙")
    page = sent(signed_in(client), name, **fields)
    form = page.context[bound]
    assert page.status_code == 422 and list(form.errors) == [field]
    assert form.data.dict() == fields and str(form.errors[field][0]) in page.content.decode()
    assert leaders() == ["甲", "乙"] and not Shift.objects.exclude(handover="").exists()


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("fill_roster", FILL | {"day": "2020-03-20"}, "day_over"),
        ("swap_shifts", SWAP | {"second": "2020-03-21"}, "cannot_swap"),
        ("swap_shifts", SWAP | {"second": "2020-03-29"}, "cannot_swap"),
        ("hand_over", {"day": "2020-03-22", "note": "x"}, "day_to_come"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refused_act_is_answered_on_the_page_in_the_reader_s_language(client, name, fields, code, language):
    filled("甲", "乙")
    page = sent(signed_in(client, language=language), name, **fields)
    refusal = page.context["refusal"]
    assert page.status_code == 422 and refusal.code == code and code in page.content.decode()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refusal.do)) == (language == "zh-hans")
    assert leaders() == ["甲", "乙"]


def test_a_day_without_a_shift_is_not_handed_over(client):
    assert sent(signed_in(client), "hand_over", day="2020-03-21", note="x").status_code == 404


def test_the_note_s_form_begins_with_today_in_the_city(client):
    page = opened(signed_in(client), "duty", at=MORNING + timedelta(hours=16))
    assert 'value="2020-03-22"' in page.content.decode()


@pytest.mark.parametrize(
    ("language", "heads", "nobody"),
    [
        ("en", ["Day", "Leader", "Deputy", "Handover note"], "nobody named"),
        ("zh-hans", ["日期", "带班领导", "副带班", "交接记录"], "尚未排定"),
    ],
)
def test_the_sheet_says_every_day_with_its_gaps(client, language, heads, nobody):
    filled("甲")
    hand_over(actor=an_actor(Role.LEADING_GROUP), day=TODAY, note="=cmd|'/C calc'!A0", at=after(5))
    told, *rows = listed(signed_in(client, language=language), "duty", "roster")
    assert told == heads and len(rows) == 14
    assert rows[0][:3] == ["2020-03-21", "甲", "副"] and not rows[0][3].startswith("=")
    assert rows[1] == ["2020-03-22", nobody, "", ""] and rows[13][0] == "2020-04-03"


def test_the_office_of_a_county_opens_its_own_empty_roster(client):
    filled("甲")
    text = opened(signed_in(client, place=COUNTY), "duty").content.decode()
    assert "Nobody leads today" in text and "甲" not in text


def test_the_page_asks_the_same_of_the_database_for_one_day_and_for_fourteen(client):
    signed_in(client)
    counts = []
    for leaders_ in (["甲"], ["乙"] * 14):
        filled(*leaders_)
        with CaptureQueriesContext(connection) as asked:
            opened(client, "duty")
        counts.append(len(asked))
    assert counts[0] == counts[1]
