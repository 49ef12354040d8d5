from django.db import migrations, models

from hucheng.core.audit.guards import Unguard, append_only

(GUARD,) = append_only("entry_custody")


class Migration(migrations.Migration):
    """Two lines of custody in one minute keep their order; lines of before count as the first of their minute."""

    dependencies = [("entry", "0005_rule_tables")]
    operations = [
        Unguard(GUARD.table, GUARD.name, GUARD.event, GUARD.refuse),
        migrations.AlterModelOptions("custody", {"get_latest_by": ["at", "step"]}),
        migrations.AddField("custody", "step", models.PositiveSmallIntegerField(default=0)),
        GUARD,
    ]
