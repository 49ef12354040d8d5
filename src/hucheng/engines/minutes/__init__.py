"""Minutes of meetings: damaged text repaired, directives read out of it, and why."""

from hucheng.engines.minutes.attendance import VenueSheet, by_venue
from hucheng.engines.minutes.bodies import Body, register
from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.compare import compare
from hucheng.engines.minutes.comparison import Compared, Comparison, Said, Standing
from hucheng.engines.minutes.conflicts import Conflict, ConflictKind, conflicts
from hucheng.engines.minutes.damage import damage
from hucheng.engines.minutes.deadlines import deadline_day
from hucheng.engines.minutes.edits import Cleaned, Edit, EditKind, Kept
from hucheng.engines.minutes.files import read_file
from hucheng.engines.minutes.labels import Labels, read_labels
from hucheng.engines.minutes.language import Language, language_of
from hucheng.engines.minutes.named_bodies import body_of
from hucheng.engines.minutes.read import read
from hucheng.engines.minutes.records import (
    Attendee,
    Directive,
    Function,
    JointMeeting,
    Kind,
    Meeting,
    Minutes,
    Modality,
    Theme,
    Venue,
)
from hucheng.engines.minutes.score import Score, score
from hucheng.engines.minutes.suspects import Suspect, suspects
from hucheng.engines.minutes.undo import moved, undo
from hucheng.engines.minutes.unreadable import DocumentUnreadable

__all__ = [
    "Attendee",
    "Body",
    "Cleaned",
    "Compared",
    "Comparison",
    "Directive",
    "Conflict",
    "ConflictKind",
    "DocumentUnreadable",
    "Edit",
    "EditKind",
    "Function",
    "JointMeeting",
    "Kept",
    "Kind",
    "Labels",
    "Language",
    "Meeting",
    "Minutes",
    "Modality",
    "Said",
    "Score",
    "Standing",
    "Suspect",
    "Theme",
    "Venue",
    "VenueSheet",
    "body_of",
    "by_venue",
    "clean",
    "compare",
    "conflicts",
    "damage",
    "deadline_day",
    "language_of",
    "moved",
    "read",
    "read_file",
    "read_labels",
    "register",
    "score",
    "suspects",
    "undo",
]
