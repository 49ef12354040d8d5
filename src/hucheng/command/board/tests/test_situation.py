"""The situation on the board: one small card, the same few queries however much is published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.command.board.queries import board_of
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.importation.actions import note_fact
from hucheng.situation.testing import TODAY, a_series, a_watch

pytestmark = pytest.mark.django_db


def a_fact(number):
    note_fact(
        actor=an_actor(Role.DEPARTMENT), text_zh=f"公开信息{number}", text_en=f"Public fact {number}",
        source="province", as_of=TODAY, at=after(number),
    )  # fmt: skip


def board_page(client, role, place="140100", language="en"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    with frozen_at(after(60)):
        return client.get(reverse("command:board")).content.decode()


def test_the_board_shows_the_watch_list_and_the_latest_three_facts(client):
    for number in range(5):
        a_fact(number)
    a_watch("CA")
    a_watch("ET")
    a_series([1, 2])
    page = board_page(client, Role.LEADING_GROUP)
    assert "2 countries are watched; 1 of them have data" in page and "One has no series at all" in page
    assert "Public fact 4" in page and "Public fact 2" in page and "Public fact 1" not in page
    assert "公开信息4" in board_page(client, Role.LEADING_GROUP, language="zh-hans")


def test_nothing_of_the_situation_stands_on_the_board_of_a_county(client):
    a_fact(1)
    a_watch("CA")
    assert reverse("situation:origins") not in board_page(client, Role.COUNTY, COUNTY)


def test_the_board_asks_the_same_of_the_database_however_much_is_published():
    leader = an_actor(Role.LEADING_GROUP)
    a_fact(0)
    a_watch("CA")
    a_series([1, 2])
    with CaptureQueriesContext(connection) as few:
        board_of(leader, MORNING)
    for number, code in enumerate(("RU", "FR", "IT", "DE", "ES"), start=1):
        a_fact(number)
        a_watch(code)
        a_series([1, 2], country=code)
    with CaptureQueriesContext(connection) as many:
        board_of(leader, after(60))
    assert len(many) == len(few)
