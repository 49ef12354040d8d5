import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a person settles about the columns of an airline's sheets is remembered (ISS-11)."""

    dependencies = [("entry", "0002_guards"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(model_name="manifest", name="columns", field=models.JSONField(default=list)),
        migrations.CreateModel(
            name="SettledColumns",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=3, verbose_name="airline")),
                ("place", models.CharField(max_length=6)),
                ("columns", models.JSONField()),
                ("settled_at", models.DateTimeField()),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "settled_at"], name="entry_settl_source_a514fc_idx")],
            },
        ),
    ]
