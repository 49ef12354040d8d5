"""The only exception a rule raises."""

from hucheng.core.refusal.refusal import Refusal

__all__ = ["Refusal"]
