"""The same person? Thin for now: certain by document, else a claim for a human."""

from hucheng.engines.linkage.same import Evidence, Record, keys, same_person

__all__ = ["Evidence", "Record", "keys", "same_person"]
