from django.db import migrations

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """A reading stands as it was taken."""

    dependencies = [("command", "0001_initial")]
    operations = append_only("command_keptreading")
