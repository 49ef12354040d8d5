"""Signed texts: a COSE_Sign1 (RFC 9052) with ES256 and the number of its key, in base45, in one spelling only.

Nothing inside is read before the signature holds, and nothing outside the signature may vary.
"""

from collections.abc import Mapping
from typing import Any

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import Keys, TrustedKey, key_id, private_key, public_key, public_of, trusted

HEAD = bytes.fromhex("d2844da2012604" + "48")
"""Tag of a single signature, array of four, protected header of 13 bytes: ES256 and a key's number of eight bytes."""
TAIL = bytes.fromhex("a0")
"""No unprotected header."""
_SIGNATURE = bytes.fromhex("5840")
MOST_SIGNS = 200_000


def seal(payload: Mapping[int, Any], private_pem: bytes) -> str:
    """Give the signed text of a payload."""
    import cbor2
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    body, kid = cbor2.dumps(dict(payload)), key_id(public_of(private_pem))
    der = private_key(private_pem).sign(_to_sign(kid, body), ec.ECDSA(hashes.SHA256()))
    r, s = utils.decode_dss_signature(der)
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return base45.encode(HEAD + kid + TAIL + cbor2.dumps(body) + _SIGNATURE + signature)


def unseal(text: str, keys: Keys) -> tuple[dict[int, Any] | None, list[TrustedKey], str]:
    """Give the payload and the trusted keys of its number; without a payload the code says why.

    code  ok, bad_text (no signed text), unknown_key (signed by none of these keys) or bad_signature
    """
    import cbor2

    try:
        sealed = base45.decode(text) if len(text) <= MOST_SIGNS else b""
    except ValueError:
        return None, [], "bad_text"
    parts = _parts(sealed)
    if parts is None:
        return None, [], "bad_text"
    kid, body, signature = parts
    known = [key for key in trusted(keys) if key_id(key.public_pem) == kid]
    if not known:
        return None, [], "unknown_key"
    if not _holds(known[0].public_pem, _to_sign(kid, body), signature):
        return None, known, "bad_signature"
    try:
        payload = cbor2.loads(body)
    except (cbor2.CBORDecodeError, ValueError, TypeError, RecursionError):
        return None, known, "bad_text"
    return (payload, known, "ok") if isinstance(payload, dict) else (None, known, "bad_text")


def _to_sign(kid: bytes, body: bytes) -> bytes:
    """What the signature covers (RFC 9052, 4.4): the protected header and the payload."""
    import cbor2

    return cbor2.dumps(["Signature1", HEAD[3:] + kid, b"", body])


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Key number, payload and signature, when the bytes are spelled as `seal` spells them."""
    import cbor2

    start = len(HEAD) + 8 + len(TAIL)
    rest, signed = sealed[start:-66], sealed[-66:]
    framed = sealed.startswith(HEAD) and sealed[start - 1 : start] == TAIL and signed[:2] == _SIGNATURE
    if not framed:
        return None
    for width in (1, 2, 3, 5):  # bytes that a length takes
        body = rest[width:]
        if cbor2.dumps(body) == rest:
            return sealed[len(HEAD) : len(HEAD) + 8], body, signed[2:]
    return None


def _holds(public_pem: bytes, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    key = public_key(public_pem)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if key is None or not r or not s:
        return False
    try:
        key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
