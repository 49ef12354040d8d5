from django.db import migrations, models


class Migration(migrations.Migration):
    """A lead's task that was closed stays as it was closed: a later assignment of its directive gives a new one."""

    dependencies = [("command", "0008_keep_the_notes_left_before")]
    operations = [
        migrations.RemoveConstraint("task", "one_lead_task_a_directive"),
        migrations.AddConstraint(
            "task",
            models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("parent", None)),
                fields=("directive",),
                name="one_open_lead_task_a_directive",
            ),
        ),
    ]
