"""What command offers the exercises above."""

from hucheng.command.directives.actions import Assignment, accept, assign, edit, publish
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import directives_of, suggestion_for
from hucheng.command.directives.suggest import wording_by_clause
from hucheng.command.duty.actions import ShiftIn, fill_roster
from hucheng.command.measures.actions import take_readings
from hucheng.command.measures.standing import Standing
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.meetings.models import Meeting
from hucheng.command.notices.actions import NoticeIn, finish_notice_task, receive_notice
from hucheng.command.notices.queries import named_rules, notice_lines
from hucheng.command.supervision.queries import open_lines
from hucheng.command.tasks.actions import require_bodies, set_up_body
from hucheng.core.places.queries import organisations

__all__ = [
    "Assignment",
    "Directive",
    "Meeting",
    "NoticeIn",
    "ShiftIn",
    "Standing",
    "accept",
    "assign",
    "directives_of",
    "edit",
    "fill_roster",
    "finish_notice_task",
    "named_rules",
    "notice_lines",
    "open_lines",
    "organisations",
    "publish",
    "receive_minutes",
    "receive_notice",
    "require_bodies",
    "set_up_body",
    "suggestion_for",
    "take_readings",
    "wording_by_clause",
]
