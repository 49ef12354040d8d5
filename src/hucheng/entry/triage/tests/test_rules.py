"""Rules and orders of the city: brought into force by two, from a day on, for one place; what changed since when."""

import pytest
from django.db import IntegrityError, transaction

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.actions import let_out, move
from hucheng.entry.flights.models import Whereabouts
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import bring_rules_into_force, issue_city_order, triage, triage_flight
from hucheng.entry.triage.judgement import entry_table
from hucheng.entry.triage.models import CityOrder, Fact, RuleInForce, Triage
from hucheng.entry.triage.queries import judged_since, rules_since

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_actor(Role.COMMAND_OFFICE)


@pytest.fixture
def colleague():
    return an_actor(Role.COMMAND_OFFICE, name="approver")


def bring(office, colleague, *rules, since=0, at=0):
    approver = colleague.user_id if colleague else None
    return bring_rules_into_force(actor=office, rules=rules, approved_by=approver, since=after(since), at=after(at))


def order(office, at, **said):
    said = {"needs_place": False, "waits_for_flight": False, "text": "order"} | said
    return issue_city_order(actor=office, at=after(at), **said)


@pytest.fixture
def judged():
    """A flight of two people far apart, fit to travel and judged so."""
    the_rules()
    flight = a_landed_flight([a_passenger(n, seat=f"{11 + 20 * n}A") for n in range(2)])
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def ends(flight):
    return [one.outcome for one in arrivals_of(flight)]


def test_a_rule_stands_with_table_version_and_both_people(office, colleague):
    assert bring(office, colleague, "R15", since=60) == 1
    rule = RuleInForce.objects.get()
    assert (rule.rule, rule.place, rule.since) == ("R15", "140100", after(60))
    assert (rule.author_id, rule.approved_by_id) == (office.user_id, colleague.user_id)
    assert (rule.table, rule.version) == (entry_table().name, entry_table().version)


def test_a_rule_that_is_in_force_is_not_brought_in_again(office, colleague):
    assert bring(office, colleague, "R15", "R16") == 2
    assert bring(colleague, office, "R16", "R17a", since=10, at=10) == 1
    assert rules_since(office, after(20)) == {"R15": after(0), "R16": after(0), "R17a": after(10)}


def test_a_rule_is_in_force_from_its_time_on_and_in_its_place_only(office, colleague):
    bring(office, colleague, "R15", since=60)
    assert rules_since(office, after(59)) == {}
    assert rules_since(office, after(60)) == {"R15": after(60)}
    assert rules_since(an_actor(Role.COMMAND_OFFICE, COUNTY), after(60)) == {}


@pytest.mark.parametrize("approver", ["nobody", "oneself"])
def test_one_hand_is_not_enough_in_the_action_nor_in_the_database(office, approver):
    with pytest.raises(Refusal) as no:
        bring(office, None if approver == "nobody" else office, "R15")
    assert no.value.code == "one_hand_only"
    row = {"rule": "R15", "place": "140100", "since": after(0), "table": "entry", "version": "x"}
    with pytest.raises(IntegrityError, match="two_people_for_a_rule"), transaction.atomic():
        RuleInForce.objects.create(author_id=office.user_id, approved_by_id=office.user_id, **row)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.LEADING_GROUP, Role.LABORATORY, Role.COUNTY])
def test_only_the_office_and_the_doctors_bring_rules_and_only_the_office_orders(colleague, role):
    actor = an_actor(role)
    for act in (lambda: bring(actor, colleague, "R15"), lambda: order(actor, 0)):
        with pytest.raises(Refusal) as no:
            act()
        assert no.value.code == "role_may_not"
    with pytest.raises(Refusal):
        order(an_actor(Role.MEDICAL), 0)
    assert bring(an_actor(Role.MEDICAL), colleague, "R15") == 1 and not CityOrder.objects.exists()


def test_an_order_judges_everybody_open_and_brings_nobody_back(judged, office):
    first, second = arrivals_of(judged)
    desk = an_actor(Role.ENTRY)
    move(actor=desk, arrival_ids=[first.pk], whereabouts=Whereabouts.HOUSE, holder="H01", at=after(70))
    let_out(actor=desk, arrival_id=first.pk, holder="C-XD-LG", at=after(75))
    order(office, 80, needs_place=True)
    second.refresh_from_db()
    assert second.outcome == Outcome.QUARANTINE and second.last_triage.because == "order"
    assert Triage.objects.filter(arrival=second).count() == 2
    first.refresh_from_db()
    assert (first.whereabouts, first.holder) == (Whereabouts.RELEASED, "C-XD-LG")


def test_the_latest_order_counts_and_an_older_one_stays_on_record(judged, office):
    order(office, 80, needs_place=True)
    assert ends(judged) == [Outcome.QUARANTINE] * 2
    order(office, 90, text="places are free again")
    assert ends(judged) == [Outcome.ONWARD] * 2
    assert [one.needs_place for one in CityOrder.objects.order_by("since")] == [True, False]
    with pytest.raises(IntegrityError, match="entry_cityorder_no_update"), transaction.atomic():
        CityOrder.objects.update(needs_place=False)


def test_an_order_that_waits_for_the_flight_holds_all_until_the_last_result(judged, office):
    order(office, 80, waits_for_flight=True)
    assert ends(judged) == [Outcome.ONWARD] * 2
    fact(arrivals_of(judged)[0].pk, Fact.Kind.TEST, "pending", at=after(90))
    assert Outcome.ONWARD not in ends(judged)
    fact(arrivals_of(judged)[0].pk, Fact.Kind.TEST, "negative", at=after(95))
    assert ends(judged) == [Outcome.ONWARD] * 2


def test_an_order_of_one_city_moves_nobody_of_another(judged):
    order(an_actor(Role.COMMAND_OFFICE, "140200"), 80, needs_place=True)
    assert ends(judged) == [Outcome.ONWARD] * 2


def test_a_judgement_holds_since_the_first_of_its_unbroken_line(judged):
    first, second = arrivals_of(judged)
    doctor = an_actor(Role.MEDICAL)
    assert judged_since([first.pk, second.pk]) == {first.pk: after(60), second.pk: after(60)}
    triage(actor=doctor, arrival_id=first.pk, because="asked", at=after(70))
    assert judged_since([first.pk])[first.pk] == after(60)
    fact(first.pk, Fact.Kind.TEST, "positive", at=after(80))
    fact(first.pk, Fact.Kind.CASE, "confirmed", at=after(90))
    assert judged_since([first.pk])[first.pk] == after(80)
    fact(first.pk, Fact.Kind.CASE, "cleared", at=after(100))
    assert judged_since([first.pk])[first.pk] == after(100)


def test_who_was_never_judged_has_no_time(django_assert_num_queries):
    people = arrivals_of(a_landed_flight(2))
    with django_assert_num_queries(1):
        assert judged_since([one.pk for one in people]) == {}


def test_bringing_rules_and_ordering_leave_their_lines(office, colleague):
    bring(office, colleague, "R15")
    order(office, 5)
    with pytest.raises(Refusal):
        bring(office, office, "R16")
    assert sorted(AuditLine.objects.values_list("act", "refused")) == [
        ("entry.triage.bring_rules_into_force", ""),
        ("entry.triage.bring_rules_into_force", "one_hand_only"),
        ("entry.triage.issue_city_order", ""),
    ]
