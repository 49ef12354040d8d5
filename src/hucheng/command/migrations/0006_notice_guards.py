from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """A notice stands as it came; its task changes only by being done, once."""

    dependencies = [("command", "0005_notices")]
    operations = [
        *append_only("command_notice", ("UPDATE", "DELETE")),
        Guard(
            "command_noticetask",
            "command_notice_task_stands",
            "UPDATE",
            "OLD.done_at IS NOT NULL OR NEW.text <> OLD.text OR NEW.due <> OLD.due OR NEW.unit_id <> OLD.unit_id"
            " OR NEW.notice_id <> OLD.notice_id OR NEW.given_at <> OLD.given_at OR NEW.place <> OLD.place",
        ),
    ]
