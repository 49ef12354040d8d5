"""Letters of supervision: one to each unit with tasks that need a hand, saying which, since when and until when."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import translation

from hucheng.command.supervision.papers import letter_to
from hucheng.command.supervision.queries import supervision_of
from hucheng.command.testing import a_published_meeting, opened, signed_in
from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
LATER = after(60 * 24 * 40)


@pytest.fixture
def unit() -> str:
    a_published_meeting()
    return supervision_of(an_actor(Role.COMMAND_OFFICE), LATER).units[0].unit.code


def test_the_letter_names_each_task_with_its_day_and_standing_and_asks_for_an_answer_in_a_day(unit):
    actor = an_actor(Role.COMMAND_OFFICE)
    letter = letter_to(actor, unit, LATER)
    lines = next(one for one in supervision_of(actor, LATER).units if one.unit.code == unit).lines
    assert [one.task for one in letter.items] == [line.task.text for line in lines]
    with translation.override("zh-hans"):
        assert [one.standing for one in letter.items] == [line.standing.word for line in lines]
    assert "第42次会议部署第" in letter.items[0].basis
    assert letter.reply_by == (LATER + timedelta(hours=24)).astimezone(SHANGHAI).date()
    assert not letter.issuer.isascii() and not letter.to.isascii()


def test_a_unit_without_such_tasks_gets_no_letter(unit):
    with pytest.raises(Http404):
        letter_to(an_actor(Role.COMMAND_OFFICE), "SX-EDU", LATER)


def test_the_office_takes_the_letter_from_the_page_and_a_department_does_not(client, unit):
    client = signed_in(client)
    page = opened(client, "supervision", at=LATER).content.decode()
    assert f"{unit}.docx" in page and "Letters of supervision" in page
    answer = opened(client, "letter", unit, "docx", at=LATER)
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    assert opened(client, "letter", unit, "txt", at=LATER).status_code == 404
    assert opened(signed_in(client, Role.DEPARTMENT), "letter", unit, "docx", at=LATER).status_code == 404
