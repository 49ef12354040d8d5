"""The command `hucheng`: help without loading what is not called, the rest handed on as it was typed."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hucheng.cli import COMMANDS, main

run = CliRunner()


def in_a_process(*arguments: str, home: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell calls it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HUCHENG_", "DJANGO_"))}
    call = "import sys; from hucheng.cli import main; main(sys.argv[1:], prog_name='hucheng')"
    return subprocess.run(
        [sys.executable, "-c", call, *arguments],
        env=clean | {"HUCHENG_HOME": home} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestHelp:
    def test_every_command_is_listed_once_with_its_words_in_both_languages(self):
        told = run.invoke(main, ["--help"]).output
        for name, (_target, words) in COMMANDS.items():
            chinese, dot, english = words.partition(" · ")
            assert dot and any("\u4e00" <= sign <= "\u9fff" for sign in chinese) and english.isascii()
            assert told.count(words) == 1 and f"  {name} " in told
        assert "命令 · Commands" in told and "manage" in told and "护城" in told

    def test_the_list_of_commands_loads_none_of_them(self):
        code = (
            "import sys; from hucheng.cli import main\n"
            "try: main(['--help'])\n"
            "except SystemExit: pass\n"
            "kept = ('hucheng.engines', 'hucheng.exercises', 'django')\n"
            "loaded = [name for name in sys.modules if name.startswith(kept)]\n"
            "sys.exit(str(loaded) if loaded else 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_the_version_is_that_of_the_package(self):
        from importlib.metadata import version

        assert run.invoke(main, ["--version"]).output.strip() == f"hucheng {version('hucheng')}"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_a_command_is_what_its_line_names(self, name):
        command = main.get_command(None, name)
        assert command is not None and any("\u4e00" <= sign <= "\u9fff" for sign in command.help)
        assert any(word.isascii() and word.isalpha() for word in command.help.split())

    @pytest.mark.parametrize("wrong", ["nonsense", "MANIFEST", "", "core", "exercises"])
    def test_a_name_that_is_none_is_refused_and_imports_nothing(self, wrong):
        assert main.get_command(None, wrong) is None
        done = run.invoke(main, [wrong])
        assert done.exit_code == 2 and "Traceback" not in done.output

    def test_without_a_word_the_help_is_shown(self):
        done = run.invoke(main, [])
        assert "命令 · Commands" in done.output and done.exit_code in (0, 2)


class TestManage:
    def test_everything_behind_manage_is_handed_on_even_its_options(self, tmp_path):
        done = in_a_process("manage", "check", "--tag", "security", home=str(tmp_path))
        assert done.returncode == 0 and "no issues" in done.stdout

    def test_the_help_of_manage_is_that_of_django_under_our_name(self, tmp_path):
        done = in_a_process("manage", "help", "load_city", home=str(tmp_path))
        assert done.returncode == 0 and "hucheng manage load_city" in done.stdout and "装载行政区划" in done.stdout

    def test_a_command_that_django_does_not_know_is_said(self, tmp_path):
        done = in_a_process("manage", "nonsense", home=str(tmp_path))
        assert done.returncode == 1 and "nonsense" in done.stderr and "Traceback" not in done.stderr

    def test_an_error_of_a_command_is_one_sentence_and_an_exit_code(self, tmp_path):
        done = in_a_process("manage", "load_city", "--places", str(tmp_path / "none.csv"), home=str(tmp_path))
        assert done.returncode == 1 and "无法读取 · cannot be read" in done.stderr and "Traceback" not in done.stderr
