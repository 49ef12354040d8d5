"""The key that signs passes; made at first use, kept beside the other keys of the installation."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hucheng.engines.papers import new_keys, public_of


@lru_cache(maxsize=4)
def signing_key(folder: Path | None = None) -> bytes:
    """The private key as PEM, made with mode 0600 when there is none yet."""
    path = (folder or settings.HUCHENG_KEY_FOLDER) / "pass.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_keys().private_pem)
        draft.replace(path)
    return path.read_bytes()


def public_key() -> bytes:
    """The public key as PEM, which everybody may have."""
    return public_of(signing_key())
