"""`hucheng manifest` as people type it: what it prints, what it writes, its exit codes."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from hucheng.engines.manifests import read_manifest, write_csv, write_paxlst
from hucheng.engines.manifests.command import manifest
from hucheng.engines.manifests.tests.strategies import LEGS, PREPARED, TODAY, csv_of
from hucheng.engines.manifests.tests.test_mapping import ODD, SETTLED
from hucheng.engines.manifests.tests.test_merge import a_pass, person
from hucheng.engines.manifests.tests.test_paxlst import GOOD
from hucheng.engines.manifests.tests.test_sheets import HEADER, ROWS


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder of its own; files are given by name and content."""
    monkeypatch.chdir(tmp_path)

    def running(*arguments: str, today: bool = True, **files: bytes):
        for name, data in files.items():
            (tmp_path / name.replace("__", ".")).write_bytes(data)
        day = ["--today", f"{TODAY:%Y-%m-%d}"] if today else []
        return CliRunner().invoke(manifest, [*arguments, *day])

    return running


def test_a_good_list_is_told_in_both_languages(run):
    told = run("read", "list.edi", list__edi=GOOD)
    assert told.exit_code == 0 and "PAXLST  航班 Flight HU7976" in told.output
    assert "行 Rows 2  可用 readable 2  待修复 to mend 0" in told.output and "YYZ -> TYN" in told.output


def test_problems_are_told_with_place_meaning_and_remedy(run):
    told = run("read", "list.csv", list__csv=csv_of(HEADER, *ROWS, "TEST,女,1985-02-30,,1A"))
    assert told.exit_code == 1 and "! 4: INVALID_DATE [birth]" in told.output and "✗ 4: NO_IDENTITY" in told.output
    assert (
        "日期“1985-02-30”不存在或无法识别。请按证件填写" in told.output
        and "Fill it in from the document" in told.output
    )


def test_a_list_as_json_has_its_ledger_and_its_problems(run):
    told = run("read", "list.csv", "--json", list__csv=csv_of(HEADER, *ROWS, "TEST,女,1985-02-30,,1A"))
    found = json.loads(told.output)
    assert found["ledger"] == {"rows": 3, "readable": 2, "unreadable": 1} and found["format"] == "csv"
    assert {one["code"] for one in found["problems"]} == {"INVALID_DATE", "NO_IDENTITY"}
    assert all(one["why"]["zh"] and one["do"]["en"] and one["line"] == 4 for one in found["problems"])
    assert found["mapping"]["seat"] == "座位号" and len(found["persons"]) == 3


def test_a_file_of_no_use_is_refused_on_the_other_channel(run):
    told = run("read", "x.pdf", x__pdf=b"%PDF-1.7")
    assert told.exit_code == 2 and "WRONG_TYPE" in told.stderr and told.stdout == ""


def test_a_sheet_not_understood_ends_with_one(run):
    told = run("read", "odd.csv", odd__csv=csv_of(*ODD))
    assert told.exit_code == 1 and "UNKNOWN_COLUMNS" in told.output


def test_columns_are_shown_with_suggestions_in_brackets(run):
    told = run("columns", "odd.csv", odd__csv=csv_of(*ODD))
    lines = told.output.splitlines()
    assert lines[0] == "谁 -> (name)  按内容建议 suggested by its content  TESTWANG/LIHUA | TESTLI/MING"
    assert lines[4].startswith("备用 -> -  未识别 not understood")


def test_columns_corrected_in_a_file_read_the_sheet(run, tmp_path):
    told = run("columns", "odd.csv", "--json", odd__csv=csv_of(*ODD))
    columns = json.loads(told.output)
    assert {header: field for header, field in columns.items() if field} == SETTLED
    (tmp_path / "map.json").write_text(json.dumps(columns), encoding="utf-8")
    assert "可用 readable 2" in run("read", "odd.csv", "--map", "map.json").output
    assert "按上次更正 as corrected before" in run("columns", "odd.csv", "--map", "map.json").output


def test_single_columns_are_named_by_pairs(run):
    told = run("read", "odd.csv", "--map", "name=谁", "--map", "birth=何时", odd__csv=csv_of(*ODD))
    assert told.exit_code == 0 and "birth <- 何时" in told.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "No such file"),
        (b"no json", "Expecting value"),
        (b'{"a": "nobody"}', "unknown_field: nobody"),
        (b'{"a": "birth"}', "no_name"),
        (b'["a"]', "'list' object"),
        (b"7", "'int' object"),
    ],
)
def test_a_file_of_columns_that_is_none_is_named(run, content, says):
    files = {"list__csv": csv_of(HEADER, *ROWS)} | ({"map__json": content} if content is not None else {})
    told = run("read", "list.csv", "--map", "map.json", **files)
    assert told.exit_code == 2 and says in told.output and "map.json" in told.output


@pytest.mark.parametrize("form", ["paxlst", "csv", "xlsx", "json"])
def test_a_list_is_written_in_every_form_and_read_again(run, tmp_path, form):
    people = [person(number) for number in range(3)]
    data = write_paxlst(people, flight="HU7976", legs=LEGS, prepared=PREPARED)
    told = run("write", "list.edi", "--to", form, "-o", "out", list__edi=data)
    assert told.exit_code == 0 and told.output == "out: 3 人 people\n"
    back = read_manifest((tmp_path / "out").read_bytes(), today=TODAY)
    assert back.format == form and back.flight == "HU7976"
    assert [one.document for one in back.travellers] == [one.document for one in people]


def test_paxlst_read_and_written_is_the_same_in_meaning(run, tmp_path, reference):
    for path in sorted((reference / "data" / "paxlst").glob("0*.edi")):
        run("write", "in.edi", "-o", "out.edi", in__edi=path.read_bytes())
        files = (path.read_bytes(), (tmp_path / "out.edi").read_bytes())
        before, after = (read_manifest(data, today=TODAY) for data in files)
        keys = ("persons", "legs", "list", "control_total", "errors")
        meant = [{key: one.as_paxlst_dict()[key] for key in keys} for one in (before, after)]
        assert meant[0] == meant[1] and before.meta["prepared"] == after.meta["prepared"]


def test_persons_who_wait_are_written_too_and_said(run):
    data = csv_of(HEADER, ROWS[0], ",女,,,1A")
    told = run("write", "list.csv", "--to", "csv", "--flight", "hu 7976", "-o", "out", list__csv=data)
    assert told.exit_code == 1 and "2 人 people" in told.output


@pytest.mark.parametrize("data", [csv_of(HEADER, *ROWS), csv_of(*ODD)])
def test_without_a_flight_or_persons_nothing_is_written(run, tmp_path, data):
    told = run("write", "list.csv", "-o", "out.edi", list__csv=data)
    assert told.exit_code == 2 and "--flight" in told.stderr and not (tmp_path / "out.edi").exists()


def test_messages_of_a_flight_are_merged_with_their_changes(run):
    first = write_paxlst([person(1), person(2)], flight="HU7976", prepared=PREPARED)
    later = write_csv([person(1, seat="50C")], flight="HU7976")
    told = run("merge", "a.edi", "b.csv", a__edi=first, b__csv=later)
    assert told.exit_code == 0 and "航班 Flight HU7976  2 人 people" in told.output
    assert "listed    TESTB, PERSONB  50C  seat 31A → 50C" in told.output


def test_merged_people_as_json_have_sources_and_changes(run):
    first = write_paxlst([person(1)], flight="HU7976", prepared=PREPARED)
    told = run("merge", "a.edi", "b.txt", "--json", a__edi=first, b__txt=a_pass(person(1), "50C").encode())
    (one,) = json.loads(told.output)["people"]
    assert one["standing"] == "aboard" and [source["reading"] for source in one["sources"]] == [0, 1]
    assert {"field": "seat", "before": "31A", "after": "50C", "reading": 1, "number": 1} in one["changes"]


def test_a_list_of_another_flight_is_left_out_and_said(run):
    first = write_paxlst([person(1)], flight="HU7976", prepared=PREPARED)
    other = write_paxlst([person(2)], flight="CA910", prepared=PREPARED)
    told = run("merge", "a.edi", "b.edi", a__edi=first, b__edi=other)
    assert told.exit_code == 1 and "MERGE_FLIGHT" in told.output
    assert json.loads(run("merge", "a.edi", "b.edi", "--json").output)["left_out"] == [{"reading": 1, "number": 1}]


def test_a_file_that_cannot_be_merged_is_refused(run):
    assert run("merge", "a.edi", a__edi=b"%PDF-1.7").exit_code == 2


@pytest.fixture
def cabin(run):
    people = [person(1, seat="15A"), person(2, seat="31C"), person(3, seat="40A"), person(4, seat="")]
    data = write_paxlst([replace(one, pnr="") for one in people], flight="HU7976", prepared=PREPARED)
    run("read", "list.edi", list__edi=data)
    return run


@pytest.mark.parametrize("case", ["15A", "15a", "EZ0000001"])
def test_contacts_of_a_seat_or_a_document(cabin, case):
    told = cabin("contacts", "list.edi", "--case", case)
    assert told.exit_code == 0 and "密切接触者 Close contacts 1" in told.output and "PERSONE" in told.output
    assert "座位" in told.output and "not excluded" in told.output


def test_contacts_by_the_layout_of_the_cabin(cabin):
    told = cabin("contacts", "list.edi", "--case", "15A", "--cabin", "wide-2-4-2")
    assert "Close contacts 2" in told.output and "31C" in told.output and "seated 1 row(s) from a case" in told.output


def test_contacts_by_a_layout_and_a_reach_of_ones_own(cabin, tmp_path):
    (tmp_path / "own.csv").write_text("cabin,zone,rows,letters,en,zh\nown,A,15-15,AC,,\nown,B,40-40,AC,,\n")
    told = cabin("contacts", "list.edi", "--case", "15A", "--cabin", "own", "--cabins", "own.csv", "--rows", "1")
    assert "40A" in told.output


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--case", "99Z"], "99Z"), (["--case", "15A", "--cabin", "zeppelin"], "wide-2-4-2"), ([], "--case")],
)
def test_what_is_not_there_is_named(cabin, options, says):
    told = cabin("contacts", "list.edi", *options)
    assert told.exit_code == 2 and says in told.output


def test_every_command_is_explained_in_both_languages(run):
    for name in manifest.commands:
        told = run(name, "--help", today=False).output
        assert any("\u4e00" <= sign <= "\u9fff" for sign in told) and "Usage" in told
