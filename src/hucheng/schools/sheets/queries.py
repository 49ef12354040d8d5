"""Receipts of lists, and the lists as they could be sent now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hucheng.core.scope.actor import Actor
from hucheng.schools.readiness.models import School
from hucheng.schools.readiness.queries import Cell, SchoolLine, lines
from hucheng.schools.sheets.columns import COLUMNS
from hucheng.schools.sheets.models import SheetReceipt


def receipts(actor: Actor) -> QuerySet[SheetReceipt]:
    """Receipts in sight, newest first."""
    return SheetReceipt.objects.seen_by(actor).select_related("by").order_by("-at")


def receipt_seen_by(actor: Actor, receipt_id: UUID) -> SheetReceipt:
    """This receipt. Raises Http404 outside the actor's sight."""
    found = receipts(actor).filter(pk=receipt_id).first()
    if found is None:
        raise Http404
    return found


def faults_said(receipt: SheetReceipt) -> list[dict[str, Any]]:
    """The rows to mend, said in the language in force."""
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    heads = {column.field: column.head for column in COLUMNS[receipt.kind]}
    return [
        {
            "line": fault["line"],
            "field": heads.get(fault["field"], ""),
            "value": fault["value"],
            "why": fault["why"][language],
            "do": fault["do"][language],
        }
        for fault in receipt.faults
    ]


def rows_to_mend(receipt: SheetReceipt) -> list[dict[str, str]]:
    """The rows to mend as a list that can be mended and sent again: the columns, then line, reason and remedy."""
    said = faults_said(receipt)
    return [
        {column.head: fault["cells"].get(column.field, "") for column in COLUMNS[receipt.kind]}
        | {_("Line"): str(words["line"]), _("What is wrong"): words["why"], _("Remedy"): words["do"]}
        for fault, words in zip(receipt.faults, said, strict=True)
    ]


def template_rows(actor: Actor, kind: str, at: datetime) -> list[dict[str, str]]:
    """The list as it stands now, ready to be corrected and sent; one empty row where nothing stands yet."""
    columns = COLUMNS[kind]
    if kind == SheetReceipt.Kind.SCHOOLS:
        values = [_school_cells(school) for school in School.objects.seen_by(actor)]
    else:
        values = [_item_cells(line, cell) for line in lines(actor, at) for cell in line.cells]
    empty = [{column.field: "" for column in columns}]
    return [{column.head: cells[column.field] for column in columns} for cells in values or empty]


def _school_cells(school: School) -> dict[str, str]:
    names = ("code", "place", "name_zh", "name_en", "first_grade", "last_grade", "grade12")
    return {name: str(getattr(school, name)) for name in names} | {"kind": school.get_kind_display()}


def _item_cells(line: SchoolLine, cell: Cell) -> dict[str, str]:
    check = cell.row.declared
    return {
        "code": line.school.code,
        "number": str(cell.row.number),
        "in_place": "" if check is None else _("yes") if check.in_place else _("no"),
        "evidence": check.evidence if check else "",
        "figure": str(check.figure) if check and check.figure is not None else "",
        "reference": check.reference if check else "",
        "valid_until": check.valid_until.isoformat() if check and check.valid_until else "",
    }
