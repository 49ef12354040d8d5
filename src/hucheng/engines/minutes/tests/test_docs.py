"""The page on minutes says what is true: its examples run, its commands exist and its tables are whole."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hucheng.engines import minutes as engine
from hucheng.engines.minutes import Standing, damage, read
from hucheng.engines.minutes.command import minutes
from hucheng.engines.minutes.comparison import STALLED
from hucheng.engines.minutes.likeness import SAME, TEXT

from .cases import HELD

DOCS = Path(__file__).parents[5] / "docs"
PAGE = (DOCS / "engines" / "minutes.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("hucheng minutes ")]
TOLD = HELD + "会议要求，要备足口罩。"


def test_every_example_runs_in_the_order_of_the_page():
    known: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 10
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"example {number}", "exec"), known)


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {"told.txt": TOLD, "next.txt": TOLD, "damaged.txt": damage(TOLD + "各縣")}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("told.json", "gold.json"):
        (tmp_path / name).write_text(json.dumps(read(TOLD).as_dict()), encoding="utf-8")


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_page_runs(files, line):
    done = CliRunner().invoke(minutes, shlex.split(line)[2:])
    assert done.exit_code == 0 and done.stdout, done.output


def test_every_command_and_option_stands_on_the_page():
    for name, command in minutes.commands.items():
        assert any(line.startswith(f"hucheng minutes {name} ") for line in LINES), name
        for option in command.params:
            for written in option.opts:
                if written.startswith("--"):
                    assert any(line.split()[2] == name and written in line for line in LINES), (name, written)


def test_every_call_the_page_names_is_offered():
    table = PAGE[PAGE.index("| step |") : PAGE.index("`read_file` takes")]
    calls = [one for row in table.splitlines()[2:] if row for one in re.findall(r"`(\w+)`", row.split("|")[2])]
    assert len(calls) == 12 and all(hasattr(engine, one) and one in engine.__all__ for one in calls)


def test_the_numbers_and_standings_of_the_page_are_those_of_the_code():
    table = PAGE[PAGE.index("| standing |") : PAGE.index("A demand that stands in")]
    assert re.findall(r"^\| (\w+) \| ", table, re.M)[1:] == [*Standing]
    assert f"From {SAME} on they are one" in PAGE and TEXT == 0.9 and STALLED == 3


def test_the_page_stands_in_the_navigation_once():
    assert (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8").count("engines/minutes.md") == 1
