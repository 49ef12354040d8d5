"""The command line: engines' commands load no web framework; help speaks both languages."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from hucheng.cli import COMMANDS, main

run = CliRunner()


@pytest.mark.parametrize("arguments", [["--help"], *[[name, "--help"] for name in COMMANDS]])
def test_help_speaks_both_languages(arguments):
    shown = run.invoke(main, arguments)
    assert shown.exit_code == 0 and any("\u4e00" <= sign <= "\u9fff" for sign in shown.output)
    assert any(word.isascii() and word.isalpha() for word in shown.output.split())


def test_an_unknown_command_is_said():
    assert run.invoke(main, ["nonsense"]).exit_code == 2


@pytest.mark.parametrize("name", ["minutes", "manifest", "rules", "pass", "link", "risk", "plan", "paper", "fire"])
def test_engines_load_no_web_framework(name):
    code = (
        "import sys; from hucheng.cli import main\n"
        f"try: main(['{name}', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_list_is_read_from_the_command_line(tmp_path):
    good, bad = tmp_path / "list.csv", tmp_path / "x.pdf"
    good.write_text("姓名,证件号码,出生日期\n王丽华,EZ0000001,1985-04-30\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4")
    assert "王丽华" in run.invoke(main, ["manifest", "read", str(good), "--json"]).output
    assert run.invoke(main, ["manifest", "read", str(bad)]).exit_code == 2
