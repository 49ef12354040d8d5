from django.db import migrations

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """What was done and who looked stays as it was written, whoever holds the database."""

    dependencies = [("core", "0001_initial")]
    operations = [*append_only("core_auditline", ("UPDATE", "DELETE")), *append_only("core_readtrace")]
