"""How much of a cell the ledger holds; a longer one is a row to mend, never a name cut short."""

from collections.abc import Iterator
from dataclasses import replace

from hucheng.engines.manifests import Problem, Reading, Traveller
from hucheng.engines.words.bilingual import Bilingual

LONGEST = {
    "name_zh": 60,
    "surname": 80,
    "given": 120,
    "sex": 1,
    "nationality": 3,
    "document_type": 2,
    "document_issuer": 3,
    "seat": 6,
    "pnr": 20,
}
"""Signs by field, as the columns of the register and of the arrival hold them."""
WHY = Bilingual("内容有 {count} 个字符，最多 {longest} 个", "The cell holds {count} characters, {longest} at most")
DO = Bilingual(
    "请按证件或登机牌上的写法填写，说明另放一列。",
    "Write what the document or boarding pass says; put notes into a column of their own.",
)


def given_names(traveller: Traveller) -> str:
    """First and second given names as one."""
    return " ".join(part for part in (traveller.given, traveller.second) if part)


def with_long_cells_to_mend(reading: Reading) -> Reading:
    """Give the reading with a problem for each cell that is too long: its row waits, the others come in."""
    people = (replace(one, problems=(*one.problems, *_too_long(one))) for one in reading.travellers)
    return replace(reading, travellers=tuple(people))


def _too_long(traveller: Traveller) -> Iterator[Problem]:
    document = traveller.document
    cells = {
        "name_zh": traveller.name_zh,
        "surname": traveller.surname,
        "given": given_names(traveller),
        "sex": traveller.sex,
        "nationality": traveller.nationality,
        "document_type": document.type if document else "",
        "document_issuer": document.issuer if document else "",
        "seat": traveller.seat,
        "pnr": traveller.pnr,
    }
    for field, value in cells.items():
        if len(value) > LONGEST[field]:
            why = WHY.filled(count=len(value), longest=LONGEST[field])
            yield Problem("TOO_LONG", traveller.line, field, value, why, DO, fatal=True, person=traveller.number)
