"""What is wrong with a row or a file of results, and what to do, in both languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal

Say = tuple[str | Promise, str | Promise, str | Promise]
PROBLEMS: dict[str, Say] = {
    "barcode": (
        _("barcode"),
        _("The barcode is missing or not four to twenty letters and digits."),
        _("Read it from the tube and send the row again."),
    ),
    "result": (
        _("result"),
        _("The result is none of negative, positive, invalid."),
        _("Write one of the three words and send the row again."),
    ),
    "time": (
        _("tested"),
        _("The time cannot be: it does not exist, lies ahead, or lies before the sample was taken."),
        _("Write it as 2020-03-21 13:40 and send the row again."),
    ),
    "lost_digits": (
        _("barcode"),
        _("The spreadsheet kept the barcode as a number and lost its last digits."),
        _("Format the column as text, enter the barcode again and send the row again."),
    ),
    "cut_off": (_("row"), _("The file breaks off in this row."), _("Ask the laboratory for the whole file.")),
    "row_long": (
        _("row"),
        _("The row has more cells than the header; its columns may be shifted."),
        _("Put each value under its header and send the row again."),
    ),
    "no_sample": (
        _("barcode"),
        _("No sample here has this barcode."),
        _("Compare tube and list: correct the barcode, or set the row aside with the reason."),
    ),
    "contradicts": (
        _("result"),
        _("The sample has another result already."),
        _("Ask the laboratory which one holds; a positive stands until the hospital clears the person."),
    ),
}
"""Code -> field, why, what to do."""
FILES: dict[str, tuple[str | Promise, str | Promise]] = {
    "EMPTY": (_("The file is empty."), _("Ask the laboratory for the file again.")),
    "NO_ROWS": (_("The file holds no row of results."), _("Check that this is the sheet with the results.")),
    "UNKNOWN_COLUMNS": (
        _("No columns of barcode and result were found."),
        _("Name the columns 条码 or barcode, and 结果 or result; the template shows them."),
    ),
    "BROKEN_ARCHIVE": (_("The workbook is cut off or damaged."), _("Ask the laboratory for the whole file.")),
    "PASSWORD": (_("The workbook is locked by a password."), _("Save it without the password and send it again.")),
    "TOO_MANY_ROWS": (_("More than 50,000 rows came at once."), _("Send them in several parts.")),
    "OLD_EXCEL": (_("This is an old Excel file (.xls)."), _("Save it as .xlsx or CSV and send it again.")),
}
_OTHER = (
    _("This is not a list of results that can be read."),
    _("Send a CSV file or an XLSX workbook of up to 20 MB with one row a sample."),
)


def file_refusal(code: str) -> Refusal:
    """Why a whole file was not taken."""
    why, do = FILES.get(code, _OTHER)
    return Refusal(f"results_{code.lower()}", why=why, do=do)
