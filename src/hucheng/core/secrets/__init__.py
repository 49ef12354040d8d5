"""Sensitive fields are encrypted at rest and found by a blind index (R-05)."""

from hucheng.core.secrets.cipher import blind_index
from hucheng.core.secrets.fields import EncryptedField

__all__ = ["EncryptedField", "blind_index"]
