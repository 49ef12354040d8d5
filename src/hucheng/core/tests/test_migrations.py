"""The migrations lead to the database that the models and guards describe, on which all other tests run.

SQLite drops the triggers of a table that a later migration rebuilds, and says nothing: the triggers are compared too.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from hucheng.core.audit.testing import triggers

pytestmark = pytest.mark.django_db
FRAMEWORK = ("django_", "auth_")
"""Tables that are not ours."""
MIGRATE = (
    "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
)


def shape(database: BaseDatabaseWrapper) -> dict[str, object]:
    """Columns, constraints and triggers, apart from their order and from names that a database makes up."""
    with database.cursor() as cursor:
        tables = [name for name in database.introspection.table_names(cursor) if not name.startswith(FRAMEWORK)]
        columns = {table: described(database, cursor, table) for table in tables}
        rules = {table: ruled(database, cursor, table) for table in tables}
    return {"columns": columns, "rules": rules, "triggers": triggers(database)}


def described(database, cursor, table) -> set[tuple]:
    return {(c.name, c.type_code, c.null_ok, c.pk) if database.vendor == "sqlite" else (c.name, c.type_code, c.null_ok)
            for c in database.introspection.get_table_description(cursor, table)}  # fmt: skip


def ruled(database, cursor, table) -> set[tuple]:
    found = database.introspection.get_constraints(cursor, table)
    kinds = ("primary_key", "unique", "foreign_key", "check", "index")
    return {
        ("" if name.startswith(("fk_", "__")) else name, tuple(rule["columns"] or ()), *(rule[kind] for kind in kinds))
        for name, rule in found.items()
    }


@contextmanager
def another_database(folder) -> Iterator[BaseDatabaseWrapper]:
    """Beside the one of the tests, on the same server."""
    name = str(folder / "migrated.sqlite3") if connection.vendor == "sqlite" else f"migrated_{os.getpid()}"
    other = connection.copy()
    other.settings_dict["NAME"] = name
    if connection.vendor == "sqlite":
        yield other
        other.close()
        return
    with other._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield other
    finally:
        other.close()
        with other._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def url_of(database: BaseDatabaseWrapper) -> str:
    given = database.settings_dict
    if database.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@/{given['NAME']}?host={given['OPTIONS']['host']}"


def test_the_migrations_lead_to_the_database_of_the_models_and_guards(tmp_path):
    with another_database(tmp_path) as migrated:
        place = {"HUCHENG_HOME": str(tmp_path), "DATABASE_URL": url_of(migrated)}
        env = {**os.environ, **place, "DJANGO_SETTINGS_MODULE": "hucheng.config.settings"}
        subprocess.run([sys.executable, "-c", MIGRATE], env=env, check=True, capture_output=True)
        ours, theirs = shape(connection), shape(migrated)
    assert len(ours["triggers"]) > 10 and len(ours["columns"]) > 100
    for kind, made in ours.items():
        assert theirs[kind] == made, kind
