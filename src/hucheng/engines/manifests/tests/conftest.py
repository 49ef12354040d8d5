"""The benchmark of damaged lists as a module, for the tests that use its files and counters."""

import importlib.util
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[5] / "benchmarks" / "manifests.py"


@pytest.fixture(scope="module")
def bench():
    """Give `benchmarks/manifests.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("bench_manifests", SOURCE)
    module = sys.modules["bench_manifests"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
