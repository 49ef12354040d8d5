"""The verifier as one page: keys and revocations inside, to be kept on a phone and opened without a network."""

import json
from pathlib import Path

from hucheng.engines.papers.keys import Keys, key_id, spki_base64, trusted
from hucheng.engines.papers.revocations import read_revocations

_HERE = Path(__file__).parent / "verifier"


def offline_verifier(keys: Keys, revocations: str = "") -> bytes:
    """Give the page, one HTML file that loads nothing.

    Raises ValueError for what is no key and for a list that none of the keys signed.
    """
    if revocations:
        read_revocations(revocations, keys)
    ring = [
        {
            "kid": key_id(key.public_pem).hex(),
            "spki": spki_base64(key.public_pem),
            "since": key.since.isoformat() if key.since else "",
            "until": key.until.isoformat() if key.until else "",
        }
        for key in trusted(keys)
    ]
    inside = json.dumps({"keys": ring, "revocations": revocations})
    page = (_HERE / "page.html").read_text(encoding="utf-8")
    script = (_HERE / "verifier.js").read_text(encoding="utf-8")
    return page.replace("/*VERIFIER*/", script).replace("/*TRUSTED*/", inside).encode()
