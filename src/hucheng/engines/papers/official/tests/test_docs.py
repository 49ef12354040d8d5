"""The page on official documents says what is true: its examples run, its commands exist, its table names each kind."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hucheng.engines.papers import pdf
from hucheng.engines.papers.official import KINDS
from hucheng.engines.papers.official.command import paper

from .samples import SAMPLES

DOCS = Path(__file__).parents[6] / "docs"
PAGE = (DOCS / "engines" / "papers.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def font():
    try:
        return pdf._font_folder()
    except pdf.FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")


def test_every_example_runs_in_the_order_of_the_page():
    known: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 3
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"example {number}", "exec"), known)


def test_every_command_of_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.json").write_text(json.dumps(SAMPLES["supervision"]), encoding="utf-8")
    lines = [line for line in PAGE.splitlines() if line.startswith("hucheng paper ")]
    assert len(lines) == 3
    for line in lines:
        done = CliRunner().invoke(paper, shlex.split(line)[2:])
        assert done.exit_code == 0, (line, done.output)


def test_the_table_names_every_kind_and_the_page_stands_in_the_navigation():
    table = PAGE[PAGE.index("| kind |") : PAGE.index("## Mistakes")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == set(KINDS)
    assert (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8").count("engines/papers.md") == 1
