"""A text under repair: every character that is left knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import EditKind, Kept
from hucheng.engines.minutes.tracked import Repair, TrackedText

SIGNS = st.text("市县区会议,。", min_size=1, max_size=24)


def cut(start: int, end: int, after: str = "") -> Repair:
    return Repair(EditKind.NOTE, start, end, after)


@st.composite
def rounds(draw):
    """A text and the repairs of some rounds, each made for the text that the round before left."""
    text = draw(SIGNS)
    now, made = text, []
    for _round in range(draw(st.integers(1, 3))):
        places = sorted(draw(st.lists(st.integers(0, len(now)), max_size=6, unique=True)))
        pairs = list(zip(places[::2], places[1::2], strict=False))
        repairs = [cut(start, end, draw(st.text("甲乙", max_size=3))) for start, end in pairs]
        made.append(repairs)
        for one in reversed(repairs):
            now = now[: one.start] + one.after + now[one.end :]
    return text, made, now


@given(rounds())
def test_the_text_is_what_one_gets_by_making_the_repairs_from_the_back(case):
    text, made, expected = case
    tracked = TrackedText(text)
    for repairs in made:
        tracked.apply(repairs)
    assert tracked.result().text == tracked.text == expected


@given(rounds())
def test_every_repair_has_a_place_in_the_original_and_in_the_result(case):
    text, made, now = case
    tracked = TrackedText(text)
    for repairs in made:
        tracked.apply(repairs)
    for edit in tracked.result().edits:
        assert 0 <= edit.start < edit.end <= len(text)
        assert 0 <= edit.clean_start <= edit.clean_end <= len(now)


@given(SIGNS, st.data())
def test_one_round_of_repairs_is_told_exactly(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    after = data.draw(st.text("甲乙", max_size=3))
    tracked = TrackedText(text)
    tracked.apply([cut(start, end, after)])
    (edit,) = tracked.result().edits
    assert (text[edit.start : edit.end], edit.before) == (text[start:end],) * 2
    assert tracked.text[edit.clean_start : edit.clean_end] == edit.after == after


def test_a_repair_made_later_is_told_in_places_of_the_original():
    tracked = TrackedText("abcdef")
    tracked.apply([cut(0, 2)])
    tracked.apply([cut(1, 2, "D")])
    assert tracked.text == "cDef"
    assert [(edit.start, edit.end, edit.clean_start, edit.clean_end) for edit in tracked.result().edits] == [
        (0, 2, 0, 0),
        (3, 4, 1, 2),
    ]


def test_what_overlaps_its_predecessor_and_what_covers_nothing_is_left_out():
    tracked = TrackedText("市县区")
    tracked.apply([cut(0, 2, "甲"), cut(1, 3, "乙"), cut(2, 2, "丙")])
    assert tracked.text == "甲区" and len(tracked.result().edits) == 1


def test_a_place_that_is_pointed_at_in_every_round_is_one_finding():
    """The cleaner looks again as long as anything changed, and found the same masked sign each time."""
    tracked = TrackedText("张*三,,")
    mark = Repair(EditKind.MASKED, 1, 2, "*", certain=False)
    tracked.apply([mark, cut(3, 4)])
    tracked.apply([mark])
    assert [edit.kind for edit in tracked.result().edits] == [EditKind.MASKED, EditKind.NOTE]
    assert len(tracked.result().doubtful) == 1


def kept_back(repairs: list[Repair], *kept: Kept) -> str:
    text = TrackedText("一二三四五六", kept)
    text.apply(repairs)
    return text.text


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (0, 1, "一二X四五六"),
        (1, 3, "一二三四五六"),
        (2, 3, "一二三四五六"),
        (2, 9, "一二三四五六"),
        (3, 6, "一二X四五六"),
    ],
)
def test_a_repair_that_touches_a_stretch_to_be_kept_is_not_made(start, end, left):
    repair = Repair(EditKind.TRADITIONAL, 2, 3, "X")
    assert kept_back([repair], Kept(EditKind.TRADITIONAL, start, end)) == left
    assert kept_back([repair], Kept(EditKind.NOTE, start, end)) == "一二X四五六"


def test_repairs_beside_one_that_is_kept_back_are_made():
    repairs = [Repair(EditKind.COMMA, at, at + 1, "") for at in (0, 2, 4)]
    assert kept_back(repairs, Kept(EditKind.COMMA, 2, 3)) == "二三四六"


def test_what_is_kept_is_told_by_its_place_in_the_original_even_after_earlier_repairs():
    text = TrackedText("一二三四", (Kept(EditKind.NOTE, 3, 4),))
    text.apply([Repair(EditKind.COMMA, 0, 2, "")])
    text.apply([Repair(EditKind.NOTE, 0, 1, "X"), Repair(EditKind.NOTE, 1, 2, "Y")])
    assert (text.text, text.result().kept) == ("X四", (Kept(EditKind.NOTE, 3, 4),))
