from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only

LINES = ("fact", "triage", "declaration", "custody", "closecontact", "ruleinforce", "recall")
LINES += ("handoverline", "cityorder")
HELD_OPEN = "EXISTS (SELECT 1 FROM entry_pass p WHERE p.arrival_id = NEW.id AND p.revoked_at IS NULL)"


class Migration(migrations.Migration):
    """The gate stands in the database: no code path, script or hand at a console passes it.

    Status changes only by a triage (NEW-18); a pass exists only while that triage allows it (NEW-02); nobody
    travels on without one (INQ-01).
    """

    dependencies = [("entry", "0001_initial")]
    operations = [
        *(guard for line in LINES for guard in append_only(f"entry_{line}")),
        Guard(
            "entry_arrival",
            "status_changes_only_by_a_triage",
            "UPDATE OF outcome, risk, last_triage_id",
            "(NEW.outcome <> OLD.outcome OR NEW.risk <> OLD.risk) AND NOT EXISTS (SELECT 1 FROM entry_triage t WHERE"
            " t.id = NEW.last_triage_id AND t.arrival_id = NEW.id AND t.outcome = NEW.outcome AND t.risk = NEW.risk)",
        ),
        Guard(
            "entry_arrival",
            "an_open_pass_needs_the_outcome_onward",
            "UPDATE OF outcome, risk, last_triage_id",
            "(NEW.outcome <> 'onward' OR NEW.risk <> 'low') AND " + HELD_OPEN,
        ),
        Guard(
            "entry_arrival",
            "nobody_travels_on_without_a_pass",
            "UPDATE OF whereabouts",
            "NEW.whereabouts = 'departed' AND OLD.whereabouts <> 'departed' AND NOT " + HELD_OPEN,
        ),
        Guard(
            "entry_arrival",
            "an_arrival_begins_unjudged",
            "INSERT",
            "NEW.outcome <> '' OR NEW.risk <> 'unknown' OR NEW.whereabouts = 'departed'",
        ),
        Guard(
            "entry_pass",
            "a_pass_needs_a_triage_that_allows_it",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM entry_arrival a WHERE a.id = NEW.arrival_id AND a.outcome = 'onward'"
            " AND a.risk = 'low' AND a.last_triage_id = NEW.triage_id)",
        ),
        Guard(
            "entry_pass",
            "a_pass_is_only_ever_revoked",
            "UPDATE",
            "OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.token <> OLD.token"
            " OR NEW.arrival_id <> OLD.arrival_id OR NEW.expires_at <> OLD.expires_at",
        ),
    ]
