"""Addresses of command and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.command.board import pages as board
from hucheng.command.directives import api as directives_api
from hucheng.command.directives import pages as directives
from hucheng.command.duty import pages as duty
from hucheng.command.lists import pages as lists
from hucheng.command.measures import api as measures_api
from hucheng.command.measures import pages as measures
from hucheng.command.meetings import pages as meetings
from hucheng.command.notices import pages as notices
from hucheng.command.supervision import pages as supervision
from hucheng.command.tasks import pages as tasks
from hucheng.core.navigation import NavItem, Section
from hucheng.core.terms import Role

app_name = "command"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<str:measure_id>/", measures.measure, name="measure"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/discard/", meetings.discard, name="discard"),
    path("meetings/<uuid:meeting_id>/undo/", meetings.undo_repair, name="undo_repair"),
    path("meetings/<uuid:meeting_id>/minutes.<str:ending>", meetings.minutes_file, name="minutes_file"),
    path("meetings/<uuid:meeting_id>/attendance.<str:ending>", meetings.attendance_file, name="attendance_file"),
    path("meetings/<uuid:meeting_id>/publish/", directives.publish, name="publish"),
    path("lists/", lists.lists, name="lists"),
    path("lists/template.xlsx", lists.template, name="list_template"),
    path("lists/<uuid:list_id>/", lists.directive_list, name="list"),
    path("lists/<uuid:list_id>/take/", lists.take, name="take_list"),
    path("lists/<uuid:list_id>/to-mend.xlsx", lists.mend_file, name="mend_list"),
    path("directives/", directives.directives, name="directives"),
    path("directives/<uuid:directive_id>/", directives.directive, name="directive"),
    path("directives/<uuid:directive_id>/accept/", directives.accept, name="accept"),
    path("directives/<uuid:directive_id>/reject/", directives.reject, name="reject"),
    path("directives/<uuid:directive_id>/edit/", directives.edit, name="edit"),
    path("directives/<uuid:directive_id>/split/", directives.split, name="split"),
    path("directives/<uuid:directive_id>/merge/", directives.merge, name="merge"),
    path("directives/<uuid:directive_id>/assign/", directives.assign, name="assign"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/close/", tasks.close, name="close"),
    path("bodies/", tasks.bodies, name="bodies"),
    path("bodies/<uuid:body_id>/", tasks.set_up, name="set_up_body"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/notes/", supervision.send, name="send_note"),
    path("supervision/notes/<uuid:note_id>/", supervision.answer, name="answer_note"),
    path("supervision/letters/<str:unit>.<str:ending>", supervision.letter, name="letter"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/file/", notices.notice_file, name="notice_file"),
    path("notices/tasks/<uuid:task_id>/finish/", notices.finish, name="finish_notice_task"),
    path("duty/", duty.duty, name="duty"),
    path("duty/fill/", duty.fill, name="fill_roster"),
    path("duty/swap/", duty.swap_days, name="swap_shifts"),
    path("duty/note/", duty.leave_note, name="hand_over"),
]
routers = [measures_api.router, directives_api.router]
section = Section.COMMAND
OFFICE = frozenset({Role.COMMAND_OFFICE, Role.LEADING_GROUP})
navigation = [
    NavItem(section, _("Board"), "command:board", "layout-dashboard", frozenset(board.READERS), 1),
    NavItem(section, _("Meetings"), "command:meetings", "notes", frozenset(meetings.READERS), 2),
    NavItem(section, _("Directives"), "command:directives", "send", frozenset(directives.READERS), 3),
    NavItem(section, _("Tasks"), "command:tasks", "list-check", frozenset(tasks.READERS), 4),
    NavItem(section, _("Notices"), "command:notices", "mailbox", frozenset(notices.READERS), 5),
    NavItem(section, _("Supervision"), "command:supervision", "clock-exclamation", frozenset(supervision.READERS), 5),
    NavItem(section, _("Duty"), "command:duty", "calendar-user", frozenset(duty.READERS), 6),
    NavItem(section, _("Bodies"), "command:bodies", "users-group", OFFICE, 7),
    NavItem(section, _("All measures"), "command:measures", "list-details", frozenset(measures.READERS), 8),
]
