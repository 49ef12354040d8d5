from django.db import migrations, models


class Migration(migrations.Migration):
    """Daily work that breaks is kept with its failure and the time of its next try; runs of before were done."""

    dependencies = [("core", "0002_guards")]
    operations = [
        migrations.AddField("dailyrun", "tries", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("dailyrun", "failure", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField("dailyrun", "again_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "dailyrun",
            models.CheckConstraint(
                condition=models.Q(("again_at", None), models.Q(("failure", ""), _negated=True), _connector="OR"),
                name="only_what_failed_is_tried_again",
            ),
        ),
    ]
