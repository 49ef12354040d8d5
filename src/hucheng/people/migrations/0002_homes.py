import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HOMES = [("unknown", "Not known yet"), ("county", "A county of the city"), ("outside", "Outside the city")]


class Migration(migrations.Migration):
    """Whether a county answers for somebody is a fact of its own, and each change of it has a row."""

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("before", models.CharField(max_length=6)),
                ("after", models.CharField(max_length=6)),
                (
                    "home",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known yet"),
                            ("county", "A county of the city"),
                            ("outside", "Outside the city"),
                        ],
                        max_length=7,
                    ),
                ),
                ("why", models.CharField(max_length=120)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="person",
            name="home",
            field=models.CharField(
                choices=[
                    ("unknown", "Not known yet"),
                    ("county", "A county of the city"),
                    ("outside", "Outside the city"),
                ],
                default="unknown",
                max_length=7,
                verbose_name="home",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="entry_reason",
            field=models.CharField(
                choices=[("manifest", "Passenger list")],
                max_length=40,
                verbose_name="why in the register",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["home", "place"], name="people_pers_home_03d418_idx"),
        ),
        migrations.AddField(
            model_name="homechange",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="homechange",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="home_changes", to="people.person"
            ),
        ),
    ]
