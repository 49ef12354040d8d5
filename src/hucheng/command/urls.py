"""Addresses of command and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.command.board import pages as board
from hucheng.command.measures import api as measures_api
from hucheng.core.navigation import NavItem, Section

app_name = "command"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("measures/", board.measures, name="measures"),
]
routers = [measures_api.router]
navigation = [
    NavItem(Section.COMMAND, _("Board"), "command:board", "layout-dashboard", frozenset(board.READERS), 1),
    NavItem(Section.COMMAND, _("All measures"), "command:measures", "list-details", frozenset(board.READERS), 2),
]
