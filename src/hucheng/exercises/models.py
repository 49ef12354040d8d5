"""The wing's tables, gathered from its rooms."""

from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.score.models import Finding

__all__ = ["Advance", "Finding", "PlayedStep"]
