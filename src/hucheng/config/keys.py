"""Keys that the installation makes for itself at its first start: no secret has a default (INQ-38)."""

import os
import secrets
from pathlib import Path

_BYTES = 32


def key_file(path: Path) -> bytes:
    """Give the 32 bytes of a key file, made with random bytes and mode 0600 when it is not there.

    Two processes that start at once get the same key: the file appears whole or not at all.
    Raises ValueError for a file of another length, which some hand has changed.
    """
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise ValueError(f"{path.name} holds {len(key)} bytes, not {_BYTES}; put the right key back")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
