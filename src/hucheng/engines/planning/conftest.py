"""What tests of every planning problem stand on."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def verify(reference: Path) -> ModuleType:
    """The open benchmark's own checker, which shares no line with ours."""
    spec = importlib.util.spec_from_file_location("verify", reference / "planning" / "verify.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
