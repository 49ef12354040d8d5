"""AES-256-GCM for single values, HMAC-SHA256 for finding them again."""

import base64
import hashlib
import hmac
import os
import unicodedata
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def seal(text: str, *, context: str) -> str:
    """Encrypt a text. `context` (model and field) is authenticated, so a value moved elsewhere does not open.

    Gives "key id:base64(nonce + ciphertext + tag)".
    """
    key_id = next(iter(settings.HUCHENG_FIELD_KEYS))
    nonce = os.urandom(_NONCE)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(stored: str, *, context: str) -> str:
    """Decrypt what `seal` gave. Raises InvalidTag for a changed or moved value, KeyError for an unknown key."""
    key_id, _sep, body = stored.partition(":")
    raw = base64.b64decode(body)
    return _cipher(key_id).decrypt(raw[:_NONCE], raw[_NONCE:], context.encode()).decode()


def blind_index(text: str) -> str:
    """A digest that is equal for equal values (NFKC, upper case, no spaces) and says nothing else; '' for ''."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not plain:
        return ""
    return hmac.new(settings.HUCHENG_INDEX_KEY, plain.encode(), hashlib.sha256).hexdigest()[:32]


@lru_cache
def _cipher(key_id: str) -> AESGCM:
    return AESGCM(settings.HUCHENG_FIELD_KEYS[key_id])
