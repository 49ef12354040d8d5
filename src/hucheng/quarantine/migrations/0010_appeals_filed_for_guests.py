import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hucheng.core.audit.guards import Guard, Unguard

STANDS = ("quarantine_appeal", "a_decided_appeal_stands", "UPDATE", "OLD.decided_at IS NOT NULL")


class Migration(migrations.Migration):
    """Staff may file for a guest: an appeal says whose hand wrote it; those before came from the guests themselves."""

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("quarantine", "0009_owners_of_houses")]
    operations = [
        Unguard(*STANDS),
        migrations.AddField(
            "appeal",
            "filed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        Guard(*STANDS),
    ]
