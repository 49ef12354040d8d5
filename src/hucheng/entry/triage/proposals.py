"""What stands against a proposed table, each as a refusal with its remedy."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal, spoken
from hucheng.engines.rules import Finding, Row, Table
from hucheng.engines.rules.compare import laxer_than
from hucheng.engines.rules.inputs import Input
from hucheng.entry.triage.judgement import ENDS
from hucheng.entry.triage.tables import entry_table, table_above


def one_hand_only() -> NoReturn:
    """Refuse the same person on both sides of a rule."""
    raise Refusal(
        "one_hand_only",
        why=_("A rule needs two people: its author may not approve it."),
        do=_("Ask a colleague to approve it."),
    )


def no_fatal(findings: Sequence[Finding]) -> None:
    """Refuse a table with a gap or another finding that forbids its approval."""
    gap = next((finding for finding in findings if finding.code == "gap"), None)
    if gap:
        raise Refusal("table_has_a_gap", why=spoken(gap.say), do=_("Close the gap and check the table again."))
    if findings:
        raise Refusal(
            "table_contradicts_itself",
            why=spoken(findings[0].say),
            do=_("Correct it in the file, raise the version and send it again."),
        )


def fits_the_desk(table: Table) -> None:
    """Refuse a table that asks what the desk does not know, ends where nobody can be sent, or cannot be kept."""
    known = entry_table().inputs
    strange = [i for name, i in table.inputs.items() if name not in known or _asks(i) != _asks(known[name])]
    if strange:
        raise Refusal(
            "unknown_input",
            why=_("The desk cannot answer “%(name)s” as this table asks it.") % {"name": strange[0].name},
            do=_("Use the inputs of the shipped table as they are; leave out what you do not need."),
        )
    ends = {row.outcome for row in table.rows} - ENDS.keys()
    if ends:
        raise Refusal(
            "unknown_outcome",
            why=_("Nobody can be sent to “%(name)s”.") % {"name": min(ends)},
            do=_("Choose one of: %(values)s.") % {"values": ", ".join(ENDS)},
        )
    long = [row.id for row in table.rows if any(len(text) > most for text, most in _kept(row))]
    if long or len(table.name) > 20 or len(table.version) > 20:
        raise Refusal(
            "text_too_long",
            why=_("Row “%(row)s” has a text that is too long to be kept with each judgement.")
            % {"row": long[0] if long else table.name},
            do=_("Names up to 20 signs, rules 12, reasons and grounds 200 in Chinese and 300 in English."),
        )


def _asks(given: Input) -> tuple[object, ...]:
    return given.kind, given.low, given.high, given.values, given.optional


def _kept(row: Row) -> list[tuple[str, int]]:
    texts = [(row.reason.zh, 200), (row.basis.zh, 200), (row.reason.en, 300), (row.basis.en, 300), (row.rule, 30)]
    return texts + [(rule, 12) for rule in row.rules + row.needs]


def not_laxer(table: Table, place: str, at: datetime) -> None:
    """Refuse a county's table that is laxer anywhere than the one above it (INQ-02)."""
    above = table_above(place, at)
    if above is None:
        return
    try:
        found = laxer_than(table, above)
    except ValueError as wrong:
        raise Refusal(
            "cannot_be_weighed",
            why=_("The table cannot be weighed against the one above it: %(what)s") % {"what": wrong},
            do=_("Use the outcomes and inputs of the table of the city."),
        ) from wrong
    if found:
        raise Refusal(
            "laxer_than_above", why=spoken(found.say), do=_("Make that row as strict as the city's, or stricter.")
        )
