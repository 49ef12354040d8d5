"""Dated decision tables with reasons, and the contacts that seats make."""

from hucheng.engines.rules.check import Finding, check
from hucheng.engines.rules.contacts import ContactReason, contacts_by_seat
from hucheng.engines.rules.inputs import InvalidFact
from hucheng.engines.rules.load import load_table
from hucheng.engines.rules.table import Decision, Row, Table

__all__ = [
    "ContactReason",
    "Decision",
    "Finding",
    "InvalidFact",
    "Row",
    "Table",
    "check",
    "contacts_by_seat",
    "load_table",
]
