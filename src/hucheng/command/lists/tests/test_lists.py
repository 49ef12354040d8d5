"""A sheet of directives: looked at row by row, each fault told, nothing lost, then taken in as a person chose."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import translation
from openpyxl import load_workbook

from hucheng.command.directives.actions import reject
from hucheng.command.directives.forms import first_values
from hucheng.command.directives.models import Directive
from hucheng.command.lists.actions import receive_list, take_list
from hucheng.command.lists.models import DirectiveList
from hucheng.command.lists.queries import rows_to_look_at, to_mend
from hucheng.command.lists.reading import MOST_ROWS
from hucheng.command.testing import anybody, opened, refused, sent, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.engines.papers import table_csv, table_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DAY = date(2020, 3, 21)
HEADS = ["部署", "牵头单位", "配合单位", "期限", "指标", "不设指标的理由"]
HOTELS = ["两日内征用一批酒店", "", "", "", "", ""]
SCHOOLS = ["逐校核对返校名单", "市教育局", "各县区、TY-HC", "2020-03-26 12:00", "", "一次性任务"]
VAGUE = ["擦亮门牌", "", "", "", "", ""]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def office():
    return an_actor(Role.COMMAND_OFFICE)


def sheet(*rows, heads=HEADS, write=table_csv):
    return write(heads, list(rows), title="清单")


def received(*rows, heads=HEADS, write=table_csv, name="list.csv"):
    data = sheet(*rows, heads=heads, write=write)
    return receive_list(actor=an_actor(Role.COMMAND_OFFICE), name=name, data=data, held_on=DAY, at=MORNING)


def looked_at(one, units=None):
    return rows_to_look_at(one, MORNING, units or {})


def faults(*row):
    (found,) = looked_at(received(list(row)))
    return [(fault.field, str(fault.why)) for fault in found.faults]


@pytest.mark.parametrize("write", [table_csv, table_xlsx])
def test_a_sheet_is_kept_and_nothing_becomes_a_directive_before_it_is_looked_at(write):
    one = received(HOTELS, SCHOOLS, VAGUE, write=write)
    assert len(one.cells) == 3 and not Directive.objects.exists()
    hotels, schools, vague = looked_at(one)
    assert (hotels.unit, hotels.proposed, hotels.is_whole) == ("TF-HOTEL", True, True)
    assert f"{hotels.due:%m-%d}" == "03-23" and hotels.theme == "capital_moat"
    assert (schools.unit, schools.proposed, schools.supports) == ("TY-EDU", False, ("C-*-LG", "TY-HC"))
    assert schools.no_measure == "一次性任务" and schools.due == after(4 * 60, days=5)
    assert (vague.unit, vague.is_whole, vague.faults) == ("", False, [])


def test_whom_a_row_names_is_proposed_before_the_catalogue():
    (row,) = looked_at(received(["教育部门要两日内征用一批酒店", "", "", "", "", ""]))
    assert row.unit == "TY-EDU" and row.proposed and "TF-HOTEL" in row.supports


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (["", "市教育局", "", "", "", ""], "text", "no directive"),
        (["字" * 2001, "", "", "", "", ""], "text", "2000"),
        (["擦亮门牌", "某公司", "", "", "", ""], "unit", "某公司"),
        (["擦亮门牌", "各县区", "", "", "", ""], "unit", "cannot lead"),
        (["擦亮门牌", "市教育局", "某公司", "", "", ""], "supports", "某公司"),
        (["擦亮门牌", "", "", "尽快", "", ""], "due", "尽快"),
        (["擦亮门牌", "", "", "03/04/2021", "", ""], "due", "could be two"),
        (["擦亮门牌", "", "", "2020-03-20", "", ""], "due", "over already"),
        (["擦亮门牌", "", "", "", "多少个", ""], "measure", "多少个"),
        (["擦亮\u202e门牌", "", "", "", "", ""], "text", "signs that no text has"),
    ],
    ids=["no text", "long", "unknown", "pattern", "support", "vague", "two days", "over", "measure", "signs"],
)
def test_each_fault_of_a_row_names_its_column_and_what_is_wrong(row, field, words):
    ((where, why),) = faults(*row)
    assert where == field and words in why


def test_a_formula_is_told_and_not_run():
    data = "部署,牵头单位\n=HYPERLINK(1),\n".encode()
    one = receive_list(actor=an_actor(Role.COMMAND_OFFICE), name="x.csv", data=data, held_on=DAY, at=MORNING)
    assert "formula" in str(looked_at(one)[0].faults[0].why)


def test_the_same_words_twice_and_words_on_record_are_taken_once(office):
    first = received(HOTELS, HOTELS)
    assert [bool(row.faults) for row in looked_at(first)] == [False, True]
    take_list(actor=office, list_id=first.pk, units={}, at=MORNING)
    ((_field, why),) = faults(*HOTELS[:5], "再来")
    assert "list.csv" in why
    assert Directive.objects.count() == 1


def test_words_that_were_set_aside_may_come_again(office):
    one = received(HOTELS)
    take_list(actor=office, list_id=one.pk, units={2: ""}, at=MORNING)
    reject(actor=office, directive_id=Directive.objects.get().pk, at=after(1))
    assert faults(*HOTELS[:5], "再来") == []


def test_good_rows_become_directives_and_the_others_stay_with_what_is_to_mend(office):
    one = received(HOTELS, ["擦亮门牌", "某公司", "", "尽快", "", ""], SCHOOLS, VAGUE)
    done = take_list(actor=office, list_id=one.pk, units={}, at=MORNING)
    made = list(Directive.objects.order_by("number"))
    assert [(row.text, row.state, row.lead_id) for row in made] == [
        (HOTELS[0], "accepted", "TF-HOTEL"),
        (SCHOOLS[0], "accepted", "TY-EDU"),
        (VAGUE[0], "proposed", None),
    ]
    assert all(done.meeting.clean_text[row.start : row.end] == row.text for row in made)
    assert done.meeting.document == "list.csv" and done.meeting.held_on == DAY
    (left,) = to_mend(done, MORNING)
    assert left["Directive"] == "擦亮门牌" and left["Lead"] == "某公司" and "尽快" in left["!"]
    assert sorted([*done.taken, 3]) == [row["line"] for row in done.cells]


def test_the_file_to_mend_once_mended_brings_the_rest(client, office):
    one = received(HOTELS, ["擦亮门牌", "某公司", "", "", "", ""])
    take_list(actor=office, list_id=one.pk, units={}, at=MORNING)
    book = load_workbook(io.BytesIO(opened(signed_in(client), "mend_list", one.pk).content))
    heads, row = [[cell.value or "" for cell in line] for line in book.active.iter_rows()]
    row[heads.index("Lead")] = "Civil Affairs Bureau"
    again = received(row, heads=heads, write=table_xlsx, name="mended.xlsx")
    take_list(actor=office, list_id=again.pk, units={}, at=after(1))
    assert {one.text: one.lead_id for one in Directive.objects.all()} == {HOTELS[0]: "TF-HOTEL", "擦亮门牌": "TY-CIVIL"}


def test_a_person_puts_another_lead_in_the_place_of_the_proposal(office):
    one = received(HOTELS, ["擦亮门牌", "某公司", "", "", "", ""], VAGUE)
    units = {2: "市文化和旅游局", 3: "TY-CIVIL", 4: ""}
    take_list(actor=office, list_id=one.pk, units=units, at=MORNING)
    assert [row.lead_id for row in Directive.objects.order_by("number")][:2] == ["TY-CULT", "TY-CIVIL"]


def test_a_lead_without_deadline_waits_and_the_form_shows_it(office):
    one = received(["擦亮门牌", "市民政局", "", "", "", ""])
    take_list(actor=office, list_id=one.pk, units={}, at=MORNING)
    made = Directive.objects.get()
    assert (made.state, made.assigned_at, first_values(made, None)["lead"]) == ("proposed", None, "TY-CIVIL")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        ("姓名,电话\n甲,1\n".encode(), "list_no_heads"),
        (",".join(HEADS).encode(), "list_no_rows"),
        (("部署\n" + "\n".join(f"第{n}项" for n in range(MOST_ROWS + 1))).encode(), "list_too_long"),
        (table_xlsx(HEADS, [HOTELS], title="x")[:-300], "broken_archive"),
        (b"\xff\xd8\xff\xe0 picture", "wrong_type"),
    ],
    ids=["empty", "heads", "rows", "long", "broken", "picture"],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(office, data, code):
    refused(code, receive_list, actor=office, name="x", data=data, held_on=DAY, at=MORNING)
    assert not DirectiveList.objects.exists()


def test_the_same_file_again_and_a_list_taken_in_again_are_refused(office):
    one = received(HOTELS)
    refused("list_known", receive_list, actor=office, name="x", data=sheet(HOTELS), held_on=DAY, at=MORNING)
    take_list(actor=office, list_id=one.pk, units={}, at=MORNING)
    refused("list_taken", take_list, actor=office, list_id=one.pk, units={}, at=after(1))
    assert Directive.objects.count() == 1


def test_nothing_is_taken_while_a_lead_written_by_hand_is_unknown_or_every_row_is_to_mend(office):
    one = received(HOTELS)
    no = refused("list_unit_unknown", take_list, actor=office, list_id=one.pk, units={2: "某公司"}, at=MORNING)
    assert "2" in str(no.why)
    bad = received(["擦亮门牌", "某公司", "", "", "", ""])
    refused("list_nothing_to_take", take_list, actor=office, list_id=bad.pk, units={2: "某公司"}, at=MORNING)
    assert not Directive.objects.exists()


def test_a_list_keeps_its_rows_by_the_database():
    one = received(HOTELS)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectiveList.objects.filter(pk=one.pk).update(cells=[])


def test_another_place_finds_no_list_to_take():
    one = received(HOTELS)
    with pytest.raises(Http404):
        take_list(actor=an_actor(Role.COMMAND_OFFICE, COUNTY), list_id=one.pk, units={}, at=MORNING)


def upload(client, *rows, **more):
    file = SimpleUploadedFile("list.csv", sheet(*rows), content_type="text/csv")
    return sent(client, "lists", file=file, held_on=f"{DAY}", **more)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["to mend", "will be assigned", "proposed", "No body of the city is called so"]),
        ("zh-hans", ["待改", "将直接派发", "系统建议", "本市没有这样的单位"]),
    ],
)
def test_the_office_sends_looks_and_takes(client, language, words):
    client = signed_in(client, language=language)
    answer = upload(client, HOTELS, ["擦亮门牌", "某公司", "", "", "", ""])
    assert answer.status_code == 302
    one = DirectiveList.objects.get()
    page = opened(client, "list", one.pk).content.decode()
    assert all(word in page for word in words) and 'name="unit-2"' in page and 'value="某公司"' in page
    wrong = sent(client, "take_list", one.pk, **{"unit-2": "无此单位", "unit-3": "某公司"})
    assert wrong.status_code == 422 and 'value="无此单位"' in wrong.content.decode()
    assert sent(client, "take_list", one.pk, **{"unit-2": "TF-HOTEL", "unit-3": "某公司"}).status_code == 302
    page = opened(client, "list", one.pk).content.decode()
    assert f"/meetings/{DirectiveList.objects.get().meeting_id}/" in page and "to-mend.xlsx" in page
    assert "list.csv" in opened(client, "lists").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_day_of_today_stands_in_the_form_as_browsers_read_it(client, language):
    page = opened(signed_in(client, language=language), "lists").content.decode()
    assert f'value="{DAY}"' in page


def test_a_bad_file_and_an_empty_form_are_told_on_the_page(client):
    client = signed_in(client)
    assert sent(client, "lists", held_on="2020-03-21").status_code == 422
    file = SimpleUploadedFile("x.csv", "姓名\n甲\n".encode())
    answer = sent(client, "lists", file=file, held_on="2020-03-21")
    assert answer.status_code == 422 and answer.context["refusal"].code == "list_no_heads"


def test_the_template_is_read_again_with_its_example(client, office):
    data = opened(signed_in(client), "list_template").content
    one = receive_list(actor=office, name="template.xlsx", data=data, held_on=DAY, at=MORNING)
    (row,) = looked_at(one)
    assert row.faults == [] and row.unit and row.due and row.measure


@pytest.mark.parametrize("role", [role for role in Role if role not in ("system", "command_office")])
def test_nobody_else_opens_or_takes_a_list(client, role):
    one = received(HOTELS)
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    assert opened(client, "lists").status_code == opened(client, "list", one.pk).status_code == 404
    assert sent(client, "take_list", one.pk).status_code == 404
    assert not Directive.objects.exists()
