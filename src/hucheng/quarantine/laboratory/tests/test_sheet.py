"""Deliveries as they come: encodings, workbooks, damage, formulas, doubles, impossible times."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import ManifestUnreadable
from hucheng.quarantine.laboratory.sheet import read_results
from hucheng.quarantine.testing import results_file

ROW = ("T0001", "阴性", "2020-03-21 13:40")


def workbook(rows, sheet="结果"):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    return out.getvalue()


def said(code):
    return pytest.raises(ManifestUnreadable, check=lambda no: no.problem.code == code)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_the_offices(encoding):
    (row,) = read_results(results_file(ROW, encoding="utf-8").decode().encode(encoding))
    assert (row.barcode, row.result, row.problem) == ("T0001", "negative", "")
    assert row.tested_at.isoformat() == "2020-03-21T13:40:00+08:00"


def test_a_workbook_reads_like_a_text():
    rows = read_results(
        workbook([("市级实验室日报",), ("Barcode", "Result"), ("T0001", "positive"), ("T0002", "无效")])
    )
    assert [(r.barcode, r.result, r.line) for r in rows] == [("T0001", "positive", 3), ("T0002", "invalid", 4)]


def test_a_long_number_of_a_spreadsheet_is_not_trusted():
    (row,) = read_results(workbook([("barcode", "result"), (123456789012345678, "negative")]))
    assert row.problem == "lost_digits"


@pytest.mark.parametrize(
    "head", ["条码,结果", "样本编号（管号）,检测结果(PCR)", "barcode 条码,result 结果", "Sample ID,RESULT", "结果,条码"]
)
def test_heads_of_laboratories(head):
    order = ["T0001", "阴性"] if not head.startswith("结果") else ["阴性", "T0001"]
    (row,) = read_results(f"{head}\n{','.join(order)}\n".encode())
    assert (row.barcode, row.result, row.problem) == ("T0001", "negative", "")


@pytest.mark.parametrize(
    ("word", "result"),
    [("阳性(+)", "positive"), ("+", "positive"), ("未检出", "negative"), ("Negative", "negative"), ("复检", "invalid")],
)
def test_words_of_laboratories(word, result):
    assert read_results(results_file(("T0001", word, "")))[0].result == result


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("", "阴性", ""), "barcode"),
        (("=HYPERLINK(1)", "阴性", ""), "barcode"),
        (("+861234", "阴性", ""), "barcode"),
        (("T1", "阴性", ""), "barcode"),
        (("T0001", "弱阳", ""), "result"),
        (("T0001", "", ""), "result"),
        (("T0001", "阴性", "2020-02-30 10:00"), "time"),
        (("T0001", "阴性", "13:40"), "time"),
        (("T0001", "阴性", "", "shifted"), "row_long"),
    ],
)
def test_a_row_that_cannot_be_right_is_kept_with_its_reason(row, problem):
    good, bad = read_results(results_file(ROW, row))
    assert good.problem == "" and bad.problem == problem and bad.line == 3 and bad.raw


def test_a_file_cut_in_a_row_marks_that_row():
    data = results_file(ROW, ("T0002", "阴性", "2020-03-21 13:40")).decode()
    rows = read_results(data[: data.rindex(",阴性")].encode())
    assert [row.problem for row in rows] == ["", "cut_off"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b"\r\n\r\n", "EMPTY"),
        (b"%PDF-1.7 x", "WRONG_TYPE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "OLD_EXCEL"),
        (b"PK\x03\x04 broken", "BROKEN_ARCHIVE"),
        ("姓名,座位\r\n王,11A\r\n".encode(), "UNKNOWN_COLUMNS"),
        ("样本条码,检测结果\r\n".encode(), "NO_ROWS"),
    ],
)
def test_a_file_of_which_nothing_can_be_used_is_refused(data, code):
    with said(code):
        read_results(data)


def test_a_damaged_workbook_is_refused():
    whole = workbook([("barcode", "result"), ("T0001", "negative")])
    with pytest.raises(ManifestUnreadable):
        read_results(whole[: len(whole) // 2])


@given(st.binary(max_size=400))
def test_noise_is_refused_or_read_and_never_breaks(data):
    try:
        rows = read_results(data)
    except ManifestUnreadable as no:
        assert no.problem.code
    else:
        assert all(row.problem or (row.barcode and row.result) for row in rows)


@given(
    st.lists(
        st.tuples(st.text("T0123456789-", min_size=1, max_size=24), st.sampled_from(["阴性", "阳性", "?"])), min_size=1
    )
)
def test_every_row_of_a_file_comes_out_once_and_right_or_with_a_problem(rows):
    read = read_results(results_file(*((code, word, "") for code, word in rows)))
    assert len(read) == len(rows)
    for (code, word), row in zip(rows, read, strict=True):
        assert bool(row.problem) == (not 4 <= len(code) <= 20 or word == "?")
        assert row.problem or row.barcode == code
