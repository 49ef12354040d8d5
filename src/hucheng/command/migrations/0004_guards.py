from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """Changes and reminders stand as they were written; so do a document and a published directive."""

    dependencies = [("command", "0003_directives_walk")]
    operations = [
        *append_only("command_directivechange"),
        *append_only("command_reminder"),
        *append_only("command_shiftchange"),
        Guard(
            "command_meeting",
            "command_document_stands",
            "UPDATE OF original, clean_text, edits",
            "NEW.original <> OLD.original OR NEW.clean_text <> OLD.clean_text",
        ),
        Guard(
            "command_directive",
            "command_published_directive_stands",
            "UPDATE",
            "OLD.state = 'published' AND (NEW.text <> OLD.text OR NEW.state <> OLD.state OR NEW.kind <> OLD.kind)",
        ),
    ]
