"""Checking the text of a code at any way out: a pass or a certificate of release, against every key in its time."""

from datetime import datetime

from hucheng.engines.papers import (
    PassVerdict,
    ReleaseClaims,
    ReleaseVerdict,
    offline_verifier,
    sign_release,
    sign_revocations,
    verify_pass,
    verify_release,
)
from hucheng.engines.papers.passes import RELEASE_PREFIX
from hucheng.entry.clearance.keys import signing_key, trusted_keys
from hucheng.entry.clearance.queries import live_ids, revoked_ids


def checked(text: str, at: datetime) -> PassVerdict | ReleaseVerdict:
    """Whether a paper holds at a time; nothing of the text is stored."""
    if text.startswith(RELEASE_PREFIX):
        return verify_release(text, trusted_keys(), at=at)
    return verify_pass(text, trusted_keys(), at=at, revoked=revoked_ids(at))


def signed_revocations(at: datetime) -> str:
    """The signed list of revoked passes as of a time; small however many are revoked."""
    return sign_revocations(revoked_ids(at), signing_key(), at=at, live=live_ids(at), kinds=("pass",))


def page_for_the_phone(at: datetime) -> bytes:
    """The verifier with the keys and revocations of this minute inside, for where there is no network."""
    return offline_verifier(trusted_keys(), signed_revocations(at))


def signed_release(claims: ReleaseClaims) -> str:
    """The text of a certificate of release, signed with the key of this installation."""
    return sign_release(claims, signing_key())
