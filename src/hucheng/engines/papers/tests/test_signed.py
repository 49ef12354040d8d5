"""The form of what is signed: that of the standard, in one spelling, read by another library and read of another."""

import json
from datetime import UTC, datetime, timedelta

import cbor2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import TrustedKey, key_id, new_keys, private_key, public_of, spki_base64
from hucheng.engines.papers.passes import PREFIX, verify_pass
from hucheng.engines.papers.ring import PRIVATE, RING, read_ring, ring_json, ring_of, rotate, write_private
from hucheng.engines.papers.signed import HEAD, TAIL, seal, unseal
from hucheng.engines.papers.tests.test_passes import AT, CLAIMS, KEYS, NOON, TEXT

PAYLOADS = st.dictionaries(
    st.integers(-80000, 80000),
    st.text(max_size=20) | st.integers(-(2**63), 2**63) | st.binary(max_size=20) | st.lists(st.booleans(), max_size=3),
    max_size=6,
)
KID = key_id(KEYS.public_pem)


def other_reader(pem, private=False):
    return COSEKey.from_pem(pem, alg="ES256", kid=KID)


@given(PAYLOADS)
def test_what_is_sealed_is_read_back_and_says_by_which_key(payload):
    said, known, code = unseal(seal(payload, KEYS.private_pem), KEYS.public_pem)
    assert (said, code) == (payload, "ok") and [key.public_pem for key in known] == [KEYS.public_pem]


@given(PAYLOADS)
def test_another_library_reads_what_we_seal(payload):
    sealed = base45.decode(seal(payload, KEYS.private_pem))
    assert cbor2.loads(COSE.new().decode(sealed, other_reader(KEYS.public_pem))) == payload


@given(PAYLOADS)
def test_we_read_what_another_library_seals_in_the_same_form(payload):
    sealed = COSE.new().encode_and_sign(cbor2.dumps(payload), other_reader(KEYS.private_pem), protected={1: -7, 4: KID})
    said, _known, code = unseal(base45.encode(sealed), KEYS.public_pem)
    assert (said, code) == (payload, "ok")


@pytest.mark.parametrize(
    "protected",
    [{1: -7}, {4: KID, 1: -7}, {1: -7, 4: KID[:4]}, {1: -7, 4: KID, 3: 0}],
    ids=["no key", "order", "short", "more"],
)
def test_any_other_header_is_no_text_of_ours(protected):
    sealed = COSE.new().encode_and_sign(cbor2.dumps({7: "x"}), other_reader(KEYS.private_pem), protected=protected)
    assert unseal(base45.encode(sealed), KEYS.public_pem)[2] == "bad_text"


def test_a_header_outside_the_signature_is_refused():
    key = other_reader(KEYS.private_pem)
    sealed = COSE.new().encode_and_sign(cbor2.dumps({7: "x"}), key, protected={1: -7, 4: KID}, unprotected={99: 1})
    assert unseal(base45.encode(sealed), KEYS.public_pem)[2] == "bad_text"


@pytest.mark.parametrize("payload", [[], "text", 7, None, b""], ids=str)
def test_a_signed_thing_that_is_no_map_is_no_payload(payload):
    key = other_reader(KEYS.private_pem)
    sealed = COSE.new().encode_and_sign(cbor2.dumps(payload), key, protected={1: -7, 4: KID})
    assert unseal(base45.encode(sealed), KEYS.public_pem)[::2] == (None, "bad_text")


@pytest.mark.parametrize("body", [b"\xff", b"\x5b\x00", b"\xa1\x01", b"\x81" * 3000], ids=repr)
def test_signed_bytes_that_are_no_cbor_get_an_answer(body):
    sealed = COSE.new().encode_and_sign(body, other_reader(KEYS.private_pem), protected={1: -7, 4: KID})
    assert unseal(base45.encode(sealed), KEYS.public_pem)[2] == "bad_text"


@pytest.mark.parametrize(
    "signature", [b"\x00" * 64, b"\x00" * 32 + b"\x01" * 32, b"\xff" * 64], ids=["zeros", "r", "large"]
)
def test_signatures_that_no_key_makes_are_refused(signature):
    sealed = base45.decode(TEXT.removeprefix(PREFIX))
    assert unseal(base45.encode(sealed[:-64] + signature), KEYS.public_pem)[2] == "bad_signature"


def test_a_very_long_text_is_not_read():
    assert unseal("A" * 200_001, KEYS.public_pem)[2] == "bad_text"


def test_a_key_has_a_number_of_eight_bytes_that_follows_from_it():
    assert len(KID) == 8 and key_id(KEYS.public_pem) == KID != key_id(new_keys().public_pem)
    assert key_id(b"no key") == b""
    sealed = base45.decode(TEXT.removeprefix(PREFIX))
    assert sealed[len(HEAD) : len(HEAD) + 8] == KID and sealed[len(HEAD) + 8 : len(HEAD) + 9] == TAIL


def test_only_a_private_key_of_the_right_curve_signs():
    pem = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="P-256"):
        private_key(pem)
    with pytest.raises(ValueError, match="P-256"):
        spki_base64(KEYS.private_pem)


# The ring of keys.


def ring(*windows):
    return tuple(TrustedKey(KEYS.public_pem, since, until) for since, until in windows)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (None, None, "ok"),
        (AT, None, "ok"),
        (AT + timedelta(seconds=1), None, "key_retired"),
        (None, AT, "key_retired"),
        (None, AT + timedelta(seconds=1), "ok"),
        (AT - timedelta(days=2), AT - timedelta(days=1), "key_retired"),
    ],
    ids=str,
)
def test_a_key_counts_for_what_it_signed_in_its_time(since, until, code):
    assert verify_pass(TEXT, ring((since, until)), at=NOON).code == code


def test_of_several_times_of_one_key_any_counts():
    windows = ((None, AT - timedelta(days=9)), (AT - timedelta(days=1), None))
    assert verify_pass(TEXT, ring(*windows), at=NOON).valid


def test_an_empty_ring_knows_no_key():
    assert verify_pass(TEXT, (), at=NOON).code == "unknown_key"


def test_after_a_turn_old_passes_hold_and_new_ones_by_the_old_key_do_not(tmp_path):
    from dataclasses import replace

    from hucheng.engines.papers.passes import sign_pass

    write_private(tmp_path, KEYS.private_pem)
    turned = AT + timedelta(hours=1)
    rotate(tmp_path, at=turned)
    keys = read_ring(tmp_path)
    fresh = (tmp_path / PRIVATE).read_bytes()
    later = replace(CLAIMS, issued_at=turned, expires_at=turned + timedelta(hours=12))
    at = turned + timedelta(hours=1)
    assert verify_pass(TEXT, keys, at=at).valid
    assert verify_pass(sign_pass(later, fresh), keys, at=at).valid
    assert verify_pass(sign_pass(later, KEYS.private_pem), keys, at=at).code == "key_retired"  # a stolen key
    assert verify_pass(sign_pass(CLAIMS, fresh), keys, at=at).code == "key_retired"  # dated back


def test_every_turn_keeps_the_keys_before_it_in_order(tmp_path):
    write_private(tmp_path, KEYS.private_pem)
    days = [AT + timedelta(days=n) for n in range(4)]
    for day in days:
        rotate(tmp_path, at=day)
    keys = read_ring(tmp_path)
    assert [key.since for key in keys] == [*reversed(days), None]
    assert [key.until for key in keys] == [None, *reversed(days)]
    assert keys[-1].public_pem == KEYS.public_pem and keys[0].public_pem == public_of((tmp_path / PRIVATE).read_bytes())
    assert (tmp_path / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in (tmp_path / RING).read_text()


@pytest.mark.parametrize("after", [timedelta(), timedelta(days=-1)])
def test_a_key_is_not_retired_before_it_was_made(tmp_path, after):
    write_private(tmp_path, KEYS.private_pem)
    rotate(tmp_path, at=AT)
    before = (tmp_path / PRIVATE).read_bytes()
    with pytest.raises(ValueError, match="before it was made"):
        rotate(tmp_path, at=AT + after)
    assert (tmp_path / PRIVATE).read_bytes() == before and len(read_ring(tmp_path)) == 2


def test_a_turn_cut_off_half_way_leaves_a_folder_that_signs_and_can_be_turned_again(tmp_path, monkeypatch):
    """The ring is written first: the worst that a crash leaves is a key nobody trusts, mended by turning again."""
    write_private(tmp_path, KEYS.private_pem)

    def cut(*_args):
        raise OSError("the machine stopped")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="stopped"):
        broken.setattr("hucheng.engines.papers.ring.write_private", cut)
        rotate(tmp_path, at=AT + timedelta(hours=1))
    assert (tmp_path / PRIVATE).read_bytes() == KEYS.private_pem
    assert verify_pass(TEXT, read_ring(tmp_path), at=NOON).valid
    rotate(tmp_path, at=AT + timedelta(hours=2))
    assert (tmp_path / PRIVATE).read_bytes() != KEYS.private_pem
    assert verify_pass(TEXT, read_ring(tmp_path), at=NOON).valid


def test_a_folder_without_a_key_is_not_turned(tmp_path):
    with pytest.raises(ValueError, match="is not there"):
        rotate(tmp_path, at=AT)


@given(
    st.lists(
        st.tuples(st.none() | st.datetimes(timezones=st.just(UTC)), st.none() | st.datetimes(timezones=st.just(UTC))),
        min_size=1,
        max_size=4,
    )
)
def test_a_ring_is_read_back_from_its_text(windows):
    assert ring_of(ring_json(ring(*windows))) == ring(*windows)


def test_a_single_key_is_a_ring_and_times_without_a_zone_are_utc():
    assert ring_of(KEYS.public_pem.decode()) == (TrustedKey(KEYS.public_pem),)
    said = json.dumps([{"public": KEYS.public_pem.decode(), "since": "2020-03-21T10:00:00"}])
    assert ring_of(said)[0].since == datetime(2020, 3, 21, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[1]", '[{"public": "x"}]', "nonsense", "-----BEGIN PUBLIC KEY-----\nx", "[" * 100_000]
    + [
        json.dumps([{"public": KEYS.public_pem.decode(), "since": "soon"}]),
        json.dumps([{"public": KEYS.private_pem.decode()}]),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_ring_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        ring_of(text)
