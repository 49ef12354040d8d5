import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """Each handover note of a day is kept as it was left."""

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("command", "0006_notice_guards")]
    operations = [
        migrations.CreateModel(
            name="ShiftNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="command.shift"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="handover_note_has_words"
                    )
                ],
            },
        ),
        *append_only("command_shiftnote"),
    ]
