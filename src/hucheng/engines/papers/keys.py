"""Keys of the issuer: ES256 as PEM, each with a number, trusted for what was signed in its time."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key to sign with and the public key that everybody may have."""

    private_pem: bytes
    public_pem: bytes


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key and the time in which the issuer signed with it: what it signs outside of that is not trusted."""

    public_pem: bytes
    since: datetime | None = None
    until: datetime | None = None

    def signed_then(self, at: datetime) -> bool:
        """Whether the issuer signed with this key at a time."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


Keys = bytes | Sequence[TrustedKey]
"""One public key as PEM, or a ring of keys."""


def new_keys() -> KeyPair:
    """Make a new pair on the curve P-256."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    private_pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return KeyPair(private_pem, public_of(private_pem))


def public_of(private_pem: bytes) -> bytes:
    """Give the public half of a private key. Raises ValueError for what is no key."""
    from cryptography.hazmat.primitives import serialization

    private = serialization.load_pem_private_key(private_pem, password=None)
    return private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def is_public(pem: bytes) -> bool:
    """Whether some bytes are a public key that passes can be checked with: PEM, on the curve P-256."""
    return public_key(pem) is not None


def trusted(keys: Keys) -> Sequence[TrustedKey]:
    """A ring of keys, also from a single one."""
    return (TrustedKey(keys),) if isinstance(keys, bytes) else keys


@lru_cache(maxsize=64)
def key_id(public_pem: bytes) -> bytes:
    """The number of a key, eight bytes of the digest of it: which of several keys signed. b"" for what is no key."""
    from cryptography.hazmat.primitives import serialization

    key = public_key(public_pem)
    if key is None:
        return b""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest()[:8]


@lru_cache(maxsize=64)
def public_key(pem: bytes) -> "EllipticCurvePublicKey | None":
    """The key of a PEM on the curve P-256, read once; None for anything else."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    right = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    return key if right else None  # type: ignore[return-value]


@lru_cache(maxsize=8)
def private_key(pem: bytes) -> "EllipticCurvePrivateKey":
    """The private key of a PEM, read once. Raises ValueError for what is no private key on the curve P-256."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a private key on the curve P-256 is wanted")
    return key


def spki_base64(public_pem: bytes) -> str:
    """The public key as browsers import it. Raises ValueError for what is no key."""
    from cryptography.hazmat.primitives import serialization

    key = public_key(public_pem)
    if key is None:
        raise ValueError("a public key on the curve P-256 is wanted")
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()
