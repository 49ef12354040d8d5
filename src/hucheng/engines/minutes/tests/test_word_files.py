"""Word documents as offices send them round: changes tracked, cells merged, fields to fill in, readings above words."""

import io
import zipfile

import docx
import pytest

from hucheng.engines.minutes import DocumentUnreadable, read, read_file

PLACE = b"<w:p><w:r><w:t>HERE</w:t></w:r></w:p>"


def a_document(body: str, *, root: str = "") -> bytes:
    """A Word document with this markup in the place of its only paragraph, or in the place of all of it."""
    made, plain, out = docx.Document(), io.BytesIO(), io.BytesIO()
    made.add_paragraph("HERE")
    made.save(plain)
    with zipfile.ZipFile(plain) as box, zipfile.ZipFile(out, "w") as copy:
        for entry in box.infolist():
            content = box.read(entry)
            if entry.filename == "word/document.xml":
                assert PLACE in content
                content = root.encode() or content.replace(PLACE, body.encode())
            copy.writestr(entry.filename, content)
    return out.getvalue()


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def changed(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="7" w:author="秘书科" w:date="2021-05-06T08:00:00Z">{inner}</w:{kind}>'


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def text_of(body: str) -> str:
    return read_file(a_document(body), "送审稿.docx")


def test_a_draft_with_tracked_changes_reads_as_if_they_were_accepted():
    inserted, deleted = changed("ins", run("三天内")), changed("del", run("五天内", "delText"))
    assert text_of(paragraph(run("要在"), inserted, deleted, run("报齐名单。"))) == "要在三天内报齐名单。"


def test_a_sentence_that_was_moved_stands_where_it_went():
    moved = "要备足口罩。"
    body = paragraph(changed("moveFrom", run(moved))) + paragraph(run("其次，"), changed("moveTo", run(moved)))
    assert text_of(body).strip() == f"其次，{moved}"


def test_a_paragraph_that_was_put_in_whole_is_a_demand_like_any_other():
    head = paragraph(run("5月6日，市防疫领导小组召开第十二次会议。"))
    late = paragraph(changed("ins", run("会议要求，各街道要在两日内报送名单。")))
    told = read(text_of(head + late))
    assert [(one.actors, one.deadline) for one in told.directives] == [(("各街道",), "两日内")]


def test_what_stands_in_a_field_to_fill_in_is_read():
    field = f"<w:sdt><w:sdtContent>{paragraph(run('会议地点：市政府一楼'))}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{run('市外办')}</w:sdtContent></w:sdt>"
    assert text_of(field + paragraph(run("牵头单位："), inline)) == "会议地点：市政府一楼\n牵头单位：市外办"


def test_a_cell_that_spans_three_columns_is_read_once():
    made, out = docx.Document(), io.BytesIO()
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "任务分工"
    for at, unit in enumerate(("口岸组", "交通组", "医疗组")):
        table.cell(1, at).text = unit
    made.save(out)
    assert read_file(out.getvalue(), "x.docx").split() == ["任务分工", "口岸组", "交通组", "医疗组"]


def test_a_table_inside_a_cell_is_read_in_its_place():
    made, out = docx.Document(), io.BytesIO()
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "分工如下"
    cell.add_table(1, 1).cell(0, 0).text = "属地镇"
    made.add_paragraph("特此通知")
    made.save(out)
    assert read_file(out.getvalue(), "x.docx").split() == ["分工如下", "属地镇", "特此通知"]


def test_a_reading_set_above_a_word_is_no_text():
    ruby = f"<w:r><w:ruby><w:rt>{run('bìng')}</w:rt><w:rubyBase>{run('并')}</w:rubyBase></w:ruby></w:r>"
    assert text_of(paragraph(run("高风险人员不得离"), ruby, run("进京。"))) == "高风险人员不得离并进京。"


def test_a_text_box_is_read_once_behind_the_paragraph_it_hangs_on():
    alternate = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = f"<w:txbxContent>{paragraph(run('内部资料'))}</w:txbxContent>"
    box = f'<mc:AlternateContent xmlns:mc="{alternate}"><mc:Choice Requires="wps">{inner}</mc:Choice>'
    box += f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    assert text_of(paragraph(run("会议纪要"), f"<w:r>{box}</w:r>")) == "会议纪要\n内部资料"


@pytest.mark.parametrize(("mark", "sign"), [("<w:tab/>", "\t"), ("<w:br/>", "\n"), ("<w:cr/>", "\n")])
def test_a_tab_and_a_forced_line_end_keep_words_apart(mark, sign):
    assert text_of(paragraph(run("主持"), f"<w:r>{mark}</w:r>", run("林砚"))) == f"主持{sign}林砚"


def test_the_words_of_a_link_are_read_and_its_address_is_not():
    code = '<w:r><w:instrText>HYPERLINK "http://example.org"</w:instrText></w:r>'
    link = f'<w:hyperlink w:anchor="a">{run("附件一")}</w:hyperlink>'
    assert text_of(paragraph(run("见"), code, link, run("。"))) == "见附件一。"


def test_a_document_of_which_everything_was_deleted_holds_no_text():
    with pytest.raises(DocumentUnreadable) as no:
        text_of(paragraph(changed("del", run("全文作废。", "delText"))))
    assert no.value.why.zh == "文件里没有文字。"


@pytest.mark.parametrize(
    "root",
    [
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        '<other xmlns="urn:x">会议要求</other>',
        "会议要求",
        "<w:document>",
    ],
    ids=["no body", "another root", "no markup", "never closed"],
)
def test_a_part_that_is_no_document_is_refused_with_what_to_do(root):
    with pytest.raises(DocumentUnreadable) as no:
        read_file(a_document("", root=root), "x.docx")
    assert no.value.do.zh and no.value.do.en
