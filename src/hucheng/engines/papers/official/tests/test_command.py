"""`hucheng paper` from the command line."""

import json

import pytest
from click.testing import CliRunner

from hucheng.engines.papers import pdf
from hucheng.engines.papers.official.command import paper

from .samples import SAMPLES


@pytest.fixture
def run(tmp_path):
    def call(kind: str, data: object, out: str, *more: str):
        file = tmp_path / "data.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return CliRunner().invoke(paper, [kind, str(file), "--out", str(tmp_path / out), *more])

    return call


@pytest.mark.parametrize(("out", "start"), [("x.pdf", b"%PDF"), ("x.docx", b"PK"), ("x.DOCX", b"PK")])
def test_the_ending_of_the_file_says_what_is_written(run, tmp_path, out, start):
    try:
        pdf._font_folder()
    except pdf.FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")
    done = run("notice", SAMPLES["notice"], out)
    assert done.exit_code == 0 and (tmp_path / out).read_bytes().startswith(start)


def test_a_mistake_is_told_by_its_path_in_both_languages(run, tmp_path):
    done = run("minutes", SAMPLES["minutes"] | {"date": "gestern"}, "x.pdf")
    assert done.exit_code == 2 and not (tmp_path / "x.pdf").exists()
    assert done.stderr == "date：应为日期，如 2020-03-24。\ndate: must be a day such as 2020-03-24.\n"


@pytest.mark.parametrize(("out", "kind"), [("x.txt", "notice"), ("x", "notice"), ("x.pdf", "poem")])
def test_other_files_and_kinds_are_refused(run, tmp_path, out, kind):
    done = run(kind, SAMPLES["notice"], out)
    assert done.exit_code == 2 and not (tmp_path / out).exists()


def test_a_file_that_is_far_too_large_is_refused(run, tmp_path):
    done = run("notice", " " * 5_000_001, "x.pdf")
    assert done.exit_code == 1 and "5 MB" in done.output


def test_the_schema_is_printed_without_data():
    done = CliRunner().invoke(paper, ["handover", "--schema"])
    assert done.exit_code == 0 and json.loads(done.output)["title"] == "handover"


def test_without_data_or_file_the_command_says_what_it_needs():
    done = CliRunner().invoke(paper, ["handover"])
    assert done.exit_code == 2 and "--out" in done.output
