"""What stability offers the wings and exercises above."""

from hucheng.stability.fire.actions import name_gap, open_station, report_weather, start_series
from hucheng.stability.fire.models import Observation, Station
from hucheng.stability.fire.observed import ObservationIn
from hucheng.stability.fire.queries import counties as fire_danger
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.queries import alarms, patrols_of
from hucheng.stability.response.actions import TaskIn, do_task, follow_fire, issue_notice, receive_notice, report_fire
from hucheng.stability.response.models import FireEntry
from hucheng.stability.response.queries import fires, notices, tasks_of

__all__ = [
    "FireEntry",
    "Observation",
    "ObservationIn",
    "PatrolIn",
    "ProofIn",
    "Station",
    "TaskIn",
    "alarms",
    "do_task",
    "fire_danger",
    "fires",
    "follow_fire",
    "issue_notice",
    "name_gap",
    "notices",
    "open_station",
    "patrols_of",
    "plan_patrols",
    "prove_patrols",
    "receive_notice",
    "report_fire",
    "report_weather",
    "start_series",
    "tasks_of",
]
