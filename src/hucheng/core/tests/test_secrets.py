"""Sealed values open only where they belong; blind indexes find equals."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.secrets.cipher import blind_index, seal, unseal


@given(st.text(max_size=60))
def test_what_is_sealed_opens_again(text):
    assert unseal(seal(text, context="a"), context="a") == text


def test_the_same_text_is_never_sealed_the_same():
    assert seal("140105198001010012", context="a") != seal("140105198001010012", context="a")


def test_a_value_moved_to_another_field_does_not_open():
    with pytest.raises(InvalidTag):
        unseal(seal("x", context="people.person.phone"), context="people.person.birth")


def test_a_changed_value_does_not_open():
    sealed = seal("secret", context="a")
    swapped = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    with pytest.raises((InvalidTag, ValueError)):
        unseal(swapped, context="a")


def test_an_unknown_key_is_said():
    with pytest.raises(KeyError):
        unseal("k9:AAAA", context="a")


@pytest.mark.parametrize("other", ["ez0000001", "EZ 0000001", "ＥＺ0000001", " EZ0000001 "])
def test_the_index_finds_equal_writings(other):
    assert blind_index(other) == blind_index("EZ0000001")


def test_the_index_tells_others_apart_and_nothing_of_emptiness():
    assert blind_index("EZ0000002") != blind_index("EZ0000001") and blind_index(" ") == ""
