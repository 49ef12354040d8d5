"""Workbooks and texts as schools really send them: what a cell may hold, where the heads may stand, what is refused."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, after, an_actor
from hucheng.schools.readiness.models import ReadinessItem, School, SelfCheck
from hucheng.schools.sheets.actions import receive_sheet
from hucheng.schools.sheets.columns import COLUMNS
from hucheng.schools.sheets.models import SheetReceipt
from hucheng.schools.sheets.queries import faults_said, receipt_seen_by, receipts, rows_to_mend
from hucheng.schools.testing import a_school, county_clerk, education, head_of, items_of, stated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counties")]
SCHOOLS, ITEMS = SheetReceipt.Kind.SCHOOLS, SheetReceipt.Kind.ITEMS
A = ["S14010501", "140105", "云溪高级中学", "Yunxi Senior High School", "senior", 10, 12, 430]
I4 = ["S14010501", 4, "yes", "classes of 28", 28, "", date(2020, 6, 30)]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def heads(kind):
    return [column.en for column in COLUMNS[kind]]


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def a_book(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def taken(data, kind=SCHOOLS, actor=None, at=MORNING, name="list"):
    return receive_sheet(actor=actor or education(), kind=kind, name=name, data=data, at=at)


def refusal(data, kind=SCHOOLS, **kwargs):
    with pytest.raises(Refusal) as no:
        taken(data, kind, **kwargs)
    assert not SheetReceipt.objects.exists() and not School.objects.exists()
    return no.value


def changed(row, **cells):
    """The row with some of its cells, named by field, replaced."""
    fields = [
        column.field for column in COLUMNS[SCHOOLS if len(row) == len(A) and row[0] == A[0] and row[1] != 4 else ITEMS]
    ]
    return [cells.get(field, value) for field, value in zip(fields, row, strict=True)]


def the_fault(receipt):
    (fault,) = receipt.faults
    return fault["field"], fault["code"]


@pytest.mark.parametrize(
    ("cells", "stated_as"),
    [
        ({"in_place": True}, True),
        ({"in_place": False}, False),
        ({"in_place": 1}, True),
        ({"in_place": 0}, False),
        ({"in_place": "是"}, True),
        ({"in_place": "未到位"}, False),
        ({"in_place": "YES"}, True),
        ({"number": "４"}, True),
        ({"number": 4.0}, True),
        ({"figure": "２８"}, True),
        ({"figure": 28.0}, True),
        ({"valid_until": datetime(2020, 6, 30)}, True),
        ({"valid_until": "２０２０-06-30"}, True),
        ({"valid_until": "2020.6.30"}, True),
        ({"code": " s14010501 "}, True),
        ({"evidence": "line one\nline two"}, True),
        ({"valid_until": datetime(2020, 6, 30, 12, 30)}, True),
        ({"evidence": "'-3 rooms"}, True),
    ],
)
def test_a_cell_is_read_as_people_and_spreadsheets_write_it(cells, stated_as):
    a_school()
    receipt = taken(a_book(heads(ITEMS), changed(I4, **cells)), ITEMS)
    assert receipt.faults == [] and receipt.new == 1
    check = SelfCheck.objects.get()
    assert (check.in_place, check.figure, check.item.number) == (stated_as, 28, 4)
    assert check.valid_until == date(2020, 6, 30) and check.evidence == cells.get("evidence", I4[3]).lstrip("'")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"in_place": None}, ("in_place", "yes_or_no")),
        ({"in_place": 2}, ("in_place", "yes_or_no")),
        ({"number": None}, ("number", "no_number")),
        ({"number": 4.5}, ("number", "no_number")),
        ({"number": "四"}, ("number", "no_number")),
        ({"number": -4}, ("number", "no_number")),
        ({"number": 0}, ("number", "no_such_item")),
        ({"number": 10**13}, ("number", "no_number")),
        ({"figure": "28 pupils"}, ("figure", "no_number")),
        ({"figure": 999_999_999_999}, ("figure", "figure_beyond")),
        ({"figure": "#N/A"}, ("figure", "no_number")),
        ({"figure": "=14+14"}, ("figure", "formula")),
        ({"reference": "=cmd|' /C calc'!A0"}, ("reference", "formula")),
        ({"evidence": "＠SUM(A1)"}, ("evidence", "formula")),
        ({"evidence": "'=1+1"}, ("evidence", "formula")),
        ({"evidence": None}, ("evidence", "evidence_missing")),
        ({"evidence": "x" * 2_001}, ("evidence", "too_long")),
        ({"valid_until": "三月底"}, ("valid_until", "no_day")),
        ({"valid_until": "end of June"}, ("valid_until", "no_day")),
        ({"valid_until": "2020-02-30"}, ("valid_until", "no_day")),
        ({"valid_until": "2020-03-20"}, ("valid_until", "impossible_day")),
        ({"code": None}, ("code", "unknown_school")),
        ({"code": "14010501"}, ("code", "unknown_school")),
    ],
)
def test_a_cell_that_says_nothing_usable_is_named_by_its_field(cells, fault):
    a_school()
    receipt = taken(a_book(heads(ITEMS), changed(I4, **cells), changed(I4, number=3, figure=None)), ITEMS)
    assert the_fault(receipt) == fault
    assert (receipt.rows, receipt.new, receipt.to_mend, receipt.faults[0]["line"]) == (2, 1, 1, 2)
    assert SelfCheck.objects.get().item.number == 3


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"place": 140106}, ("code", "school_code")),
        ({"place": "一四〇一〇五"}, ("code", "school_code")),
        ({"kind": None}, ("kind", "school_kind")),
        ({"kind": "college"}, ("kind", "school_kind")),
        ({"first_grade": None}, ("first_grade", "no_number")),
        ({"first_grade": "高一"}, ("first_grade", "no_number")),
        ({"last_grade": 13}, ("first_grade", "school_grades")),
        ({"grade12": "4.3e2"}, ("grade12", "no_number")),
        ({"grade12": 10_001}, ("grade12", "school_pupils")),
        ({"last_grade": 11}, ("grade12", "school_pupils")),
        ({"name_en": None}, ("name_en", "school_unnamed")),
        ({"name_zh": "校" * 81}, ("name_zh", "too_long")),
    ],
)
def test_a_school_that_cannot_be_is_named_by_its_field_and_value(cells, fault):
    receipt = taken(a_book(heads(SCHOOLS), changed(A, **cells)))
    assert the_fault(receipt) == fault and receipt.faults[0]["cells"]["code"] == "S14010501"
    assert not School.objects.exists() and receipt.to_mend == receipt.rows == 1


@pytest.mark.parametrize("kind", ["高级中学", "Senior high school", "SENIOR", "senior"])
def test_a_kind_is_known_by_its_code_and_by_both_names(kind):
    assert taken(a_book(heads(SCHOOLS), changed(A, kind=kind))).new == 1


def test_pupils_left_empty_are_none():
    taken(a_book(heads(SCHOOLS), changed(A, grade12=None)))
    assert School.objects.get().grade12 == 0


@pytest.mark.parametrize("above", [0, 1, 5, 9])
def test_heads_may_stand_below_titles_and_the_line_named_is_that_of_the_file(above):
    titles = [[f"title {n}"] for n in range(above)]
    receipt = taken(a_book(*titles, heads(SCHOOLS), A, changed(A, kind="x")))
    assert (receipt.new, receipt.faults[0]["line"]) == (1, above + 3)


def test_heads_are_not_looked_for_behind_ten_lines():
    no = refusal(a_book(*[[f"title {n}"] for n in range(10)], heads(SCHOOLS), A))
    assert no.code == "columns_missing"


def test_the_column_that_is_missing_is_named_alone_even_below_a_title():
    short = [head for head in heads(SCHOOLS) if head != "Highest grade"]
    no = refusal(a_book(["School register of the county"], short, A[:6]))
    assert no.code == "columns_missing" and "Highest grade" in str(no.why) and "School code" not in str(no.why)


def test_heads_without_a_row_are_no_list_even_below_a_title():
    assert refusal(a_book(["School register of the county"], heads(SCHOOLS))).code == "no_rows"


def test_the_list_is_found_on_whichever_sheet_it_stands_and_further_columns_are_left_aside():
    book = Workbook()
    book.active.title = "how to fill in"
    book.active.append(["Write one school a row."])
    sheet = book.create_sheet("list")
    sheet.append(["remark", *heads(SCHOOLS)])
    sheet.append(["new this year", *A])
    assert taken(saved(book)).new == 1 and School.objects.get().code == "S14010501"


def test_of_two_columns_with_one_head_the_first_counts():
    receipt = taken(a_book([*heads(SCHOOLS), "School code"], [*A, "S14010577"]))
    assert receipt.new == 1 and School.objects.get().code == "S14010501"


def test_empty_rows_between_are_passed_over_and_lines_stay_true():
    receipt = taken(a_book(heads(SCHOOLS), [], A, [None, " ", ""], changed(A, kind="x")))
    assert (receipt.rows, receipt.new, receipt.to_mend, receipt.faults[0]["line"]) == (2, 1, 1, 5)


def test_a_row_of_keys_alone_is_not_counted():
    a_school()
    blank = ["S14010501", 5, None, None, None, None, None]
    receipt = taken(a_book(heads(ITEMS), I4, blank), ITEMS)
    assert (receipt.rows, receipt.new, receipt.to_mend) == (1, 1, 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: (",".join(heads(SCHOOLS)) + "\n" + "x,\n" * 50_001).encode(), "too_many_rows"),
        (lambda: (",".join(heads(SCHOOLS)) + "\n" + "x,\n" * 65_535).encode(), "row_limit"),
        (lambda: a_book(), "no_rows"),
        (lambda: a_book([None, "", " "]), "no_rows"),
        (lambda: a_book(["x"]), "columns_missing"),
    ],
)
def test_a_file_out_of_all_measure_is_refused(data, code):
    no = refusal(data())
    assert no.code == code and str(no.do)
    assert AuditLine.objects.filter(act="schools.sheets.receive_sheet", refused=code).count() == 1


def test_two_statements_of_one_item_are_taken_once_and_the_second_is_named():
    a_school()
    receipt = taken(a_book(heads(ITEMS), I4, changed(I4, figure=27)), ITEMS)
    assert the_fault(receipt) == ("code", "twice") and SelfCheck.objects.get().figure == 28


def test_a_row_that_was_wrong_does_not_make_its_correction_a_second_one():
    a_school()
    receipt = taken(a_book(heads(ITEMS), changed(I4, figure=31), I4), ITEMS)
    assert (receipt.new, receipt.to_mend) == (1, 1) and SelfCheck.objects.get().figure == 28


def test_a_county_states_items_of_its_schools_and_of_no_other():
    a_school("S14010501")
    a_school("S14012301")
    other = changed(I4, code="S14012301")
    receipt = taken(a_book(heads(ITEMS), I4, other), ITEMS, county_clerk())
    assert the_fault(receipt) == ("code", "unknown_school") and receipt.new == 1
    assert SelfCheck.objects.get().by_id == county_clerk().user_id


def test_statements_of_several_schools_are_counted_new_changed_and_known():
    first, second = a_school("S14010501"), a_school("S14010502")
    stated(first, 4, evidence="classes of 28", figure=28)
    stated(second, 4)
    rows = [I4, changed(I4, code="S14010502"), changed(I4, number=5, figure=3)]
    receipt = taken(a_book(heads(ITEMS), *rows), ITEMS, at=after(5))
    assert (receipt.new, receipt.changed, receipt.known) == (1, 1, 1)
    assert items_of(second, 4)[0].declared.evidence == "classes of 28"


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (lambda: an_actor(Role.LEADING_GROUP), "role_may_not"),
        (lambda: an_actor(Role.COMMAND_OFFICE), "role_may_not"),
        (lambda: an_actor(Role.DEPARTMENT, CITY, "TY-DRC"), "not_of_education"),
        (head_of, "schools_by_others"),
    ],
)
def test_only_those_who_answer_for_schools_send_their_list(actor, code):
    assert refusal(a_book(heads(SCHOOLS), A), actor=actor()).code == code


def test_a_receipt_is_seen_in_its_place_and_by_its_school():
    a_school()
    mine = taken(a_book(heads(ITEMS), I4), ITEMS, head_of(), name="")
    schools = a_book(heads(SCHOOLS), changed(A, code="S14010502"))
    other = taken(schools, actor=county_clerk(), at=after(5), name="n" * 300)
    assert list(receipts(county_clerk())) == list(receipts(education())) == [other, mine]
    assert list(receipts(head_of())) == [mine] and list(receipts(head_of("S14010502"))) == []
    assert list(receipts(county_clerk("140123"))) == []
    assert (mine.name, mine.unit, other.name, other.unit) == ("-", "S14010501", "n" * 200, "") and receipt_seen_by(
        head_of(), mine.pk
    ) == mine


@pytest.mark.parametrize(
    ("language", "field", "head"), [("en", "Figure", "School code"), ("zh-hans", "数量", "学校代码")]
)
def test_faults_and_rows_to_mend_are_said_in_the_language_of_the_reader(language, field, head):
    a_school()
    receipt = taken(a_book(heads(ITEMS), changed(I4, figure=31)), ITEMS)
    with override(language):
        (said,) = faults_said(receipt)
        (row,) = rows_to_mend(receipt)
    assert (said["field"], said["value"], said["line"]) == (field, "31", 2)
    assert row[head] == "S14010501" and row[field] == "31" and len(row) == 10
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in said["why"] + said["do"])
    assert chinese == (language == "zh-hans") and {said["why"], said["do"]} <= set(row.values())


CELLS = st.one_of(st.none(), st.booleans(), st.integers(-50, 50), st.text("是否yn四=@'-2020", max_size=6), st.dates())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 7), min_size=1, max_size=5), st.sampled_from([SCHOOLS, ITEMS]))
def test_whatever_stands_in_the_cells_each_row_is_accounted_for(db, rows, kind):
    with transaction.atomic():
        a_school()
        try:
            receipt = taken(a_book(heads(kind), *rows, [*A, ""] if kind == SCHOOLS else I4), kind)
        except Refusal as no:
            assert no.code == "no_rows"
        else:
            assert receipt.rows == receipt.new + receipt.changed + receipt.known + receipt.to_mend
            assert receipt.to_mend == len(receipt.faults) and all(one["why"]["zh"] for one in receipt.faults)
            assert ReadinessItem.objects.count() == 10 * School.objects.count()
        transaction.set_rollback(True)
