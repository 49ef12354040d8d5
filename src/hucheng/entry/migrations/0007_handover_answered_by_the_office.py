from django.db import migrations, models


class Migration(migrations.Migration):
    """Where the office answered for a receiver, the reason stands with the answer; answers of before carry none."""

    dependencies = [("entry", "0006_custody_steps")]
    operations = [
        migrations.AddField(
            "handover",
            "on_behalf",
            models.CharField(blank=True, default="", max_length=200, verbose_name="why the office answered"),
        ),
    ]
