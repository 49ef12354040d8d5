"""One repair taken back: the text gets back what stood there, and every other repair keeps its right place."""

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.minutes import Cleaned, Edit, EditKind, Kept, clean, damage, moved, read, undo
from hucheng.engines.minutes.command import minutes

from .test_clean import texts

DAMAGED = [
    "會(huì)議,，。",
    "市*委",
    "ＡＢ心(xīn)",
    "各縣(市、區)",
    "隨著\u200b，",
    "，書(shū)記、",
    "某某博彩平台，",
    "名□单",
    "抗\ufeff疫",
    "12日。",
]
damaged = st.lists(st.sampled_from(DAMAGED), min_size=1, max_size=6).map("".join)
APART = ["會議。", "书(shū)记。", "ＡＢ。", "市*委。", "名□单。", "防\u200b疫。", "要点，。", "随著形勢。"]
"""Damage where no repair stands on another one."""
apart = st.lists(st.sampled_from(APART), min_size=1, max_size=6).map("".join)


def within(edit: Edit, cleaned: Cleaned) -> list[Edit]:
    return [one for one in cleaned.edits if one is not edit and edit.start <= one.start and one.end <= edit.end]


def stands(original: str, cleaned: Cleaned) -> bool:
    """Whether each repair points at its text on both sides; one inside a stretch that went has nothing left to show."""
    gone = [one for edit in cleaned.edits if not edit.after for one in within(edit, cleaned)]
    for edit in cleaned.edits:
        if edit in gone:
            continue
        taken = {at for one in within(edit, cleaned) if not one.after for at in range(one.start, one.end)}
        before = "".join(original[at] for at in range(edit.start, edit.end) if at not in taken)
        changed = any(one.after for one in within(edit, cleaned))
        if (before != edit.before and not changed) or cleaned.text[edit.clean_start : edit.clean_end] != edit.after:
            return False
    return True


def put_back(cleaned: Cleaned, edit: Edit) -> str:
    return cleaned.text[: edit.clean_start] + edit.before + cleaned.text[edit.clean_end :]


@settings(max_examples=60)
@given(apart, st.data())
def test_a_repair_taken_back_alone_puts_back_what_stood_there(text, data):
    cleaned = clean(text)
    edit = data.draw(st.sampled_from(cleaned.edits))
    undone = undo(text, cleaned, edit)
    assert undone.text == put_back(cleaned, edit)
    assert [(one.kind, one.start, one.end) for one in undone.edits] == [
        (one.kind, one.start, one.end) for one in cleaned.edits if one != edit
    ]
    assert stands(text, undone)


@settings(max_examples=60)
@given(apart, st.data())
def test_repairs_behind_the_one_taken_back_move_by_its_length_and_those_before_stay(text, data):
    cleaned = clean(text)
    edit = data.draw(st.sampled_from(cleaned.edits))
    places = {(one.kind, one.start): one.clean_start for one in undo(text, cleaned, edit).edits}
    for one in cleaned.edits:
        if one != edit:
            longer = len(edit.before) - len(edit.after) if one.start > edit.start else 0
            assert places[one.kind, one.start] == one.clean_start + longer


@settings(max_examples=60)
@given(st.one_of(damaged, texts.map(damage)), st.data())
def test_spans_are_right_after_any_repair_of_any_text_is_taken_back(text, data):
    cleaned = clean(text)
    if not cleaned.edits:
        return
    edit = data.draw(st.sampled_from(cleaned.edits))
    undone = undo(text, cleaned, edit)
    assert stands(text, undone)
    assert not any(one.kind is edit.kind and one.start < edit.end and edit.start < one.end for one in undone.edits)


@settings(max_examples=40)
@given(st.one_of(damaged, texts.map(damage), st.text(max_size=60)))
def test_with_every_repair_taken_back_the_original_stands_again(text):
    cleaned = clean(text)
    for _again in range(8):
        if not cleaned.edits:
            break
        cleaned = undo(text, cleaned, cleaned.edits)
    assert cleaned.text == text and not cleaned.edits


@settings(max_examples=40)
@given(apart, st.randoms(use_true_random=False))
def test_the_order_in_which_repairs_are_taken_back_plays_no_part(text, dice):
    whole = clean(text)
    chosen = dice.sample(whole.edits, min(2, len(whole.edits)))
    step = whole
    for edit in chosen:
        again = next(one for one in step.edits if (one.kind, one.start) == (edit.kind, edit.start))
        step = undo(text, step, again)
    at_once = undo(text, whole, reversed(chosen))
    assert (step.text, step.edits, set(step.kept)) == (at_once.text, at_once.edits, set(at_once.kept))


@settings(max_examples=40)
@given(damaged)
def test_nothing_taken_back_changes_nothing(text):
    assert undo(text, clean(text), ()) == clean(text)


def test_a_note_taken_back_splits_the_word_that_was_converted_around_it():
    text = "書(shū)記"
    cleaned = clean(text)
    note = next(one for one in cleaned.edits if one.kind is EditKind.NOTE)
    undone = undo(text, cleaned, note)
    assert undone.text == "书(shū)记"
    assert [(one.start, one.end, one.before, one.after) for one in undone.edits] == [
        (0, 1, "書", "书"),
        (6, 7, "記", "记"),
    ]


def test_a_conversion_taken_back_leaves_the_note_inside_it_repaired():
    text = "書(shū)記"
    (kind,) = (one for one in clean(text).edits if one.kind is EditKind.TRADITIONAL)
    undone = undo(text, clean(text), kind)
    assert (undone.text, [one.kind for one in undone.edits]) == ("書記", [EditKind.NOTE])


def test_a_repair_that_only_another_made_possible_goes_with_it():
    text = "会(\u200bhuì)。"
    hidden = next(one for one in clean(text).edits if one.kind is EditKind.WIDTH)
    assert [one.kind for one in clean(text).edits].count(EditKind.NOTE) == 1
    undone = undo(text, clean(text), hidden)
    assert (undone.text, undone.edits) == (text, ())


def test_a_place_only_pointed_at_is_pointed_at_no_more():
    text = "名□单"
    (flag,) = clean(text).edits
    assert (flag.before, flag.after) == ("□", "□")
    assert undo(text, clean(text), flag) == Cleaned(text, (), (Kept(EditKind.MASKED, 1, 2),))


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("市*委", EditKind.MASKED, "市*委"),
        ("在某某博彩平台分会场", EditKind.INJECTED, "在某某博彩平台分会场"),
        ("备足，。", EditKind.COMMA, "备足，。"),
        ("ＡＢ会議", EditKind.WIDTH, "ＡＢ会议"),
        ("随著", EditKind.TRADITIONAL, "随著"),
    ],
)
def test_each_kind_of_repair_can_be_taken_back(text, kind, left):
    cleaned = clean(text)
    edit = next(one for one in cleaned.edits if one.kind is kind)
    assert undo(text, cleaned, edit).text == left != cleaned.text


def test_a_person_who_keeps_a_word_keeps_it_in_that_place_only():
    text = "隨著，隨著"
    first = clean(text).edits[0]
    assert undo(text, clean(text), first).text == "隨著，随着"


def test_a_repair_of_another_text_is_refused():
    other = clean("會議").edits[0]
    with pytest.raises(ValueError, match="none of the text"):
        undo("市*委", clean("市*委"), other)


def test_what_was_taken_back_cannot_be_taken_back_again():
    text = "市*委"
    edit = clean(text).edits[0]
    with pytest.raises(ValueError, match=r"cleaned\.edits"):
        undo(text, undo(text, clean(text), edit), edit)


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "a.txt"
    made.write_text("會議，市*委，ＡＢ", encoding="utf-8")
    return str(made)


def test_the_command_takes_listed_repairs_back(file):
    call = CliRunner().invoke
    assert call(minutes, ["clean", file]).stdout == "会议，市党委，AB\n"
    assert call(minutes, ["clean", file, "--undo", "2"]).stdout == "会议，市*委，AB\n"
    done = call(minutes, ["clean", file, "--undo", "1", "--undo", "3"])
    assert done.stdout == "會議，市党委，ＡＢ\n" and len(done.stderr.strip().split("\n")) == 1


@pytest.mark.parametrize("number", ["0", "4", "x"])
def test_a_number_that_is_not_listed_is_refused(file, number):
    done = CliRunner().invoke(minutes, ["clean", file, "--undo", number])
    assert (done.exit_code, done.stdout) == (2, "")
    assert number != "4" or "只有 3 处修改" in done.stderr


@given(apart, st.data())
def test_what_stands_outside_a_repair_taken_back_is_found_again_in_the_new_text(original, data):
    before = clean(original)
    if not before.edits:
        return
    edit = data.draw(st.sampled_from(before.edits))
    after = undo(original, before, edit)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(before.text))] * 2)))
    if edit.clean_start <= end and start <= edit.clean_end:
        return
    assert after.text[moved(start, before, after) : moved(end, before, after)] == before.text[start:end]


@given(damaged, st.data())
def test_a_moved_place_stays_in_the_text_and_in_its_order(original, data):
    before = clean(original)
    after = (
        undo(original, before, data.draw(st.lists(st.sampled_from(before.edits), max_size=3)))
        if before.edits
        else before
    )
    places = [moved(place, before, after) for place in range(len(before.text) + 1)]
    assert places == sorted(places) and places[0] >= 0 and places[-1] <= len(after.text)


def test_a_reading_keeps_what_a_person_wants_kept():
    original = "5月6日，岚河市防疫领导小组召开第十二次会议。会议要求，要備足物資。"
    kept = undo(original, clean(original), next(one for one in clean(original).edits if one.before == "備"))
    assert read(original, kept=kept.kept).directives[0].text_clean == "要備足物资"
