"""The two texts side by side: no sign is lost, every repair is marked, each directive's passage is told apart."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.command.directives.models import Directive
from hucheng.command.meetings.marked import Piece, clean_paragraphs, original_paragraphs
from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import MINUTES
from hucheng.engines.minutes import damage, read

AT = datetime(2020, 3, 21, tzinfo=UTC)
State = Directive.State
texts = st.text(alphabet="会议要求征用酒店,。 \n", max_size=60)


def a_meeting(original, clean=None, edits=()):
    """A meeting as the page holds it, without a database."""
    return Meeting(original=original, clean_text=original if clean is None else clean, edits=list(edits))


def an_edit(start, end, *, kind="typo", clean=None, before=""):
    clean_start, clean_end = clean or (start, end)
    return {
        "kind": kind, "start": start, "end": end, "before": before, "after": "", "clean_start": clean_start,
        "clean_end": clean_end, "certain": True,
    }  # fmt: skip


def a_directive(start, end, number=1, state=State.PROPOSED):
    return Directive(number=number, start=start, end=end, state=state)


def words(paragraphs):
    return ["".join(piece.text for run in runs for piece in run.pieces) for runs in paragraphs]


def lines_of(text):
    return [line for line in text.split("\n") if line]


@st.composite
def marked_texts(draw):
    """A text with any repairs in it, overlapping ones among them."""
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    kinds = st.sampled_from(["typo", "note", "suspect", "masked"])
    edits = [an_edit(*span, kind=draw(kinds)) for span in draw(st.lists(spans, max_size=5))]
    return text, edits


@given(marked_texts())
def test_the_original_loses_no_sign_whatever_was_repaired(drawn):
    text, edits = drawn
    shown = original_paragraphs(a_meeting(text, edits=edits))
    assert ["".join(piece.text for piece in line) for line in shown] == lines_of(text)
    assert all(piece.text for line in shown for piece in line)


@given(marked_texts(), st.data())
def test_the_clean_text_loses_no_sign_whatever_is_marked_and_owned(drawn, data):
    text, edits = drawn
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda s: s[0] < s[1])
    owned = [a_directive(*span) for span in data.draw(st.lists(spans, max_size=4))] if text else []
    shown = clean_paragraphs(a_meeting(text, edits=edits), owned)
    assert words(shown) == lines_of(text)
    for runs in shown:
        for one, following in zip(runs, runs[1:], strict=False):
            assert one.directive is not following.directive


@given(marked_texts())
def test_a_sign_of_the_clean_text_is_marked_exactly_when_a_repair_covers_it(drawn):
    text, edits = drawn
    covered = {place for edit in edits for place in range(edit["clean_start"], edit["clean_end"])}
    pieces = [
        piece for runs in clean_paragraphs(a_meeting(text, edits=edits), []) for run in runs for piece in run.pieces
    ]
    marks = [bool(piece.mark) for piece in pieces for _sign in piece.text]
    assert marks == [place in covered for place, sign in enumerate(text) if sign != "\n"]


def test_every_repair_of_real_damage_is_marked_in_the_original():
    told = read(damage(MINUTES), article_date=AT.date())
    edits = [
        an_edit(one.start, one.end, kind=one.kind.value, clean=(one.clean_start, one.clean_end), before=one.before)
        for one in told.cleaned.edits
    ]
    shown = original_paragraphs(a_meeting(damage(MINUTES), told.clean_text, edits))
    marked = "".join(piece.text for line in shown for piece in line if piece.mark)
    assert marked and len(marked) < len(damage(MINUTES))
    assert all(sign in marked for one in told.cleaned.edits if one.start < one.end for sign in one.before[:1])


def test_repairs_that_overlap_are_shown_once_by_the_first():
    meeting = a_meeting("会议要求", edits=[an_edit(0, 3, kind="typo"), an_edit(1, 2, kind="note")])
    assert original_paragraphs(meeting) == [[Piece("会议要", "typo"), Piece("求")]]


def test_a_repair_over_the_end_of_a_line_is_marked_on_both_lines():
    meeting = a_meeting("会议\n要求", edits=[an_edit(1, 4, kind="note")])
    assert original_paragraphs(meeting) == [[Piece("会"), Piece("议", "note")], [Piece("要", "note"), Piece("求")]]


@pytest.mark.parametrize(
    ("kind", "mark"), [("suspect", "doubt"), ("masked", "doubt"), ("typo", "typo"), ("note", "note")]
)
def test_what_is_in_doubt_is_told_apart_from_what_was_repaired(kind, mark):
    meeting = a_meeting("会议要求", edits=[an_edit(1, 2, kind=kind)])
    ((run,),) = clean_paragraphs(meeting, [])
    assert [(piece.text, piece.mark) for piece in run.pieces] == [("会", ""), ("议", mark), ("要求", "")]


def test_what_was_taken_out_leaves_no_mark_in_the_clean_text():
    meeting = a_meeting("会xx议", "会议", [an_edit(1, 3, clean=(1, 1))])
    ((run,),) = clean_paragraphs(meeting, [])
    assert [piece.text for piece in run.pieces] == ["会议"] and not run.pieces[0].mark


def test_a_directive_s_passage_begins_once_and_goes_on_in_the_next_line():
    one, other = a_directive(2, 6), a_directive(7, 9, number=2)
    shown = clean_paragraphs(a_meeting("会议要求\n征用,酒店。"), [one, other])
    told = [[(run.directive, run.first, "".join(p.text for p in run.pieces)) for run in runs] for runs in shown]
    assert told == [
        [(None, False, "会议"), (one, True, "要求")],
        [(one, False, "征"), (None, False, "用"), (other, True, ",酒"), (None, False, "店。")],
    ]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (State.PROPOSED, True),
        (State.ACCEPTED, True),
        (State.PUBLISHED, True),
        (State.REJECTED, False),
        (State.SPLIT, False),
        (State.MERGED, False),
    ],
)
def test_only_directives_that_stand_are_marked(state, shown):
    paragraphs = clean_paragraphs(a_meeting("会议要求"), [a_directive(2, 4, state=state)])
    assert any(run.directive for runs in paragraphs for run in runs) == shown


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_an_empty_text_has_no_paragraph(text):
    assert original_paragraphs(a_meeting(text)) == clean_paragraphs(a_meeting(text), []) == []
