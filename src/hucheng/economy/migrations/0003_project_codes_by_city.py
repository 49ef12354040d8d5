from django.db import migrations, models
from django.db.models.functions import Left


class Migration(migrations.Migration):
    """Two cities may number their key projects alike."""

    dependencies = [("economy", "0002_guards")]
    operations = [
        migrations.RemoveConstraint("keyproject", "one_project_a_code"),
        migrations.AddConstraint(
            "keyproject",
            models.UniqueConstraint(Left("place", 4), models.F("code"), name="one_project_a_code_and_city"),
        ),
    ]
