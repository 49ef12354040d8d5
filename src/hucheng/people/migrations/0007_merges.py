import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever compares two rows may find one human; each row keeps what is its own, so that it can be taken back."""

    dependencies = [
        ("people", "0006_key_known_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="doubt",
            name="answer",
            field=models.CharField(
                choices=[("open", "Not compared yet"), ("two", "Two people"), ("one", "One person")],
                default="open",
                max_length=4,
            ),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("why", models.CharField(max_length=120)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_why", models.CharField(blank=True, max_length=120)),
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
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merged_here", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="people.person"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("person",), name="a_row_is_merged_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("into")), _negated=True),
                        name="nobody_is_merged_with_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None), ("undone_why", "")),
                            ("undone_at__isnull", False),
                            _connector="OR",
                        ),
                        name="who_takes_a_merge_back_says_when",
                    ),
                ],
            },
        ),
    ]
