"""Addresses of the situation and its places in the rail."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.situation.city import pages as city
from hucheng.situation.countries import api as countries_api
from hucheng.situation.countries import pages as countries
from hucheng.situation.importation import api as importation_api
from hucheng.situation.importation import pages as importation
from hucheng.situation.origins import api as origins_api
from hucheng.situation.origins import pages as origins

app_name = "situation"
urlpatterns = [
    path("origins/", origins.origins, name="origins"),
    path("origins/watch/", origins.put_on, name="watch"),
    path("origins/<uuid:watch_id>/end/", origins.take_off, name="end_watch"),
    path("series/", countries.series, name="series"),
    path("series/files/<uuid:file_id>/", countries.series_file, name="series_file"),
    path("series/files/<uuid:file_id>/faults/", countries.series_faults, name="series_faults"),
    path("series/<str:code>/", countries.country, name="country"),
    path("importation/", importation.importation, name="importation"),
    path("importation/report/", importation.report, name="report_cases"),
    path("importation/<uuid:report_id>/correct/", importation.correct, name="correct_cases"),
    path("importation/fact/", importation.note, name="note_fact"),
    path("city/", city.city, name="city"),
]
routers = [countries_api.router, origins_api.router, importation_api.router]
section = Section.CITY
READERS = frozenset(countries.READERS)
navigation = [
    NavItem(section, _("Origins"), "situation:origins", "world", READERS, 40),
    NavItem(section, _("Series"), "situation:series", "chart-line", READERS, 41),
    NavItem(section, _("Imported cases"), "situation:importation", "plane-arrival", READERS, 42),
    NavItem(section, _("Local cases"), "situation:city", "building-community", READERS, 43),
]
