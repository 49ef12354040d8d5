"""docs/evaluation/risk.md holds what its generator writes: each published number beside ours, and the real flights."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from hucheng.engines.risk import curves
from hucheng.engines.risk.published.reproduce import read_rows

ROOT = Path(__file__).resolve().parents[6]
PAGE, TABLE = ROOT / "docs/evaluation/risk.md", ROOT / "benchmarks/risk/published.csv"


@pytest.fixture(scope="module")
def generator():
    made = spec_from_file_location("published_page", ROOT / "benchmarks/risk/published.py")
    module = sys.modules[made.name] = module_from_spec(made)
    made.loader.exec_module(module)
    return module


def rounded(text):
    """The page with numbers to five figures: the last digits may differ between machines."""
    return re.sub(r"\d+\.\d+(?:e-?\d+)?", lambda found: f"{float(found[0]):.5g}", text)


def without_differences(text):
    return [line for line in text.splitlines() if not re.search(r"\d\.\de[+-]\d\d", line)]


def test_the_page_is_what_its_generator_writes(generator, tmp_path):
    copy = tmp_path / "risk.md"
    copy.write_text(PAGE.read_text("utf-8"), "utf-8")
    generator.main(str(TABLE), str(copy))
    assert without_differences(rounded(copy.read_text("utf-8"))) == without_differences(
        rounded(PAGE.read_text("utf-8"))
    )


def test_every_computable_number_stands_on_it_beside_ours():
    page = PAGE.read_text("utf-8")
    for row in read_rows(TABLE.read_bytes()):
        if row["note"].startswith("computable"):
            line = re.search(rf"^\| {row['id']} \|.*\| {re.escape(row['value'])} \| (\S+) \|$", page, re.M)
            assert line and float(line[1]) == pytest.approx(float(row["value"]), rel=0.06, abs=0.02), row["id"]


def test_ca910_stands_beside_every_named_curve_with_which_it_contradicts():
    page = PAGE.read_text("utf-8")
    found = re.findall(
        r"^\| CA910.*\| 25 of 35.*\| (\w+) \| ([\d, ]+) \| ([\d.]+)-([\d.]+) \| (yes|no) \|$", page, re.M
    )
    assert {(curve, days) for curve, days, *_ in found} == {
        (curve, days) for curve in curves() for days in ("0", "0, 1")
    }
    for curve, days, low, high, contradicted in found:
        assert contradicted == ("no" if days == "0, 1" and curve != "hellewell_lft" else "yes")
        assert (float(high) < 0.54) == (contradicted == "yes") and float(low) < float(high)
