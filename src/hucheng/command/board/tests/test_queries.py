"""What the board puts first: fronts, lamps, directives in need of a hand; counted again by hand."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hucheng.command.board.queries import NEEDY, board_of
from hucheng.command.directives.actions import accept, assign, edit, publish
from hucheng.command.directives.queries import published_by_theme
from hucheng.command.measures.standing import Standing
from hucheng.command.testing import MINUTES, a_meeting, a_published_meeting, anybody, given, opened, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.measures import MEASURES
from hucheng.core.terms import Role, Theme
from hucheng.core.testing import COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
REASON = {"measure": "", "no_measure": "以文件为准"}
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY}


@pytest.fixture
def leader():
    return an_actor(Role.LEADING_GROUP)


def demands(*terms, number="四十二"):
    """A meeting with one published action for each of the terms; None leaves it without an owner."""
    office = an_actor(Role.COMMAND_OFFICE)
    more = "".join(f"\n会议要求,要设立第{n}个专门机构。" for n in range(len(terms)))
    meeting = a_meeting(MINUTES.replace("四十二", number) + more)
    for one, each in zip(meeting.directives.order_by("number"), terms, strict=False):
        edit(actor=office, directive_id=one.pk, text=one.text, kind="action", theme=Theme.GENERAL, at=after(2))
        if each is None:
            accept(actor=office, directive_id=one.pk, at=after(3))
        else:
            assign(actor=office, directive_id=one.pk, given=given(**each), at=after(3))
    publish(actor=office, meeting_id=meeting.pk, at=after(4))


def test_a_front_holds_its_twelve_measures_the_worst_first_and_blind_ones_last(leader):
    board = board_of(leader, after(10))
    for front in (board.epidemic, board.life):
        ids = {line.measure.id for line in front.lines}
        assert ids == {one.id for one in MEASURES.values() if one.front == front.name} and len(ids) == 12
        stands = [line.standing for line in front.lines]
        read = [one for one in stands if one != Standing.BLIND]
        assert stands == sorted(read) + [Standing.BLIND] * (len(stands) - len(read))
        assert dict(front.counts) == Counter(stands) and front.counts == sorted(front.counts, reverse=True)
        assert front.worst == next((line for line in front.lines if line.standing == Standing.BEHIND), None)


def test_lamps_count_each_demand_with_an_owner_once_and_name_the_worst(leader):
    soon, late, calm = {"due": after(100)}, {"due": after(50)}, {"due": after(days=9)}
    demands({**REASON, **calm}, {**REASON, **late}, {**REASON, **soon}, None, {**calm})
    board = board_of(leader, after(95))
    (theme,) = [one for one in board.themes if one.theme == Theme.GENERAL]
    assert (theme.behind, theme.blind, theme.running, theme.met, theme.total) == (1, 1, 2, 0, 4)
    assert theme.neediest.standing == Standing.BEHIND and board.directives == 4
    assert theme.counts[Standing.DUE_SOON] == theme.counts[Standing.RUNNING] == 1


def test_a_theme_whose_demands_all_run_names_none_in_need(leader):
    demands({**REASON, "due": after(days=9)})
    (theme,) = board_of(leader, after(10)).themes
    assert theme.neediest is None and theme.total == 1


def test_late_demands_come_before_blind_ones_and_eight_are_named_though_all_are_counted(leader):
    late = {**REASON, "due": after(60)}
    demands(*[{"due": after(days=9)}] * 3, *[late] * 9)
    board = board_of(leader, after(120))
    assert len(board.needy) == NEEDY == 8 and board.behind == 9
    assert [one.line.standing for one in board.needy] == [Standing.BEHIND] * 8
    assert {one.over for one in board.needy} == {timedelta(hours=1)}


@pytest.mark.parametrize(("minutes", "over"), [(59, None), (60, None), (61, timedelta(minutes=1))])
def test_how_long_a_deadline_is_past_is_said_once_it_is_past(leader, minutes, over):
    demands({"due": after(60)})
    (one,) = board_of(leader, after(minutes)).needy
    assert one.line.standing == Standing.BLIND and one.over == over


def test_the_board_counts_what_the_list_of_directives_shows(leader):
    demands({**REASON, "due": after(50)}, {"due": after(days=9)}, None)
    at = after(120)
    shown = [line for _theme, lines in published_by_theme(leader, at) for line in lines]
    board = board_of(leader, at)
    owned = [line for line in shown if line.standing is not None]
    assert board.directives == len(owned) == 2 and board.behind == 1 and len(shown) == 3


def test_a_county_s_board_holds_its_own_task_and_nothing_of_the_city(leader):
    a_published_meeting(supports=["C-*-LG"])
    board = board_of(an_actor(Role.COUNTY, COUNTY), after(30))
    assert board.directives == 1 and board.needy[0].line.line.task.place == COUNTY
    assert board_of(an_actor(Role.COUNTY, "110000"), after(30)).themes == []


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_the_board_opens_to_those_who_decide_and_do(client, role):
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    assert opened(client, "board").status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("2 days over", "one is behind", "Nobody is named")), ("zh-hans", ("逾 2 天", "逾期 1 项", "尚未排定"))],
)
def test_the_page_says_what_is_behind_by_how_long_and_that_nobody_leads(client, language, words):
    demands({**REASON, "due": after(60)})
    text = opened(signed_in(client, Role.LEADING_GROUP, language=language), "board", at=after(days=3)).content.decode()
    assert not [word for word in words if word not in text]


def test_the_board_asks_the_same_however_many_directives_are_published(leader):
    counts = []
    for number, many in (("四十二", 1), ("四十三", 9)):
        demands(*[{"due": after(days=9), "clause": None}] * many, number=number)
        with CaptureQueriesContext(connection) as asked:
            board_of(leader, after(60))
        counts.append(len(asked))
    assert counts[0] == counts[1]
