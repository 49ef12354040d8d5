"""The tables beside the code: headers, values, countries and problems, each understood and said in both languages."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests.catalogue import catalogue, problem, shortened, unreadable
from hucheng.engines.manifests.columns import (
    field_of,
    guess_mapping,
    header_row,
    plain,
    template,
    value_of,
)
from hucheng.engines.manifests.sheet_write import fields
from hucheng.engines.words.countries import written_countries

PLACES = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("column", template(), ids=lambda column: column.field)
def test_every_field_is_found_by_each_of_its_headers(column):
    for header in (column.en, column.zh, *column.written):
        assert field_of(header) == column.field, header
        assert field_of(header.upper()) == column.field, header


def test_no_header_means_two_fields():
    known: dict[str, str] = {}
    for column in template():
        for header in {plain(text) for text in (column.en, column.zh, *column.written)} - {""}:
            assert known.setdefault(header, column.field) == column.field, header


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓名 Name", "name"),
        ("性别(Sex)", "sex"),
        ("出生日期（年/月/日）", "birth"),
        ("【护照号】", "document_number"),
        ("  Passport No. ", "document_number"),
        ("ＳＥＸ", "sex"),
        ("FAMILY_NAME", "surname"),
        ("航班号\n", "flight"),
        ("#", "note"),
        ("", ""),
        ("---", ""),
        ("whatever", ""),
    ],
)
def test_headers_as_people_write_them(header, field):
    assert field_of(header) == field


def test_of_two_headers_for_one_field_the_first_counts():
    assert guess_mapping(["姓名", "旅客姓名", "备注", "座位"]) == {"name": "姓名", "seat": "座位"}


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["HU7976 名单"], ["姓名", "护照号"], ["王", "EZ1"]], 1),
        ([["护照号", "出生日期"], ["EZ1", "1985"]], None),
        ([["姓名"]], None),
        ([[""] * 3] * 14 + [["姓名", "护照号"]], 14),
        ([[""] * 3] * 15 + [["姓名", "护照号"]], None),
        ([["姓名", "护照号"], ["姓名", "护照号", "座位"]], 1),
        ([], None),
    ],
)
def test_the_header_is_the_fullest_row_with_a_name_among_the_first_fifteen(rows, place):
    assert header_row(rows, {}) == place


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("sex", "女", "F"), ("sex", "Male", "M"), ("sex", "<", "X"), ("sex", "未知", "U"), ("sex", "?", None),
        ("kind", "机组", "crew"), ("kind", "INF", "passenger"), ("kind", "中转", "transit"), ("kind", "pilot", None),
        ("verified", "√", "Y"), ("verified", "×", "N"), ("verified", "173", "Y"), ("verified", "maybe", None),
        ("document_type", "护照", "P"), ("document_type", "回乡证", "T"), ("document_type", "visa", "V"),
        ("nationality", "中国", "CHN"), ("nationality", "cn", "CHN"), ("nationality", "Canadian", "CAN"),
        ("nationality", "P.R. China", "CHN"), ("nationality", "无国籍", "XXA"), ("nationality", "Atlantis", None),
    ],
)  # fmt: skip
def test_what_coded_cells_mean(field, written, value):
    assert value_of(field, written) == value


@pytest.mark.parametrize(("form", "code"), written_countries().items(), ids=list(written_countries()))
def test_every_country_is_known_by_its_codes_and_names(form, code):
    assert value_of("nationality", form) == code and re.fullmatch("[A-Z]{3}", code)


def test_the_template_offers_every_field_once_and_no_note():
    assert len(set(fields())) == len(fields()) and not {"note", "name"} & set(fields())


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_problem_says_the_same_in_both_languages(code):
    """A place filled in one language and not in the other would hide a fact from half of the readers."""
    entry = catalogue()[code]
    assert re.search("[\u4e00-\u9fff]", entry.why.zh) and re.search("[\u4e00-\u9fff]", entry.do.zh)
    assert not re.search("[\u4e00-\u9fff]", entry.why.en + entry.do.en)
    hints = {"hint_zh", "hint_en"}
    assert set(PLACES.findall(entry.why.zh)) - hints == set(PLACES.findall(entry.why.en)) - hints
    assert set(PLACES.findall(entry.do.zh)) == set(PLACES.findall(entry.do.en))
    assert entry.why.en.rstrip()[-1] in ".}" and entry.do.en.endswith(".") and entry.do.zh.endswith("。")


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_problem_can_be_filled(code):
    entry = catalogue()[code]
    names = {name for _text, name, _spec, _conv in string.Formatter().parse(entry.why.zh + entry.why.en) if name}
    found = problem(code, value="x", **dict.fromkeys(names - {"value"}, 1))
    assert not PLACES.search(found.why.zh + found.why.en + found.do.zh + found.do.en)
    assert found.fatal is entry.fatal


def test_an_unknown_code_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        problem("NO_SUCH_CODE")


def test_a_fact_may_change_the_weight_and_texts_are_no_facts():
    found = problem("BAD_SEX", value="Q", fatal=True, texts={"first": 1}, persons=(1, 2))
    assert found.fatal and found.facts == (("persons", (1, 2)),)


def test_a_long_value_is_kept_but_not_shown_whole():
    found = problem("BAD_SEX", value="Q" * 900)
    assert len(found.value) == 500 and len(found.why.en) < 120 and "…" in found.why.en


def test_a_refusal_of_a_file_says_why_and_what_to_do():
    no = unreadable("TOO_LARGE", limit=20)
    assert str(no) == f"TOO_LARGE: {no.problem.why.en} {no.problem.do.en}" and "20 MB" in no.problem.why.zh


@given(st.text(max_size=200), st.integers(1, 80))
def test_a_shortened_text_is_never_longer_than_its_limit(text, limit):
    short = shortened(text, limit)
    assert len(short) <= max(limit, 1) and (short == text or short.endswith("…"))


@given(st.text(max_size=20))
def test_spelling_signs_and_case_make_no_other_header(header):
    assert plain(f" {header.upper()}: ") == plain(header.upper()) and field_of(header) in {
        "", *(column.field for column in template())
    }  # fmt: skip
