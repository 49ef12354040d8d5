"""How an installation sets itself up: keys of its own, settings by environment, checks that speak when one is wrong."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core import checks as django_checks
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from hucheng.config.keys import key_file
from hucheng.core.checks import WANTED, secrets_are_own, sqlite_is_tuned

READ = """
import json, sys
from hucheng.config import settings as s
print(json.dumps({
    "home": str(s.HOME), "exercise": s.HUCHENG_EXERCISE, "city": s.HUCHENG_CITY, "port": s.HUCHENG_PORT,
    "desk": s.HUCHENG_DESK, "hosts": s.ALLOWED_HOSTS, "origins": s.CSRF_TRUSTED_ORIGINS, "debug": s.DEBUG,
    "secure": [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE], "engine": s.DATABASES["default"]["ENGINE"],
    "name": str(s.DATABASES["default"]["NAME"]), "options": s.DATABASES["default"].get("OPTIONS", {}),
    "log": s.LOGGING["root"]["level"], "secret": s.SECRET_KEY, "files": str(s.MEDIA_ROOT),
    "field": s.HUCHENG_FIELD_KEYS["k1"].hex(), "index": s.HUCHENG_INDEX_KEY.hex(),
}))
"""
OURS = ("HUCHENG_", "DATABASE_URL", "DJANGO_")


def settings_with(home: Path, **given: str) -> dict:
    """The settings as a fresh process reads them with this environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    told = subprocess.run(
        [sys.executable, "-c", READ],
        env=clean | {"HUCHENG_HOME": str(home)} | given,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout)


def test_the_three_keys_of_an_installation_are_made_once_and_differ(tmp_path):
    first, again = settings_with(tmp_path), settings_with(tmp_path)
    keys = [first["secret"], first["field"], first["index"]]
    assert len(set(keys)) == 3 and all(len(key) == 64 for key in keys)
    assert keys == [again["secret"], again["field"], again["index"]]
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["django.key", "field.key", "index.key"]


def test_two_installations_share_no_key(tmp_path):
    one, other = settings_with(tmp_path / "a"), settings_with(tmp_path / "b")
    assert not {one["secret"], one["field"], one["index"]} & {other["secret"], other["field"], other["index"]}


class TestKeys:
    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
    def test_nobody_else_reads_a_key_whatever_the_umask(self, tmp_path, umask):
        before = os.umask(umask)
        try:
            key_file(tmp_path / "keys" / "one.key")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "keys" / "one.key").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) & 0o077 == 0

    def test_many_that_start_at_once_get_one_key_and_leave_no_draft(self, tmp_path):
        path = tmp_path / "keys" / "one.key"
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda _n: key_file(path), range(32)))
        assert len(keys) == 1 and [one.name for one in path.parent.iterdir()] == ["one.key"]

    @given(st.binary(max_size=80).filter(lambda data: len(data) != 32))
    def test_a_key_of_any_other_length_is_refused_by_name_and_left_as_it_is(self, data):
        path = house.HUCHENG_KEY_FOLDER / "touched.key"
        path.write_bytes(data)
        with pytest.raises(ValueError, match="touched.key holds"):
            key_file(path)
        assert path.read_bytes() == data
        path.unlink()

    @given(st.binary(min_size=32, max_size=32))
    def test_a_key_that_is_put_back_is_used_as_it_is(self, data):
        path = house.HUCHENG_KEY_FOLDER / "back.key"
        path.write_bytes(data)
        assert key_file(path) == data
        path.unlink()


class TestEnvironment:
    def test_without_any_it_is_a_real_installation_with_an_embedded_database(self, tmp_path):
        told = settings_with(tmp_path)
        assert (told["exercise"], told["debug"], told["city"], told["port"]) == (False, False, "140100", "TYN")
        assert told["engine"].endswith("sqlite3") and told["name"] == str(tmp_path / "hucheng.sqlite3")
        assert told["options"]["transaction_mode"] == "IMMEDIATE" and told["hosts"] == [
            "localhost",
            "127.0.0.1",
            "[::1]",
        ]
        assert told["secure"] == [False, False] and told["origins"] == [] and told["log"] == "WARNING"
        assert told["files"] == str(tmp_path / "files")

    @pytest.mark.parametrize(
        ("name", "value", "setting", "wanted"),
        [
            ("HUCHENG_EXERCISE", "1", "exercise", True),
            ("HUCHENG_EXERCISE", "0", "exercise", False),
            ("HUCHENG_CITY", "420100", "city", "420100"),
            ("HUCHENG_PORT_OF_ENTRY", "WUH", "port", "WUH"),
            ("HUCHENG_DESK", "WH-MOAT", "desk", "WH-MOAT"),
            ("HUCHENG_HOSTS", "a.example,b.example", "hosts", ["a.example", "b.example"]),
            ("HUCHENG_ORIGINS", "https://a.example", "origins", ["https://a.example"]),
            ("HUCHENG_HTTPS", "true", "secure", [True, True]),
            ("HUCHENG_LOG", "INFO", "log", "INFO"),
        ],
    )
    def test_each_word_of_the_environment_sets_its_one_setting(self, tmp_path, name, value, setting, wanted):
        told, usual = settings_with(tmp_path, **{name: value}), settings_with(tmp_path)
        assert told.pop(setting) == wanted
        usual.pop(setting)
        assert told == usual

    def test_another_database_takes_none_of_the_settings_of_sqlite(self, tmp_path):
        told = settings_with(tmp_path, DATABASE_URL="postgres://hc:pw@db.example:5432/city")
        assert told["engine"].endswith("postgresql") and told["name"] == "city" and told["options"] == {}

    def test_without_a_home_the_folder_var_of_where_one_stands_is_used(self, tmp_path):
        told = subprocess.run(
            [sys.executable, "-c", READ],
            env={name: value for name, value in os.environ.items() if not name.startswith(OURS)}
            | {"PYTHONPATH": str(Path(house.PACKAGE).parent)},
            cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(told.stdout)["home"] == str(tmp_path / "var") and (tmp_path / "var" / "keys").is_dir()


class TestWhatIsAlwaysSo:
    def test_pages_come_from_this_house_alone(self):
        policy = house.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        assert policy["default-src"] == ["'self'"] and policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
        assert not any("unsafe" in source or "http" in source for sources in policy.values() for source in sources)

    @pytest.mark.django_db
    def test_every_answer_says_so(self, client):
        answer = client.get("/sign-in/")
        assert "default-src 'self'" in answer["Content-Security-Policy"] and answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Referrer-Policy"] == "same-origin"

    def test_a_session_ends_with_a_shift_and_no_script_reads_it(self):
        assert house.SESSION_COOKIE_AGE == 12 * 3600 and house.SESSION_COOKIE_HTTPONLY

    def test_the_upload_limit_of_the_server_lies_above_that_of_the_house(self):
        """Else the server would answer with a page of its own before the house can say what is too large."""
        from hucheng.core.uploads import MOST_BYTES

        assert MOST_BYTES < house.DATA_UPLOAD_MAX_MEMORY_SIZE == house.FILE_UPLOAD_MAX_MEMORY_SIZE


class TestChecks:
    def found(self):
        return sqlite_is_tuned(None, databases=["default"])

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
    def test_the_database_of_the_tests_is_tuned_like_that_of_an_installation(self):
        assert self.found() == []

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
    def test_a_setting_that_is_lost_is_named_with_what_it_should_be(self):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = 0")
            try:
                (fault,) = self.found()
            finally:
                cursor.execute("PRAGMA recursive_triggers = 1")
        assert fault.id == "hucheng.E001" and "recursive_triggers is 0, not 1" in fault.msg and fault.hint

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
    def test_transactions_that_begin_by_reading_are_named(self, monkeypatch):
        monkeypatch.setattr(connections["default"], "transaction_mode", "DEFERRED")
        (fault,) = self.found()
        assert "transaction_mode is DEFERRED, not IMMEDIATE" in fault.msg

    def test_a_check_that_is_not_about_databases_opens_none(self):
        assert sqlite_is_tuned(None) == [] == sqlite_is_tuned(None, databases=[])

    @pytest.mark.parametrize(("exercise", "ids"), [(True, ["hucheng.E002"]), (False, [])])
    def test_an_exercise_is_never_deployed(self, settings, exercise, ids):
        settings.HUCHENG_EXERCISE = exercise
        assert [fault.id for fault in secrets_are_own(None)] == ids

    def test_the_checks_are_asked_when_django_asks(self):
        known = django_checks.registry.registry
        assert sqlite_is_tuned in known.registered_checks and secrets_are_own in known.deployment_checks

    def test_every_pragma_that_is_checked_is_one_that_the_settings_set(self):
        set_up = house.SQLITE_TUNED["init_command"]
        assert [pragma for pragma in WANTED if f"PRAGMA {pragma}=" not in set_up] == []
