from django.db import migrations

from hucheng.core.audit.guards import Guard

STRANGER = (
    "NEW.boarded_at IS NOT NULL AND NEW.left_at IS NULL AND NEW.accepted_at IS NULL AND EXISTS (SELECT 1 FROM"
    " quarantine_trip t JOIN entry_arrival a ON a.id = NEW.arrival_id WHERE t.id = NEW.trip_id AND NOT t.emergency AND"
    " (a.outcome <> 'quarantine' OR a.flight_id <> t.flight_id OR (a.risk = 'high') <> (t.risk = 'contact')))"
)


class Migration(migrations.Migration):
    """Cohorts of different risk never share a vehicle unless life is at stake (INQ-40); a positive is never lost.

    No code path boards somebody of another class or flight; a vehicle leaves with one cohort since it was last
    disinfected; a positive sample, which is the call that is owed, cannot be deleted (INQ-08).
    """

    dependencies = [("quarantine", "0002_transport_and_laboratory")]
    operations = [
        Guard("quarantine_ride", "one_cohort_boards", "INSERT", STRANGER),
        Guard("quarantine_ride", "one_cohort_rides", "UPDATE OF boarded_at, trip_id, arrival_id", STRANGER),
        Guard(
            "quarantine_trip",
            "a_vehicle_leaves_clean",
            "UPDATE OF state",
            "NEW.state = 'departed' AND OLD.state = 'published' AND NOT NEW.emergency AND EXISTS (SELECT 1 FROM"
            " quarantine_vehicle v WHERE v.id = NEW.vehicle_id AND v.cohort <> ''"
            " AND v.cohort <> NEW.risk || ' ' || NEW.cohort)",
        ),
        Guard("quarantine_sample", "a_positive_is_never_deleted", "DELETE", "OLD.result = 'positive'"),
        Guard(
            "quarantine_sample",
            "a_positive_stays_positive",
            "UPDATE OF result",
            "OLD.result = 'positive' AND NEW.result <> 'positive'",
        ),
    ]
