"""Addresses of quarantine and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.core.terms import Role
from hucheng.quarantine.appeals import pages as appeals
from hucheng.quarantine.care import pages as care
from hucheng.quarantine.checks import api as checks_api
from hucheng.quarantine.checks import pages as checks
from hucheng.quarantine.fleet import pages as fleet
from hucheng.quarantine.laboratory import api as laboratory_api
from hucheng.quarantine.laboratory import pages as laboratory
from hucheng.quarantine.lodging import pages as lodging
from hucheng.quarantine.own import pages as own
from hucheng.quarantine.release import pages as release
from hucheng.quarantine.requisition import pages as requisition
from hucheng.quarantine.transport import api as transport_api
from hucheng.quarantine.transport import pages as transport

app_name = "quarantine"
urlpatterns = [
    path("houses/", requisition.houses, name="houses"),
    path("houses/<uuid:house_id>/", requisition.house, name="house"),
    path("houses/<uuid:house_id>/papers/", requisition.file_paper, name="file_paper"),
    path("houses/<uuid:house_id>/papers/<uuid:certificate_id>/", requisition.check_paper, name="check_paper"),
    path("houses/<uuid:house_id>/open/", requisition.open_house, name="open_house"),
    path("houses/<uuid:house_id>/give-back/", requisition.return_house, name="return_house"),
    path("houses/<uuid:house_id>/owner/", requisition.put_owner, name="put_owner"),
    path("houses/<uuid:house_id>/numbers/", requisition.put_numbers, name="put_numbers"),
    path("houses/<uuid:house_id>/order.<str:ending>", requisition.order_file, name="order_file"),
    path("houses/<uuid:house_id>/return.<str:ending>", requisition.return_file, name="return_file"),
    path("houses/<uuid:house_id>/close-floor/", lodging.floor_closing, name="close_floor"),
    path("houses/<uuid:house_id>/reopen-floor/", lodging.floor_opening, name="reopen_floor"),
    path("houses/<uuid:house_id>/move/", lodging.move_guest, name="move_guest"),
    path("houses/<uuid:house_id>/move-in/", lodging.move_in, name="move_in"),
    path("houses/<uuid:house_id>/rooms/<uuid:room_id>/clean/", lodging.clean, name="clean"),
    path("flights/<uuid:flight_id>/rooms/", lodging.plan, name="plan"),
    path("flights/<uuid:flight_id>/trips/", transport.plan, name="trip_plan"),
    path("trips/", transport.trips, name="trips"),
    path("trips/<uuid:trip_id>/", transport.trip, name="trip"),
    path("trips/<uuid:trip_id>/riders/", transport.trip_list, name="trip_list"),
    path("trips/<uuid:trip_id>/<slug:act>/", transport.step, name="trip_step"),
    path("fleet/", fleet.fleet, name="fleet"),
    path("fleet/<uuid:vehicle_id>/clean/", fleet.clean, name="clean_vehicle"),
    path("samples/", laboratory.samples, name="samples"),
    path("samples/send/", laboratory.send, name="send_samples"),
    path("results/", laboratory.results, name="results"),
    path("results/template.csv", laboratory.template, name="results_template"),
    path("results/<uuid:batch_id>/", laboratory.batch, name="batch"),
    path("results/<uuid:batch_id>/problems.csv", laboratory.problems, name="batch_problems"),
    path("results/queue/", laboratory.queue, name="queue"),
    path("results/queue/<uuid:row_id>/", laboratory.settle, name="settle_result"),
    path("positives/", laboratory.positives, name="positives"),
    path("positives/<uuid:sample_id>/told/", laboratory.tell, name="tell"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<uuid:stay_id>/", checks.check, name="check"),
    path("care/", care.care, name="care"),
    path("care/<uuid:request_id>/settle/", care.settle, name="settle"),
    path("care/ask/<uuid:arrival_id>/", care.ask, name="ask"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<uuid:appeal_id>/decide/", appeals.decide_appeal, name="decide_appeal"),
    path("appeals/for/<uuid:stay_id>/", appeals.file_appeal, name="file_appeal"),
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
routers = [checks_api.router, transport_api.router, laboratory_api.router]
section = Section.QUARANTINE
CALLERS = frozenset({Role.COUNTY, Role.QUARANTINE})
LABORATORY = frozenset(laboratory.READERS)
navigation = [
    NavItem(section, _("Trips"), "quarantine:trips", "bus", frozenset(transport.READERS), 1),
    NavItem(section, _("Houses and rooms"), "quarantine:houses", "building", frozenset(requisition.READERS), 2),
    NavItem(section, _("Daily checks"), "quarantine:checks", "stethoscope", frozenset(checks.CHECKERS), 3),
    NavItem(section, _("Samples"), "quarantine:samples", "test-pipe", LABORATORY, 4),
    NavItem(section, _("Results"), "quarantine:results", "report-analytics", frozenset(laboratory.LAB), 5),
    NavItem(section, _("Positives"), "quarantine:positives", "phone-call", LABORATORY, 6),
    NavItem(section, _("Care"), "quarantine:care", "heart-handshake", frozenset(care.CARERS), 7),
    NavItem(section, _("Appeals"), "quarantine:appeals", "scale", frozenset(appeals.READERS), 8),
    NavItem(section, _("Release"), "quarantine:releases", "home", frozenset(release.READERS), 9),
    NavItem(section, _("Follow-up calls"), "quarantine:calls", "phone", CALLERS, 10),
]
