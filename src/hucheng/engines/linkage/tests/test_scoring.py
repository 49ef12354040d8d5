"""Scores against the truth, checked by hand and by laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.scoring import read_groups, score

TRUTH = {("a", str(n)): person for n, person in enumerate("PPPQQR")}
ANSWERS = st.lists(st.sampled_from("xyz"), min_size=6, max_size=6).map(
    lambda names: dict(zip(TRUTH, names, strict=True))
)


def answer(names):
    return dict(zip(TRUTH, names, strict=True))


def test_a_case_by_hand():
    found = score(answer("xxyyyz"), TRUTH)  # joined: 12, 34, 35, 45; right: 12, 45; wanted: 12, 13, 23, 45
    assert (found.precision, found.recall, found.missing) == (2 / 4, 2 / 4, 0)
    precise = (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6
    recalled = (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6
    assert found.b_cubed == pytest.approx(2 * precise * recalled / (precise + recalled))


def test_the_truth_is_perfect_under_any_names():
    found = score(answer("uuuvvw"), TRUTH)
    assert (found.precision, found.recall, found.f1, found.b_cubed) == (1, 1, 1, 1)


@given(ANSWERS)
def test_scores_are_shares(given):
    found = score(given, TRUTH)
    assert all(0 <= value <= 1 for value in (found.precision, found.recall, found.f1, found.b_cubed))


@given(ANSWERS)
def test_renaming_persons_changes_nothing(given):
    assert score({key: name + "!" for key, name in given.items()}, TRUTH) == score(given, TRUTH)


def test_everybody_alone_is_precise_and_everybody_together_recalls_all():
    assert score(answer("abcdef"), TRUTH).precision == 1 and score(answer("abcdef"), TRUTH).recall == 0
    assert score(answer("aaaaaa"), TRUTH).recall == 1


def test_rows_left_out_are_counted_and_stand_alone():
    found = score({("a", "0"): "x", ("a", "1"): "x", ("b", "9"): "x"}, TRUTH)
    assert found.missing == 4 and found.precision == 1 and found.recall == 1 / 4


def test_nothing_to_find_is_found():
    assert score({}, {}).b_cubed == 1 and score({}, {}).f1 == 1


def test_groups_are_read_from_either_heading(tmp_path):
    path = tmp_path / "groups.csv"
    for column in ("record_id", "rec_id"):
        path.write_text(f"source,{column},person_id\nhotel.csv,H1,P1\n", encoding="utf-8")
        assert read_groups(path) == {("hotel", "H1"): "P1"}
