"""The page on passenger lists says what is true: its examples run, its commands exist."""

import re
from pathlib import Path

import pytest

from hucheng.engines.manifests.cabins import cabins
from hucheng.engines.manifests.catalogue import catalogue
from hucheng.engines.manifests.command import WRITERS, manifest
from hucheng.engines.manifests.mrz_forms import FORMS

DOCS = Path(__file__).parents[5] / "docs"
PAGE = (DOCS / "engines" / "manifests.md").read_text(encoding="utf-8")


def test_every_example_runs_in_the_order_of_the_page():
    known: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 7
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"example {number}", "exec"), known)


def test_every_command_stands_on_the_page_with_its_options():
    for name, command in manifest.commands.items():
        assert f"hucheng manifest {name} " in PAGE, name
        for option in command.params:
            for written in option.opts:
                if written.startswith("--") and name in ("contacts", "read"):
                    assert written in PAGE, (name, written)
    assert "|".join(WRITERS) in PAGE


def test_every_code_and_layout_the_page_names_exists():
    codes = set(re.findall(r"\b[A-Z]+_[A-Z_]+\b", PAGE))
    assert codes and codes <= catalogue().keys()
    assert all(form in PAGE for form in FORMS)
    assert set(re.findall(r"wide-[\d-]+|single-aisle", PAGE)) <= cabins().keys()


@pytest.mark.parametrize("page", ["engines/manifests.md", "decisions/13-passenger-lists.md"])
def test_the_links_of_the_page_lead_somewhere(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (DOCS / page).parent.joinpath(target).resolve().exists(), target
