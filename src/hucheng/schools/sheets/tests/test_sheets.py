"""Lists in and out: what is right gets in once, the rest is named with its remedy, and nothing half."""

import codecs
import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after
from hucheng.engines.papers import handover_xlsx
from hucheng.schools.readiness.models import ReadinessItem, School, SelfCheck, State
from hucheng.schools.sheets.actions import receive_sheet
from hucheng.schools.sheets.columns import COLUMNS
from hucheng.schools.sheets.models import SheetReceipt
from hucheng.schools.sheets.queries import rows_to_mend, template_rows
from hucheng.schools.testing import a_school, county_clerk, education, head_of, items_of, stated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counties")]
SCHOOLS, ITEMS = SheetReceipt.Kind.SCHOOLS, SheetReceipt.Kind.ITEMS
HEADS = {kind: [column.en for column in columns] for kind, columns in COLUMNS.items()}
HEADS_ZH = {kind: [column.zh for column in columns] for kind, columns in COLUMNS.items()}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


A = ["S14010501", "140105", "云溪高级中学", "Yunxi Senior High School", "senior", "10", "12", "430"]
B = ["S14010502", "140105", "松岭中学", "Songling Middle School", "完全中学", "7", "12", "388"]
I4 = ["S14010501", "4", "yes", "classes of 28", "28", "", "2020-06-30"]
I5 = ["S14010501", "5", "否", "12 间住 4 人", "4", "", ""]


def as_csv(*rows, head=None, kind=SCHOOLS, encoding="utf-8", separator=","):
    out = StringIO()
    sheet = csv.writer(out, delimiter=separator)
    sheet.writerows([HEADS[kind] if head is None else head, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows, kind=SCHOOLS, above=()):
    book = Workbook()
    for row in [*above, HEADS_ZH[kind], *rows]:
        book.active.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def taken(data, kind=SCHOOLS, actor=None, at=MORNING, name="list"):
    return receive_sheet(actor=actor or education(), kind=kind, name=name, data=data, at=at)


def counts(receipt):
    return receipt.new, receipt.changed, receipt.known, receipt.to_mend


def faults(receipt):
    return [(fault["line"], fault["field"], fault["code"]) for fault in receipt.faults]


ENCODED = {
    "utf-8": lambda: as_csv(A, B),
    "with a mark": lambda: codecs.BOM_UTF8 + as_csv(A, B),
    "gb18030": lambda: as_csv(A, B, head=HEADS_ZH[SCHOOLS], encoding="gb18030"),
    "utf-16": lambda: as_csv(A, B, encoding="utf-16"),
    "semicolons": lambda: as_csv(A, B, separator=";"),
    "tabs": lambda: as_csv(A, B, separator="\t"),
    "workbook": lambda: as_xlsx(A, B),
    "workbook of numbers": lambda: as_xlsx([*A[:5], 10, 12.0, 430], B),
    "title above": lambda: as_xlsx(A, B, above=[["学校名录"], []]),
    "columns turned round": lambda: as_csv(A[::-1], B[::-1], head=HEADS[SCHOOLS][::-1]),
    "columns more": lambda: as_csv([*A, "x"], [*B, "y"], head=[*HEADS[SCHOOLS], "remark"]),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_a_list_is_read_in_whatever_form_it_comes(data):
    assert counts(taken(data())) == (2, 0, 0, 0)
    school = School.objects.get(code="S14010501")
    assert (school.name_zh, school.grade12, school.first_grade) == ("云溪高级中学", 430, 10)
    assert School.objects.get(code="S14010502").kind == "complete"


def test_the_same_list_again_adds_nothing_and_a_correction_changes_one():
    taken(as_csv(A, B))
    assert counts(taken(as_xlsx(A, B), at=after(5))) == (0, 0, 2, 0)
    assert counts(taken(as_csv([*A[:-1], "431"], B), at=after(9))) == (0, 1, 1, 0)
    assert ReadinessItem.objects.count() == 20


BAD_SCHOOLS = {
    "school_code": ("code", ["X1", *A[1:]]),
    "other place's code": ("code", ["S14010601", *A[1:]]),
    "school_kind": ("kind", [*A[:4], "academy", *A[5:]]),
    "no_number": ("grade12", [*A[:7], "many"]),
    "negative": ("grade12", [*A[:7], "-5"]),
    "school_pupils": ("grade12", [*A[:7], "99999999"]),
    "school_grades": ("first_grade", [*A[:5], "12", "10", "430"]),
    "school_unnamed": ("name_zh", [*A[:2], "", *A[3:]]),
    "unnamed in English": ("name_en", [*A[:3], " ", *A[4:]]),
    "too long in English": ("name_en", [*A[:3], "s" * 121, *A[4:]]),
    "formula": ("name_zh", [*A[:2], '=HYPERLINK("http://x")', *A[3:]]),
    "wide formula": ("name_en", [*A[:3], "＝1+1", *A[4:]]),
    "too_long": ("name_zh", [*A[:2], "长" * 81, *A[3:]]),
    "control_signs": ("name_en", [*A[:3], "a\x07b", *A[4:]]),
}


@pytest.mark.parametrize(("field", "row"), BAD_SCHOOLS.values(), ids=BAD_SCHOOLS.keys())
def test_a_row_that_cannot_be_is_named_by_line_and_field_and_the_others_get_in(field, row):
    receipt = taken(as_csv(row, B))
    assert counts(receipt) == (1, 0, 0, 1)
    assert faults(receipt)[0][:2] == (2, field)
    (fault,) = receipt.faults
    assert fault["why"]["zh"] != fault["why"]["en"] and fault["do"]["zh"] != fault["do"]["en"]
    assert [school.code for school in School.objects.all()] == ["S14010502"]


def test_a_school_that_stands_twice_is_taken_once_and_the_second_is_named():
    receipt = taken(as_csv(A, B, [*A[:-1], "999"]))
    assert counts(receipt) == (2, 0, 0, 1) and faults(receipt) == [(4, "code", "twice")]
    assert School.objects.get(code="S14010501").grade12 == 430


def test_a_county_takes_in_its_own_schools_and_names_the_others():
    receipt = taken(as_csv(A, ["S14012301", "140123", *A[2:]]), actor=county_clerk(OTHER_COUNTY))
    assert counts(receipt) == (1, 0, 0, 1) and faults(receipt) == [(2, "place", "other_place")]


def test_a_row_of_no_county_waits_on_the_receipt_and_the_others_get_in():
    receipt = taken(as_csv(A, ["S14019901", "140199", *A[2:]]))
    assert counts(receipt) == (1, 0, 0, 1) and faults(receipt) == [(3, "place", "county_unknown")]


def noise(seed):
    import random

    return random.Random(seed).randbytes(3000)


def zipped(name, data=b"x"):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf \r\n",
    "pdf": b"%PDF-1.7 and more",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "program": b"MZ" + bytes(200),
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "another archive": zipped("a.txt"),
    "no workbook inside": zipped("xl/workbook.xml", b"<not a workbook"),
    "noise": noise(1),
    "other noise": noise(2),
    "half a workbook": as_xlsx(A, B)[:1500],
    "heads alone": as_csv(),
    "no heads": as_csv(A, B, head=A),
    "one word": "学校".encode(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("kind", SheetReceipt.Kind.values)
def test_a_file_that_is_no_list_is_refused_in_words_and_leaves_nothing(data, kind):
    with pytest.raises(Refusal) as no:
        taken(data, kind)
    assert str(no.value.why) and str(no.value.do) and "passenger" not in str(no.value.why)
    assert not School.objects.exists() and not SheetReceipt.objects.exists()
    assert AuditLine.objects.filter(act="schools.sheets.receive_sheet").exclude(refused="").count() == 1


def test_a_missing_column_is_named():
    with pytest.raises(Refusal) as no:
        taken(as_csv(A[:-2], head=HEADS[SCHOOLS][:-2]))
    assert no.value.code == "columns_missing" and "Highest grade" in str(no.value.why)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(1, 200), spoilt=st.integers(0, 255))
def test_a_file_cut_or_spoilt_anywhere_is_refused_or_every_row_of_it_is_accounted_for(db, cut, spoilt):
    data = bytearray(as_csv(A, B))
    place = cut % len(data)
    data[place] = spoilt
    for file in (bytes(data), bytes(as_csv(A, B)[:place])):
        with transaction.atomic():
            try:
                receipt = taken(file)
                assert receipt.new + receipt.to_mend == receipt.rows <= 3
                assert School.objects.count() == receipt.new
            except Refusal as no:
                assert str(no.why) and not School.objects.exists()
            transaction.set_rollback(True)


def test_a_crash_half_way_leaves_nothing(monkeypatch):
    school = a_school()

    def crash(**kwargs):
        SelfCheck.objects.create(
            item=items_of(school, 1)[0], in_place=False, evidence="x", by_id=head_of().user_id, at=MORNING
        )
        raise RuntimeError("the machine stops")

    monkeypatch.setattr("hucheng.schools.sheets.actions.declare", crash)
    with pytest.raises(RuntimeError):
        taken(as_csv(I4, kind=ITEMS), ITEMS)
    assert not SelfCheck.objects.exists() and not SheetReceipt.objects.exists()


def test_statements_of_items_come_in_and_wait_for_an_inspection():
    school = a_school()
    receipt = taken(as_csv(I4, I5, kind=ITEMS), ITEMS, head_of())
    assert counts(receipt) == (2, 0, 0, 0)
    four, five = items_of(school, 4, 5)
    assert four.state(MORNING.date()) == State.TO_INSPECT and four.declared.by_id == head_of().user_id
    assert five.state(MORNING.date()) == State.MISSING and five.declared.evidence == "12 间住 4 人"


def test_the_same_statements_again_add_nothing_and_a_correction_is_a_new_one():
    a_school()
    taken(as_csv(I4, I5, kind=ITEMS), ITEMS)
    assert counts(taken(as_xlsx(I4, I5, kind=ITEMS), ITEMS, at=after(5))) == (0, 0, 2, 0)
    mended = ["S14010501", "5", "yes", "three a room", "3", "", "2020-06-30"]
    assert counts(taken(as_csv(I4, mended, kind=ITEMS), ITEMS, at=after(9))) == (0, 1, 1, 0)
    assert SelfCheck.objects.count() == 3


BAD_ITEMS = {
    "unknown school": ("unknown_school", "code", ["S14010599", *I4[1:]]),
    "no item": ("no_such_item", "number", [I4[0], "11", *I4[2:]]),
    "word for number": ("no_number", "number", [I4[0], "four", *I4[2:]]),
    "neither": ("yes_or_no", "in_place", [*I4[:2], "perhaps", *I4[3:]]),
    "beyond": ("beyond_the_limit", "figure", [*I4[:4], "31", *I4[5:]]),
    "no figure": ("figure_missing", "figure", [*I4[:4], "", *I4[5:]]),
    "long number": ("too_long", "reference", [*I4[:5], "n" * 121, I4[6]]),
    "no evidence": ("evidence_missing", "evidence", [*I4[:3], " ", *I4[4:]]),
    "31 June": ("no_day", "valid_until", [*I4[:6], "2020-06-31"]),
    "two ways round": ("no_day", "valid_until", [*I4[:6], "03/04/2020"]),
    "past": ("impossible_day", "valid_until", [*I4[:6], "2020-03-20"]),
    "far": ("impossible_day", "valid_until", [*I4[:6], "2031-01-01"]),
    "no day": ("no_last_day", "valid_until", [*I4[:6], ""]),
    "formula": ("formula", "evidence", [*I4[:3], "@SUM(A1)", *I4[4:]]),
}


@pytest.mark.parametrize(("code", "field", "row"), BAD_ITEMS.values(), ids=BAD_ITEMS.keys())
def test_a_statement_that_cannot_stand_is_named_and_the_others_get_in(code, field, row):
    a_school()
    receipt = taken(as_csv(row, I5, kind=ITEMS), ITEMS)
    assert counts(receipt) == (1, 0, 0, 1) and faults(receipt) == [(2, field, code)]
    assert SelfCheck.objects.get().item.number == 5


@pytest.mark.parametrize("day", ["2020-06-30", "2020/6/30", "2020年6月30日", "20200630", "30-Jun-2020", "44012"])
def test_days_are_read_as_people_write_them(day):
    a_school()
    assert counts(taken(as_csv([*I4[:6], day], kind=ITEMS), ITEMS)) == (1, 0, 0, 0)
    assert str(SelfCheck.objects.get().valid_until) == "2020-06-30"


def test_a_school_states_its_own_items_only_and_enters_no_school():
    a_school("S14010501")
    a_school("S14010502")
    receipt = taken(as_csv(I4, ["S14010502", *I4[1:]], kind=ITEMS), ITEMS, head_of())
    assert counts(receipt) == (1, 0, 0, 1) and faults(receipt) == [(3, "code", "unknown_school")]
    with pytest.raises(Refusal) as no:
        taken(as_csv(A), SCHOOLS, head_of())
    assert no.value.code == "schools_by_others"


def test_the_template_sent_back_unchanged_adds_nothing():
    school = a_school(name_en="+1 School")
    stated(school, 1, 4, 5, evidence="-3 见附件")
    for kind in (SCHOOLS, ITEMS):
        data = handover_xlsx(template_rows(education(), kind, MORNING), title="list")
        receipt = taken(data, kind, at=after(5))
        assert receipt.known == receipt.rows > 0
    assert SelfCheck.objects.count() == 3 and School.objects.get().name_en == "+1 School"


def test_the_template_of_a_school_without_statements_is_an_empty_list_of_ten():
    a_school()
    rows = template_rows(head_of(), ITEMS, MORNING)
    assert len(rows) == 10 and {row["Item"] for row in rows} == {str(n) for n in range(1, 11)}
    with pytest.raises(Refusal) as no:
        taken(handover_xlsx(rows, title="x"), ITEMS, head_of())
    assert no.value.code == "no_rows" and not SheetReceipt.objects.exists()


def test_rows_to_mend_are_mended_and_sent_again_without_doubling():
    receipt = taken(as_csv([*A[:7], "many"], B))
    (row,) = rows_to_mend(receipt)
    assert row["Line"] == "2" and row["What is wrong"] and row["Remedy"]
    mended = handover_xlsx([row | {"Pupils of grade 12": "430"}], title="x")
    assert counts(taken(mended, at=after(5))) == (1, 0, 0, 0)
    assert School.objects.count() == 2


def test_a_receipt_accounts_for_every_row_and_is_not_rewritten():
    receipt = taken(as_csv(A))
    with pytest.raises(IntegrityError, match="no_update"), transaction.atomic():
        SheetReceipt.objects.update(new=5)
    with pytest.raises(IntegrityError, match="accounted_for"), transaction.atomic():
        SheetReceipt.objects.create(place="140105", kind=SCHOOLS, name="x", sha256="0", rows=3, new=1, changed=0,
                                    known=0, to_mend=1, at=MORNING, by_id=receipt.by_id)  # fmt: skip


def asked(client, actor, name, *args, data=None, language="en"):
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(MORNING):
        url = reverse(f"schools:{name}", args=args)
        return client.get(url) if data is None else client.post(url, data)


def sent(client, actor, data, kind=SCHOOLS, **kwargs):
    file = BytesIO(data)
    file.name = "list.csv"
    return asked(client, actor, "sheets", data={"kind": kind, "file": file}, **kwargs)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "不是整数"), ("en", "This is no whole number")])
def test_the_page_names_each_row_to_mend_and_gives_them_as_a_workbook(client, language, words):
    a_city()
    answer = sent(client, county_clerk(), as_csv([*A[:7], "many"], B), language=language)
    assert answer.status_code == 302
    receipt = SheetReceipt.objects.get()
    page = asked(client, county_clerk(), "sheet", receipt.pk, language=language).content.decode()
    assert words in page and "many" in page
    book = load_workbook(BytesIO(asked(client, county_clerk(), "to_mend", receipt.pk, language=language).content))
    head, row = book.active.iter_rows(values_only=True)
    assert len(head) == 11 and row[0] == "S14010501" and row[8] == "2" and words in row[9]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_that_is_no_list_answers_422_with_its_remedy(client, language):
    answer = sent(client, education(), b"%PDF-1.4", language=language)
    page = answer.content.decode()
    assert answer.status_code == 422 and "wrong_type" in page
    assert ("这不是学校表格文件" if language == "zh-hans" else "no list of schools") in page
    assert asked(client, education(), "sheets", data={"kind": "schools"}, language=language).status_code == 422


def test_receipts_and_templates_of_others_are_not_there(client):
    a_school()
    receipt = taken(as_csv(I4, kind=ITEMS), ITEMS, head_of())
    for stranger in (head_of("S14010502"), county_clerk(OTHER_COUNTY)):
        assert asked(client, stranger, "sheet", receipt.pk).status_code == 404
        assert asked(client, stranger, "to_mend", receipt.pk).status_code == 404
    assert asked(client, county_clerk(), "sheet", receipt.pk).status_code == 200
    assert asked(client, head_of(), "template", "schools").status_code == 404
    assert asked(client, head_of(), "template", "items").status_code == 200
    assert asked(client, education(), "template", "secrets").status_code == 404


@pytest.mark.parametrize("inside", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_part_is_refused_whole(inside):
    whole, damaged = ZipFile(BytesIO(as_xlsx(A, B))), BytesIO()
    with ZipFile(damaged, "w") as out:
        for name in whole.namelist():
            out.writestr(name, b"<not xml" if name == inside else whole.read(name))
    with pytest.raises(Refusal) as no:
        taken(damaged.getvalue())
    assert no.value.code == "broken_file" and not School.objects.exists() and not SheetReceipt.objects.exists()
