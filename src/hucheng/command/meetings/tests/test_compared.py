"""The page of a meeting beside earlier ones of its body, and demands of one meeting in conflict."""

import pytest
from django.utils import translation

from hucheng.command.meetings.actions import discard_meeting
from hucheng.command.meetings.compared import compared
from hucheng.command.testing import a_meeting, opened, signed_in
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
HEAD = "3月{day}日,市疫情防控工作领导小组召开第{number}次会议。会议要求,{said}。"


def held(day: int, number: int, said: str):
    return a_meeting(HEAD.format(day=day, number=number, said=said), name=f"{number}.txt")


def of(meeting, place: str | None = None):
    office = an_actor(Role.COMMAND_OFFICE, place) if place else an_actor(Role.COMMAND_OFFICE)
    with translation.override("en"):
        return compared(office, meeting)


def told(found) -> dict[str, list[str]]:
    return {one.name: [line.text for line in one.told] for one in found.standings}


def test_what_is_new_repeated_tightened_and_dropped():
    held(3, 40, "要备足口罩,尽快核对名单,加强口岸管理,确保一个不漏")
    found = of(held(6, 41, "要备足口罩,3天内核对名单,逐校验收食堂,加强口岸管理"))
    assert told(found) == {
        "New": ["逐校验收食堂"],
        "Tightened": ["3天内核对名单"],
        "Repeated": ["要备足口罩", "加强口岸管理"],
        "Not mentioned any more": ["确保一个不漏"],
    }
    assert found.earlier == 1 and not found.stalled


def test_what_is_said_three_times_without_movement_is_a_finding():
    for number, day in ((40, 3), (41, 6)):
        held(day, number, "要备足口罩")
    (one,) = of(held(9, 42, "要备足口罩")).stalled
    assert one.text == "要备足口罩" and "3 times" in one.why


def test_only_earlier_meetings_of_the_same_body_that_still_count_are_looked_at():
    gone = held(3, 40, "要备足口罩")
    discard_meeting(actor=an_actor(Role.COMMAND_OFFICE), meeting_id=gone.pk, at=after(5))
    a_meeting("3月4日,市教育局召开第三次会议。会议要求,要备足口罩。", name="other.txt")
    latest = held(6, 41, "要备足口罩")
    held(9, 42, "要备足口罩")
    found = of(latest)
    assert found.earlier == 0 and found.standings == []


def test_a_meeting_without_a_day_is_compared_with_none():
    undated = a_meeting("市疫情防控工作领导小组召开第四十一次会议。会议要求,要备足口罩。")
    assert of(undated).earlier == 0


def test_demands_in_conflict_are_told_with_their_reason():
    (one,) = of(held(6, 41, "要暂停举办大型展会。要恢复举办大型展会")).conflicts
    assert one.text == "要暂停举办大型展会 / 要恢复举办大型展会" and "contrary" in one.why


def test_the_page_shows_findings_and_standings_in_the_language_of_the_reader(client):
    for number, day in ((40, 3), (41, 6)):
        held(day, number, "要备足口罩")
    latest = held(9, 42, "要备足口罩。要暂停举办大型展会。要恢复举办大型展会")
    page = opened(signed_in(client), "meeting", latest.pk).content.decode()
    assert "repeated without movement" in page and "in conflict" in page and "2 earlier meetings" in page
    assert COUNTY not in told(of(latest))
