"""Minutes of meetings: damaged text repaired, directives read out of it, and why."""

from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.edits import Cleaned, Edit, EditKind

__all__ = ["Cleaned", "Edit", "EditKind", "clean"]
