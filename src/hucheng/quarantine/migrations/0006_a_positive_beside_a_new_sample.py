from django.db import migrations, models
from django.db.models import Q

NAME = "one_sample_a_round"


class Migration(migrations.Migration):
    """A tube said to be invalid may turn out positive when another has been taken: both stand, neither is lost.

    The law of one sample a round speaks of those that wait or are negative.
    """

    dependencies = [("quarantine", "0005_releases_by_day")]
    operations = [
        migrations.RemoveConstraint("sample", NAME),
        migrations.AddConstraint(
            "sample",
            models.UniqueConstraint(fields=["arrival", "round"], condition=Q(result__in=["", "negative"]), name=NAME),
        ),
    ]
