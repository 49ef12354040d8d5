"""Whether lists come in time and are mended in time, and whether people reach the desk with their declaration done."""

from datetime import datetime

import pytest

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.measures import complete_at_desk
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.actions import land
from hucheng.entry.manifests.actions import receive_manifest, set_aside
from hucheng.entry.manifests.measures import received_before_landing, rows_to_mend
from hucheng.entry.manifests.models import ManifestRow
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db
BOARD = Actor(None, CITY, Role.LEADING_GROUP)
STRANGER = Actor(None, OTHER_COUNTY, Role.LEADING_GROUP)
BROKEN = "姓名,证件号码,出生日期\n王丽华,EZ0000001,1985-04-30\n李四,,1985-02-30\n赵六,,\n".encode()


def send(flight, minutes, data=None):
    data = data or write_paxlst([a_passenger(1)], flight=flight.number, prepared=datetime(2020, 3, 21, 9))
    return receive_manifest(actor=an_actor(Role.ENTRY), flight_id=flight.pk, name="l.edi", data=data, at=after(minutes))


def landed(flight, minutes):
    return land(actor=an_actor(Role.ENTRY), flight_id=flight.pk, holder="TY-MOAT", at=after(minutes))


@pytest.mark.parametrize(("sent", "share"), [(0, 100), (120, 100), (121, 0), (300, 0), (400, 0)])
def test_a_list_is_in_time_up_to_three_hours_before_landing(sent, share):
    flight = a_flight()
    if sent <= 300:
        send(flight, sent)
    landed(flight, 300)
    if sent > 300:
        send(flight, sent)
    assert received_before_landing(BOARD, after(500)).value == share


def test_a_flight_without_any_list_counts_as_late_and_one_in_the_air_not_at_all():
    a_flight("HU1")
    assert received_before_landing(BOARD, after(500)).value is None
    landed(a_flight("HU2"), 300)
    reading = received_before_landing(BOARD, after(500))
    assert (reading.numerator, reading.denominator) == (0, 1)


def test_a_list_that_names_nobody_new_is_no_list_in_time():
    flight = a_flight()
    send(flight, 0, "姓名,证件号码,出生日期\n李四,,1985-02-30\n".encode())
    landed(flight, 300)
    assert received_before_landing(BOARD, after(500)).value == 0


def test_an_early_list_is_not_undone_by_a_late_one():
    flight = a_flight()
    send(flight, 0)
    landed(flight, 300)
    send(flight, 310)
    assert received_before_landing(BOARD, after(500)).value == 100
    assert received_before_landing(BOARD, after(299)).value is None


def test_a_row_to_mend_counts_from_its_second_hour_until_it_is_settled():
    send(a_flight(), 0, BROKEN)
    assert rows_to_mend(BOARD, after(119)).value == 0
    assert rows_to_mend(BOARD, after(120)).value == 2
    row = ManifestRow.objects.filter(state="pending").first()
    set_aside(actor=an_actor(Role.ENTRY), row_id=row.pk, at=after(130))
    assert rows_to_mend(BOARD, after(140)).value == 1


def test_without_any_list_no_row_waits():
    assert rows_to_mend(BOARD, after(500)).value == 0


def test_another_county_reads_nothing_of_the_ports_lists():
    flight = a_flight()
    send(flight, 0, BROKEN)
    landed(flight, 300)
    assert rows_to_mend(STRANGER, after(500)).value == 0
    assert received_before_landing(STRANGER, after(500)).value is None


def declared_at(arrival, minutes, means=Declaration.Means.OWN, *, complete=True):
    form = DeclarationForm(arrival.pk, (), False, Destination.CAPITAL, complete=complete)
    declare(actor=an_actor(Role.ENTRY), forms=[form], means=means, at=after(minutes))


@pytest.mark.parametrize(
    ("minutes", "means", "complete", "share"),
    [
        (10, "own", True, 100),
        (60, "own", True, 100),
        (61, "own", True, 0),
        (10, "paper", True, 0),
        (10, "own", False, 0),
    ],
)
def test_a_declaration_done_before_the_desk_is_ones_own_complete_and_not_later_than_the_judgement(
    minutes, means, complete, share
):
    """A declaration of days later made the desk look as if nobody had to be helped."""
    the_rules()
    flight = a_landed_flight(1)
    (person,) = arrivals_of(flight)
    if minutes <= 60:
        declared_at(person, minutes, means, complete=complete)
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    if minutes > 60:
        declared_at(person, minutes, means, complete=complete)
    assert complete_at_desk(BOARD, after(90)).value == share


def test_a_person_who_declared_twice_counts_once_and_the_unjudged_not_at_all():
    the_rules()
    flight = a_landed_flight(2)
    first, second = arrivals_of(flight)
    assert complete_at_desk(BOARD, after(59)).value is None
    declared_at(first, 10)
    declared_at(first, 20)
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    reading = complete_at_desk(BOARD, after(90))
    assert (reading.numerator, reading.denominator) == (1, 2)
    assert complete_at_desk(STRANGER, after(90)).value is None
    declared_at(second, 70)
    assert complete_at_desk(BOARD, after(90)).numerator == 1
