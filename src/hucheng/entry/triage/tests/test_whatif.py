"""What if a proposed table had judged: exactly those it would treat otherwise are named, and nothing is written."""

from datetime import date

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.engines.rules import load_table
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import (
    a_landed_flight,
    arrivals_of,
    declared,
    fact,
    fit_to_travel,
    the_rules,
    the_table,
    without_row,
)
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact, Triage
from hucheng.entry.triage.whatif import WAYS, what_if

pytestmark = pytest.mark.django_db
NOW = after(400)


def table(change=dict):
    return load_table(the_table(change=change).decode())


def fever_from_37(written):
    for row in written["rows"]:
        if row["id"] == "fever":
            row["when"] = {"temp_c": {"at_least": 37.0}}
            row["reason"] = {"zh": "体温达到37.0℃。", "en": "37.0 °C or more."}
    written["tests"] = []


@pytest.fixture
def people():
    """Six people of one flight: a fever of 37.1, a case, two beside it, one bound elsewhere, one far and well."""
    the_rules()
    flight = a_landed_flight(6)
    found = arrivals_of(flight)
    for number, person in enumerate(found):
        Arrival.objects.filter(pk=person.pk).update(seat=("20A", "34F", "35A", "36C", "50A", "60A")[number])
    fit_to_travel(found, at=after(10))
    fact(found[0].pk, Fact.Kind.TEMPERATURE, "37.1", at=after(20))
    fact(found[1].pk, Fact.Kind.TEST, "positive", at=after(20))
    declared(found[4:5], at=after(20), destination=Destination.ELSEWHERE)
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return arrivals_of(flight)


def asked(change=dict, *, days=14, at=NOW, place=CITY):
    return what_if(an_actor(Role.MEDICAL, place), table(change), days=days, at=at)


def test_the_table_in_force_would_change_nothing(people):
    told = asked()
    assert (told.looked_at, list(told.otherwise), list(told.moves), told.laxer, told.stricter) == (6, [], [], 0, 0)


def test_a_stricter_fever_names_the_one_person_it_would_keep_with_both_reasons(people):
    told = asked(fever_from_37)
    (one,) = told.otherwise
    assert one.arrival_id == people[0].pk and one.name == people[0].person.full_name and one.flight == "HU7976"
    assert (one.way, one.new_row, told.stricter, told.laxer) == ("stricter", "fever", 1, 0)
    assert "可续程赴京" in one.old_why.zh and "may travel on" in one.old_why.en
    assert (one.new_why.zh, one.new_why.en) == ("体温达到37.0℃。", "37.0 °C or more.")
    assert (one.old.zh, one.new.en) == ("续程赴京", "transferred to hospital")


def test_without_the_rule_of_seats_the_neighbours_would_travel_on(people):
    told = asked(without_row("near-seat"))
    assert {one.arrival_id for one in told.otherwise} == {people[2].pk, people[3].pk}
    assert (told.laxer, told.stricter) == (2, 0) and all(one.way == "laxer" for one in told.otherwise)
    ((old, new, count),) = told.moves
    assert (old.en, new.zh, count) == ("central quarantine as a close contact for 14 days", "续程赴京", 2)


def test_milder_ends_are_named_before_stricter_ones(people):
    def both(written):
        fever_from_37(written)
        without_row("near-seat")(written)

    ways = [one.way for one in asked(both).otherwise]
    assert ways == ["laxer", "laxer", "stricter"] == sorted(ways, key=WAYS.index)


def test_another_reason_for_the_same_end_is_told_as_such(people):
    def reworded(written):
        written["rows"][13]["reason"] = {"zh": "去往外地。", "en": "Bound elsewhere."}

    told = asked(reworded)
    assert [(one.arrival_id, one.way) for one in told.otherwise] == [(people[4].pk, "same")]
    assert (told.laxer, told.stricter) == (0, 0)


def test_every_person_is_held_against_a_count_of_their_own(people):
    """Brute force: each last judgement decided again alone, by the kept facts and its own day."""
    proposed = table(fever_from_37)
    really = set()
    for arrival in Arrival.objects.exclude(last_triage=None):
        last = arrival.last_triage
        again = proposed.decide(last.facts_used, on=last.at.astimezone(SHANGHAI).date())
        if (again.outcome, again.reason.zh) != (last.code, last.reason_zh):
            really.add(arrival.pk)
    assert {one.arrival_id for one in asked(fever_from_37).otherwise} == really != set()


@pytest.mark.parametrize(
    ("days", "minutes", "looked"),
    [(1, 60, 6), (1, 60 + 24 * 60 - 1, 6), (1, 60 + 24 * 60, 0), (2, 60 + 24 * 60, 6), (14, 59, 0), (0, 60, 6)],
)
def test_only_those_judged_in_the_days_asked_for_are_looked_at(people, days, minutes, looked):
    assert asked(days=days, at=after(minutes)).looked_at == looked


def test_the_days_have_an_end(people):
    assert (asked(days=10_000).days, asked(days=-1).days) == (60, 1)


def test_another_county_sees_nobody(people):
    told = asked(fever_from_37, place=OTHER_COUNTY)
    assert (told.looked_at, list(told.otherwise)) == (0, [])


def test_each_is_judged_on_the_day_of_the_own_judgement(people):
    """A rule of the table that begins the next day changes nothing for people judged today."""

    def from_tomorrow(written):
        row = next(row for row in written["rows"] if row["id"] == "onward")
        strict = row | {"id": "tomorrow", "outcome": "ISOLATE_ENTRY_CITY_14D", "from": "2020-03-22", "always": True}
        written["rows"].insert(written["rows"].index(row), strict)
        written["tests"] = []

    assert list(asked(from_tomorrow).otherwise) == []
    flight = people[0].flight
    day_later = after(days=1)
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="again", at=day_later)
    told = asked(from_tomorrow, at=after(days=2))
    assert {one.arrival_id for one in told.otherwise} == {people[0].pk, people[5].pk}
    assert day_later.astimezone(SHANGHAI).date() == date(2020, 3, 22)


def test_a_rule_that_is_not_in_force_yet_counts_as_it_would_after_approval(people):
    def new_rule(written):
        row = next(row for row in written["rows"] if row["id"] == "onward")
        row["rules"], row["reason"] = ["R98"], {"zh": "新规则。", "en": "A new rule."}

    told = asked(new_rule)
    assert {one.arrival_id for one in told.otherwise} == {people[0].pk, people[5].pk}
    assert all(one.way == "same" for one in told.otherwise)


def test_looking_writes_nothing(people):
    before = (Triage.objects.count(), AuditLine.objects.count())
    asked(without_row("near-seat", "fever"))
    assert (Triage.objects.count(), AuditLine.objects.count()) == before


def test_a_full_flight_needs_as_few_queries_as_one_person(django_assert_num_queries):
    the_rules()
    for number, count in (("HU7976", 1), ("CA910", 60)):
        flight = a_landed_flight(count, number=number)
        triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
        actor, proposed = an_actor(Role.MEDICAL), table(fever_from_37)
        with django_assert_num_queries(2):
            what_if(actor, proposed, days=14, at=NOW)
