"""What every test may use: the reference folder, browsers and PostgreSQL that are said when they are missing."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")

ROOT = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FEW = 8  # a file of so few tests holds whole stories, killed processes, state machines or browsers


def reference_folder() -> Path | None:
    folder = Path(os.environ.get("HUCHENG_REFERENCE", ROOT.parent / "shared" / "reference"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference folder; skips with a word where it is not."""
    folder = reference_folder()
    if folder is None:
        pytest.skip("the reference folder is not here: set HUCHENG_REFERENCE")
    return folder


def browser_path() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        _long_files_first(items)
    for item in items:
        if item.get_closest_marker("browser") and browser_path() is None:
            item.add_marker(_missing("no Chromium on this machine"))
        if item.get_closest_marker("postgres") and not os.environ.get("HUCHENG_TEST_PG"):
            item.add_marker(_missing("no PostgreSQL cluster: run script/test"))


def _long_files_first(items: list[pytest.Item]) -> None:
    """Files of few long tests, then those of most tests: two workers end together (with --no-loadscope-reorder)."""
    size = Counter(item.path for item in items)
    items.sort(key=lambda item: (size[item.path] > FEW, -size[item.path]))


def _missing(why: str) -> pytest.MarkDecorator:
    """A skip on a developer's machine; a failure in CI, where a skip would hide a missing install step."""
    if os.environ.get("CI"):
        return pytest.mark.xfail(reason=why, run=False, strict=True)
    return pytest.mark.skip(reason=why)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a browser or PostgreSQL test that could not run is red."""
    outcome = yield
    report = outcome.get_result()
    must_run = item.get_closest_marker("browser") or item.get_closest_marker("postgres")
    if os.environ.get("CI") and must_run and report.skipped:
        report.outcome = "failed"


@pytest.fixture(autouse=True)
def language_of_the_city():
    """A page that an earlier test opened leaves its language behind: each test begins in that of the city."""
    translation.deactivate()


@pytest.fixture(scope="module")
def chromium():
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Its tables come from the models at once; the guards of the migrations stand in it too."""
    from hucheng.core.audit.testing import completed

    with django_db_blocker.unblock():
        completed()


@pytest.fixture(scope="module")
def kept_rows(django_db_setup, django_db_blocker):
    """Rows that all tests of a module share, as long stories are played once; taken back behind its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def deletable(django_db_setup, django_db_blocker):
    """Rows that refuse to be deleted are deleted where the test database is emptied: their guards rest meanwhile."""
    from hucheng.core.audit.testing import guard, guards, unguard

    some = [(app, one) for app, one in guards() if one.event == "DELETE"]
    with django_db_blocker.unblock():
        unguard(some)
    yield
    with django_db_blocker.unblock():
        guard(some)
