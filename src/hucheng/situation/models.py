"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.situation.city.models import LocalCount
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.importation.models import CaseReport, PublicFact
from hucheng.situation.origins.models import Origin, Watch

__all__ = ["CaseReport", "LocalCount", "Origin", "PublicFact", "SeriesFile", "SeriesPoint", "Watch"]
