"""Addresses of schools and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.core.terms import Role
from hucheng.schools.plans import pages as plans
from hucheng.schools.readiness import api, pages
from hucheng.schools.reopening import pages as reopening
from hucheng.schools.sheets import pages as sheets

app_name = "schools"
urlpatterns = [
    path("workbench/", pages.workbench, name="workbench"),
    path("readiness/", pages.matrix, name="matrix"),
    path("readiness.xlsx", pages.matrix_xlsx, name="matrix_xlsx"),
    path("<uuid:school_id>/", pages.school, name="school"),
    path("<uuid:school_id>/items/<slug:number>/", pages.self_check, name="self_check"),
    path("<uuid:school_id>/inspect/", pages.inspect, name="inspect"),
    path("<uuid:school_id>/sign/", pages.sign, name="sign"),
    path("<uuid:school_id>/plans/", plans.file_piece, name="file_piece"),
    path("<uuid:school_id>/open/<slug:key>/", reopening.open_school, name="open_school"),
    path("<uuid:school_id>/alarm/", reopening.alarm, name="alarm"),
    path("<uuid:school_id>/closings/<uuid:closing_id>/", reopening.reopen, name="reopen"),
    path("reopening/", reopening.reopening, name="reopening"),
    path("reopening/announce/", reopening.announce, name="announce"),
    path("reopening/<slug:key>/open/", reopening.open_ready, name="open_ready"),
    path("lists/", sheets.sheets, name="sheets"),
    path("lists/<uuid:receipt_id>/", sheets.sheet, name="sheet"),
    path("lists/<uuid:receipt_id>/to-mend.xlsx", sheets.to_mend, name="to_mend"),
    path("lists/template/<slug:kind>.xlsx", sheets.template, name="template"),
]
routers = [api.router]
section = Section.CITY
navigation = [
    NavItem(section, _("My school"), "schools:workbench", "school", frozenset({Role.SCHOOL}), 10),
    NavItem(section, _("School readiness"), "schools:matrix", "school", frozenset(pages.OVERSEERS), 11),
    NavItem(section, _("Reopening"), "schools:reopening", "calendar-event", frozenset(pages.OVERSEERS), 12),
    NavItem(section, _("School lists"), "schools:sheets", "file-spreadsheet", frozenset(sheets.SENDERS), 13),
]
