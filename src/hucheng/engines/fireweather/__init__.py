"""Fire weather: the Canadian FWI System day by day, and the national five grades."""

from hucheng.engines.fireweather.grades import (
    DangerClass,
    Grade,
    class_of_fwi,
    danger_classes,
    grade_of_fwi,
    grade_of_index,
    grades,
)
from hucheng.engines.fireweather.moisture import overwintered
from hucheng.engines.fireweather.observations import ImpossibleObservation, Weather
from hucheng.engines.fireweather.series import STANDARD_START, Codes, Moisture, fwi_codes, fwi_step

__all__ = [
    "STANDARD_START",
    "Codes",
    "DangerClass",
    "Grade",
    "ImpossibleObservation",
    "Moisture",
    "Weather",
    "class_of_fwi",
    "danger_classes",
    "fwi_codes",
    "fwi_step",
    "grade_of_fwi",
    "grade_of_index",
    "grades",
    "overwintered",
]
