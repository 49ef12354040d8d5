"""What holds for any English text: spans, mending twice, the same answer twice, no text without an answer."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import clean, read, read_labels, score

from .english_cases import HEAD

TEXTS = Path(__file__).parents[5] / "benchmarks" / "minutes" / "texts"
LABELLED = sorted(TEXTS.glob("english_*/*.txt"))
PIECES = [
    *("The board decided", " that ", " to ", "all schools", " must ", "check the lists", ", ", " and ", "; ", ".\n"),
    *("\n\n", "1. ", "- ", "(a) ", "Action: ", "Owner: ", "Due: ", " | ", "Wang Wei", "Dr Lee (王伟)", "by Friday"),
    *(
        "within 48 hours",
        "03/04/2021",
        "会议要求，要备足物资。",
        "Present: ",
        "RESOLVED: That",
        "“",
        "”",
        "(",
        ")",
        "not ",
    ),
    *("be tested", "Health Bureau", "\t", "no one may ", "\u200b", "&amp;", "<b>", "— 3 —\n"),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXT, st.booleans())
def test_every_span_points_at_its_text_and_the_answer_is_always_the_same(text, headed):
    found = read((HEAD if headed else "") + text)
    for one in found.directives:
        assert found.clean_text[one.start : one.end] == one.text_clean and one.text_clean.strip()
        assert one.why.zh and one.why.en
        assert one.parent is None or one.parent < one.id
    assert found.as_dict() == read((HEAD if headed else "") + text).as_dict()
    assert json.loads(json.dumps(found.as_dict())) == found.as_dict()


@given(TEXT, st.booleans())
def test_mending_twice_changes_nothing_more(text, headed):
    once = clean((HEAD if headed else "") + text).text
    assert clean(once).text == once


@pytest.mark.parametrize("file", LABELLED, ids=lambda file: file.stem)
def test_a_clean_english_text_comes_back_as_it_is(file):
    text = file.read_text(encoding="utf-8")
    assert clean(text).text == text and clean(text).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "Present: Ms Chan (陳美玲), Mr Lee.\nThe board met, however, by phone: it was short; nobody left.",
        "The board met on 6 May.\nAll counties, all towns,\nall villages and,\nall schools must report.",
        "The price is ２ yuan, said the board, which met on 6 May.",
    ],
)
def test_marks_lines_and_names_of_an_english_text_stay(text):
    assert clean(text).text == text


def test_tags_and_what_cannot_be_seen_go_from_an_english_text_too():
    assert clean("<p>The board met&nbsp;on 6\u200b May and decided to close.</p>").text.split() == (
        ["The", "board", "met", "on", "6", "May", "and", "decided", "to", "close."]
    )


@pytest.mark.parametrize(
    "pattern", ["Ann Lee, ", "Dr ", "WORD ", "a | b | c\n", "Resolved: that ", "of the ", "(", "1. "]
)
def test_one_pattern_without_an_end_gets_an_answer(pattern):
    found = read(HEAD + pattern * (40_000 // len(pattern)))
    assert found.meeting.number == 5 and len(found.directives) < 1_000


@pytest.mark.parametrize(
    "file", [one for one in LABELLED if "seen" in one.parent.name.split("_")], ids=lambda file: file.stem
)
def test_a_text_that_was_tuned_on_is_read_as_labelled(file):
    gold = read_labels(file.with_suffix(".json").read_bytes())
    day = json.loads(file.with_suffix(".json").read_bytes())["article_date"]
    told = read(file.read_text(encoding="utf-8"), article_date=date.fromisoformat(day) if day else None)
    found = score(read_labels(json.dumps(told.as_dict()).encode()), gold)
    assert found.head == 1.0 and found.names >= 0.95 and found.directives >= 0.92 and found.themes >= 0.83
