"""The board: live numbers, blind ones never met, few queries however many people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hucheng.command.board.queries import board_of
from hucheng.command.duty.actions import ShiftIn, fill_roster
from hucheng.command.measures.actions import take_readings
from hucheng.command.measures.models import KeptReading
from hucheng.command.measures.queries import lines
from hucheng.command.measures.standing import Standing, judge
from hucheng.command.testing import a_published_meeting
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.measures import MEASURES
from hucheng.core.measures.registry import readable
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, a_city, after, an_actor
from hucheng.entry.door import Arrival, Flight
from hucheng.entry.testing import a_flight, a_landed_flight, arrivals_of, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return an_actor(Role.LEADING_GROUP)


def a_judged_flight(people=3, number="HU7976"):
    the_rules()
    flight = a_landed_flight(people, number=number)
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(90))
    return arrivals_of(flight)


def test_an_empty_city_is_blind_not_met(leader):
    board = board_of(leader, after(0))
    assert all(
        line.standing != Standing.MET or line.measure.better in ("zero", "higher") for line in board.epidemic.lines
    )
    by_id = {line.measure.id: line.standing for line in board.epidemic.lines}
    assert by_id["entry.triage.triaged_2h"] == Standing.BLIND


def test_a_measure_without_a_room_is_blind(leader):
    missing = next(name for name in MEASURES if name not in readable())
    (line,) = lines(leader, [missing], after(0))
    assert line.reading is None and line.standing == Standing.BLIND


@pytest.mark.parametrize(
    ("measure", "value", "standing"),
    [
        ("entry.triage.triaged_2h", 95.0, Standing.MET),
        ("entry.triage.triaged_2h", 94.9, Standing.BEHIND),
        ("entry.clearance.high_risk_with_pass", 0.0, Standing.MET),
        ("entry.clearance.high_risk_with_pass", 1.0, Standing.BEHIND),
        ("entry.triage.minutes_median", 90.0, Standing.MET),
        ("entry.triage.minutes_median", 91.0, Standing.BEHIND),
        ("entry.triage.triaged_2h", None, Standing.BLIND),
    ],
)
def test_a_number_is_judged_by_its_target(measure, value, standing):
    assert judge(measure, value) == standing


def test_the_red_line_is_read_live(leader):
    a_judged_flight()
    board = board_of(leader, after(300))
    assert board.red_lines_held and {line.measure.id for line in board.red_lines} >= {
        "entry.clearance.high_risk_with_pass",
        "entry.handover.unaccounted",
    }
    assert {line.measure.id: line.reading.value for line in board.epidemic.lines if line.reading}[
        "entry.triage.triaged_2h"
    ] == 100


def test_readings_are_kept_once_a_time_and_never_changed(leader):
    a_judged_flight()
    office = an_actor(Role.COMMAND_OFFICE)
    for _again in range(2):
        take_readings(actor=office, at=after(300))
    assert KeptReading.objects.count() == len(readable())
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptReading.objects.update(value=1)


def test_the_trend_is_the_last_fourteen_days(leader):
    a_judged_flight()
    office = an_actor(Role.COMMAND_OFFICE)
    for day in (1, 2, 20):
        take_readings(actor=office, at=after(days=day))
    (line,) = lines(leader, ["entry.handover.unaccounted"], after(days=20))
    assert len(line.trend) == 1


def board_page(client, actor, at, language="en"):
    client.force_login(User.objects.get(pk=actor.user_id))
    with frozen_at(at):
        return client.get(reverse("command:board"), headers={"accept-language": language})


@pytest.mark.parametrize(("language", "words"), [("en", "2 flights are expected"), ("zh-hans", "预计 2 架航班到港")])
def test_the_sentence_counts_the_flights_to_come(client, leader, language, words):
    a_flight(number="HU1")
    a_flight(number="HU2")
    assert words in board_page(client, leader, MORNING - timedelta(hours=3), language).text


def test_flights_to_come_stand_before_those_that_landed(leader):
    a_landed_flight(3, number="HU1")
    coming = a_flight(number="HU2")
    Flight.objects.filter(pk=coming.pk).update(scheduled_landing=after(days=1))
    found = board_of(leader, after(300)).flights
    assert [one.flight.number for one in found] == ["HU2", "HU1"]
    assert [(one.people, one.has_list) for one in found] == [(0, False), (3, True)]


def test_a_broken_red_line_is_said_before_all(client, leader):
    (somebody, *_others) = a_judged_flight()
    Arrival.objects.filter(pk=somebody.pk).update(holder="NOBODY")
    assert "A red line is broken" in board_page(client, leader, after(300)).text


def test_a_red_line_that_nobody_reads_is_not_said_to_hold(client, leader):
    a_judged_flight()
    board = board_of(leader, after(300))
    unread = [line.measure.id for line in board.red_lines if line.standing == Standing.BLIND]
    assert len(unread) == board.red_lines_unread
    assert ("cannot be read" in board_page(client, leader, after(300)).text) == bool(unread)


@pytest.mark.parametrize(("landed", "shown"), [(23.9, 1), (24.1, 0)])
def test_a_landing_is_named_for_a_day(leader, landed, shown):
    flight = a_landed_flight(1)
    at = Flight.objects.get(pk=flight.pk).landed_at + timedelta(hours=landed)
    assert len(board_of(leader, at).flights) == shown


def test_lamps_sum_to_the_directives_and_name_the_neediest(leader):
    a_city()
    a_published_meeting(due=after(days=2))
    board = board_of(leader, after(days=3))
    assert board.directives == 1 == sum(theme.total for theme in board.themes)
    (theme,) = [theme for theme in board.themes if theme.total]
    assert theme.met + theme.running + theme.behind + theme.blind == theme.total
    assert theme.neediest is not None and theme.neediest.directive.lead_id == "TF-HOTEL"
    (late,) = board.needy
    assert late.over == timedelta(days=1) and late.line.target == 100


def test_nothing_published_is_said_in_words(client, leader):
    assert "No directive is published yet" in board_page(client, leader, after(0)).text


def test_the_leader_of_the_day_hands_over_to_the_next(client, leader):
    office, today = an_actor(Role.COMMAND_OFFICE), date(2020, 3, 21)
    shifts = [ShiftIn(today, "秦望舒", "顾长汀"), ShiftIn(today + timedelta(days=1), "路知微")]
    fill_roster(actor=office, shifts=shifts, at=after(0))
    text = board_page(client, leader, after(60)).text
    assert "秦望舒" in text and "顾长汀" in text and "路知微" in text and "not written yet" in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["command:board", "command:measures"])
def test_pages_answer_in_both_languages(client, leader, language, name):
    a_judged_flight()
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=leader.user_id))
    with frozen_at(after(300)):
        page = client.get(reverse(name)).content.decode()
    first = next(iter(MEASURES.values()))
    assert (first.name_en if language == "en" else first.name_zh) in page or name == "command:board"


def test_the_board_asks_the_same_of_the_database_however_many_people(leader, django_assert_max_num_queries):
    for people, number in ((2, "HU1"), (80, "HU2")):
        a_judged_flight(people, number)
        with django_assert_max_num_queries(45):
            board_of(leader, after(300))


def test_every_reader_answers_for_a_measure_of_the_catalogue():
    assert readable() <= set(MEASURES) and len(readable()) >= 20
