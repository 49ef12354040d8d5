"""Documents as Word files (.docx) on the same grid, to go on writing in. A text is a run, never markup or a field."""

import io
from collections.abc import Sequence
from typing import Any

from hucheng.engines.papers.official.compose import compose, wording
from hucheng.engines.papers.official.records import Paper
from hucheng.engines.papers.official.sheet import Face, Layout, Paragraph, Run, Sheet, Signature, Table
from hucheng.engines.papers.official.typeset import faces, mark_size, title_lines

TEXT, TITLE, SMALL, CELL = 16.0, 22.0, 14.0, 12.0
"""Sizes in points: 三号, 二号, 四号 and 小四."""
PITCH = 580
"""Twentieths of a point from line to line: 225 mm in 22 lines."""
TIGHTER = -5
"""Twentieths of a point by which a character of 16 pt stands closer: 156 mm then hold 28 and not 29."""
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
RED = "D7000F"
CHARACTER = 156 / 28
"""Width of one character of the grid in mm."""


def official_docx(paper: Paper) -> bytes:
    """Give a document as a Word file."""
    from docx import Document

    sheet, document = compose(paper), Document()
    _page(document, sheet)
    _normal(document)
    (_letter_head if sheet.layout is Layout.LETTER else _head)(document, sheet)
    _title(document, sheet)
    for part in sheet.body:
        _table(document, part) if isinstance(part, Table) else _paragraph(document, part)
    _ending(document, sheet)
    document.core_properties.author, document.core_properties.title = (
        sheet.mark[:200],
        (sheet.title or sheet.mark)[:200],
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, sheet: Sheet) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.footer_distance = Mm(35 - 7 - 6)
    section.different_first_page_header_footer = sheet.layout is Layout.LETTER
    document.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(_tag("docGrid"))
    grid = _child(section._sectPr, "docGrid") if grid is None else grid
    _set(grid, type="lines", linePitch=PITCH)
    _page_number(section.footer, right=True)
    _page_number(section.even_page_footer, right=False)


def _normal(document: Any) -> None:
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.size = Pt(TEXT)
    properties = style.element.get_or_add_rPr()
    _fonts(properties, "text")
    _set(_child(properties, "spacing", before=("sz", "szCs", "lang")), val=TIGHTER)
    _set(_child(properties, "lang"), val="zh-CN", eastAsia="zh-CN")
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    layout.line_spacing = Pt(PITCH / 20)


def _fonts(properties: Any, face: str) -> None:
    name = faces()[face]["word"]
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    _set(fonts, ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _run(paragraph: Any, text: str, face: str = Face.TEXT, size: float = 0, red: bool = False) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    if face != Face.TEXT:
        _fonts(run._element.get_or_add_rPr(), face)
    if size:
        _set(_child(run._element.get_or_add_rPr(), "spacing"), val=0)
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RGBColor.from_string(RED)
    return run


def _line(document: Any, text: str = "", align: str = "LEFT", **look: Any) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    if text:
        _run(paragraph, text, **look)
    return paragraph


def _head(document: Any, sheet: Sheet) -> None:
    """Mark 35 mm below the top of the type area, number two lines below it, red line 4 mm below the number."""
    from docx.shared import Mm, Pt

    if sheet.urgency:
        _line(document, sheet.urgency, face=Face.HEAVY)
    _mark(document, sheet.mark, Mm(35) - (Pt(PITCH / 20) if sheet.urgency else 0))
    _blank(document, 2)
    number = _line(document, sheet.number, "LEFT" if sheet.signatory else "CENTER")
    if sheet.signatory:
        number.paragraph_format.first_line_indent = Mm(CHARACTER)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(156 - CHARACTER), _alignment_right())
        _run(number, "\t" + wording("common")["signatory"])
        _run(number, sheet.signatory, Face.KAI)
    _border(number, "bottom", "single", 12, 11)
    _blank(document, 2 if sheet.title else 1)


def _letter_head(document: Any, sheet: Sheet) -> None:
    """Mark 30 mm from the top edge, so above the type area; double red line 4 mm below it."""
    from docx.shared import Mm, Pt

    document.sections[0].header_distance = Mm(30)
    header = document.sections[0].first_page_header
    header.is_linked_to_previous = False
    mark = header.paragraphs[0]
    mark.paragraph_format.line_spacing = Pt(mark_size(sheet.mark) * 1.3)
    mark.alignment = 1
    _run(mark, sheet.mark, Face.TITLE, mark_size(sheet.mark), red=True)
    mark.paragraph_format.left_indent = mark.paragraph_format.right_indent = Mm(-7)
    _border(mark, "bottom", "thickThinSmallGap", 18, 11)
    foot = document.sections[0].first_page_footer
    foot.is_linked_to_previous = False
    foot.paragraphs[0].paragraph_format.left_indent = foot.paragraphs[0].paragraph_format.right_indent = Mm(-7)
    _border(foot.paragraphs[0], "top", "thinThickSmallGap", 18, 1)
    if sheet.urgency:
        _line(document, sheet.urgency, face=Face.HEAVY)
    if sheet.number:
        _line(document, sheet.number, "RIGHT")
    _blank(document, 1)


def _mark(document: Any, text: str, above: int) -> None:
    from docx.enum.text import WD_LINE_SPACING

    mark = _line(document, text, "CENTER", face=Face.TITLE, size=mark_size(text), red=True)
    mark.paragraph_format.space_before = above
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _title(document: Any, sheet: Sheet) -> None:
    from docx.shared import Pt

    for text in title_lines(sheet.title) if sheet.title else ():
        line = _line(document, text, "CENTER", face=Face.TITLE, size=TITLE)
        line.paragraph_format.line_spacing = Pt(PITCH / 20 + 4)
    if sheet.title and sheet.to:
        _blank(document, 1)
    if sheet.to:
        _line(document, sheet.to)


def _paragraph(document: Any, part: Paragraph) -> None:
    from docx.shared import Mm

    _blank(document, part.blank)
    paragraph = _line(document, align="JUSTIFY")
    paragraph.paragraph_format.left_indent = Mm(part.hang * CHARACTER)
    paragraph.paragraph_format.first_line_indent = Mm((part.indent - part.hang) * CHARACTER)
    paragraph.paragraph_format.keep_with_next = part.keep
    for run in part.runs:
        _run(paragraph, run.text, run.face)


def _table(document: Any, part: Table) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(part.shares), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, part.shares, strict=True):
        column.width = Mm(156 * share / sum(part.shares))
    for row in (part.heads, *part.rows) if part.heads else part.rows:
        for cell, text, share in zip(table.add_row().cells, row, part.shares, strict=True):
            cell.width = Mm(156 * share / sum(part.shares))
            _cell(cell, text, Face.HEAVY if row is part.heads else Face.TEXT)
    for row in table.rows:
        _child(row._tr.get_or_add_trPr(), "cantSplit")
    if part.heads:
        _child(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")
    _blank(document, 1)


def _cell(cell: Any, text: str, face: Face) -> None:
    from docx.shared import Pt

    for at, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(20)
        _run(paragraph, line, face, CELL)


def _ending(document: Any, sheet: Sheet) -> None:
    common = wording("common")
    if sheet.attachments:
        _blank(document, 1)
    for at, name in enumerate(sheet.attachments):
        lead = common["attachments"] if at == 0 else ""
        number = f"{at + 1}." if len(sheet.attachments) > 1 else ""
        hang = 5 + len(number) / 2
        _paragraph(document, Paragraph((Run(lead + number + name),), 2 if lead else 5, int(hang)))
    if sheet.signature:
        _signature(document, sheet.signature)
    for part in sheet.after:
        _paragraph(document, part)
    _copies(document, sheet)


def _signature(document: Any, signed: Signature) -> None:
    """With a seal the day stands four characters in, the name centred over it; without one the name two in."""
    from docx.shared import Mm

    _blank(document, 2 if signed.sealed else 1)
    wide, short = float(len(signed.name)), _width(signed.day)
    by, day = _line(document, signed.name, "RIGHT"), _line(document, signed.day, "RIGHT")
    back = max(4.0, (wide - short) / 2) if signed.sealed else 2.0
    over = max(0.0, back - (wide - short) / 2) if signed.sealed else max(2.0, 2 + short + 2 - wide)
    by.paragraph_format.right_indent, day.paragraph_format.right_indent = Mm(over * CHARACTER), Mm(back * CHARACTER)
    by.paragraph_format.keep_with_next = True


def _width(text: str) -> float:
    """Give the width of a text in characters, digits counting half."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _copies(document: Any, sheet: Sheet) -> None:
    from docx.shared import Mm

    lines = [sheet.copies] if sheet.copies else []
    if sheet.printed_by and sheet.layout is not Layout.LETTER:
        lines.append(f"{sheet.printed_by}\t{sheet.printed}")
    if lines:
        _blank(document, 1)
    for text in lines:
        line = _line(document, text, size=SMALL)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(SMALL * 0.353)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156 - SMALL * 0.353), _alignment_right())
        if sheet.layout is not Layout.LETTER:
            _border(line, "top", "single", 8 if text is lines[0] else 6, 1)
            _border(line, "bottom", "single", 8 if text is lines[-1] else 6, 1)


def _page_number(footer: Any, *, right: bool) -> None:
    """An en dash of the format, the field PAGE, another dash; one character in, odd pages right, even ones left."""
    from docx.shared import Pt

    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = 2 if right else 0
    indent = "right_indent" if right else "left_indent"
    setattr(paragraph.paragraph_format, indent, Pt(SMALL))
    _run(paragraph, "— ", "number", SMALL)
    field = _child(paragraph._p, "fldSimple")
    _set(field, instr="PAGE")
    run = _run(paragraph, "1", "number", SMALL)
    field.append(run._element)
    _run(paragraph, " —", "number", SMALL)


def _blank(document: Any, lines: int) -> None:
    for _number in range(lines):
        document.add_paragraph()


def _border(paragraph: Any, side: str, kind: str, eighths: int, points: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(_tag("pBdr"))
    if borders is None:
        borders = _child(properties, "pBdr", before=("shd", "tabs", "spacing", "ind", "jc", "rPr"))
    color = RED if kind != "single" or eighths == 12 else "000000"
    _set(_child(borders, side), val=kind, sz=eighths, space=points, color=color)


def _alignment_right() -> Any:
    from docx.enum.text import WD_TAB_ALIGNMENT

    return WD_TAB_ALIGNMENT.RIGHT


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    tag: str = qn(f"w:{name}")
    return tag


def _child(parent: Any, name: str, before: Sequence[str] = ()) -> Any:
    """Add an element, in front of the first of those that the schema wants behind it."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{name}")
    later = next((one for one in parent if one.tag in [_tag(after) for after in before]), None)
    parent.append(made) if later is None else later.addprevious(made)
    return made


def _set(element: Any, **values: object) -> None:
    for name, value in values.items():
        element.set(_tag(name), str(value))
