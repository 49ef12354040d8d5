"""A migration step that makes a table append-only in the database itself, on SQLite and PostgreSQL."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES = """
CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append_only: rows of {table} are never changed'; END $$;
CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}_refuse();
"""
_SQLITE = """
CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"
BEGIN SELECT RAISE(ABORT, 'append_only: rows of {table} are never changed'); END;
"""


class AppendOnly(Operation):
    """Refuse UPDATE (and the other events named) on a table. Put it after the last step that alters the table."""

    reversible = True

    def __init__(self, table: str, events: Sequence[str] = ("UPDATE",)) -> None:
        self.table = table
        self.events = tuple(events)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Give what rebuilds this step."""
        return self.__class__.__name__, [self.table, self.events], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Create one trigger an event."""
        template = _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE
        for event in self.events:
            schema_editor.execute(template.format(name=self._name(event), table=self.table, event=event))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: object, to_state: object
    ) -> None:
        """Drop the triggers again."""
        on_table = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for event in self.events:
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self._name(event)}"{on_table}')

    def describe(self) -> str:
        """Say what the step does."""
        return f"Make {self.table} append-only"

    def _name(self, event: str) -> str:
        return f"{self.table}_no_{event.lower()}"
