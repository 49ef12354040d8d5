"""Keys of the issuer: ES256, as PEM."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cwt.cose_key_interface import COSEKeyInterface


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key to sign with and the public key that everybody may have."""

    private_pem: bytes
    public_pem: bytes


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
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


@lru_cache(maxsize=8)
def cose_key(pem: bytes) -> "COSEKeyInterface":
    """The key as the signature library takes it, read once."""
    from cwt import COSEKey

    return COSEKey.from_pem(pem, alg="ES256")
