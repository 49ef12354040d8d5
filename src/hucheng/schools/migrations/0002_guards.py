from django.db import migrations

from hucheng.core.audit.guards import Guard, append_only

GAPS = """
10 > (SELECT COUNT(*) FROM schools_readinessitem i JOIN schools_verdict v ON v.id = i.verdict_id
      WHERE i.school_id = NEW.school_id AND v.declared_id = i.declared_id
      AND v.answer IN ('accepted', 'spot_checked') AND i.valid_until >= NEW.day)
"""
LINES = "3 > (SELECT COUNT(DISTINCT s.line) FROM schools_signature s WHERE s.school_id = NEW.school_id)"
PIECES = """
6 > (SELECT COUNT(DISTINCT p.kind) FROM schools_planpiece p WHERE p.school_id = NEW.school_id
     AND (p.kind NOT IN ('control', 'case') OR p.drilled_on IS NOT NULL))
"""
OWN_STATEMENT = (
    "EXISTS (SELECT 1 FROM schools_selfcheck c WHERE c.id = NEW.declared_id"
    " AND (c.by_id = NEW.by_id OR (NEW.answer <> 'returned' AND NOT c.in_place)))"
)
VERDICT_OF_ANOTHER = (
    "NEW.verdict_id IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM schools_verdict v WHERE v.id = NEW.verdict_id AND v.declared_id = NEW.declared_id)"
)
DECLARED_BY_SIGNER = (
    "NEW.line <> 'school' AND EXISTS (SELECT 1 FROM schools_selfcheck c JOIN schools_readinessitem i"
    " ON i.id = c.item_id WHERE i.school_id = NEW.school_id AND c.by_id = NEW.by_id)"
)


class Migration(migrations.Migration):
    """Nobody accepts what they declared; with a gap there is no signature of county or education, and no opening."""

    dependencies = [("schools", "0001_initial")]
    operations = [
        *append_only("schools_selfcheck"),
        *append_only("schools_verdict"),
        *append_only("schools_signature"),
        *append_only("schools_stage"),
        *append_only("schools_opening"),
        *append_only("schools_planpiece"),
        *append_only("schools_alarm"),
        *append_only("schools_sheetreceipt"),
        Guard("schools_verdict", "nobody_accepts_an_own_statement", "INSERT", OWN_STATEMENT),
        Guard("schools_readinessitem", "a_verdict_is_of_the_statement_that_stands", "UPDATE", VERDICT_OF_ANOTHER),
        Guard("schools_signature", "no_signature_over_a_gap", "INSERT", f"NEW.line <> 'school' AND {GAPS}"),
        Guard("schools_signature", "no_signature_without_plans", "INSERT", PIECES),
        Guard("schools_signature", "no_signature_by_whoever_declared", "INSERT", DECLARED_BY_SIGNER),
        Guard("schools_opening", "no_opening_over_a_gap", "INSERT", f"{GAPS} OR {LINES}"),
    ]
