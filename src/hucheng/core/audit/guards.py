"""Migration steps that put a rule into the database itself, on SQLite and PostgreSQL alike."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES = """
CREATE OR REPLACE FUNCTION {name}_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {refuse} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}_check();
"""
_SQLITE = """
CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {refuse}
BEGIN SELECT RAISE(ABORT, '{name}'); END;
"""


class Guard(Operation):
    """Refuse an event on a table under a condition; the database then raises an integrity error with the name.

    event   INSERT, UPDATE, DELETE or UPDATE OF columns
    refuse  SQL over NEW and OLD that both databases read
    Put it after the last step that alters the table: SQLite drops triggers when it rebuilds one.
    """

    reversible = True

    def __init__(self, table: str, name: str, event: str, refuse: str) -> None:
        self.table = table
        self.name = name
        self.event = event
        self.refuse = refuse

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Give what rebuilds this step."""
        return self.__class__.__name__, [self.table, self.name, self.event, self.refuse], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Create the trigger."""
        template = _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE
        parts = {"name": self.name, "table": self.table, "event": self.event, "refuse": self.refuse}
        schema_editor.execute(template.format(**parts), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Drop the trigger again."""
        on_table = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}"{on_table}')

    def describe(self) -> str:
        """Say what the step does."""
        return f"Guard {self.table}: {self.name}"


class Unguard(Guard):
    """Take a guard away, before a step that alters its table; put it back after."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Drop the trigger."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Create the trigger again."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what the step does."""
        return f"Unguard {self.table}: {self.name}"


def append_only(table: str, events: Sequence[str] = ("UPDATE",)) -> list[Guard]:
    """Guards that let rows of a table be written once and never changed (nor, if asked, deleted)."""
    return [Guard(table, f"{table}_no_{event.lower()}", event, "1 = 1") for event in events]
