import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hucheng.core.audit.guards import Guard


class Migration(migrations.Migration):
    """Cities change their rules as a table that one person proposes and another approves; once approved it stands."""

    dependencies = [("entry", "0004_settled_columns_guards"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="RuleTable",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=20)),
                ("text", models.TextField(verbose_name="the table as JSON")),
                ("proposed_at", models.DateTimeField()),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "name", "version"), name="a_version_of_a_table_is_proposed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("approved_by")), _negated=True),
                        name="two_people_for_a_table",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None), ("since", None)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_approval_is_whole",
                    ),
                ],
            },
        ),
        Guard(
            "entry_ruletable",
            "a_proposed_table_is_only_ever_approved",
            "UPDATE",
            "OLD.approved_at IS NOT NULL OR NEW.approved_at IS NULL OR NEW.text <> OLD.text OR NEW.place <> OLD.place"
            " OR NEW.name <> OLD.name OR NEW.version <> OLD.version OR NEW.author_id <> OLD.author_id",
        ),
        Guard("entry_ruletable", "a_table_is_never_deleted", "DELETE", "1 = 1"),
    ]
