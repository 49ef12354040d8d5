"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.duty.models import Shift, ShiftChange, ShiftNote
from hucheng.command.lists.models import DirectiveList
from hucheng.command.measures.models import KeptReading
from hucheng.command.meetings.models import Attendee, Meeting, Venue
from hucheng.command.notices.models import Notice, NoticeTask
from hucheng.command.supervision.models import Reminder, SupervisionNote
from hucheng.command.tasks.models import Body, Task

__all__ = [
    "Attendee",
    "Body",
    "Directive",
    "DirectiveChange",
    "DirectiveList",
    "KeptReading",
    "Meeting",
    "Notice",
    "NoticeTask",
    "Reminder",
    "Shift",
    "ShiftChange",
    "ShiftNote",
    "SupervisionNote",
    "Task",
    "Venue",
]
