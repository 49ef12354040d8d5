"""kill -9 in the middle of an act: all of it stands or nothing, and its audit line only with it (NEW-06, R-11)."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from hucheng.core.audit.testing import copied_to

ROUNDS = 5
CUT = 2
"""Of the twenty acts so many at least were killed before their end; how many more depends on other work."""


def told_by(tmp_path, database: str) -> list[dict]:
    known = {k: v for k, v in os.environ.items() if k not in ("HUCHENG_TEST_ON_PG", "DJANGO_SETTINGS_MODULE")}
    env = known | {"HUCHENG_HOME": str(tmp_path), "DATABASE_URL": database, "HUCHENG_LOG": "ERROR"}
    module = [sys.executable, "-m", "hucheng.entry.manifests.tests.killed", "43", str(ROUNDS)]
    done = subprocess.run(module, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def all_or_nothing(rounds: list[dict]) -> None:
    whole = {one["act"]: one["stands"] for one in rounds if one["whole"]}
    for one in rounds:
        counts = set(one["stands"].values())
        assert len(counts) == 1, one
        assert one["stands"] == whole[one["act"]] or counts == {0}, one
        if one["ended"]:
            assert counts != {0}, one
    assert set(whole) == {"TakingIn", "Judging", "Clearing", "Revoking"}
    assert sum(not one["ended"] for one in rounds) >= CUT, "hardly anything was killed in the middle"


@pytest.mark.skipif("HUCHENG_TEST_ON_PG" in os.environ, reason="runs in the pass on the embedded database")
def test_a_process_killed_at_any_moment_leaves_all_or_nothing(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        copied_to(tmp_path / "hucheng.sqlite3")
    all_or_nothing(told_by(tmp_path, f"sqlite:///{tmp_path / 'hucheng.sqlite3'}"))


@pytest.mark.postgres
def test_on_postgresql_too(tmp_path, django_db_setup, django_db_blocker):
    name = f"killed_{os.getpid()}"
    where, query = os.environ["HUCHENG_TEST_PG"].split("/postgres?", 1)
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    try:
        all_or_nothing(told_by(tmp_path, f"{where}/{name}?{query}"))
    finally:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
