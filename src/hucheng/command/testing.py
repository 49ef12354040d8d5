"""Makers for tests: minutes taken in, directives published."""

from datetime import date, timedelta
from uuid import UUID

from hucheng.command.directives.actions import Assignment, accept, assign, publish
from hucheng.command.directives.models import Directive
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.meetings.models import Meeting
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, after, an_actor

MINUTES = (
    "3月20日,市疫情防控工作领导小组召开第四十二次会议。市委书记、市疫情防控工作领导小组组长秦望舒主持会议并讲话。\n"
    "会议要求,要设立专门机构,两日内征用一批酒店,坚决防止高风险人员离并进京。\n"
    "各县(市、区)党政主要负责同志在各县分会场参加会议。\n"
)
DAY = date(2020, 3, 21)


def a_meeting(text: str = MINUTES, name: str = "minutes.txt") -> Meeting:
    """Minutes taken in on the first morning."""
    office = an_actor(Role.COMMAND_OFFICE)
    return receive_minutes(actor=office, name=name, data=text.encode(), article_date=DAY, at=MORNING)


def the_directive(meeting: Meeting, words: str) -> Directive:
    """The directive that holds these words."""
    return meeting.directives.exclude(state__in=("split", "merged")).get(text__contains=words)


def given(**fields: object) -> Assignment:
    """An assignment to the city's task force of houses, due in two days."""
    usual = {"lead": "TF-HOTEL", "due": MORNING + timedelta(days=2), "measure": "command.tasks.bodies_set_up"}
    return Assignment(**(usual | fields))


def a_published_meeting(**fields: object) -> dict[str, UUID]:
    """A meeting whose directive of the houses is assigned and published; its identifiers as the addresses name them."""
    office = an_actor(Role.COMMAND_OFFICE)
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    assign(actor=office, directive_id=one.pk, given=given(**fields), at=after(10))
    accept(actor=office, directive_id=the_directive(meeting, "专门机构").pk, at=after(10))
    publish(actor=office, meeting_id=meeting.pk, at=after(20))
    return {"meeting_id": meeting.pk, "directive_id": one.pk, "task_id": one.tasks.get(parent=None).pk}
