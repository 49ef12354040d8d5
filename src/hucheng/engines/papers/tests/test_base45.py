"""Base45 against the words of the standard (RFC 9285), done the slow way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers.base45 import decode, encode

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def slowly(data):
    """Section 4: two bytes are a number of base 256 and three signs of base 45, the least first; one byte is two."""
    out = ""
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = pair[0] * 256 + pair[1] if len(pair) == 2 else pair[0]
        for power in range(len(pair) + 1):
            out += SIGNS[number // 45**power % 45]
    return out


@given(st.binary(max_size=40))
def test_the_quick_way_says_what_the_slow_way_says(data):
    assert encode(data) == slowly(data) and decode(encode(data)) == data


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")])
def test_the_examples_of_the_standard(data, text):
    assert encode(data) == text and decode(text) == data


def test_the_example_that_decodes_to_ietf():
    assert decode("QED8WEX0") == b"ietf!"


@pytest.mark.parametrize("pair", [(0, 0), (0, 255), (255, 0), (255, 255), (1, 2)])
def test_edges_of_a_pair(pair):
    assert decode(encode(bytes(pair))) == bytes(pair)


@pytest.mark.parametrize("byte", [0, 44, 45, 255])
def test_edges_of_a_last_byte(byte):
    assert len(encode(bytes([byte]))) == 2 and decode(encode(bytes([byte]))) == bytes([byte])


@pytest.mark.parametrize(
    "text", ["A", "AAAA", ":::", "GGW", "::", "6V", "abc", "ＡＢＣ", "A\nB", "AB,", "BB8é"], ids=repr
)
def test_what_nobody_encodes_is_refused(text):
    """Lengths that no bytes have, numbers above 65,535 or 255, signs that are not among the forty-five."""
    with pytest.raises(ValueError, match="not base45"):
        decode(text)


@given(st.text(SIGNS, max_size=30))
def test_a_text_is_refused_or_is_the_only_spelling_of_its_bytes(text):
    try:
        data = decode(text)
    except ValueError:
        return
    assert encode(data) == text


@given(st.binary(min_size=1, max_size=40))
def test_no_text_ends_in_a_space_so_that_trimming_harms_none(data):
    assert not encode(data).endswith(" ")


def test_nothing_is_nothing():
    assert encode(b"") == "" and decode("") == b""
