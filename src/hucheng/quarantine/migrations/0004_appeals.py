import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hucheng.core.secrets.fields
from hucheng.core.audit.guards import Guard


class Migration(migrations.Migration):
    """Travellers were told that they may appeal, and could not; a decision stands once it is given."""

    dependencies = [
        ("entry", "0002_guards"),
        ("quarantine", "0003_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=6)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("decision", "The decision to keep me"),
                            ("place", "The room or the house"),
                            ("treatment", "How I am treated"),
                            ("price", "Prices and fees"),
                            ("record", "Something wrong in my record"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", hucheng.core.secrets.fields.EncryptedField()),
                ("filed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("upheld", models.BooleanField(null=True)),
                ("answer", hucheng.core.secrets.fields.EncryptedField(blank=True, default="")),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="entry.arrival"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place", "decided_at", "due_at"], name="quarantine__place_abd66b_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("upheld", None)),
                            models.Q(("decided_at__isnull", False), ("upheld__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_appeal_is_decided_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("judged_by", None),
                            models.Q(("decided_by", models.F("judged_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_reviews_an_own_decision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("arrival", "about"),
                        name="one_open_appeal_about_a_thing",
                    ),
                ],
            },
        ),
        Guard("quarantine_appeal", "a_decided_appeal_stands", "UPDATE", "OLD.decided_at IS NOT NULL"),
    ]
