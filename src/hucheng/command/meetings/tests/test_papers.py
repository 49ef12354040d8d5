"""The meeting on paper: published minutes that our own reader reads again, and sheets of attendance by venue."""

import io

import pytest
from docx import Document

from hucheng.command.meetings.models import Meeting
from hucheng.command.meetings.papers import attendance_paper, attendance_rows, minutes_paper
from hucheng.command.testing import a_meeting, a_published_meeting, opened, signed_in
from hucheng.core.terms import Role
from hucheng.core.testing import after
from hucheng.engines import minutes
from hucheng.engines.papers import FontMissing, pdf
from hucheng.engines.papers.official import official_docx, official_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def published() -> Meeting:
    return Meeting.objects.get(pk=a_published_meeting()["meeting_id"])


@pytest.fixture
def font():
    try:
        return pdf._font_folder()
    except FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")


def demands(read: minutes.Minutes) -> set[str]:
    return {one.text_clean.removeprefix("要") for one in read.directives if one.kind in ("action", "outcome")}


def test_the_paper_says_who_met_when_and_each_published_directive_with_its_lead_and_day(published):
    paper = minutes_paper(published)
    decided = [one for matter in paper.matters for one in matter.decisions]
    rows = list(published.directives.filter(state="published", kind__in=("action", "outcome")))
    assert (paper.meeting, paper.issuer, paper.date) == (published.number, published.body, published.held_on)
    assert sorted(one.text for one in decided) == sorted(one.text for one in rows) and decided
    assert {one.lead for one in decided} == {row.lead.name_zh if row.lead else "" for row in rows}


@pytest.mark.parametrize("write", [official_docx, official_pdf])
def test_minutes_that_we_wrote_are_read_again_with_the_same_directives(published, font, write):
    paper = minutes_paper(published)
    ending = "docx" if write is official_docx else "pdf"
    read = minutes.read(minutes.read_file(write(paper), f"x.{ending}"))
    decided = [one for matter in paper.matters for one in matter.decisions]
    assert demands(read) == {one.text.removeprefix("要") for one in decided}
    assert (read.meeting.number, read.meeting.date) == (paper.meeting, paper.date)
    assert read.meeting.chair == (paper.chair.name if paper.chair else None)
    for one in decided:
        (same,) = [d for d in read.directives if d.text_clean.removeprefix("要") == one.text.removeprefix("要")]
        assert one.lead in same.actors or not one.lead
        assert not one.deadline or same.deadline == one.deadline


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_office_takes_published_minutes_as_a_file(client, published, font, ending, start):
    answer = opened(signed_in(client), "minutes_file", published.pk, ending)
    assert answer.status_code == 200 and answer.content.startswith(start)
    assert f'filename="minutes-{published.held_on:%Y%m%d}.{ending}"' in answer["Content-Disposition"]
    page = opened(client, "meeting", published.pk).content.decode()
    assert "minutes.pdf" in page and "minutes.docx" in page


def test_minutes_that_are_not_published_are_no_paper_yet(client):
    meeting = a_meeting()
    assert opened(signed_in(client), "minutes_file", meeting.pk, "pdf").status_code == 404
    assert "minutes.pdf" not in opened(client, "meeting", meeting.pk).content.decode()


def test_a_missing_font_is_said_on_the_page(client, published, monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    monkeypatch.setattr(pdf, "SYSTEM_FONTS", (tmp_path,))
    answer = opened(signed_in(client), "minutes_file", published.pk, "pdf")
    assert answer.status_code == 422 and answer.context["refusal"].code == "font_missing"


def test_the_sheet_of_attendance_has_a_table_for_each_venue(published):
    paper = attendance_paper(published)
    assert [venue.name for venue in paper.venues] == ["各县分会场", "会场未注明"]
    assert "秦望舒" in [one.name for one in paper.venues[1].people]
    assert "第42次会议" in paper.meeting
    tables = Document(io.BytesIO(official_docx(paper))).tables
    assert [cell.text for cell in tables[0].rows[0].cells] == ["序号", "姓名", "职务或单位", "签到"]
    assert len(attendance_rows(published)) == published.attendees.count()


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_sheet_is_taken_as_a_file(client, published, font, ending, start):
    answer = opened(signed_in(client, Role.LEADING_GROUP), "attendance_file", published.pk, ending, at=after(50))
    assert answer.status_code == 200 and answer.content.startswith(start)
    assert f'.{ending}"' in answer["Content-Disposition"]


def test_others_find_neither_file(client, published):
    client = signed_in(client, Role.COUNTY)
    for name in ("minutes_file", "attendance_file"):
        assert opened(client, name, published.pk, "pdf").status_code == 404
