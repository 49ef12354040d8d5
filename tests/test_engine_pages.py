"""The pages of the engines tell the truth: every example on them runs as it stands."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hucheng.cli import main

PAGES = Path(__file__).parents[1] / "docs" / "engines"
OWN = ("rules.md", "passes.md")
CASES = "case_id,day,temp_c,test,declaration_complete,destination\n1,2020-03-24,36.5,negative,1,Beijing\n"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (PAGES / page).read_text(encoding="utf-8"), re.M | re.S)


def lines(page: str) -> list[str]:
    return [line for block in blocks(page, "console") for line in block.splitlines() if line.startswith("hucheng ")]


@pytest.mark.parametrize("page", OWN)
def test_the_python_of_a_page_runs_from_top_to_bottom(page):
    known: dict[str, object] = {}
    written = blocks(page, "python")
    assert len(written) >= 4
    for block in written:
        exec(compile(block, page, "exec"), known)


@pytest.mark.parametrize("page", OWN)
def test_the_commands_of_a_page_run_one_after_another(page, tmp_path, monkeypatch):
    """Exit 1 tells that a paper does not hold or that tables differ; anything above is a wrong command."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    assert len(lines(page)) >= 7
    for line in lines(page):
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        expected = 1 if "nonsense" in line else 0
        assert done.exit_code == expected, (line, done.output)


def test_every_page_stands_in_the_navigation():
    nav = (PAGES.parents[1] / "mkdocs.yml").read_text(encoding="utf-8")
    assert all(f"engines/{page}" in nav for page in OWN)


def test_the_table_of_shipped_tables_names_each():
    from hucheng.engines.rules import load_table, shipped_tables

    said = dict(re.findall(r"^\| `(\w+)` \| .+? \| (\w+) \|", (PAGES / "rules.md").read_text(encoding="utf-8"), re.M))
    assert said == {name: load_table(name).hit for name in shipped_tables()}
