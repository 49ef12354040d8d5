"""The measure registry: a measure is a named, documented function that reads what is true now."""

from hucheng.core.measures.registry import MEASURES, Measure, Reading, measure, read

__all__ = ["MEASURES", "Measure", "Reading", "measure", "read"]
