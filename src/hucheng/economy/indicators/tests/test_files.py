"""Files of values: what gets in is right, what does not is listed, nothing is doubled."""

import codecs
import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, after, an_actor
from hucheng.economy.indicators.actions import receive_values
from hucheng.economy.indicators.models import Upload, Vintage
from hucheng.economy.indicators.queries import all_vintages, problems_of
from hucheng.economy.indicators.sheets import COLUMNS, read_values, write_problems, write_values
from hucheng.economy.testing import a_department, a_value, published

pytestmark = pytest.mark.django_db
HEAD = "code,period,value,published_on,reason,source\n"
GOOD = HEAD + "industry,2020M02,-11.9,2020-03-20,,statistics\nretail,2020M02,-22.7,2020-03-20,,statistics\n"


@pytest.fixture
def department():
    return a_department()


def send(actor, data, at=MORNING):
    return receive_values(
        actor=actor, name="values.csv", data=data if isinstance(data, bytes) else data.encode(), at=at
    )


def workbook(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_every_row_of_a_good_file_is_taken_and_the_file_again_adds_nothing(department):
    first, again = send(department, GOOD), send(department, GOOD)
    assert (first.rows, first.new, first.same, first.wrong) == (2, 2, 0, 0)
    assert (again.rows, again.new, again.same, again.wrong) == (2, 0, 2, 0)
    assert Vintage.objects.count() == 2 and Upload.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_heads_are_read_in_every_encoding_that_offices_send(department, encoding):
    text = "指标代码,报告期,数值,发布日期,数据来源\nindustry,2020年1-2月,－11.9%,2020年3月20日,市统计局快报\n"
    upload = send(department, text.encode(encoding))
    assert upload.new == 1 and Vintage.objects.get().source == "市统计局快报"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read(department, separator):
    assert send(department, GOOD.replace(",", separator)).new == 2


def test_a_workbook_is_read_with_its_numbers_and_days(department):
    rows = [
        COLUMNS,
        ("industry", "2020M02", -11.9, date(2020, 3, 20), None, None),
        ("gdp", 2019, 6.6, "2020-01-22", "", ""),
    ]
    assert send(department, workbook(rows)).new == 2
    assert {v.value for v in Vintage.objects.all()} == {Decimal("-11.9"), Decimal("6.6")}


def test_a_date_that_a_spreadsheet_made_of_a_month_is_read_as_the_month(department):
    rows = [COLUMNS, ("industry", date(2020, 2, 1), -11.9, date(2020, 3, 20), None, None)]
    assert send(department, workbook(rows)).new == 1 and Vintage.objects.get().period == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        ("steel,2020M02,1,2020-03-20,,", "code", "unknown_series"),
        ("=cmd|' /C calc'!A0,2020M02,1,2020-03-20,,", "code", "unknown_series"),
        ("industry,2020M13,1,2020-03-20,,", "period", "no_such_period"),
        ("industry,2020M02,=1+1,2020-03-20,,", "value", "not_a_number"),
        ("industry,2020M02,,2020-03-20,,", "value", "not_a_number"),
        ("industry,2020M02,-130,2020-03-20,,", "value", "impossible_value"),
        ("industry,2020M02,13800138000138,2020-03-20,,", "value", "too_large"),
        ("industry,2020M02,1,2020-02-30,,", "published_on", "no_such_day"),
        ("industry,2020M02,1,2020-02-28,,", "published_on", "published_too_early"),
        ("industry,2020M02,1,2030-01-01,,", "published_on", "published_to_come"),
        ("retail,2020M02,-20,2020-03-20,,", "value", "two_values_a_day"),
    ],
)
def test_a_wrong_row_is_listed_with_line_field_and_remedy_and_the_right_ones_are_taken(department, row, field, problem):
    upload = send(department, GOOD.replace("statistics\nretail", f"statistics\n{row}\nretail", 1))
    (one,) = upload.problems
    assert (upload.rows, upload.new, upload.wrong) == (3, 2, 1)
    assert one["problem"] == problem and one["field"] == field
    assert one["line"] == (4 if problem == "two_values_a_day" else 3)  # the second of two stands in the way
    (told,) = problems_of(upload)
    assert str(told.why) and str(told.do)


def test_the_list_of_problems_is_mended_and_sent_again_without_doubling(department):
    upload = send(department, GOOD + "revenue,2020M02,minus thirteen,2020-03-20,,\n")
    listed = write_problems(upload.problems).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(listed))
    assert row["line"] == "4" and row["field"] == "value" and row["why"] and row["remedy"]
    again = send(department, listed.replace("minus thirteen", "-13.6"))
    assert (again.rows, again.new, again.wrong) == (1, 1, 0) and Vintage.objects.count() == 3


def test_nothing_in_the_list_of_problems_is_a_formula(department):
    upload = send(department, HEAD + '=HYPERLINK("x"),2020M02,-2.9,2020-03-20,+why,@source\n')
    (row,) = csv.DictReader(io.StringIO(write_problems(upload.problems).decode("utf-8-sig")))
    assert row["code"].startswith("'=") and row["value"] == "-2.9"
    assert row["source"].startswith("'@") and row["reason"].startswith("'+")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"%PDF-1.7 x",
        b"PK\x03\x04 not a workbook",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        bytes(range(256)) * 4000,
        codecs.BOM_UTF8 + b"\r\n\r\n",
        HEAD.encode(),
        b"name,age\nLi,30\n",
    ],
    ids=["empty", "mark", "pdf", "zip", "png", "noise", "blank", "head", "other"],
)
def test_what_is_no_table_of_values_is_refused_with_a_remedy(department, data):
    with pytest.raises(Refusal) as refused:
        send(department, data)
    assert refused.value.code.startswith("values_") and str(refused.value.why) and str(refused.value.do)
    assert not Upload.objects.exists() and not Vintage.objects.exists()


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_workbook_cut_off_anywhere_is_refused_whole(department, keep):
    whole = workbook([COLUMNS, *(("industry", f"{y}M12", 6.6, f"{y + 1}-01-22", "", "") for y in range(1950, 2019))])
    with pytest.raises(Refusal):
        send(department, whole[: int(len(whole) * keep)])
    assert not Vintage.objects.exists()


def test_a_text_cut_off_in_a_row_marks_that_row_alone(department):
    upload = send(department, GOOD + 'revenue,2020M02,-13.6,"2020-03-')
    assert (upload.new, upload.wrong) == (2, 1) and upload.problems[0]["problem"] == "cut_off"


def test_a_crash_in_the_middle_leaves_nothing_of_the_file(department, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("hucheng.economy.indicators.actions.Upload.objects.create", crash)
    with pytest.raises(RuntimeError):
        send(department, GOOD)
    assert not Vintage.objects.exists()


def test_rows_that_say_the_same_twice_count_once(department):
    upload = send(department, GOOD + "retail,2020M02,-22.7,2020-03-20,,statistics\n")
    assert (upload.rows, upload.new, upload.same) == (3, 2, 1)


def test_a_long_file_asks_no_more_queries_than_a_short_one(department, django_assert_num_queries):
    long = HEAD + "".join(f"industry,{year}M12,6.6,{year + 1}-01-22,,\n" for year in range(1950, 2019))
    with django_assert_num_queries(7):
        send(department, GOOD)
    with django_assert_num_queries(7):
        assert send(department, long).new == 69


def test_what_is_exported_can_be_sent_in_again_and_adds_nothing(department):
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 19)))
    published(department, a_value("industry", "2020M02", "-11.5", date(2020, 3, 20), "=verified"))
    rows = [
        (v.indicator.code, v.period_label, v.value, v.published_on, v.reason, v.source)
        for v in all_vintages(department)
    ]
    data = write_values(rows, COLUMNS, "values")
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet["C2"].value == -11.9 and sheet["E3"].value == "'=verified" and sheet["E3"].data_type == "s"
    upload = send(department, data)
    assert (upload.same, upload.new, upload.wrong) == (2, 0, 0)


def test_only_keepers_send_files(department):
    with pytest.raises(Refusal) as refused:
        send(an_actor(Role.LEADING_GROUP), GOOD)
    assert refused.value.code == "role_may_not"


def test_the_published_figures_of_the_city_in_2020_are_read_whole(department):
    """Twelve figures that press and statistics office published (their sources stand in each row)."""
    data = (Path(__file__).parent / "taiyuan_2020.csv").read_bytes()
    assert len(read_values(data)) == 12
    upload = send(department, data, at=after(days=365))
    assert (upload.new, upload.wrong) == (12, 0)
    industry = Vintage.objects.filter(indicator__code="industry").values_list("period", "value")
    assert dict(industry)[date(2020, 12, 31)] == Decimal("3.2") and len(industry) == 4


@pytest.mark.parametrize("head", ["code,period,value\n", "name,when,how much,published_on\n", "1,2,3,4\n"])
def test_a_file_whose_first_row_names_no_columns_is_refused_whole(department, head):
    with pytest.raises(Refusal) as no:
        send(department, head + "industry,2020M02,-11.9,2020-03-20\n")
    assert no.value.code == "values_no_columns" and not Vintage.objects.exists() and not Upload.objects.exists()
