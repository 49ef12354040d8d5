"""`hucheng link` from the command line."""

import csv

import pytest
from click.testing import CliRunner

from hucheng.engines.linkage.command import link_group
from hucheng.engines.linkage.tests.people import made_lists

MAP = """
border: {number: no, surname: surname, given: given, birth: birth, documents: [passport], phone: phone}
hotel: {number: no, name: name, birth: birth, documents: [passport], phone: phone}
"""


@pytest.fixture
def folder(tmp_path):
    rows, truth = made_lists(51, 40)
    header = ("no", "name", "surname", "given", "birth", "passport", "phone")
    for source in ("border", "hotel"):
        with (tmp_path / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(header)
            for row in rows:
                if row.source == source:
                    told = (row.number, row.name, row.surname, row.given, row.birth.day or row.birth.year or "")
                    table.writerow((*told, row.documents[0], row.phone))
    with (tmp_path / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("source", "rec_id", "person_id"))
        table.writerows((*key, person) for key, person in truth.items() if key[0] != "survey")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    return tmp_path


def run(folder, *words, said=None):
    words = [str(folder / word) if "." in word else word for word in words]
    return CliRunner().invoke(link_group, words, input=said)


LINK = ("border.csv", "hotel.csv", "--map", "map.yaml", "--out", "out.csv")


def test_lists_are_linked_and_scored(folder):
    linked = run(folder, *LINK, "--questions", "questions.csv")
    assert linked.exit_code == 0 and "persons" in linked.output
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["source", "record_id", "person_id", "probability"]
    assert {row["source"] for row in rows} == {"border", "hotel"}
    assert (folder / "questions.csv").read_text(encoding="utf-8").startswith("source_1,record_id_1,source_2")
    scored = run(folder, "score", "out.csv", "truth.csv")
    assert scored.exit_code == 0 and "missing 0" in scored.output
    assert float(scored.output.split("F1 ")[1].split(";")[0]) > 0.97


def test_who_is_missing_from_a_list_is_written_with_it(folder):
    linked = run(folder, *LINK, "--gaps", "gaps.csv")
    with (folder / "gaps.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert linked.exit_code == 0 and rows
    assert {(row["on"], row["missing_from"]) for row in rows} <= {("border", "hotel"), ("hotel", "border")}
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        both = list(csv.DictReader(file))
    alone = {row["person_id"] for row in rows}
    assert all(sum(row["person_id"] == person for row in both) == 1 for person in alone)


def test_the_word_lists_may_be_written_out(folder):
    assert run(folder, "lists", *LINK).exit_code == 0


def test_rows_missing_from_the_answer_are_told_and_end_in_1(folder):
    run(folder, "border.csv", "--map", "map.yaml", "--out", "out.csv")
    scored = run(folder, "score", "out.csv", "truth.csv")
    assert scored.exit_code == 1 and "missing 0" not in scored.output


@pytest.mark.parametrize(
    ("map_text", "says"),
    [
        ("border: {number: no, surname: surname}", "does not name the list hotel"),
        (MAP.replace("number: no", "number: id"), "no column id for the number"),
        ("nothing", "must give columns"),
    ],
)
def test_what_cannot_be_used_is_said_in_both_languages_and_nothing_is_written(folder, map_text, says):
    (folder / "map.yaml").write_text(map_text, encoding="utf-8")
    refused = run(folder, *LINK)
    assert refused.exit_code == 1 and says in refused.output and "·" in refused.output
    assert not (folder / "out.csv").exists()


def test_a_doubt_is_said_and_the_lists_are_linked_all_the_same(folder):
    (folder / "map.yaml").write_text(MAP.replace("birth: birth", "birth: phone"), encoding="utf-8")
    linked = run(folder, *LINK)
    assert linked.exit_code == 0 and "check the map" in linked.output


def test_lists_that_lack_a_column_are_linked_without_it(folder):
    (folder / "map.yaml").write_text(MAP.replace("phone: phone", "phone: phones"), encoding="utf-8")
    linked = run(folder, *LINK)
    assert linked.exit_code == 0 and "hotel.csv phones: " in linked.output and "did you mean “phone”" in linked.output
    assert run(folder, "score", "out.csv", "truth.csv").exit_code == 0


def test_a_map_may_be_in_gb18030(folder):
    (folder / "map.yaml").write_bytes(f"# 映射\n{MAP}".encode("gb18030"))
    assert run(folder, *LINK).exit_code == 0


def test_two_lists_of_one_name_are_refused(folder):
    twice = run(folder, "hotel.csv", *LINK)
    assert twice.exit_code == 1 and "two lists are called hotel" in twice.output


def test_a_folder_for_the_results_that_is_not_there_is_said_before_the_run(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.command.link", None)
    said = run(folder, *LINK, "--gaps", "none/gaps.csv")
    assert said.exit_code == 1 and "there is no folder" in said.output


def test_a_list_that_cannot_be_used_is_refused_before_a_doubt_is_asked_about(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.command.at_terminal", lambda: True)
    (folder / "map.yaml").write_text(MAP.replace("birth: birth", "birth: phone"), encoding="utf-8")
    with (folder / "hotel.csv").open("a", encoding="utf-8") as file:
        file.write("x,李娜\nx,李娜\n")
    refused = run(folder, *LINK, said="y\n")
    assert refused.exit_code == 1 and "number x stands on lines" in refused.output and "Go on?" not in refused.output


def test_at_a_terminal_a_doubt_is_asked_about_and_no_stops(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.command.at_terminal", lambda: True)
    (folder / "map.yaml").write_text(MAP.replace("birth: birth", "birth: phone"), encoding="utf-8")
    asked = run(folder, *LINK, said="n\n")
    assert asked.exit_code == 1 and "Go on?" in asked.output and not (folder / "out.csv").exists()
    assert run(folder, *LINK, said="y\n").exit_code == 0 and (folder / "out.csv").exists()


def test_a_long_run_says_beforehand_what_it_will_take(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.command.MANY", 10)
    said = run(folder, *LINK, "--engine", "duckdb").output
    assert "分钟" in said and "candidate pairs" in said and said.index("Ctrl+C") < said.index("persons")


def test_at_a_terminal_a_long_run_is_asked_about_before_it_begins(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.command.MANY", 10)
    monkeypatch.setattr("hucheng.engines.linkage.command.at_terminal", lambda: True)
    monkeypatch.setattr("hucheng.engines.linkage.command.link", None)
    stopped = run(folder, *LINK, said="n\n")
    assert stopped.exit_code == 1 and "candidate pairs" in stopped.output and "Go on?" in stopped.output


@pytest.mark.parametrize("at", ["link", "gaps"])
def test_whoever_stops_it_finds_what_was_there_before(folder, monkeypatch, at):
    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    (folder / "out.csv").write_text("of yesterday", encoding="utf-8")
    before = sorted(folder.iterdir())
    monkeypatch.setattr(f"hucheng.engines.linkage.command.{at}", stopped)
    said = run(folder, *LINK, "--questions", "questions.csv", "--gaps", "gaps.csv")
    assert said.exit_code == 130 and "已停止" in said.output and "no file was written" in said.output
    assert sorted(folder.iterdir()) == before
    assert (folder / "out.csv").read_text(encoding="utf-8") == "of yesterday"


def test_without_spark_another_engine_is_named_before_anything_is_read(folder, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.on_spark.find_spec", lambda _name: None)
    (folder / "map.yaml").write_text("no map", encoding="utf-8")
    refused = run(folder, *LINK, "--engine", "spark")
    assert refused.exit_code == 1 and "--engine duckdb" in refused.output and not (folder / "out.csv").exists()


def test_help_is_in_both_languages(folder):
    said = CliRunner().invoke(link_group, ["--help"]).output
    assert "名单比对" in said and "Link lists" in said
