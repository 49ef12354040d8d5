import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hucheng.core.audit.guards import Guard


class Migration(migrations.Migration):
    """Directives come as sheets too; what a sheet said stays as it came."""

    dependencies = [
        ("command", "0010_repairs_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectiveList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("held_on", models.DateField(verbose_name="decided on")),
                ("cells", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                ("taken", models.JSONField(default=list)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_list",
                        to="command.meeting",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "received_at"], name="command_dir_place_e8374d_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "sha256", "held_on"), name="one_list_a_file_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meeting", None), ("taken_at", None)),
                            models.Q(("meeting__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_list_taken_in_has_its_record",
                    ),
                ],
            },
        ),
        Guard("command_directivelist", "a_list_keeps_its_rows", "UPDATE OF cells", "NEW.cells <> OLD.cells"),
    ]
