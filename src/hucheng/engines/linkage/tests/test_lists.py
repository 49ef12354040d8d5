"""Lists and maps as files: what is read, what is refused with a word, what is doubted."""

import csv
from datetime import date

import pytest

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.doubts import read_doubts
from hucheng.engines.linkage.lists import ListError, broken_number, county, read_list, read_map

MAP = """
hotel:
  number: no
  name: guest
  birth: born
  documents: [passport, id_card]
  phone: tel
  day: check_in
  county: address
"""
COLUMNS = read_map(MAP)["hotel"]
HEADER = "no,guest,born,passport,id_card,tel,check_in,address"
GOOD = f"{HEADER}\n1,李雅婷,1996-05-09,EA7654321,,13512345678,2020-03-24,太原市小店区平阳路1号\n2,王国栋,1980,,,,,\n"


@pytest.fixture
def file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "hotel.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def rows_of(path):
    return list(read_list(path, "hotel", COLUMNS))


@pytest.fixture(params=[131_072, 25 * 1024 * 1024], ids=["usual limit", "limit of manifests"])
def cell_limit(request):
    """The limit of the CSV reader is one for the process; other engines raise it."""
    before = csv.field_size_limit(request.param)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("cell_limit")
@pytest.mark.parametrize("signs", [110_000, 140_000])
def test_a_cell_without_end_is_refused_whatever_other_readers_allow(file, signs):
    with pytest.raises(ListError, match="the row from line 4 on does not end"):
        rows_of(file(GOOD + "3," + "李" * signs + ",,,,,,\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_read_in_its_encoding(file, encoding, end):
    first, second = rows_of(file(GOOD.replace("\n", end), encoding))
    assert (first.source, first.number, first.name, first.phone) == ("hotel", "1", "李雅婷", "13512345678")
    assert first.birth == Birth(date(1996, 5, 9), 1996) and first.day == date(2020, 3, 24)
    assert first.documents == ("EA7654321", "") and first.county == "小店区"
    assert second.birth == Birth(None, 1980) and second.day is None and second.county == ""


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n"])
def test_a_header_alone_is_an_empty_list(file, text):
    assert rows_of(file(text)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        (GOOD.replace("no,", "No.,"), "no column no for the number: correct the map; did you mean “No.”"),
        (GOOD.replace("no,", "编号,"), "no column no for the number: .*; columns that the map does not use: 编号$"),
        ("no,姓名,tel\n1,李娜,\n", "no column of a name or a document is there .guest, passport, id_card.: .*: 姓名$"),
        (GOOD.replace(",", ";"), "save it as CSV with commas"),
        (GOOD + ",李娜,,,,,,\n", "line 4 lacks its number"),
        (GOOD + '3,"李娜,,,,,,\n' + GOOD * 4, "the row from line 4 on does not end"),
        (GOOD + "1,李娜,,,,,,\n", "number 1 stands on lines 2 and 4"),
        (b"\xff\xfe\x00n\x00o\xd8", "not text in UTF-8 or GB18030"),
    ],
)
def test_a_list_that_cannot_be_used_says_why_in_both_languages(file, text, says):
    with pytest.raises(ListError, match=says) as refused:
        rows_of(file(text))
    assert refused.value.words.zh.startswith("名单hotel")


@pytest.mark.parametrize("kept", ["guest", "passport", "id_card"])
def test_a_list_with_a_number_and_a_name_or_document_is_read_whatever_else_it_lacks(file, kept):
    (row,) = rows_of(file(f"no,{kept}\n1,EA7654321\n"))
    assert "EA7654321" in (row.name, *row.documents) and row.phone == "" and row.birth == Birth()


def test_a_cell_may_hold_line_breaks(file):
    assert len(rows_of(file(f'{GOOD}3,"李娜\n(LI NA)",,,,,,\n'))) == 3


def test_lines_without_anything_are_no_rows(file):
    assert len(rows_of(file(f"{GOOD},,,,,,,\n , ,,,,,,\n"))) == 2


@pytest.mark.parametrize("second", [HEADER, "编号,姓名,出生日期,护照,身份证,电话,入住,住址"])
def test_two_lists_in_one_file_are_refused_with_the_line(file, second):
    with pytest.raises(ListError, match="line 4 looks like another header") as refused:
        rows_of(file(f"{GOOD}{second}\n7,李娜,,,,,,\n"))
    assert "第4行" in refused.value.words.zh


def test_a_row_of_words_alone_is_no_header(file):
    assert len(rows_of(file(f"{HEADER}\nA1,李娜,,,,,,小店区\nB,王国栋,,,,,,迎泽区\n"))) == 2


def test_a_file_of_two_encodings_is_read_line_by_line_and_doubted(file):
    head, first, second = GOOD.strip().split("\n")
    data = f"{head}\n{first}\n".encode("gb18030") + f"{second}\n".encode() + "3,联通,,,,,,\n".encode("gb18030")
    path = file(data)
    assert [row.name for row in rows_of(path)] == ["李雅婷", "王国栋", "联通"]
    (doubt,) = read_doubts(path, "hotel", COLUMNS)
    assert doubt.column == "" and "1 lines are in another encoding" in doubt.words.en and "3" in doubt.words.en


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hotel: [", "not YAML"),
        ("just words", "columns for each list"),
        ("hotel: guest", "columns for each list"),
        ("hotel: {number: no, name: guest, colour: c}", "no field colour"),
        ("hotel: {number: [no], name: guest}", "number takes the name of a column"),
        ("hotel: {number: no, name: {a: b}}", "name takes the name of a column"),
        ("hotel: {number: no, name: guest, documents: [{a: b}]}", "documents takes the name of a column"),
        ("hotel: {name: guest}", "name the columns of number and name"),
        ("hotel: {number: no, phone: tel}", "name the columns of number and name"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(text, says):
    with pytest.raises(ListError, match=says):
        read_map(text)


def test_a_map_may_name_latin_parts_instead_of_a_whole_name():
    assert read_map("border: {number: n, surname: s, given: g}")["border"]["surname"] == "s"


@pytest.mark.parametrize("cell", ["1.4E+17", "1.23456E+17", "1e+18", " 4.2E+11 "])
def test_numbers_that_a_spreadsheet_broke_are_not_used(file, cell):
    path = file(f"{HEADER}\n1,李雅婷,,,{cell},{cell},,\n")
    (row,) = rows_of(path)
    assert broken_number(cell) and row.documents == ("",) and row.phone == ""
    doubts = {(doubt.column, doubt.words.en.split()[0]) for doubt in read_doubts(path, "hotel", COLUMNS)}
    assert doubts == {("id_card", "1"), ("tel", "1")}


@pytest.mark.parametrize("cell", ["140105199003072345", "EA7654321", "E1234567", "1E5X", ""])
def test_other_numbers_are_left_alone(cell):
    assert not broken_number(cell)


def test_an_apostrophe_that_keeps_a_number_text_is_taken_off(file):
    (row,) = rows_of(file(f"{HEADER}\n1,李雅婷,,,'140105199003072345,,,\n"))
    assert row.documents == ("", "140105199003072345")


def test_the_lines_of_an_address_may_be_several_columns(file):
    columns = read_map("hotel: {number: no, name: guest, address: [passport, id_card], locality: tel, postcode: born}")
    (row,) = read_list(file(f"{HEADER}\n1,RYAN,2099,12,Dixon Drive,Kirwan,,\n"), "hotel", columns["hotel"])
    assert (row.address, row.locality, row.postcode, row.region) == (("12", "Dixon Drive"), "Kirwan", "2099", "")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("太原市小店区平阳路126号", "小店区"),
        ("小店区", "小店区"),
        ("太原市古交市金牛路", "古交市"),
        ("阳曲县黄寨镇", "阳曲县"),
        ("山西省太原市迎泽区", "迎泽区"),
        ("平阳路126号", ""),
        ("平阳路8社区", ""),
        ("桃园小区3号", ""),
        ("晋城市城区", "城区"),
        ("古交市", "古交市"),
        ("Canterbury ", "Canterbury"),
        ("", ""),
    ],
)
def test_the_county_of_an_address(address, found):
    assert county(address) == found
