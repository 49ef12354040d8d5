"""The database of the tests: made from the models at once, with the guards that the migrations put up.

A hundred migrations take half a minute; core/tests/test_migrations.py shows that both ways give the same database.
"""

from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hucheng.core.audit.guards import Guard, Unguard


def guards() -> list[tuple[str, Guard]]:
    """The guards that stand behind the last migration, each with its app."""
    standing: dict[str, tuple[str, Guard]] = {}
    for (app, _name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        for step in migration.operations:
            if isinstance(step, Unguard):
                del standing[step.name]
            elif isinstance(step, Guard):
                standing[step.name] = (app, step)
    return list(standing.values())


def completed() -> None:
    """Do what migrations do beyond the tables: their guards, and the record that they have run."""
    guard(guards())
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations.keys() - recorder.applied_migrations().keys():
        recorder.record_applied(app, name)


def guard(some: list[tuple[str, Guard]]) -> None:
    """Put guards up, also where they stand already."""
    unguard(some)
    with connection.schema_editor() as editor:
        for app, one in some:
            one.database_forwards(app, editor, None, None)


def unguard(some: list[tuple[str, Guard]]) -> None:
    """Take guards down."""
    with connection.schema_editor() as editor:
        for app, one in some:
            one.database_backwards(app, editor, None, None)


def triggers(database: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that stand in a database, each with its table."""
    sql = "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
    if database.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    with database.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def copied_to(file: Path) -> None:
    """Write the test database, as it stands, as the SQLite file of an installation."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
