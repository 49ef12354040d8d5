"""Addresses of the register and its place in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.people.register import pages as register

app_name = "people"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/doubts/<uuid:doubt_id>", register.apart, name="apart"),
    path("register/doubts/<uuid:doubt_id>/one", register.one, name="one"),
    path("register/merges/<uuid:merge_id>", register.take_back, name="take_back"),
]
navigation = [NavItem(Section.ENTRY, _("Register"), "people:register", "list-search", frozenset(register.READERS), 6)]
