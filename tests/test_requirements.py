"""Every requirement has its row, and every test that a row names is there."""

import importlib
import re
from operator import attrgetter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]+-\d+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
NAMED = [(key, test.strip("`")) for key, _words, _where, test in ROWS if test != "not yet"]


def test_ids_are_unique_and_all_there():
    ids = [key for key, *_rest in ROWS]
    assert len(set(ids)) == len(ids)
    for kind, count in (("ISS", 27), ("INQ", 41), ("NEW", 38), ("R", 30)):
        assert {f"{kind}-{n:02}" for n in range(1, count + 1)} <= set(ids)


@pytest.mark.parametrize(("key", "node"), NAMED, ids=[key for key, _node in NAMED])
def test_a_named_test_exists(key, node):
    path, _colons, name = node.partition("::")
    module = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
    assert callable(attrgetter(name.replace("::", "."))(importlib.import_module(module))), node


def test_rows_say_what_and_where():
    for _key, words, where, test in ROWS:
        assert words and (where != "—") == (test != "not yet")
