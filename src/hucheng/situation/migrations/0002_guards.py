from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """What was published stands as it was taken in; a watch changes only by ending, once."""

    dependencies = [("situation", "0001_initial")]
    operations = [
        *append_only("situation_seriesfile"),
        *append_only("situation_seriespoint", ("UPDATE", "DELETE")),
        *append_only("situation_casereport", ("UPDATE", "DELETE")),
        *append_only("situation_publicfact"),
        *append_only("situation_localcount", ("UPDATE", "DELETE")),
        Guard(
            "situation_watch",
            "situation_watch_stands",
            "UPDATE",
            "OLD.ended_at IS NOT NULL OR NEW.country <> OLD.country OR NEW.reason <> OLD.reason"
            " OR NEW.since <> OLD.since OR NEW.watched_at <> OLD.watched_at OR NEW.place <> OLD.place",
        ),
    ]
