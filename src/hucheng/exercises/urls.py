"""Addresses of the exercises, and their place in the rail of an exercise installation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.exercises.replay import pages

app_name = "exercises"
urlpatterns = [
    path("", pages.demonstration, name="demonstration"),
    path("progress/", pages.progress, name="progress"),
    path("advance/", pages.advance, name="advance"),
]
navigation = [
    NavItem(Section.COMMAND, _("Demonstration"), "exercises:demonstration", "clock-play", frozenset(pages.READERS), 99)
]
