"""The only exception a rule raises, and the voice of the engines."""

from hucheng.core.refusal.refusal import Refusal
from hucheng.core.refusal.spoken import spoken

__all__ = ["Refusal", "spoken"]
