"""Typed data: each mistake is told by its path, in both languages; the schema says what is asked."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers.official import KINDS, DataWrong, json_schema, paper_from, paper_from_json

from .samples import SAMPLES, sample


def changed(kind: str, *path, value) -> dict:
    data = deepcopy(SAMPLES[kind])
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return data


DEEP = {"heading": "x"}
for _level in range(4):
    DEEP = {"heading": "x", "sections": [DEEP]}


@pytest.mark.parametrize(
    ("code", "path", "kind", "data"),
    [
        ("object", "$", "notice", []),
        ("object", "chair", "minutes", changed("minutes", "chair", value="林砚")),
        ("list", "to", "notice", changed("notice", "to", value="各县")),
        ("text", "to[1]", "notice", changed("notice", "to", 1, value=7)),
        ("number", "meeting", "minutes", changed("minutes", "meeting", value=0)),
        ("number", "meeting", "minutes", changed("minutes", "meeting", value=True)),
        ("number", "items[0].quantity", "requisition", changed("requisition", "items", 0, "quantity", value="120")),
        ("yes", "sealed", "notice", changed("notice", "sealed", value="no")),
        ("date", "date", "notice", changed("notice", "date", value="2021-3-4")),
        ("date", "items[1].due", "supervision", changed("supervision", "items", 1, "due", value="2021-02-30")),
        ("choice", "urgency", "report", changed("report", "urgency", value="很急")),
        ("empty", "items", "supervision", changed("supervision", "items", value=[])),
        ("empty", "title", "notice", changed("notice", "title", value="  ")),
        ("unknown", "matters[0].decisions[0].owner", "minutes",
         changed("minutes", "matters", 0, "decisions", 0, "owner", value="x")),
        ("long", "title", "notice", changed("notice", "title", value="长" * 4_001)),
        ("long", "attachments", "notice", changed("notice", "attachments", value=["x"] * 2_001)),
        ("sign", "matters[0].decisions[1].text", "minutes",
         changed("minutes", "matters", 0, "decisions", 1, "text", value="甲\u202e乙")),
        ("sign", "title", "notice", changed("notice", "title", value="甲\x00乙")),
        ("deep", "sections[0].sections[0].sections[0].sections[0].sections", "notice",
         changed("notice", "sections", value=[DEEP])),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_path(code, path, kind, data):
    with pytest.raises(DataWrong) as wrong:
        paper_from(kind, data)
    assert (wrong.value.code, wrong.value.path) == (code, path)
    assert wrong.value.why.zh and wrong.value.why.en and "{" not in wrong.value.why.zh + wrong.value.why.en


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_needed_field_is_missed_by_name(kind):
    for name in json_schema(kind)["required"]:
        data = {key: value for key, value in SAMPLES[kind].items() if key != name}
        with pytest.raises(DataWrong) as wrong:
            paper_from(kind, data)
        assert (wrong.value.code, wrong.value.path) == ("missing", name)


@pytest.mark.parametrize("text", ["", "{", b"\xff\xfe", "[" * 100_000])
def test_what_is_no_json_is_said(text):
    with pytest.raises(DataWrong) as wrong:
        paper_from_json("notice", text)
    assert wrong.value.code == "json"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_sample_is_read_from_json_as_from_values(kind):
    assert paper_from_json(kind, json.dumps(SAMPLES[kind], ensure_ascii=False)) == sample(kind)


def test_optional_values_may_be_null_and_texts_lose_their_edges():
    made = sample("minutes", number=None, meeting=None, place=" 厅 ")
    assert (made.number, made.meeting, made.place) == (None, None, "厅")


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_schema_names_every_field_and_each_reference_is_defined(kind):
    schema = json_schema(kind)
    assert set(SAMPLES[kind]) <= set(schema["properties"])
    written = json.dumps(schema)
    for name in schema["$defs"]:
        assert f"#/$defs/{name}" in written
    assert written.count("#/$defs/") >= len(schema["$defs"])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(list(KINDS)), st.data())
def test_whatever_comes_is_read_or_refused_by_path(kind, data):
    values = deepcopy(SAMPLES[kind])
    values[data.draw(st.sampled_from(list(values)))] = data.draw(VALUES)
    try:
        paper_from(kind, values)
    except DataWrong as wrong:
        assert wrong.path and wrong.code
