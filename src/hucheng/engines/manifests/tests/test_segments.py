"""Segments of EDIFACT: separators, releases, line breaks, and what is left behind the last terminator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import read_manifest
from hucheng.engines.manifests.segments import LONGEST, Marks, marks_of, released, segments_in, segments_of
from hucheng.engines.manifests.tests.strategies import TODAY
from hucheng.engines.manifests.tests.test_paxlst import GOOD

SIGNS = st.text("AB1:+.?' *|!~", max_size=10)


def cut(text: str):
    segments, rest = segments_of(text)
    return [(one.tag, one.elements) for one in segments], rest


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("NAD+FL+++A:B'", (("FL",), ("",), ("",), ("A", "B"))),
        ("NAD'", ()),
        ("NAD+'", (("",),)),
        ("NAD+::'", (("", "", ""),)),
        ("NAD+A?+B'", (("A+B",),)),
        ("NAD+A?:B:C'", (("A:B", "C"),)),
        ("NAD+A?'B'", (("A'B",),)),
        ("NAD+A??+B'", (("A?",), ("B",))),
        ("NAD+A???+B'", (("A?+B",),)),
        ("NAD+?A'", (("A",),)),
        (" nad +A'", (("A",),)),
    ],
)
def test_elements_and_components(text, elements):
    ((tag, found),), rest = cut(text)
    assert (tag, found, rest) == ("NAD", elements, "")


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", ""])
def test_line_breaks_between_and_inside_segments_are_no_data(breaks):
    found, rest = cut(f"NAD+FL{breaks}+++A'{breaks}ATT+2++F'{breaks}")
    assert [tag for tag, _elements in found] == ["NAD", "ATT"] and rest == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [("NAD+A'ATT+2", "ATT+2"), ("NAD+A'  ", ""), ("NAD+A?'", "NAD+A?'"), ("NAD+A'X?", "X?"), ("", ""), ("x", "x")],
)
def test_what_stands_behind_the_last_terminator_is_given_back(text, rest):
    assert segments_of(text)[1] == rest


def test_empty_segments_count_but_are_not_given():
    segments, _rest = segments_of("NAD+A'''ATT+B'")
    assert [(one.tag, one.number) for one in segments] == [("NAD", 1), ("ATT", 4)]


def test_a_segment_that_has_lost_its_tag_is_counted_and_said():
    assert [one.tag for one in segments_of("NAD+A'+FL+++B'ATT+2'")[0]] == ["NAD", "?", "ATT"]
    reading = read_manifest(GOOD.replace(b"DTM+329:850430'", b"+329:850430'"), today=TODAY)
    (found,) = reading.problems
    assert (found.code, found.value, found.person) == ("BAD_SEGMENT", "+329:850430", 1) and reading.rows == 2


def test_a_part_that_is_not_there_is_empty():
    ((segment,), _rest) = segments_of("NAD+FL+A:B'")
    assert (segment.part(0), segment.part(1, 1), segment.part(1, 2), segment.part(9)) == ("FL", "B", "", "")
    assert segment.raw == "NAD+FL+A:B"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("UNA:+.? 'X", Marks()),
        ("UNA|*,! ~X", Marks("|", "*", ",", "!", "~")),
        ("\ufeff\r\nUNA|*,! ~X", Marks("|", "*", ",", "!", "~")),
        ("UNB+UNOA", Marks()),
        ("UNA", Marks()),
        ("UNA++++ +X", Marks()),
    ],
)
def test_una_declares_the_separators_unless_it_contradicts_itself(text, marks):
    assert marks_of(text)[0] == marks


def test_a_blank_release_character_releases_nothing():
    segments, _rest = segments_of("UNA:+.  'NAD+A?+B'")
    assert segments[0].elements == (("A?",), ("B",))


def test_a_line_end_may_be_the_terminator():
    segments, rest = segments_of("UNA:+.? \nNAD+A\nATT+B\n")
    assert [one.tag for one in segments] == ["NAD", "ATT"] and rest == ""


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_a_text_shorter_than_una_is_cut_all_the_same(size):
    text = "A+1'"
    found = list(segments_in(text[place : place + size] for place in range(0, len(text), size)))
    assert [(one.tag, one.elements) for one in found] == [("A", (("1",),))]


def test_a_segment_without_an_end_is_given_up_at_a_limit():
    chunks = ["NAD+A'", *["X" * 10_000] * 100]
    found = list(segments_in(chunks))
    assert [one.tag for one in found] == ["NAD", ""] and LONGEST < len(found[1].raw) < 2 * LONGEST


@given(st.lists(st.lists(SIGNS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_whatever_is_released_comes_back(elements):
    text = "TAG+" + "+".join(":".join(map(released, components)) for components in elements) + "'"
    ((segment,), rest) = segments_of(text)
    stripped = text[:-1].strip()
    assert rest == "" and segment.raw == stripped
    assert segment.elements[:-1] == tuple(map(tuple, elements[:-1]))


@given(st.lists(st.text("AB+:?'", max_size=6), min_size=1, max_size=3), st.permutations("|*!~"))
def test_own_separators_read_as_the_usual_ones(parts, signs):
    marks = Marks(component=signs[0], element=signs[1], release=signs[2], terminator=signs[3])
    head = f"UNA{marks.component}{marks.element}.{marks.release} {marks.terminator}"
    body = "TAG" + "".join(marks.element + released(part, marks) for part in parts) + marks.terminator
    ((segment,), _rest) = segments_of(head + body)
    assert [element[0] for element in segment.elements] == parts


@given(st.text("NAD+:?' \r\n", max_size=60))
def test_no_letter_is_lost_between_segments_and_rest(text):
    segments, rest = segments_of(text)
    kept = "".join(one.raw for one in segments) + rest
    bare = text.lstrip("\ufeff \r\n\t").replace("\r", "").replace("\n", "")
    assert len(kept.replace(" ", "")) <= len(bare.replace(" ", ""))
    assert sorted(kept.replace(" ", "").replace("'", "")) == sorted(bare.replace(" ", "").replace("'", ""))
