"""Invented travellers and files for the tests of this engine."""

from datetime import date, datetime
from io import BytesIO

from hypothesis import strategies as st

from hucheng.engines.manifests import Document, Leg, Port, Traveller
from hucheng.engines.words.resident_id import check_character

TODAY = date(2020, 3, 21)
PREPARED = datetime(2020, 3, 21, 9, 15)
LATIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ'-+:?=@ ", max_size=12).map(str.strip)
HANZI = st.text("王李张刘陈测试欧阳单", max_size=3)
PLACE = st.sampled_from(["", "YYZ", "TYN", "PEK", "SVO"])
STATE = st.sampled_from(["", "CHN", "CAN", "XXA"])
NUMBER = st.text("ABCDEFGHJK0123456789", min_size=5, max_size=9)
BIRTH = st.dates(date(1925, 1, 1), TODAY)
LEGS = (
    Leg("HU7976", (Port("125", "YYZ", datetime(2020, 3, 20, 14, 5)), Port("87", "TYN", datetime(2020, 3, 21, 16, 50)))),
    Leg("HU7976", (Port("92", "TYN", datetime(2020, 3, 21, 20, 0)), Port("130", "PEK"))),
)
DOCUMENTS = st.builds(
    Document, type=st.sampled_from("PIV"), number=NUMBER, expiry=st.none() | st.dates(TODAY, date(2035, 1, 1)),
    issuer=STATE,
)  # fmt: skip


def resident_id(birth: date, place: str = "140105", order: str = "001") -> str:
    """Give a number with a right check character."""
    first = f"{place}{birth:%Y%m%d}{order}"
    return first + check_character(first)


@st.composite
def travellers(draw, chinese: bool = True) -> list[Traveller]:
    """Some travellers as a list can carry them, each with a name, a birth and a document of its own."""
    numbers = draw(st.lists(NUMBER, min_size=1, max_size=6, unique=True))
    return [_one(draw, place, number, chinese) for place, number in enumerate(numbers, start=1)]


def _one(draw, place: int, number: str, chinese: bool) -> Traveller:
    birth = draw(BIRTH)
    document = draw(DOCUMENTS)
    return Traveller(
        number=place,
        kind=draw(st.sampled_from(["passenger", "passenger", "crew", "transit"])),
        surname=draw(LATIN) or "X", given=draw(LATIN), second=draw(LATIN),
        name_zh=draw(HANZI) if chinese else "",
        sex=draw(st.sampled_from(["", "F", "M", "X", "U"])),
        birth=birth, nationality=draw(STATE),
        document=Document(document.type, number, document.expiry, document.issuer),
        resident_id=resident_id(birth, order=f"{place:03}") if chinese and draw(st.booleans()) else "",
        seat=f"{place}A", pnr=draw(st.sampled_from(["", "ZZTST1"])),
        embark=draw(PLACE), debark=draw(PLACE), clearance_port=draw(PLACE), residence=draw(STATE),
        birth_place=draw(STATE), bags=draw(st.none() | st.integers(0, 9)),
        phone=draw(st.sampled_from(["", "+86 351 0000000"])), verified=draw(st.none() | st.booleans()),
    )  # fmt: skip


def workbook(*rows: list[object], title: str = "名单") -> bytes:
    """Give an XLSX file with these cells as a person would type them."""
    from openpyxl import Workbook

    book, stream = Workbook(), BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def csv_of(*rows: str, encoding: str = "utf-8") -> bytes:
    """Give lines as a CSV file in an encoding."""
    return ("\r\n".join(rows) + "\r\n").encode(encoding)


def codes(found) -> list[str]:
    """Give the codes of the problems of a reading, a traveller or an Mrz."""
    return [problem.code for problem in found.problems]
