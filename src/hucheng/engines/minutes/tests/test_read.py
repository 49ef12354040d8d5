"""Reading: an invented meeting in full, the open texts against their labels, files that cannot be read."""

import io
import json
from datetime import date

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import DocumentUnreadable, Kind, damage, read, read_file
from hucheng.engines.minutes.command import minutes

OWN = (
    "5月6日，市委书记、市防疫领导小组组长林砚主持召开市防疫领导小组第十二次会议。市长周清越出席。"
    "市领导何书云、马思齐在主会场参加，高知远在清河县分会场参加。\n"
    "会议指出，前一阶段工作取得成效。各县各部门要备足物资，每日更新台账。要加强港口入境管控。"
    "成立专门机构，7天内核对全部名单，坚决防止漏管失控。要做好开学准备。完善各校应急预案，确保高三年级如期返校。\n"
    "会议以视频会议形式召开。"
)


@pytest.fixture(scope="module")
def own():
    return read(OWN, article_date=date(2021, 5, 7))


def test_the_head_is_read(own):
    meeting = own.meeting
    assert (meeting.number, str(meeting.date), meeting.chair) == (12, "2021-05-06", "林砚")
    assert "防疫领导小组" in meeting.body and "视频" in meeting.form


def test_a_year_that_nobody_names_stays_open():
    assert read(OWN).meeting.date is None


def test_people_are_read_with_their_venue(own):
    venues = {one.name: one.venue for one in own.attendees if one.name}
    assert set(venues) == {"林砚", "周清越", "何书云", "马思齐", "高知远"}
    assert venues["高知远"] == "清河县分会场" and venues["何书云"] == "主会场"


def test_directives_stand_where_they_say_with_a_reason(own):
    assert len(own.directives) >= 7
    for one in own.directives:
        assert own.clean_text[one.start : one.end] == one.text_clean
        assert one.why.zh and one.why.en


def test_a_result_is_an_outcome_and_a_body_can_be_counted(own):
    by_text = {one.text_clean: one for one in own.directives}
    stopped = next(one for text, one in by_text.items() if "防止漏管" in text)
    founded = next(one for text, one in by_text.items() if "专门机构" in text)
    assert stopped.kind == Kind.OUTCOME and founded.kind == Kind.ACTION and founded.measurable


def test_a_damaged_copy_reads_the_same(own):
    again = read(damage(OWN), article_date=date(2021, 5, 7))
    assert [d.text_clean for d in again.directives] == [d.text_clean for d in own.directives]
    assert again.meeting == own.meeting


@pytest.mark.parametrize("name", ["seed", "A", "B", "C"])
def test_an_open_text_is_read_as_labelled(reference, name):
    folder = reference / "minutes"
    gold = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    day = date.fromisoformat(gold["article_date"]) if gold["article_date"] else None
    found = read((folder / f"{name}.txt").read_text(encoding="utf-8"), article_date=day).as_dict()
    assert "".join(found["clean_text"].split()) == "".join(gold["clean_text"].split())
    for field in ("number", "date", "chair", "form"):
        assert found["meeting"][field] == gold["meeting"][field], field
    named = [{one["name"] for one in side["attendees"] if one["name"]} for side in (gold, found)]
    assert named[0] == named[1]
    wanted = {d["start"] for d in gold["directives"] if d["kind"] in ("action", "outcome")}
    told = {d["start"] for d in found["directives"]}
    near = sum(any(abs(start - other) <= 4 for other in told) for start in wanted)
    assert near / len(wanted) >= 0.92


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    found = read(text)
    assert all(found.clean_text[d.start : d.end] == d.text_clean for d in found.directives)


def a_docx(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_is_read_in_any_encoding(encoding):
    assert read_file(OWN.encode(encoding), "x.txt").split() == OWN.split()


def test_a_document_and_a_page_are_read():
    assert read_file(a_docx(OWN), "x.docx").split() == OWN.split()
    page = f"<html><head><script>x()</script></head><body><p>{OWN}</p></body></html>".encode()
    assert "第十二次会议" in read_file(page, "x.html") and "x()" not in read_file(page, "x.html")


@pytest.mark.parametrize("data", [b"", b" \n", b"%PDF-1.4", b"PK\x03\x04x", a_docx(OWN)[:800], bytes(range(256)) * 400])
def test_a_file_of_no_use_is_refused_with_a_remedy(data):
    with pytest.raises(DocumentUnreadable) as no:
        read_file(data, "x.docx")
    assert no.value.why.zh and no.value.do.en


@given(st.binary(max_size=300), st.sampled_from(["x.txt", "x.docx", "x.html", "x"]))
def test_any_bytes_get_an_answer(data, name):
    try:
        assert read_file(data, name).strip()
    except DocumentUnreadable as no:
        assert no.do.zh


def test_the_command_line_reads_cleans_and_refuses(tmp_path):
    run, file, broken = CliRunner(), tmp_path / "m.txt", tmp_path / "m.docx"
    file.write_text(damage(OWN), encoding="utf-8")
    broken.write_bytes(b"PK\x03\x04")
    told = json.loads(run.invoke(minutes, ["read", str(file), "--json", "--date", "2021-05-07"]).output)
    assert told["meeting"]["date"] == "2021-05-06" and told["clean_text"]
    assert "林砚" in run.invoke(minutes, ["read", str(file)]).output
    assert run.invoke(minutes, ["clean", str(file)]).stdout.split() == OWN.split()
    assert run.invoke(minutes, ["read", str(broken)]).exit_code == 2
