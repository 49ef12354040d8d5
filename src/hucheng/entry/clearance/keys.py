"""The key that signs passes; made at first use, kept beside the other keys of the installation, turned by command."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from hucheng.engines.papers import TrustedKey, new_keys, public_of
from hucheng.engines.papers.ring import PRIVATE, read_ring, write_private


def signing_key(folder: Path | None = None) -> bytes:
    """The private key as PEM, made with mode 0600 when there is none yet; a turned key counts at once."""
    folder = folder or settings.HUCHENG_KEY_FOLDER
    path = folder / PRIVATE
    if not path.exists():
        write_private(folder, new_keys().private_pem)
    return path.read_bytes()


def public_key() -> bytes:
    """The public key as PEM, which everybody may have."""
    return public_of(signing_key())


def trusted_keys(folder: Path | None = None) -> Sequence[TrustedKey]:
    """The key that signs now and those before it, each with its time."""
    signing_key(folder)
    return read_ring(folder or settings.HUCHENG_KEY_FOLDER)
