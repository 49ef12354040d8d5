"""Dated decision tables with reasons, and the contacts that seats make."""

from hucheng.engines.rules.batch import Batch, decide_all
from hucheng.engines.rules.check import Finding, NotApproved, approve, check
from hucheng.engines.rules.inputs import InvalidFact
from hucheng.engines.rules.load import as_json, load_table, shipped_tables, table_of, written_of
from hucheng.engines.rules.table import Decision, ManyRowsAnswer, NoRowAnswers, Row, Table

__all__ = [
    "Batch",
    "Decision",
    "Finding",
    "InvalidFact",
    "ManyRowsAnswer",
    "NoRowAnswers",
    "NotApproved",
    "Row",
    "Table",
    "approve",
    "as_json",
    "check",
    "decide_all",
    "load_table",
    "shipped_tables",
    "table_of",
    "written_of",
]
