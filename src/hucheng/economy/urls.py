"""Addresses of the economy and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.economy.firms import pages as firms
from hucheng.economy.indicators import api as indicators_api
from hucheng.economy.indicators import pages as indicators
from hucheng.economy.outlook import pages as outlook
from hucheng.economy.pairing import pages as pairing
from hucheng.economy.policies import pages as policies
from hucheng.economy.projects import pages as projects
from hucheng.economy.supply import pages as supply

app_name = "economy"
urlpatterns = [
    path("outlook/", outlook.outlook, name="outlook"),
    path("targets/", outlook.targets, name="targets"),
    path("indicators/", indicators.series, name="series"),
    path("indicators/<uuid:indicator_id>/", indicators.indicator, name="indicator"),
    path("values/", indicators.publish_value, name="publish_value"),
    path("values/all.xlsx", indicators.vintages_xlsx, name="vintages_xlsx"),
    path("values/files/", indicators.send_file, name="send_file"),
    path("values/files/<uuid:upload_id>/", indicators.upload, name="upload"),
    path("values/files/<uuid:upload_id>/to-mend.csv", indicators.rows_to_mend, name="rows_to_mend"),
    path("firms/", firms.firms, name="firms"),
    path("firms/<str:place>/", firms.county, name="county"),
    path("requests/", pairing.requests, name="requests"),
    path("requests/<uuid:request_id>/", pairing.settle, name="settle_request"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<uuid:policy_id>/", policies.report, name="report_reach"),
    path("projects/", projects.projects, name="projects"),
    path("projects/list/", projects.listed, name="project_list"),
    path("projects/report/", projects.report, name="report_project"),
    path("projects/blockers/", projects.name_blocker, name="name_blocker"),
    path("projects/blockers/<uuid:blocker_id>/", projects.clear, name="clear_blocker"),
    path("supply/", supply.supply, name="supply"),
    path("supply/goods/", supply.goods, name="goods"),
    path("supply/goods/<uuid:good_id>/", supply.good, name="good"),
    path("supply/prices/", supply.report_price, name="report_price"),
    path("supply/stocks/", supply.report_stock, name="report_stock"),
    path("supply/alerts/<uuid:alert_id>/", supply.handle, name="handle_alert"),
]
routers = [indicators_api.router]
section = Section.CITY
navigation = [
    NavItem(section, _("Targets and indicators"), "economy:outlook", "target-arrow", frozenset(outlook.READERS), 20),
    NavItem(section, _("Firms"), "economy:firms", "building-factory-2", frozenset(firms.READERS), 21),
    NavItem(section, _("Requests of firms"), "economy:requests", "heart-handshake", frozenset(pairing.READERS), 22),
    NavItem(section, _("Relief"), "economy:policies", "coin", frozenset(policies.READERS), 23),
    NavItem(section, _("Key projects"), "economy:projects", "tool", frozenset(projects.READERS), 24),
    NavItem(section, _("Supply and prices"), "economy:supply", "shopping-cart", frozenset(supply.READERS), 25),
]
