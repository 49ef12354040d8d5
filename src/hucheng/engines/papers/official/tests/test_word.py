"""The Word file: the same grid, faces and words as the PDF, to go on writing in."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from hucheng.engines.papers.official import KINDS, compose, official_docx
from hucheng.engines.papers.official.sheet import Table

from .samples import sample


def word(kind: str, **changes):
    return Document(io.BytesIO(official_docx(sample(kind, **changes))))


def test_the_page_is_that_of_the_standard():
    section = word("notice").sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    page = [round(one.mm, 1) for one in (section.page_width, section.page_height, *margins)]
    assert page == [210, 297, 37, 35, 28, 26]


def test_22_lines_fill_the_type_area_and_28_characters_a_line_but_not_29():
    document = word("notice")
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch")))
    area = 225 / 25.4 * 1440
    assert 22 * pitch <= area + 10 < 23 * pitch
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    wide = 16 * 20 + int(spacing.get(qn("w:val")))
    assert 28 * wide <= 156 / 25.4 * 1440 < 29 * wide


def test_text_is_of_size_three_in_the_face_that_word_users_have():
    style = word("notice").styles["Normal"]
    assert style.font.size.pt == 16
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


@pytest.mark.parametrize(
    ("words", "face"),
    [("一、筑牢防线", "黑体"), ("（一）落实属地责任", "楷体_GB2312"), ("1.登记", None), ("逐一登记。", None)],
)
def test_each_level_has_its_face(words, face):
    paragraph = next(one for one in word("notice").paragraphs if one.text == words)
    properties = paragraph.runs[0]._element.rPr
    fonts = None if properties is None else properties.rFonts
    assert (None if fonts is None else fonts.get(qn("w:eastAsia"))) == face


def test_pages_are_numbered_by_a_field_right_on_odd_ones_and_left_on_even_ones():
    section = word("notice").sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        (paragraph,) = footer.paragraphs
        assert paragraph.alignment == side
        assert [one.get(qn("w:instr")) for one in paragraph._p.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_a_letter_has_its_mark_in_the_head_of_the_first_page_only():
    section = word("supervision").sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == sample("supervision").issuer
    assert round(section.header_distance.mm, 1) == 30


def test_the_mark_of_a_document_is_red_and_stands_in_the_text():
    mark = word("notice").paragraphs[0]
    assert mark.text.endswith("文件") and str(mark.runs[0].font.color.rgb) == "D7000F"


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_paragraph_and_cell_of_the_document_is_there(kind):
    document, sheet = word(kind), compose(sample(kind))
    told = [one.text for one in document.paragraphs]
    for part in (*sheet.body, *sheet.after):
        if isinstance(part, Table):
            continue
        assert part.text in told
    tables = [part for part in sheet.body if isinstance(part, Table)]
    for part, table in zip(tables, document.tables, strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert rows == [*([part.heads] if part.heads else []), *part.rows]


def test_without_a_seal_the_name_is_nearer_to_the_margin():
    sealed, bare = word("notice", issuer="市教育局"), word("notice", issuer="市教育局", sealed=False)
    insets = []
    for document in (sealed, bare):
        by = next(one for one in document.paragraphs if one.text == "市教育局")
        insets.append(by.paragraph_format.right_indent)
    assert insets[0] > 0 and insets[1] > 0 and insets[0] != insets[1]


def test_an_upward_document_names_its_signatory_beside_the_number():
    number = next(one for one in word("report").paragraphs if "号" in one.text)
    assert number.text == "岚防指办报〔2021〕3号\t签发人：林砚"


def test_one_attachment_bears_no_number():
    assert "附件：登记表" in [one.text for one in word("notice", attachments=["登记表"]).paragraphs]
