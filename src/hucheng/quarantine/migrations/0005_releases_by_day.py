from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The board asks for the releases of the last fourteen days; they are found without reading all of them."""

    dependencies = [
        ("entry", "0002_guards"),
        ("quarantine", "0004_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["place", "decided_at"], name="quarantine__place_e8f33f_idx"),
        ),
    ]
