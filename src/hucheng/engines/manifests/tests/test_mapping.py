"""Columns guessed, shown, corrected, remembered as data and used for the next file."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hucheng.engines.manifests import UnfitMapping, is_news, read_manifest, remember, shown
from hucheng.engines.manifests.columns import guess_mapping, plain, template
from hucheng.engines.manifests.mapping import HOW, suggested
from hucheng.engines.manifests.tests.strategies import TODAY, codes, csv_of, resident_id, workbook

ODD = ("谁,何时,什么,坐哪,备用", "TESTWANG/LIHUA,1985-04-30,EZ0000001,34F,x", "TESTLI/MING,1990-01-02,EZ0000002,35A,y")
SETTLED = {"谁": "name", "何时": "birth", "什么": "document_number", "坐哪": "seat"}
ALL = ("谁", "何时", "什么", "坐哪", "备用")


def read(*rows: str, **options):
    return read_manifest(csv_of(*(rows or ODD)), today=TODAY, **options)


def columns(reading, **options) -> dict[str, tuple[str, str]]:
    return {one.column: (one.field, one.how) for one in shown(reading, today=TODAY, **options)}


def test_columns_are_shown_with_what_they_were_taken_for_and_why():
    assert columns(read("姓名,DOB,Passport No.,杂项", "王丽华,1985-04-30,EZ1,zz")) == {
        "姓名": ("name", "header"), "DOB": ("birth", "header"), "Passport No.": ("document_number", "header"),
        "杂项": ("", ""),
    }  # fmt: skip


def test_a_sheet_that_is_not_understood_is_shown_with_suggestions_from_its_content():
    reading = read()
    assert codes(reading) == ["UNKNOWN_COLUMNS"] and reading.travellers == ()
    assert columns(reading) == {
        "谁": ("name", "content"), "何时": ("birth", "content"), "什么": ("document_number", "content"),
        "坐哪": ("seat", "content"), "备用": ("", ""),
    }  # fmt: skip
    first = shown(reading, today=TODAY)[0]
    assert first.samples == ("TESTWANG/LIHUA", "TESTLI/MING") and not first.used and first.why.zh == "按内容建议"


def test_a_suggestion_is_never_used_before_a_person_says_so():
    reading = read("姓名,护照号,何时", "王丽华,EZ1,1985-04-30")
    assert reading.mapping == {"name": "姓名", "document_number": "护照号"} and columns(reading)["何时"] == (
        "birth",
        "content",
    )
    assert reading.travellers[0].birth is None


def test_what_was_settled_is_used_for_the_next_file():
    memory = remember({}, ALL, SETTLED)
    reading = read(memory=memory)
    assert [one.seat for one in reading.travellers] == ["34F", "35A"] and reading.problems == ()
    assert {how for _field, how in columns(reading, memory=memory).values()} == {"remembered", ""}


def test_what_was_settled_holds_in_every_kind_of_sheet():
    memory = remember({}, ALL, SETTLED)
    rows = [line.split(",") for line in ODD]
    book = read_manifest(workbook(*rows), today=TODAY, memory=memory)
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    listed = read_manifest(json.dumps(records).encode(), today=TODAY, memory=memory)
    for reading in (book, listed):
        assert [one.surname for one in reading.travellers] == ["TESTWANG", "TESTLI"] and reading.problems == ()


def test_the_headers_that_are_remembered_find_the_header_row():
    memory = remember({}, ALL, SETTLED)
    reading = read("HU7976 名单,,,,", *ODD, memory=memory)
    assert reading.columns == ALL and reading.rows == 2


@pytest.mark.parametrize("header", ["谁", " 谁 ", "谁：", "【谁】"])
def test_spellings_of_a_header_that_differ_in_signs_are_one(header):
    memory = remember({}, ALL, SETTLED)
    assert plain(header) in memory
    assert read(ODD[0].replace("谁", header), *ODD[1:], memory=memory).readable


def test_a_header_that_this_file_does_not_have_is_no_problem():
    memory = remember({}, [*ALL, "手机号"], {**SETTLED, "手机号": "phone"})
    assert read(memory=memory).problems == ()


def test_a_person_goes_before_the_memory_and_the_memory_before_the_guess():
    rows = ("姓名,座位,实际座位", "王丽华,34F,35A")
    assert read(*rows).travellers[0].seat == "34F"
    memory = remember({}, ("姓名", "座位", "实际座位"), {"姓名": "name", "实际座位": "seat"})
    assert read(*rows, memory=memory).travellers[0].seat == "35A"
    asked = {"seat": "座位"}
    reading = read(*rows, memory=memory, mapping=asked)
    assert reading.travellers[0].seat == "34F"
    assert columns(reading, memory=memory, asked=asked)["座位"] == ("seat", "asked")


def test_a_column_switched_off_is_neither_used_nor_suggested_again():
    memory = remember({}, ("姓名", "性别"), {"姓名": "name"})
    reading = read("姓名,性别", "王丽华,女", memory=memory)
    assert reading.travellers[0].sex == "" and columns(reading, memory=memory)["性别"] == ("", "")


def test_a_later_correction_replaces_an_earlier_one_and_keeps_the_rest():
    memory = remember(remember({}, ALL, SETTLED), ("谁", "备用"), {"谁": "name", "备用": "pnr"})
    assert memory[plain("备用")] == "pnr" and memory[plain("坐哪")] == "seat"


def test_the_memory_given_is_not_changed():
    memory = {"a": "name"}
    remember(memory, ("b",), {"b": "name"})
    assert memory == {"a": "name"}


@pytest.mark.parametrize(
    ("fields", "code", "value"),
    [
        ({"谁": "nobody"}, "unknown_field", "nobody"),
        ({"谁": "name", "备用": "note"}, "unknown_field", "note"),
        ({"谁": "name", "何时": "birth", "什么": "birth"}, "field_twice", "birth"),
        ({"何时": "birth"}, "no_name", ""),
        ({}, "no_name", ""),
        ({"不在": "name"}, "no_name", ""),
    ],
)
def test_a_mapping_that_would_not_read_is_not_remembered(fields, code, value):
    with pytest.raises(UnfitMapping) as unfit:
        remember({}, ALL, fields)
    assert (unfit.value.code, unfit.value.value) == (code, value)


@pytest.mark.parametrize(
    ("fields", "news"),
    [
        ({"姓名": "name", "DOB": "birth"}, False),
        ({"姓名": "name"}, True),
        ({"姓名": "name_zh", "DOB": "birth"}, True),
        ({"姓名": "name", "DOB": "birth", "序号": "pnr"}, True),
    ],
)
def test_only_what_the_headers_do_not_say_is_news(fields, news):
    assert is_news(("姓名", "DOB", "序号"), fields) is news


GOOD_ID = resident_id(date(1988, 1, 12))


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ([GOOD_ID, resident_id(date(1990, 2, 3))], "resident_id"),
        (["F", "M", "女"], "sex"),
        (["1985-04-30", "30APR1990", "03/04/1985"], "birth"),
        (["2027-08-12", "2025-01-01"], "document_expiry"),
        (["CHN", "加拿大"], "nationality"),
        (["旅客", "CREW"], "kind"),
        (["34F", "001A"], "seat"),
        (["HU7976", "HU7976"], "flight"),
        (["EZ0000001", "G12345678", "C01X00T47"], "document_number"),
        (["+86 351 0000000", "(0351) 000-0000"], "phone"),
        (["WANG/LIHUA", "王丽华"], "name"),
        (["x", "y"], ""),
        ([], ""),
        (["34F", "34G", "34H", "?"], "seat"),
        (["34F", "34G", "?", "?"], ""),
    ],
)
def test_what_the_content_of_a_column_looks_like(cells, field):
    fields = [column.field for column in template()]
    assert suggested(cells, fields, TODAY) == field


def test_a_field_that_is_taken_is_not_suggested():
    assert suggested(["34F", "35A"], ["birth", "name"], TODAY) == ""


def test_two_columns_are_not_suggested_for_one_field():
    found = columns(read("姓名,A,B", "王丽华,34F,35A"))
    assert [found["A"], found["B"]] == [("seat", "content"), ("", "")]


def test_three_values_are_shown_and_no_empty_one():
    rows = [f"王{sign},{seat}" for sign, seat in zip("一二三四五", ["", "1A", "1A", "2A", "3A"], strict=True)]
    (_name, seat) = shown(read("姓名,座位", *rows, "王六,4A"), today=TODAY)
    assert seat.samples == ("1A", "2A", "3A")


def test_every_way_is_said_in_both_languages():
    assert all(way.zh and way.en for way in HOW.values())


HEADERS = st.lists(st.text("姓名座位护照ABC 号-", max_size=5), min_size=1, max_size=6)
FIELDS = st.sampled_from(["", *[column.field for column in template() if column.field != "note"]])


@given(HEADERS, st.data())
def test_what_is_remembered_is_what_the_next_guess_gives(headers, data):
    fields = {header: data.draw(FIELDS) for header in headers}
    try:
        memory = remember({}, headers, fields)
    except UnfitMapping as unfit:
        assert unfit.code in ("field_twice", "no_name")
        return
    mapping = guess_mapping(headers, memory)
    settled = {field: header for header, field in fields.items() if field and plain(header)}
    assert {field: plain(header) for field, header in mapping.items()} == {
        field: plain(header) for field, header in settled.items() if memory[plain(header)] == field
    }


@given(st.lists(st.text(max_size=10), max_size=8))
def test_any_content_is_looked_at_without_a_crash(cells):
    fields = [column.field for column in template()]
    assert suggested(cells, fields, TODAY) in {"", *fields}


class Memory(RuleBasedStateMachine):
    """A desk that settles columns over months, against a model that keeps the last word on each header."""

    HEADERS = ("谁", "何时", "什么", "坐哪", "备用", "姓名", "座位")

    def __init__(self) -> None:
        super().__init__()
        self.memory: dict[str, str] = {}
        self.model: dict[str, str] = {}

    @rule(chosen=st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(["", "name", "birth", "seat", "pnr"])))
    def settle(self, chosen):
        try:
            self.memory = remember(self.memory, chosen, chosen)
        except UnfitMapping:
            used = [field for field in chosen.values() if field]
            assert "name" not in used or len(set(used)) < len(used)
        else:
            self.model |= chosen

    @rule(headers=st.lists(st.sampled_from(HEADERS), min_size=1, unique=True))
    def read(self, headers):
        mapping = guess_mapping(headers, self.memory)
        for field, header in mapping.items():
            expected = self.model.get(header, {"姓名": "name", "座位": "seat"}.get(header, ""))
            assert expected == field, "a header holds what was said of it last, or what it says itself"
        settled = {self.model[header] for header in headers if self.model.get(header)}
        assert settled <= set(mapping), "whatever was settled for a header of this file is read"

    @invariant()
    def keeps_every_header_once(self):
        assert self.memory == {plain(header): field for header, field in self.model.items()}


TestMemory = Memory.TestCase
TestMemory.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
