from django.db import migrations

from hucheng.core.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    """What was done and who looked stays as it was written, whoever holds the database."""

    dependencies = [("core", "0001_initial")]
    operations = [
        AppendOnly("core_auditline", ("UPDATE", "DELETE")),
        AppendOnly("core_readtrace"),
    ]
