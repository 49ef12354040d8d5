"""Every refusal is raised by a test, says a fact and a next step, and says them in both languages."""

import ast
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from tests.messages import SOURCE, catalogue, home_of

ROOT = SOURCE.parents[1]


def calls_of_refusal(text: str) -> list[ast.Call]:
    """The places of a source text where a rule says no."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Refusal"]


def refusals() -> list[tuple[Path, ast.Call]]:
    files = [p for p in sorted(SOURCE.rglob("*.py")) if not {"tests", "migrations"} & set(p.parts)]
    texts = [(path, path.read_text(encoding="utf-8")) for path in files]
    return [(path, call) for path, text in texts if "Refusal" in text for call in calls_of_refusal(text)]


def code_of(call: ast.Call) -> str | None:
    return call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None


def codes() -> dict[str, list[str]]:
    """Code -> files that raise it; a code put together at run time has none."""
    found = defaultdict(list)
    for path, call in REFUSALS:
        if code := code_of(call):
            found[code].append(str(path.relative_to(ROOT)))
    return found


def words_of_tests() -> set[str]:
    """Every text that stands in a test: in asserts, parameters, expected answers."""
    found: set[str] = set()
    files = [*SOURCE.rglob("tests/*.py"), *(ROOT / "tests").rglob("*.py")]
    for path in files:
        if path == Path(__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value.decode(errors="ignore") if isinstance(node.value, bytes) else node.value
                found.add(text)
    return found


REFUSALS = refusals()
CODES = codes()


def test_every_code_is_named_by_a_test():
    tested = words_of_tests()
    missing = {code: files for code, files in CODES.items() if code not in tested}
    assert not missing, f"write a test that raises each: {missing}"


@pytest.mark.parametrize(("path", "call"), REFUSALS, ids=lambda v: v.name if hasattr(v, "name") else "")
def test_a_refusal_names_a_fact_and_a_next_step(path, call):
    parts = {keyword.arg for keyword in call.keywords}
    assert parts == {"why", "do"}, f"{path}:{call.lineno}"
    code = code_of(call)
    assert code is None or code.replace("_", "").isalnum() and code == code.lower(), f"{path}:{call.lineno}"


def test_the_why_and_the_do_of_every_refusal_have_their_chinese():
    missing = []
    known_of = lru_cache(catalogue)
    for path, call in REFUSALS:
        known = known_of(home_of(path))
        for keyword in call.keywords:
            for node in ast.walk(keyword.value):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
                if named and isinstance(node.args[0], ast.Constant) and not known.get(node.args[0].value):
                    missing.append((path.name, call.lineno, node.args[0].value))
    assert not missing


def test_the_gate_sees_a_code_without_a_test():
    (call,) = calls_of_refusal('raise Refusal("no_such_code_anywhere", why=_("a"), do=_("b"))')
    assert code_of(call) == "no_such_code_anywhere" and code_of(call) not in words_of_tests()
