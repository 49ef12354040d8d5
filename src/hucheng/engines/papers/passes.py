"""Papers with a code: onward passes and certificates of release, checked by anyone with the public key, offline.

Signed claims (CWT, RFC 8392) in base45 behind a short prefix. A pass lives for hours, a certificate for weeks; a
signed list says which no longer hold.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from hucheng.engines.papers.keys import Keys
from hucheng.engines.papers.revocations import KIND, PASS, RELEASE, RevocationList
from hucheng.engines.papers.signed import seal, unseal
from hucheng.engines.words.bilingual import Bilingual

PREFIX, RELEASE_PREFIX = "HUC1:", "HUL1:"
_ISSUER, _SUBJECT, _EXPIRES, _FROM, _ID = 1, 2, 4, 5, 7
_FLIGHT, _ORIGIN, _DESTINATION, _DOCUMENT, _RULES = -70001, -70002, -70003, -70004, -70005
_HOUSE, _SINCE, _UNTIL, _TESTS = -70006, -70007, -70008, -70009


@dataclass(frozen=True, slots=True)
class PassClaims:
    """What a pass says. Of the document only the last four signs, enough to compare, too few to misuse."""

    pass_id: str
    holder: str
    document_tail: str
    flight: str
    origin: str
    destination: str
    issued_at: datetime
    expires_at: datetime
    rules_version: str
    issuer: str

    @property
    def number(self) -> str:
        """By what it is revoked."""
        return self.pass_id


@dataclass(frozen=True, slots=True)
class ReleaseClaims:
    """What a certificate of release says: who was kept where, from when until when, with which tests."""

    release_id: str
    holder: str
    document_tail: str
    house: str
    since: str
    until: str
    tests: str
    issued_at: datetime
    expires_at: datetime
    issuer: str

    @property
    def number(self) -> str:
        """By what it is revoked."""
        return self.release_id


C = TypeVar("C", PassClaims, ReleaseClaims)


@dataclass(frozen=True, slots=True)
class Verdict(Generic[C]):
    """Whether a paper holds at a time.

    code  ok, bad_text, bad_signature, unknown_key, key_retired, not_yet, expired or revoked
    """

    valid: bool
    code: str
    why: Bilingual
    claims: C | None = None


PassVerdict = Verdict[PassClaims]
ReleaseVerdict = Verdict[ReleaseClaims]

WHY: Mapping[str, Bilingual] = {
    "ok": Bilingual("通行证有效。", "The pass is valid."),
    "bad_text": Bilingual("这不是护城的通行证。", "This is not a pass of Hucheng."),
    "bad_signature": Bilingual(
        "签名不符，通行证不是本市签发或被改动。", "The signature does not match: not issued here, or changed."
    ),
    "unknown_key": Bilingual("不是用已知的密钥签发。", "It is not signed with any key that is known here."),
    "key_retired": Bilingual("签发时该密钥已停用。", "It is signed with a key that was not in use at its time."),
    "not_yet": Bilingual("通行证尚未生效。", "The pass does not hold yet."),
    "expired": Bilingual("通行证已过期。", "The pass has expired."),
    "revoked": Bilingual("通行证已撤销。", "The pass has been revoked."),
}
_OF_RELEASE: Mapping[str, Bilingual] = {
    code: Bilingual(why.zh.replace("通行证", "解除隔离证明"), why.en.replace("pass", "certificate"))
    for code, why in WHY.items()
}


def sign_pass(claims: PassClaims, private_pem: bytes) -> str:
    """Give the text of a signed pass, fit for a QR code.

    Raises ValueError when the pass would end before it begins or a time is naive.
    """
    return PREFIX + seal(_in_time(claims) | _of_pass(claims), private_pem)


def sign_release(claims: ReleaseClaims, private_pem: bytes) -> str:
    """Give the text of a signed certificate of release. Raises ValueError as `sign_pass`."""
    return RELEASE_PREFIX + seal(_in_time(claims) | _of_release(claims), private_pem)


def verify_pass(
    text: str, keys: Keys, *, at: datetime, revoked: Collection[str] | RevocationList = ()
) -> Verdict[PassClaims]:
    """Say whether a pass holds at a time, from its text, the keys trusted and what is known to be revoked."""
    return _verify(text, PREFIX, _as_pass, keys, at, revoked)


def verify_release(
    text: str, keys: Keys, *, at: datetime, revoked: Collection[str] | RevocationList = ()
) -> Verdict[ReleaseClaims]:
    """Say whether a certificate of release holds at a time; a pass is none, and it is no pass."""
    return _verify(text, RELEASE_PREFIX, _as_release, keys, at, revoked)


def _verify(
    text: str,
    prefix: str,
    read: Callable[[dict[int, Any]], C],
    keys: Keys,
    at: datetime,
    revoked: Collection[str] | RevocationList,
) -> Verdict[C]:
    code, claims = _judged(text, prefix, read, keys, at, revoked)
    return Verdict(code == "ok", code, (WHY if prefix == PREFIX else _OF_RELEASE)[code], claims)


def _judged(
    text: str,
    prefix: str,
    read: Callable[[dict[int, Any]], C],
    keys: Keys,
    at: datetime,
    revoked: Collection[str] | RevocationList,
) -> tuple[str, C | None]:
    if not text.startswith(prefix):
        return "bad_text", None
    payload, known, code = unseal(text.removeprefix(prefix), keys)
    if payload is None:
        return code, None
    try:
        claims = read(payload)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return "bad_text", None
    if not any(key.signed_then(claims.issued_at) for key in known):
        return "key_retired", claims
    if _is_revoked(claims, revoked):
        return "revoked", claims
    if at < claims.issued_at:
        return "not_yet", claims
    return ("ok" if at < claims.expires_at else "expired"), claims


def _is_revoked(claims: PassClaims | ReleaseClaims, revoked: Collection[str] | RevocationList) -> bool:
    if isinstance(revoked, RevocationList):
        kind = PASS if isinstance(claims, PassClaims) else RELEASE
        return kind in revoked.kinds and revoked.revokes(claims.number, claims.issued_at)
    return claims.number in revoked


def _in_time(claims: PassClaims | ReleaseClaims) -> dict[int, Any]:
    """What both papers say: whose they are, by whom, from when until when."""
    if claims.issued_at.tzinfo is None or claims.expires_at.tzinfo is None:
        raise ValueError("a paper takes aware times only")
    if claims.expires_at <= claims.issued_at:
        raise ValueError("a paper ends after it begins")
    return {
        _ISSUER: claims.issuer,
        _SUBJECT: claims.holder,
        _EXPIRES: int(claims.expires_at.timestamp()),
        _FROM: int(claims.issued_at.timestamp()),
        _ID: claims.number,
        _DOCUMENT: claims.document_tail,
    }


def _of_pass(claims: PassClaims) -> dict[int, Any]:
    way = {_FLIGHT: claims.flight, _ORIGIN: claims.origin, _DESTINATION: claims.destination}
    return {**way, _RULES: claims.rules_version, KIND: PASS}


def _of_release(claims: ReleaseClaims) -> dict[int, Any]:
    stay = {_HOUSE: claims.house, _SINCE: claims.since, _UNTIL: claims.until}
    return {**stay, _TESTS: claims.tests, KIND: RELEASE}


def _as_pass(payload: dict[int, Any]) -> PassClaims:
    return PassClaims(
        pass_id=str(payload[_ID]),
        flight=str(payload[_FLIGHT]),
        origin=str(payload[_ORIGIN]),
        destination=str(payload[_DESTINATION]),
        rules_version=str(payload[_RULES]),
        **_said_by_both(payload, PASS),
    )


def _as_release(payload: dict[int, Any]) -> ReleaseClaims:
    return ReleaseClaims(
        release_id=str(payload[_ID]),
        house=str(payload[_HOUSE]),
        since=str(payload[_SINCE]),
        until=str(payload[_UNTIL]),
        tests=str(payload[_TESTS]),
        **_said_by_both(payload, RELEASE),
    )


def _said_by_both(payload: dict[int, Any], kind: str) -> dict[str, Any]:
    if payload[KIND] != kind:
        raise ValueError(f"this is no {kind}")
    return {
        "holder": str(payload[_SUBJECT]),
        "document_tail": str(payload[_DOCUMENT]),
        "issued_at": datetime.fromtimestamp(payload[_FROM], UTC),
        "expires_at": datetime.fromtimestamp(payload[_EXPIRES], UTC),
        "issuer": str(payload[_ISSUER]),
    }
