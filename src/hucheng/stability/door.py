"""What stability offers the wings and exercises above."""

from hucheng.stability.bulletins.actions import (
    Saying,
    answer_questions,
    ask_question,
    correct_claim,
    open_answer,
    publish_bulletin,
    verify_claim,
)
from hucheng.stability.bulletins.daily_text import Fact
from hucheng.stability.bulletins.models import Bulletin, Question, Topic
from hucheng.stability.bulletins.queries import answers, open_claims, waiting
from hucheng.stability.disputes.actions import DisputeIn, file_dispute, reach_both_sides, settle
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.disputes.queries import open_disputes
from hucheng.stability.employment.actions import CountIn, report_jobs
from hucheng.stability.employment.models import Group
from hucheng.stability.fire.actions import name_gap, open_station, report_weather, start_series
from hucheng.stability.fire.models import Observation, Station
from hucheng.stability.fire.observed import ObservationIn
from hucheng.stability.fire.queries import counties as fire_danger
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.models import Patrol
from hucheng.stability.patrols.queries import alarms, patrols_of
from hucheng.stability.response.actions import TaskIn, do_task, follow_fire, issue_notice, receive_notice, report_fire
from hucheng.stability.response.models import FireEntry
from hucheng.stability.response.queries import fires, notices, tasks_of

__all__ = [
    "Bulletin",
    "CountIn",
    "Dispute",
    "DisputeIn",
    "Fact",
    "FireEntry",
    "Group",
    "Observation",
    "ObservationIn",
    "Patrol",
    "PatrolIn",
    "ProofIn",
    "Question",
    "Saying",
    "Station",
    "TaskIn",
    "Topic",
    "alarms",
    "answer_questions",
    "answers",
    "ask_question",
    "correct_claim",
    "do_task",
    "file_dispute",
    "fire_danger",
    "fires",
    "follow_fire",
    "issue_notice",
    "name_gap",
    "notices",
    "open_answer",
    "open_claims",
    "open_disputes",
    "open_station",
    "patrols_of",
    "plan_patrols",
    "prove_patrols",
    "publish_bulletin",
    "reach_both_sides",
    "receive_notice",
    "report_fire",
    "report_jobs",
    "report_weather",
    "settle",
    "start_series",
    "tasks_of",
    "verify_claim",
    "waiting",
]
