from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only


class Migration(migrations.Migration):
    """A settled dispute is never opened again; what was filed and counted stands."""

    dependencies = [("stability", "0005_disputes_and_work")]
    operations = [
        Guard("stability_dispute", "dispute_settled_stays_settled", "UPDATE", "OLD.settled_at IS NOT NULL"),
        Guard(
            "stability_dispute",
            "dispute_keeps_its_filing",
            "UPDATE OF place, kind, firm, other_side, people, cause, filed_at, repeats_id",
            "1 = 1",
        ),
        *append_only("stability_jobcount"),
        *append_only("stability_householdcount"),
    ]
