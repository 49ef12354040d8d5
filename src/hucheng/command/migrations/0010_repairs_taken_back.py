from django.db import migrations, models

from hucheng.core.audit.guards import Guard, Unguard

DOCUMENT = ("command_meeting", "command_document_stands")
COLUMNS = "UPDATE OF original, clean_text, edits"


class Migration(migrations.Migration):
    """A person may take a repair of minutes back: then, and only while nothing is published, their text may change."""

    dependencies = [("command", "0009_closed_lead_tasks_stay")]
    operations = [
        Unguard(*DOCUMENT, COLUMNS, "NEW.original <> OLD.original OR NEW.clean_text <> OLD.clean_text"),
        migrations.AddField("meeting", "kept", models.JSONField(default=list)),
        Guard(
            *DOCUMENT,
            COLUMNS,
            "NEW.original <> OLD.original OR (NEW.clean_text <> OLD.clean_text"
            " AND (NEW.kept = OLD.kept OR OLD.published_at IS NOT NULL))",
        ),
    ]
