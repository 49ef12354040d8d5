"""The keys of an issuer in a folder: the one that signs now, and those before it with the time they were used in.

`pass.pem` signs; `pass.ring.json` holds the public halves of retired keys. A key is retired by a new one taking its
place: what the old one signed before that moment still holds until its own end, what it signs afterwards does not.
"""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hucheng.engines.papers.keys import TrustedKey, is_public, key_id, new_keys, public_of

PRIVATE, RING = "pass.pem", "pass.ring.json"


def write_private(folder: Path, private_pem: bytes) -> None:
    """Put the signing key in its place, readable by its owner alone, all at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"pass.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private_pem)
    draft.replace(folder / PRIVATE)


def rotate(folder: Path, *, at: datetime) -> TrustedKey:
    """Retire the signing key at a time and make a new one. Gives the new key.

    Raises ValueError for a folder without a signing key, and for a time before the last rotation.
    """
    private = folder / PRIVATE
    if not private.exists():
        raise ValueError(f"{private} is not there")
    ring = read_ring(folder)
    old = ring[0]
    if old.since is not None and at <= old.since:
        raise ValueError("a key cannot be retired before it was made")
    retired = [TrustedKey(old.public_pem, old.since, at), *ring[1:]]
    draft = folder / f"{RING}.{os.getpid()}"
    draft.write_text(ring_json(retired), encoding="utf-8")
    pair = new_keys()
    draft.replace(folder / RING)  # first: a crash here leaves the old key signing what no verifier trusts, never more
    write_private(folder, pair.private_pem)
    return TrustedKey(pair.public_pem, at)


def read_ring(folder: Path) -> tuple[TrustedKey, ...]:
    """The keys to trust, the one that signs now first. Raises ValueError for a ring that is damaged."""
    path = folder / RING
    retired = ring_of(path.read_text(encoding="utf-8")) if path.exists() else ()
    since = max((key.until for key in retired if key.until), default=None)
    return (TrustedKey(public_of((folder / PRIVATE).read_bytes()), since), *retired)


def ring_json(ring: Sequence[TrustedKey]) -> str:
    """A ring as text, for verifiers without a network."""
    return json.dumps([{"kid": key_id(k.public_pem).hex(), **_said(k)} for k in ring], indent=1)


def ring_of(text: str) -> tuple[TrustedKey, ...]:
    """Give the ring of a text, or of a single key as PEM. Raises ValueError for anything else."""
    if text.lstrip().startswith("-----BEGIN"):
        return (_key({"public": text}),)
    try:
        said = json.loads(text)
    except RecursionError as wrong:
        raise ValueError("this is no ring of keys") from wrong
    if not isinstance(said, list) or not said or not all(isinstance(one, dict) for one in said):
        raise ValueError("this is no ring of keys")
    return tuple(_key(one) for one in said)


def _said(key: TrustedKey) -> dict[str, str]:
    times = {"since": key.since, "until": key.until}
    return {"public": key.public_pem.decode(), **{word: at.isoformat() for word, at in times.items() if at}}


def _key(said: dict[str, object]) -> TrustedKey:
    pem = str(said.get("public", "")).encode()
    if not is_public(pem):
        raise ValueError("a ring holds public keys only (PEM, P-256)")
    times = [datetime.fromisoformat(str(said[word])) if word in said else None for word in ("since", "until")]
    return TrustedKey(pem, *(at if at is None or at.tzinfo else at.replace(tzinfo=UTC) for at in times))
