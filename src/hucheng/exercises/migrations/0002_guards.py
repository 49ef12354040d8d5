"""What became of a step is written once."""

from django.db import migrations

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """A step that is over is never rewritten: the story would play it again or skip it."""

    dependencies = [("exercises", "0001_initial")]
    operations = append_only("exercises_playedstep")
