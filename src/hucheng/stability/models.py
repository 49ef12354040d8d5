"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.stability.bulletins.models import Answer, AnswerVersion, Bulletin, Claim, Question
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.employment.models import HouseholdCount, JobCount
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, Station, WeatherFile
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask

__all__ = [
    "Answer",
    "AnswerVersion",
    "Bulletin",
    "Claim",
    "Dispute",
    "Question",
    "Fire",
    "FireEntry",
    "FireNotice",
    "Gap",
    "HouseholdCount",
    "JobCount",
    "NoticeReceipt",
    "NoticeTask",
    "Observation",
    "Patrol",
    "PatrolProof",
    "SeriesStart",
    "Station",
    "WeatherFile",
]
