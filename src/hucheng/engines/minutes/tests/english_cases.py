"""Short invented minutes in English, and what the reader makes of them."""

from datetime import date

from hucheng.engines.minutes.tests.cases import Told

HELD_ON = date(2021, 5, 6)
"""A Thursday."""
HEAD = (
    "Minutes of the 5th meeting of the Lanhe Epidemic Board\n"
    "Date: Thursday, 6 May 2021\nChair: Dr Ann Lee\nPresent: Wang Wei (Health Bureau); Tom Fox (Port Authority)\n\n"
)

_MEETING = Told(HEAD)
minutes_of, demanded, words_of, only = _MEETING.minutes_of, _MEETING.demanded, _MEETING.words_of, _MEETING.only
