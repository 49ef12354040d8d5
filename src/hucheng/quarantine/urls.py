"""Addresses of quarantine and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.core.terms import Role
from hucheng.quarantine.appeals import pages as appeals
from hucheng.quarantine.care import pages as care
from hucheng.quarantine.checks import api as checks_api
from hucheng.quarantine.checks import pages as checks
from hucheng.quarantine.lodging import pages as lodging
from hucheng.quarantine.own import pages as own
from hucheng.quarantine.release import pages as release
from hucheng.quarantine.requisition import pages as requisition

app_name = "quarantine"
urlpatterns = [
    path("houses/", requisition.houses, name="houses"),
    path("houses/<uuid:house_id>/", requisition.house, name="house"),
    path("houses/<uuid:house_id>/papers/", requisition.file_paper, name="file_paper"),
    path("houses/<uuid:house_id>/papers/<uuid:certificate_id>/", requisition.check_paper, name="check_paper"),
    path("houses/<uuid:house_id>/open/", requisition.open_house, name="open_house"),
    path("houses/<uuid:house_id>/move-in/", lodging.move_in, name="move_in"),
    path("houses/<uuid:house_id>/rooms/<uuid:room_id>/clean/", lodging.clean, name="clean"),
    path("flights/<uuid:flight_id>/rooms/", lodging.plan, name="plan"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<uuid:stay_id>/", checks.check, name="check"),
    path("care/", care.care, name="care"),
    path("care/<uuid:request_id>/settle/", care.settle, name="settle"),
    path("care/ask/<uuid:arrival_id>/", care.ask, name="ask"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<uuid:appeal_id>/decide/", appeals.decide_appeal, name="decide_appeal"),
    path("own/<uuid:access>/appeal/", appeals.own_appeal, name="own_appeal"),
    path("own/<uuid:access>/", own.own_stay, name="own_stay"),
    path("own/<uuid:access>/check/", own.report, name="own_check"),
    path("own/<uuid:access>/ask/", own.ask, name="own_ask"),
    path("own/<uuid:access>/help/", own.call_for_help, name="own_help"),
    path("releases/", release.releases, name="releases"),
    path("releases/let-go/", release.let_go, name="let_go"),
    path("releases/<uuid:release_id>/certificate.pdf", release.certificate, name="certificate"),
    path("calls/", release.calls, name="calls"),
]
routers = [checks_api.router]
section = Section.QUARANTINE
CALLERS = frozenset({Role.COUNTY, Role.QUARANTINE})
navigation = [
    NavItem(section, _("Houses and rooms"), "quarantine:houses", "building", frozenset(requisition.READERS), 1),
    NavItem(section, _("Daily checks"), "quarantine:checks", "stethoscope", frozenset(checks.CHECKERS), 2),
    NavItem(section, _("Care"), "quarantine:care", "heart-handshake", frozenset(care.CARERS), 3),
    NavItem(section, _("Appeals"), "quarantine:appeals", "scale", frozenset(appeals.READERS), 6),
    NavItem(section, _("Release"), "quarantine:releases", "home", frozenset(release.READERS), 4),
    NavItem(
        section, _("Follow-up calls"), "quarantine:calls", "phone-call", frozenset({Role.COUNTY, Role.QUARANTINE}), 5
    ),
]
