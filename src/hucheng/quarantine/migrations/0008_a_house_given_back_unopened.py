from django.db import migrations, models


class Migration(migrations.Migration):
    """A house may be ordered and never needed: only one in use must have been made ready before."""

    dependencies = [("quarantine", "0007_moves_and_houses_given_back")]
    operations = [
        migrations.RemoveConstraint("house", "ready_before_in_use"),
        migrations.AddConstraint(
            "house",
            models.CheckConstraint(
                condition=~models.Q(("state", "active")) | models.Q(("ready_at__isnull", False)),
                name="ready_before_in_use",
            ),
        ),
    ]
