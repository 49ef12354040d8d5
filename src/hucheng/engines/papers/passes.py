"""Onward passes: signed claims in a QR text that anyone with the public key can check without a network.

A CWT (RFC 8392) signed with ES256, in base45 behind a short prefix. It lives for hours; a revocation list signed with
the same key says which passes no longer hold.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import cose_key
from hucheng.engines.words.bilingual import Bilingual

PREFIX = "HUC1:"
REVOKED_PREFIX = "HUR1:"
_ISSUER, _SUBJECT, _EXPIRES, _FROM, _ISSUED, _ID = 1, 2, 4, 5, 6, 7
_HEAD = bytes.fromhex("d28443a10126a0")
"""Tag of a single signature, protected header ES256, no unprotected header: nothing outside the signature may vary."""
_FLIGHT, _ORIGIN, _DESTINATION, _DOCUMENT, _RULES = -70001, -70002, -70003, -70004, -70005


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


@dataclass(frozen=True, slots=True)
class PassVerdict:
    """Whether a pass holds at a time; `code` is ok, bad_text, bad_signature, not_yet, expired or revoked."""

    valid: bool
    code: str
    why: Bilingual
    claims: PassClaims | None = None


WHY: Mapping[str, Bilingual] = {
    "ok": Bilingual("通行证有效。", "The pass is valid."),
    "bad_text": Bilingual("这不是护城的通行证。", "This is not a pass of Hucheng."),
    "bad_signature": Bilingual(
        "签名不符，通行证不是本市签发或被改动。", "The signature does not match: not issued here, or changed."
    ),
    "not_yet": Bilingual("通行证尚未生效。", "The pass does not hold yet."),
    "expired": Bilingual("通行证已过期。", "The pass has expired."),
    "revoked": Bilingual("通行证已撤销。", "The pass has been revoked."),
}


def sign_pass(claims: PassClaims, private_pem: bytes) -> str:
    """Give the text of a signed pass, fit for a QR code.

    Raises ValueError when the pass would end before it begins or a time is naive.
    """
    if claims.issued_at.tzinfo is None or claims.expires_at.tzinfo is None:
        raise ValueError("a pass takes aware times only")
    if claims.expires_at <= claims.issued_at:
        raise ValueError("a pass ends after it begins")
    return PREFIX + _signed(_as_cbor(claims), private_pem)


def verify_pass(text: str, public_pem: bytes, *, at: datetime, revoked: Collection[str] = ()) -> PassVerdict:
    """Say whether a pass holds at a time, from its text, the public key and the ids known to be revoked."""
    if not text.startswith(PREFIX):
        return _no("bad_text")
    payload, code = _opened(text.removeprefix(PREFIX), public_pem)
    if payload is None:
        return _no(code)
    try:
        claims = _from_cbor(payload)
    except (KeyError, TypeError, ValueError, OverflowError):
        return _no("bad_text")
    if claims.pass_id in revoked:
        return PassVerdict(False, "revoked", WHY["revoked"], claims)
    if at < claims.issued_at:
        return PassVerdict(False, "not_yet", WHY["not_yet"], claims)
    if at >= claims.expires_at:
        return PassVerdict(False, "expired", WHY["expired"], claims)
    return PassVerdict(True, "ok", WHY["ok"], claims)


def sign_revocations(ids: Collection[str], private_pem: bytes, *, at: datetime) -> str:
    """Give the signed list of revoked passes as of a time, for verifiers without a network."""
    return REVOKED_PREFIX + _signed({_ISSUED: int(at.timestamp()), _ID: sorted(ids)}, private_pem)


def read_revocations(text: str, public_pem: bytes) -> tuple[frozenset[str], datetime]:
    """Give the revoked ids and the time of the list. Raises ValueError for a list that is not ours."""
    if not text.startswith(REVOKED_PREFIX):
        raise ValueError("This is not a list of revocations of Hucheng.")
    payload, code = _opened(text.removeprefix(REVOKED_PREFIX), public_pem)
    if payload is None:
        raise ValueError(WHY[code].en)
    ids = payload.get(_ID)
    if payload.keys() != {_ISSUED, _ID} or not isinstance(ids, list) or not isinstance(payload[_ISSUED], int):
        raise ValueError("This is signed, but is not a list of revocations.")  # a pass is signed with the same key
    return frozenset(map(str, ids)), datetime.fromtimestamp(payload[_ISSUED], UTC)


def _no(code: str) -> PassVerdict:
    return PassVerdict(False, code, WHY[code])


def _signed(payload: dict[int, Any], private_pem: bytes) -> str:
    import cbor2
    from cwt import COSE

    signer = COSE.new(alg_auto_inclusion=True)
    return base45.encode(signer.encode_and_sign(cbor2.dumps(payload), cose_key(private_pem)))


def _opened(body: str, public_pem: bytes) -> tuple[dict[int, Any] | None, str]:
    import cbor2
    from cwt import COSE
    from cwt.exceptions import CWTError

    try:
        sealed = base45.decode(body)
    except ValueError:
        return None, "bad_text"
    if not sealed.startswith(_HEAD):
        return None, "bad_signature"
    try:
        payload = cbor2.loads(COSE.new().decode(sealed, cose_key(public_pem)))
        if cbor2.dumps(cbor2.loads(sealed)) != sealed:  # bytes behind the signature, or lengths written otherwise
            return None, "bad_text"
    except (CWTError, ValueError, TypeError, KeyError, AttributeError, cbor2.CBORDecodeError):
        return None, "bad_signature"
    return (payload, "ok") if isinstance(payload, dict) else (None, "bad_text")


def _as_cbor(claims: PassClaims) -> dict[int, Any]:
    return {
        _ISSUER: claims.issuer,
        _SUBJECT: claims.holder,
        _EXPIRES: int(claims.expires_at.timestamp()),
        _FROM: int(claims.issued_at.timestamp()),
        _ID: claims.pass_id,
        _FLIGHT: claims.flight,
        _ORIGIN: claims.origin,
        _DESTINATION: claims.destination,
        _DOCUMENT: claims.document_tail,
        _RULES: claims.rules_version,
    }


def _from_cbor(payload: dict[int, Any]) -> PassClaims:
    return PassClaims(
        pass_id=str(payload[_ID]),
        holder=str(payload[_SUBJECT]),
        document_tail=str(payload[_DOCUMENT]),
        flight=str(payload[_FLIGHT]),
        origin=str(payload[_ORIGIN]),
        destination=str(payload[_DESTINATION]),
        issued_at=datetime.fromtimestamp(payload[_FROM], UTC),
        expires_at=datetime.fromtimestamp(payload[_EXPIRES], UTC),
        rules_version=str(payload[_RULES]),
        issuer=str(payload[_ISSUER]),
    )
