"""Official documents in the national format, as PDF and as Word files, from typed data."""

from hucheng.engines.papers.official.compose import compose
from hucheng.engines.papers.official.records import (
    KINDS,
    Contact,
    Decided,
    DocumentNumber,
    Figure,
    HandedOver,
    HandoverPaper,
    Matter,
    MinutesPaper,
    NoticePaper,
    Paper,
    Person,
    ReportPaper,
    Requisitioned,
    RequisitionPaper,
    Section,
    Supervised,
    SupervisionPaper,
    Urgency,
)
from hucheng.engines.papers.official.schema import DataWrong, json_schema, paper_from, paper_from_json
from hucheng.engines.papers.official.typeset import official_pdf
from hucheng.engines.papers.official.word import official_docx

__all__ = [
    "KINDS",
    "Contact",
    "DataWrong",
    "Decided",
    "DocumentNumber",
    "Figure",
    "HandedOver",
    "HandoverPaper",
    "Matter",
    "MinutesPaper",
    "NoticePaper",
    "Paper",
    "Person",
    "ReportPaper",
    "RequisitionPaper",
    "Requisitioned",
    "Section",
    "Supervised",
    "SupervisionPaper",
    "Urgency",
    "compose",
    "json_schema",
    "official_docx",
    "official_pdf",
    "paper_from",
    "paper_from_json",
]
