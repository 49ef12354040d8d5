from typing import Any

from django.db import migrations


def keep_the_notes_left_before(apps: Any, schema_editor: Any) -> None:
    """One row for the note that stands; those it displaced were not kept, and who left it is not on record."""
    notes = apps.get_model("command", "ShiftNote")
    shifts = apps.get_model("command", "Shift").objects.exclude(handed_over_at=None)
    notes.objects.bulk_create(notes(shift=shift, at=shift.handed_over_at, words=shift.handover) for shift in shifts)


class Migration(migrations.Migration):
    """Days that were handed over before keep the note that stands."""

    dependencies = [("command", "0007_handover_notes")]
    operations = [migrations.RunPython(keep_the_notes_left_before, migrations.RunPython.noop)]
