"""Sensitive fields are encrypted at rest and found by a blind index (R-05)."""

from hucheng.core.secrets.fields import EncryptedField, blind_index

__all__ = ["EncryptedField", "blind_index"]
