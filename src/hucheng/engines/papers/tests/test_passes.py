"""Passes cannot be forged, stretched or outlived."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import is_public, new_keys, public_of
from hucheng.engines.papers.passes import PREFIX, PassClaims, sign_pass, verify_pass
from hucheng.engines.papers.revocations import COVERS, IDS, ISSUED, KIND, read_revocations, sign_revocations
from hucheng.engines.papers.signed import HEAD, seal

KEYS = new_keys()
AT = datetime(2020, 3, 21, 10, tzinfo=UTC)
CLAIMS = PassClaims(
    pass_id="5d0e7a42-0000-4000-8000-000000000001",
    holder="TESTWANG LIHUA 王丽华",
    document_tail="0001",
    flight="HU7976",
    origin="TYN",
    destination="PEK",
    issued_at=AT,
    expires_at=AT + timedelta(hours=12),
    rules_version="entry 2020-03.1",
    issuer="140100",
)
TEXT = sign_pass(CLAIMS, KEYS.private_pem)
NOON = AT + timedelta(hours=2)


def verdict(text=TEXT, at=NOON, **kwargs):
    return verify_pass(text, kwargs.pop("key", KEYS.public_pem), at=at, **kwargs)


def test_a_pass_says_what_was_signed():
    assert verdict().valid and verdict().claims == CLAIMS


def test_a_pass_fits_a_code_that_a_phone_reads():
    assert len(TEXT) < 500


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (AT - timedelta(seconds=1), "not_yet"),
        (AT, "ok"),
        (AT + timedelta(hours=12, seconds=-1), "ok"),
        (AT + timedelta(hours=12), "expired"),
    ],
)
def test_a_pass_holds_from_its_issue_until_just_before_its_end(at, code):
    assert verdict(at=at).code == code


def test_a_revoked_pass_no_longer_holds():
    assert verdict(revoked={CLAIMS.pass_id}).code == "revoked"


def test_another_key_does_not_open_it():
    assert verdict(key=new_keys().public_pem).code == "unknown_key"


@given(st.integers(len(PREFIX), len(TEXT) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_no_sign_can_be_changed(place, sign):
    if TEXT[place] != sign:
        assert not verdict(TEXT[:place] + sign + TEXT[place + 1 :]).valid


@given(st.integers(0, len(TEXT) - 1))
def test_no_pass_is_read_from_a_part(length):
    assert not verdict(TEXT[:length]).valid


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text):
    assert not verdict(text).valid and not verdict(PREFIX + text).valid


@given(st.binary(max_size=120))
def test_any_bytes_get_an_answer(data):
    assert not verdict(PREFIX + base45.encode(data)).valid


@given(st.binary(min_size=1, max_size=40))
def test_nothing_can_be_added_behind_a_pass(more):
    sealed = base45.decode(TEXT.removeprefix(PREFIX))
    assert verdict(PREFIX + base45.encode(sealed + more)).code == "bad_text"


def test_a_pass_has_one_spelling_only():
    sealed = base45.decode(TEXT.removeprefix(PREFIX))
    start = len(HEAD) + 9
    assert sealed[start] == 0x58  # the length of the claims in one byte; the same in two bytes says nothing else
    wider = sealed[:start] + b"\x59\x00" + sealed[start + 1 :]
    assert verdict(PREFIX + base45.encode(wider)).code == "bad_text"


@pytest.mark.parametrize(
    "body", [b"\x81" * 50_000, b"\x5b" + b"\x7f" * 8, b"\x9b" + b"\x7f" * 8, b"\xc0" * 50_000, b"\xf6\xf6", b""]
)
def test_bytes_made_to_exhaust_the_reader_get_an_answer(body):
    sealed = base45.decode(TEXT.removeprefix(PREFIX))
    assert verdict(PREFIX + base45.encode(sealed[: len(HEAD) + 9] + body)).code == "bad_text"
    assert verdict(PREFIX + base45.encode(body)).code == "bad_text"
    framed = sealed[: len(HEAD) + 9] + cbor2.dumps(body) + b"\x58\x40" + b"\x01" * 64
    assert verdict(PREFIX + base45.encode(framed)).code == "bad_signature"


@pytest.mark.parametrize("kind", ["flip", "cut", "swap"])
def test_a_thousand_forgeries_of_each_kind_are_refused(kind):
    """The benchmark tries more; these already cover every byte of the pass many times over."""
    sealed, dice = base45.decode(TEXT.removeprefix(PREFIX)), Random(43)
    for _try in range(1000):
        forged = bytearray(sealed)
        place = dice.randrange(len(sealed))
        if kind == "flip":
            forged[place] ^= 1 << dice.randrange(8)
        elif kind == "cut":
            del forged[place : place + dice.randrange(1, 9)]
        else:
            other = dice.randrange(len(sealed))
            forged[place], forged[other] = forged[other], forged[place]
        if forged != sealed:
            assert not verdict(PREFIX + base45.encode(bytes(forged))).valid


def test_signed_claims_of_another_shape_are_no_pass():
    listed = sign_revocations([CLAIMS.pass_id], KEYS.private_pem, at=AT).removeprefix("HUR1:")
    assert verdict(PREFIX + listed).code == "bad_text"


@pytest.mark.parametrize("key", [b"", b"nonsense", b"\xff\xfe", KEYS.private_pem[:60]])
def test_what_is_no_key_opens_nothing(key):
    assert not verdict(key=key).valid and not is_public(key)


def test_only_a_public_key_on_the_right_curve_counts():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    pem = other.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert is_public(KEYS.public_pem) and not is_public(KEYS.private_pem) and not is_public(pem)


def test_claims_of_one_pass_do_not_go_under_the_signature_of_another():
    other = sign_pass(replace(CLAIMS, holder="SOMEBODY ELSE"), KEYS.private_pem)
    mine, theirs = (base45.decode(t.removeprefix(PREFIX)) for t in (TEXT, other))
    swapped = theirs[:-64] + mine[-64:]
    assert verdict(PREFIX + base45.encode(swapped)).code == "bad_signature"


def test_a_pass_without_a_signature_is_none():
    import cbor2

    unsigned = cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({1: 0}), {}, cbor2.dumps({7: CLAIMS.pass_id}), b""]))
    assert not verdict(PREFIX + base45.encode(unsigned)).valid


def test_a_pass_that_ends_before_it_begins_is_not_signed():
    with pytest.raises(ValueError):
        sign_pass(replace(CLAIMS, expires_at=AT), KEYS.private_pem)


def test_naive_times_are_not_signed():
    with pytest.raises(ValueError):
        sign_pass(replace(CLAIMS, issued_at=AT.replace(tzinfo=None)), KEYS.private_pem)


def _said(text):
    known = read_revocations(text, KEYS.public_pem)
    return known.ids, known.as_of


def test_the_list_of_revocations_travels_signed():
    text = sign_revocations({"b", "a"}, KEYS.private_pem, at=AT)
    assert _said(text) == (frozenset({"a", "b"}), AT)


@pytest.mark.parametrize("text", ["", "HUR1:", "HUR1:ABC", TEXT])
def test_a_list_that_is_not_ours_is_refused(text):
    with pytest.raises(ValueError):
        read_revocations(text, KEYS.public_pem)


def test_a_pass_is_no_list_of_revocations_even_under_the_other_prefix():
    with pytest.raises(ValueError, match="not a list"):
        read_revocations("HUR1:" + TEXT.removeprefix(PREFIX), KEYS.public_pem)


LIST = {KIND: "revoked", COVERS: ["pass"]}


@pytest.mark.parametrize(
    "payload",
    [
        {ISSUED: 1, IDS: 5, **LIST},
        {ISSUED: 1, IDS: [5], **LIST},
        {ISSUED: 1, IDS: [b"short"], **LIST},
        {ISSUED: "x", IDS: [], **LIST},
        {ISSUED: 10**30, IDS: [], **LIST},
        {IDS: [], **LIST},
        {ISSUED: 1, IDS: [], 2: "x", **LIST},
        {ISSUED: 1, **LIST},
        {ISSUED: 1, IDS: [], KIND: "revoked"},
        {ISSUED: 1, IDS: [], KIND: "pass", COVERS: []},
        {ISSUED: 1, -70010: False, -70011: [[8, 1, b""]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [[0, 1, b"a"]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [[8, 0, b"a"]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [[True, 1, b"a"]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [["8", 1, b"a"]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [[8]], **LIST},
        {ISSUED: 1, -70010: False, -70011: [[8, 1, 10**9]], **LIST},
    ],
    ids=str,
)
def test_only_the_shape_of_a_list_is_read_as_a_list(payload):
    with pytest.raises(ValueError, match="not a list|damaged|badly formed|16-char"):
        read_revocations("HUR1:" + seal(payload, KEYS.private_pem), KEYS.public_pem)


def test_the_list_of_another_issuer_is_refused():
    with pytest.raises(ValueError, match="unknown_key"):
        read_revocations(sign_revocations(["a"], new_keys().private_pem, at=AT), KEYS.public_pem)


def test_a_list_of_nobody_is_a_list():
    assert _said(sign_revocations([], KEYS.private_pem, at=AT)) == (frozenset(), AT)


def test_the_public_key_follows_from_the_private_one():
    assert public_of(KEYS.private_pem) == KEYS.public_pem


@given(st.binary(max_size=60))
def test_base45_round_trip(data):
    assert base45.decode(base45.encode(data)) == data


def test_base45_published_example():
    assert base45.encode(b"Hello!!") == "%69 VD92EX0"  # RFC 9285, section 4.3


@pytest.mark.parametrize("text", ["A", "ab", ":::", "::"])
def test_base45_refuses_what_it_never_writes(text):
    with pytest.raises(ValueError):
        base45.decode(text)
