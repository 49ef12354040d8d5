"""`from hucheng.engines import risk` is all that is needed, costs little, and the page's examples run."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hucheng.engines import risk

PAGE = (Path(__file__).parents[5] / "docs/engines/risk.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", risk.__all__)
def test_every_name_is_there(name):
    assert getattr(risk, name) is not None and name in dir(risk)


def test_names_that_come_later_are_those_of_their_module_and_listed():
    for name, module in risk._HOME.items():
        assert getattr(risk, name) is getattr(import_module(f"hucheng.engines.risk.{module}"), name)
    assert set(risk._HOME) < set(risk.__all__) and risk.__all__ == sorted(risk.__all__)


def test_what_is_not_there_is_said_with_what_is():
    with pytest.raises(AttributeError, match="has no quarantine_anser; it has .*quarantine_answer"):
        risk.quarantine_anser  # noqa: B018


def test_no_name_that_comes_later_is_that_of_a_module():
    """Python puts a module that is imported in the place of its name, so what is found would hang on the order."""
    assert not set(risk._HOME) & {one.stem for one in Path(risk.__file__).parent.iterdir()}


def test_loading_it_loads_no_answer_and_no_web_framework():
    code = (
        "import sys; from hucheng.engines import risk\n"
        "assert not {'hucheng.engines.risk.answers', 'hucheng.engines.risk.demand', 'django'} & set(sys.modules)\n"
        "risk.quarantine_answer; assert 'hucheng.engines.risk.answers' in sys.modules and 'django' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_examples_of_the_page_run_in_their_order():
    known: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"example {number}", "exec"), known)
    assert known["best"].risk <= 0.01 and 0 < known["told"].low < known["told"].value < known["told"].high
    assert known["grows"].details["notes"] == [] and len(known["policies"].consequences) == 3
