"""What the situation offers the other wings."""

from hucheng.situation.city.actions import LocalDay, report_local
from hucheng.situation.city.queries import local_cases
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.queries import countries_known
from hucheng.situation.importation.actions import Cases, note_fact, report_cases
from hucheng.situation.importation.models import Figure, PublicFact
from hucheng.situation.importation.queries import facts, found, latest_figure
from hucheng.situation.origins.actions import note_origin, watch
from hucheng.situation.origins.queries import Summary, proposals, summary, watch_list

__all__ = [
    "Cases",
    "Figure",
    "LocalDay",
    "PublicFact",
    "Summary",
    "countries_known",
    "facts",
    "found",
    "import_series",
    "latest_figure",
    "local_cases",
    "note_fact",
    "note_origin",
    "proposals",
    "report_cases",
    "report_local",
    "summary",
    "watch",
    "watch_list",
]
