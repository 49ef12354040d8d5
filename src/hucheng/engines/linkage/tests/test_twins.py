"""Signs of two people: what an error would not make."""

import pytest

from hucheng.engines.linkage.names import read_name
from hucheng.engines.linkage.twins import half_told, in_a_row, other_given


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("王思雨", "王思琪", True),
        ("王思雨", "王思", False),
        ("王思雨", "王思雨", False),
        ("WANG/SIYU", "WANG/SIQI", True),
        ("SIYU WANG", "WANG SIQI", True),
        ("WANG/SIYU", "SIYU WANG", False),
        ("王思雨", "WANG/SIQI", True),
        ("王思雨", "WANG/SIYU", False),
        ("TU/KAYLA", "TU/BROOKE", True),
        ("TU/KAYLA", "TU/KALYA", False),
        ("TU/KAYLA", "TU/K", False),
        ("TU/KAYLA", "SMITH/KAYLA", False),
        ("TU", "TU/KAYLA", False),
        ("", "TU/KAYLA", False),
    ],
)
def test_two_given_names_are_a_sign_and_a_slip_is_none(one, other, two):
    names = read_name(one), read_name(other)
    assert other_given(*names) == other_given(*reversed(names)) == two


@pytest.mark.parametrize(
    ("mine", "theirs", "follow"),
    [
        ({"EA1111112"}, {"EA1111113"}, True),
        ({"EA1111119"}, {"EA1111122"}, True),
        ({"EA1111112"}, {"EA1111182"}, False),
        ({"EA1111112"}, {"EB1111113"}, False),
        ({"EA1111112"}, {"EA1111112"}, False),
        ({"EA111111X"}, {"EA1111112"}, False),
        ({"EA1111112"}, {"EA11111121"}, False),
        (set(), {"EA1111112"}, False),
    ],
)
def test_numbers_of_a_family_follow_each_other(mine, theirs, follow):
    assert in_a_row(mine, theirs) == in_a_row(theirs, mine) == follow


@pytest.mark.parametrize(
    ("one", "other", "half"),
    [
        ("WEBB", "WEBB/AMBER", True),
        ("AMBER", "WEBB/AMBER", True),
        ("WEBB", "RYAN/AMBER", False),
        ("王", "王思雨", False),
    ],
)
def test_a_single_part_that_agrees_is_half_a_name(one, other, half):
    assert half_told(read_name(one), read_name(other)) == half_told(read_name(other), read_name(one)) == half
