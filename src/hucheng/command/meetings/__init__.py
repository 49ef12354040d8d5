"""Meetings: the document as it came, the repaired text, who took part."""
