from django.db import migrations

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """A correction of columns is a new row: what was believed when a list was read stays on record."""

    dependencies = [("entry", "0003_settled_columns")]
    operations = [*append_only("entry_settledcolumns")]
