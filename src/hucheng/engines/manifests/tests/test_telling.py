"""What programs and people are told of readings, columns, merged flights and contacts."""

import json
from datetime import date

import pytest

from hucheng.engines.manifests import Aboard, Document, Traveller, contacts_aboard, merge, read_manifest, shown
from hucheng.engines.manifests.catalogue import catalogue, problem
from hucheng.engines.manifests.telling import (
    columns_dict,
    columns_text,
    contacts_text,
    merged_dict,
    merged_text,
    name_of,
    problem_dict,
    problem_text,
    reading_dict,
    summary,
)
from hucheng.engines.manifests.tests.strategies import TODAY, csv_of
from hucheng.engines.manifests.tests.test_mapping import ODD
from hucheng.engines.manifests.tests.test_merge import listed, person
from hucheng.engines.manifests.tests.test_paxlst import GOOD


def test_a_problem_for_programs_has_place_meaning_and_remedy_in_both_languages():
    told = problem_dict(problem("BAD_SEX", line=4, field="sex", value="Q", person=2))
    assert told == {
        "code": "BAD_SEX", "line": 4, "field": "sex", "value": "Q", "person": 2, "fatal": False,
        "why": {"zh": "无法识别性别“Q”。", "en": "The sex “Q” was not understood."},
        "do": {"zh": "请填写 F、M、X 或 U。", "en": "Write F, M, X or U."},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (problem("NO_NAME", line=4, field="surname"), "✗ 4: NO_NAME [surname]"),
        (problem("BAD_SEX", line=4, field="sex"), "! 4: BAD_SEX [sex]"),
        (problem("OTHER_SHEETS", value="x"), "! OTHER_SHEETS"),
        (problem("EMPTY"), "✗ EMPTY"),
    ],
)
def test_a_problem_for_people_begins_with_its_weight_and_place(found, first):
    lines = problem_text(found).splitlines()
    assert lines[0] == first and len(lines) == 3
    assert lines[1].strip() == found.why.zh + found.do.zh and lines[2].strip() == f"{found.why.en} {found.do.en}"


def test_a_reading_for_programs_is_plain_data_with_a_ledger_that_adds_up():
    told = reading_dict(read_manifest(GOOD.replace(b"EZ2", b"").replace(b"DTM+329:200101'", b""), today=TODAY))
    assert json.loads(json.dumps(told)) == told
    assert told["ledger"] == {"rows": 2, "readable": 1, "unreadable": 1} and told["function"] == ""
    assert (told["flight"], told["format"], told["control_total"]) == ("HU7976", "paxlst", 2)
    assert "mapping" not in told and len(told["sha256"]) == 64
    assert {one["code"] for one in told["problems"]} <= catalogue().keys()


def test_a_reading_of_a_sheet_names_its_columns():
    told = reading_dict(read_manifest(csv_of("姓名,护照号", "王丽华,EZ1"), today=TODAY))
    assert told["columns"] == ["姓名", "护照号"] and told["mapping"] == {"name": "姓名", "document_number": "护照号"}


def test_a_reading_for_people_says_what_it_is_and_how_many():
    lines = summary(read_manifest(GOOD, today=TODAY)).splitlines()
    assert lines == [
        "PAXLST  航班 Flight HU7976  passenger", "行 Rows 2  可用 readable 2  待修复 to mend 0", "  HU7976  YYZ -> TYN",
    ]  # fmt: skip


def test_a_list_without_a_flight_or_kind_is_told_with_question_marks():
    first = summary(read_manifest(csv_of(*ODD), today=TODAY)).splitlines()[0]
    assert first == "CSV  航班 Flight ?  ?"


def test_columns_for_people_mark_what_is_only_suggested():
    reading = read_manifest(csv_of("姓名,护照号,坐哪,备注二", "王丽华,EZ1,34F,zz"), today=TODAY)
    lines = columns_text(shown(reading, today=TODAY)).splitlines()
    assert lines == [
        "姓名 -> name  按表头 by its header  王丽华",
        "护照号 -> document_number  按表头 by its header  EZ1",
        "坐哪 -> (seat)  按内容建议 suggested by its content  34F",
        "备注二 -> -  未识别 not understood  zz",
    ]
    assert columns_dict(shown(reading, today=TODAY)) == {
        "姓名": "name", "护照号": "document_number", "坐哪": "seat", "备注二": "",
    }  # fmt: skip


def test_a_merged_flight_for_programs_has_standing_sources_and_changes():
    later = person(1, seat="50C", birth=date(1980, 1, 3))
    told = merged_dict(merge([listed(person(1), person(2)), listed(later, function="CLOB"), listed(flight="CA910")]))
    assert json.loads(json.dumps(told)) == told and told["flight"] == "HU7976"
    first, second = told["people"]
    assert (first["standing"], second["standing"]) == ("aboard", "no_show")
    assert [(c["field"], c["before"], c["after"]) for c in first["changes"]] == [
        ("birth", "1980-01-02", "1980-01-03"), ("seat", "31A", "50C"),
    ]  # fmt: skip
    assert [source["reading"] for source in first["sources"]] == [0, 1] and told["left_out"] == []
    assert [one["code"] for one in told["problems"]] == ["MERGE_FLIGHT"]


def test_a_merged_flight_for_people_is_one_line_a_person():
    lines = merged_text(
        merge([listed(person(1), person(2)), listed(person(2, seat="50C"), function="CLOB")])
    ).splitlines()
    assert lines == [
        "航班 Flight HU7976  2 人 people",
        "  no_show   TESTB, PERSONB  31A",
        "  aboard    TESTC, PERSONC  50C  seat 32A → 50C",
    ]


def test_a_merged_list_of_nobody_is_told():
    assert merged_text(merge([listed(flight="")])) == "航班 Flight ?  0 人 people"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"surname": "WANG", "given": "LIHUA"}, "WANG, LIHUA"),
        ({"surname": "WANG", "given": "LIHUA", "second": "MING"}, "WANG, LIHUA MING"),
        ({"surname": "WANG"}, "WANG"),
        ({"given": "LIHUA"}, "LIHUA"),
        ({"name_zh": "王丽华"}, "王丽华"),
        ({"surname": "WANG", "given": "LIHUA", "name_zh": "王丽华"}, "WANG, LIHUA 王丽华"),
        ({}, "?"),
    ],
)
def test_names_as_lists_show_them(change, name):
    assert name_of(Traveller(1, **change)) == name


def test_contacts_for_people_have_seat_name_and_grounds():
    people = {1: person(1, seat="40A"), 2: person(2, seat="41C"), 3: person(3, seat="")}
    found = contacts_aboard([Aboard(n, one.seat) for n, one in people.items()], [1])
    assert contacts_text(people, found).splitlines() == [
        "密切接触者 Close contacts 2",
        "  41C   TESTC, PERSONC  与病例相距1排 seated 1 row(s) from a case",
        "  ?     TESTD, PERSOND  本人或病例座位（区域）不明，不能排除 "
        "own place or that of a case not known, so not excluded",
    ]


def test_a_person_for_programs_leaves_out_what_the_list_does_not_say():
    reading = read_manifest(csv_of("姓名,护照号,电话", "WANG/LIHUA,EZ1,123 4567"), today=TODAY)
    (told,) = reading_dict(reading)["persons"]
    assert told == {
        "kind": "passenger", "surname": "WANG", "given": "LIHUA", "second": None, "birth": None, "phone": "123 4567",
        "document": {"type": "P", "number": "EZ1"},
    }  # fmt: skip


def test_further_documents_and_the_address_are_told():
    reading = read_manifest(GOOD.replace(b"MUSTER:MAX'", b"MUSTER:MAX+1 ROAD++TOWN'").replace(
        b"DTM+36:300101'", b"DTM+36:300101'DOC+V+V1'"), today=TODAY)  # fmt: skip
    told = reading_dict(reading)["persons"][1]
    assert told["address"] == ["1 ROAD", None, "TOWN"] and told["other_documents"] == [{"type": "V", "number": "V1"}]
    assert reading.travellers[1].other_documents == (Document("V", "V1"),)
