"""Addresses of entry, its places in the rail, its part of the API."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.core.terms import Role
from hucheng.entry.clearance import api as clearance_api
from hucheng.entry.clearance import pages as clearance
from hucheng.entry.declarations import api as declarations_api
from hucheng.entry.declarations import pages as declarations
from hucheng.entry.flights import pages as flights
from hucheng.entry.handover import pages as handover
from hucheng.entry.manifests import api as manifests_api
from hucheng.entry.manifests import pages as manifests
from hucheng.entry.triage import api as triage_api
from hucheng.entry.triage import pages as triage

app_name = "entry"
urlpatterns = [
    path("flights/", flights.flights, name="flights"),
    path("flights/<uuid:flight_id>/", flights.flight, name="flight"),
    path("flights/<uuid:flight_id>/landing/", flights.record_landing, name="landing"),
    path("flights/<uuid:flight_id>/triage/", flights.judge, name="judge"),
    path("flights/<uuid:flight_id>/list/", manifests.upload, name="upload"),
    path("flights/<uuid:flight_id>/list/columns/", manifests.columns, name="columns"),
    path("flights/<uuid:flight_id>/list/rows.csv", manifests.rows_to_mend, name="rows_to_mend"),
    path("flights/<uuid:flight_id>/list/<uuid:row_id>/", manifests.mend, name="mend"),
    path("flights/<uuid:flight_id>/clear/", clearance.issue, name="clear"),
    path("flights/<uuid:flight_id>/board/", clearance.board, name="board"),
    path("people/<uuid:arrival_id>/", flights.arrival, name="arrival"),
    path("people/<uuid:arrival_id>/paper/", declarations.paper, name="paper"),
    path("me/", declarations.my_page, name="my_page"),
    path("t/<uuid:access>/", declarations.own_page, name="own_page"),
    path("rules/", triage.rules, name="rules"),
    path("rules/table.<str:form>", triage.table_in_use, name="table_in_use"),
    path("rules/<uuid:table_id>/", triage.proposal, name="proposal"),
    path("rules/<uuid:table_id>/approve/", triage.approve, name="approve_table"),
    path("rules/<uuid:table_id>/table.<str:form>", triage.proposal_file, name="proposal_file"),
    path("passes/", clearance.passes, name="passes"),
    path("passes/<uuid:pass_id>/", clearance.show_pass, name="pass"),
    path("passes/<uuid:pass_id>/revoke/", clearance.take_back, name="revoke"),
    path("gate/", clearance.gate, name="gate"),
    path("verify/", clearance.verify, name="verify"),
    path("verify/key.pem", clearance.key, name="key"),
    path("verify/keys.json", clearance.keys, name="keys"),
    path("verify/offline.html", clearance.verifier, name="verifier"),
    path("verify/revoked.txt", clearance.revocations, name="revocations"),
    path("handovers/", handover.handovers, name="handovers"),
    path("handovers/<uuid:handover_id>/", handover.handover, name="handover"),
    path("handovers/<uuid:handover_id>/answer/", handover.answer, name="answer"),
    path("handovers/<uuid:handover_id>/list.xlsx", handover.workbook, name="workbook"),
    path("handovers/<uuid:handover_id>/form.<str:ending>", handover.form, name="handover_form"),
]
routers = [manifests_api.router, declarations_api.router, triage_api.router, clearance_api.router]
GATE = frozenset({Role.ENTRY, Role.QUARANTINE, Role.HOUSE, Role.COUNTY, Role.RECEIVER})
navigation = [
    NavItem(Section.ENTRY, _("Flights and triage"), "entry:flights", "plane-arrival", frozenset(flights.READERS), 1),
    NavItem(Section.ENTRY, _("Passes"), "entry:passes", "certificate", frozenset(flights.READERS), 2),
    NavItem(Section.ENTRY, _("Handovers"), "entry:handovers", "arrows-exchange", frozenset(handover.HANDS), 3),
    NavItem(Section.ENTRY, _("Gate"), "entry:gate", "scan", GATE, 4),
    NavItem(Section.ENTRY, _("Rules"), "entry:rules", "scale", frozenset(triage.READERS), 5),
]
