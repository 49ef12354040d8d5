"""Certificates of release are signed and checked as passes are, and neither passes for the other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import TrustedKey, new_keys
from hucheng.engines.papers.passes import (
    PREFIX,
    RELEASE_PREFIX,
    ReleaseClaims,
    sign_pass,
    sign_release,
    verify_pass,
    verify_release,
)
from hucheng.engines.papers.qr import qr_svg
from hucheng.engines.papers.revocations import read_revocations, sign_revocations
from hucheng.engines.papers.tests.test_passes import CLAIMS as PASS

KEYS = new_keys()
AT = datetime(2020, 4, 4, 9, tzinfo=UTC)
CLAIMS = ReleaseClaims(
    release_id="77777777-0000-4000-8000-000000000001",
    holder="王丽华 TESTWANG LIHUA",
    document_tail="0001",
    house="锦源宾馆",
    since="2020-03-21",
    until="2020-04-04",
    tests="2020-04-01 negative; 2020-04-03 negative",
    issued_at=AT,
    expires_at=AT + timedelta(days=30),
    issuer="140100",
)
TEXT = sign_release(CLAIMS, KEYS.private_pem)


def verdict(text=TEXT, at=AT + timedelta(days=1), keys=KEYS.public_pem, **how):
    return verify_release(text, keys, at=at, **how)


def test_a_certificate_says_what_was_signed_and_fits_a_code():
    assert verdict().valid and verdict().claims == CLAIMS
    assert len(TEXT) < 700 and qr_svg(TEXT).startswith("<svg")


@pytest.mark.parametrize(
    ("after", "code"),
    [(timedelta(seconds=-1), "not_yet"), (timedelta(), "ok"), (timedelta(days=30, seconds=-1), "ok")]
    + [(timedelta(days=30), "expired")],
)
def test_a_certificate_holds_from_its_issue_until_just_before_its_end(after, code):
    assert verdict(at=AT + after).code == code


@pytest.mark.parametrize("code", ["ok", "revoked", "expired", "unknown_key", "bad_text"])
def test_words_are_those_of_a_certificate_not_of_a_pass(code):
    said = {
        "ok": verdict(),
        "revoked": verdict(revoked={CLAIMS.release_id}),
        "expired": verdict(at=AT + timedelta(days=99)),
        "unknown_key": verdict(keys=new_keys().public_pem),
        "bad_text": verdict("x"),
    }[code]
    assert said.code == code and "通行证" not in said.why.zh and "pass" not in said.why.en


def test_a_pass_is_no_certificate_and_a_certificate_no_pass():
    """Neither under its own prefix nor under the other's: the kind is signed."""
    a_pass = sign_pass(PASS, KEYS.private_pem)
    at = PASS.issued_at + timedelta(hours=1)
    assert verify_pass(a_pass, KEYS.public_pem, at=at).valid
    assert verdict(a_pass, at=at).code == "bad_text"
    assert verdict(RELEASE_PREFIX + a_pass.removeprefix(PREFIX), at=at).code == "bad_text"
    assert verify_pass(TEXT, KEYS.public_pem, at=AT).code == "bad_text"
    assert verify_pass(PREFIX + TEXT.removeprefix(RELEASE_PREFIX), KEYS.public_pem, at=AT).code == "bad_text"


def test_a_list_of_revocations_is_no_certificate():
    listed = sign_revocations([CLAIMS.release_id], KEYS.private_pem, at=AT)
    assert verdict(RELEASE_PREFIX + listed.removeprefix("HUR1:")).code == "bad_text"
    assert verdict(revoked=read_revocations(listed, KEYS.public_pem)).code == "revoked"


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_no_sign_can_be_changed(place, sign):
    if TEXT[place] != sign:
        assert not verdict(TEXT[:place] + sign + TEXT[place + 1 :]).valid


def test_two_thousand_flips_and_cuts_are_refused():
    sealed, dice = base45.decode(TEXT.removeprefix(RELEASE_PREFIX)), Random(7)
    for number in range(2000):
        forged = bytearray(sealed)
        if number % 2:
            forged[dice.randrange(len(sealed))] ^= 1 << dice.randrange(8)
        else:
            del forged[dice.randrange(len(sealed)) :]
        assert not verdict(RELEASE_PREFIX + base45.encode(bytes(forged))).valid


@pytest.mark.parametrize(
    "change",
    [{"expires_at": AT}, {"issued_at": AT.replace(tzinfo=None)}, {"expires_at": AT.replace(tzinfo=None)}],
    ids=str,
)
def test_times_that_cannot_be_are_not_signed(change):
    with pytest.raises(ValueError, match="a paper"):
        sign_release(replace(CLAIMS, **change), KEYS.private_pem)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_come_back_as_they_were(holder, house):
    text = sign_release(replace(CLAIMS, holder=holder, house=house), KEYS.private_pem)
    said = verdict(text).claims
    assert (said.holder, said.house) == (holder, house)


def test_a_retired_key_counts_for_its_time():
    ring = (TrustedKey(new_keys().public_pem), TrustedKey(KEYS.public_pem, None, AT + timedelta(hours=1)))
    assert verdict(keys=ring).valid
    ring = (TrustedKey(KEYS.public_pem, None, AT),)
    assert verdict(keys=ring).code == "key_retired"
