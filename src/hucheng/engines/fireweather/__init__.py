"""Fire weather: the Canadian FWI System day by day, and the national five grades."""

from hucheng.engines.fireweather.grades import Grade, grade_of_fwi, grade_of_index, grades
from hucheng.engines.fireweather.observations import ImpossibleObservation, Weather
from hucheng.engines.fireweather.series import STANDARD_START, Codes, Moisture, fwi_codes, fwi_step

__all__ = [
    "STANDARD_START",
    "Codes",
    "Grade",
    "ImpossibleObservation",
    "Moisture",
    "Weather",
    "fwi_codes",
    "fwi_step",
    "grade_of_fwi",
    "grade_of_index",
    "grades",
]
