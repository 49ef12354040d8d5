from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only

STANDS = ("vintage", "upload", "targetversion", "target", "policy")
REPORTS = {
    "firmreport": "place",
    "pricereport": "good_id",
    "stockreport": "good_id",
    "projectreport": "project_id",
    "policycount": "policy_id",
}
ENDS = {"alert": "handled_at", "firmrequest": "settled_at", "blocker": "cleared_at"}


def in_order(table: str, key: str) -> Guard:
    """A correction follows the row it corrects, without a gap."""
    before = f"r.{key} = NEW.{key} AND r.day = NEW.day AND r.revision = NEW.revision - 1"
    missing = f"NEW.revision > 0 AND NOT EXISTS (SELECT 1 FROM economy_{table} r WHERE {before})"  # noqa: S608 - constants only
    return Guard(f"economy_{table}", f"economy_{table}_in_order", "INSERT", missing)


class Migration(migrations.Migration):
    """What was published or reported stands; a correction follows its first row; what was answered stays so."""

    dependencies = [("economy", "0001_initial")]
    operations = [
        *(guard for table in (*STANDS, *REPORTS) for guard in append_only(f"economy_{table}")),
        *(in_order(table, key) for table, key in REPORTS.items()),
        *(
            Guard(f"economy_{table}", f"economy_{table}_stays_answered", "UPDATE", f"OLD.{ended} IS NOT NULL")
            for table, ended in ENDS.items()
        ),
        Guard(
            "economy_vintage",
            "economy_vintages_in_order",
            "INSERT",
            "NEW.revision > 0 AND NOT EXISTS (SELECT 1 FROM economy_vintage v WHERE v.indicator_id = NEW.indicator_id"
            " AND v.period = NEW.period AND v.revision = NEW.revision - 1 AND v.published_on <= NEW.published_on)",
        ),
    ]
