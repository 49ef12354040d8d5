"""Reading workbooks and CSV that people send: rows of cells, whatever they are about."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal, spoken
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.records import ManifestUnreadable
from hucheng.engines.manifests.sniff import format_of, text_of
from hucheng.engines.manifests.table import Line, check_rows
from hucheng.engines.manifests.workbook import BROKEN, most_rows, sheets_of

FORMULA = ("=", "@", "＝", "＠")
"""Signs with which a cell begins that a spreadsheet would work out instead of showing."""


def tables_of(data: bytes, own: Mapping[str, Promise]) -> list[list[Line]]:
    """Give the rows that say something, a list for each sheet of a workbook; a CSV file has one.

    own  why a file is none, by the problem's code, where the engine would speak of passenger lists
    Refuses a file that is no table, locked, too large or damaged.
    """
    try:
        return _tables(data)
    except ManifestUnreadable as no:
        problem = no.problem
        why = own.get(problem.code, spoken(problem.why))
        do = _("Send the template as a workbook (.xlsx) or as CSV, whole.")
        raise Refusal(problem.code.lower(), why=why, do=do) from no


def _tables(data: bytes) -> list[list[Line]]:
    if format_of(data) != "xlsx":
        text, _encoding = text_of(data)
        lines = lines_of(text, separator_of(text))
        check_rows(len(lines))
        return [_filled(lines)]
    try:
        check_rows(most_rows(data))
        return [_filled(lines) for lines in sheets_of(data).values()]
    except BROKEN as broken:
        if isinstance(broken, ManifestUnreadable):
            raise
        raise Refusal(
            "broken_file", why=_("The workbook is damaged or cut off."), do=_("Save it again and send the whole file.")
        ) from broken


def _filled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if any(line.cells)]
