"""A flight judged at once: each by the table of the place, consequences in the same act, whatever table it is."""

import pytest

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Outcome, Risk, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.clearance.actions import clear, depart
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.flights.actions import announce_flight, land
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import (
    a_landed_flight,
    a_passenger,
    a_proposed_table,
    arrivals_of,
    fact,
    facts,
    fit_to_travel,
    in_force,
    the_rules,
)
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.judgement import ENDS
from hucheng.entry.triage.models import Fact, Triage
from hucheng.entry.triage.tables import entry_table, rules_in_force

pytestmark = pytest.mark.django_db
SEATS = ["11A", "12C", "13D", "14F", "15J", "30A", "45C", "60D"]


def judge(flight, minutes=60, place="140100"):
    actor = an_actor(Role.MEDICAL, place)
    return triage_flight(actor=actor, flight_id=flight.pk, because="screening", at=after(minutes))


@pytest.fixture
def flight():
    """Eight people, well and declared, cleared by the triage at minute 60."""
    the_rules()
    landed = a_landed_flight([a_passenger(n, seat=seat) for n, seat in enumerate(SEATS)])
    fit_to_travel(arrivals_of(landed), at=after(20))
    judge(landed)
    return landed


def strict(change_of):
    """A change for a table: rows rewritten, without the published tests and claims."""

    def change(written):
        for row in written["rows"]:
            row.update(change_of.get(row["id"], {}))
        written["tests"], written["stricter_with"] = [], {}

    return change


ALL_TO_HOSPITAL = strict(
    {"onward": {"outcome": "HOSPITAL", "reason": {"zh": "一律留观。", "en": "Everybody is watched."}}}
)


def depart_all(flight, minutes=80):
    desk, ids = an_actor(Role.ENTRY), [person.pk for person in arrivals_of(flight)]
    clear(actor=desk, flight_id=flight.pk, arrival_ids=ids, at=after(minutes - 5))
    depart(actor=desk, flight_id=flight.pk, arrival_ids=ids, holder="X", at=after(minutes))


def test_each_is_judged_as_the_table_would_judge_that_person_alone(flight):
    people = arrivals_of(flight)
    fact(people[2].pk, Fact.Kind.TEST, "positive", at=after(70))
    fact(people[6].pk, Fact.Kind.TEMPERATURE, "38.0", at=after(70))
    fact(people[7].pk, Fact.Kind.TEST, "pending", at=after(70))
    judge(flight, 90)
    for row in Triage.objects.filter(arrival__flight=flight, at=after(90)):
        alone = entry_table().decide(
            row.facts_used, on=row.at.astimezone(SHANGHAI).date(), in_force=rules_in_force("140100", row.at)
        )
        said = (row.code, row.rule, row.reason_zh, row.reason_en, row.basis_zh, row.basis_en)
        assert said == (
            alone.outcome, alone.rule, alone.reason.zh, alone.reason.en, alone.basis.zh, alone.basis.en,
        )  # fmt: skip
        assert (row.outcome, row.risk) == ENDS[alone.outcome]
    codes = [person.last_triage.code for person in arrivals_of(flight)]
    assert codes == ["ISOLATE_CONTACT_14D"] * 2 + ["HOSPITAL"] + ["ISOLATE_CONTACT_14D"] * 2 + [
        "ONWARD_BEIJING", "HOSPITAL", "HOLD_TEST",
    ]  # fmt: skip


def test_every_end_of_the_table_leads_somewhere():
    assert {row.outcome for row in entry_table().rows} == set(ENDS)
    assert {outcome for outcome, _risk in ENDS.values()} == set(Outcome)
    assert [code for code, (outcome, risk) in ENDS.items() if risk == Risk.LOW] == ["ONWARD_BEIJING"]


def test_a_stricter_table_takes_back_every_pass_at_once(flight):
    ids = [person.pk for person in arrivals_of(flight)]
    clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=ids, at=after(70))
    assert Pass.objects.filter(revoked_at=None).count() == 8
    in_force(a_proposed_table(change=ALL_TO_HOSPITAL, at=after(80)), at=after(90))
    assert not Pass.objects.filter(revoked_at=None).exists()
    assert set(Pass.objects.values_list("revoked_because", "revoked_at")) == {("table", after(90))}
    assert {(person.outcome, person.risk) for person in arrivals_of(flight)} == {(Outcome.HOSPITAL, Risk.HIGH)}


def test_a_stricter_table_recalls_those_who_have_left(flight):
    depart_all(flight)
    in_force(a_proposed_table(change=ALL_TO_HOSPITAL, at=after(85)), at=after(90))
    assert {recall.arrival_id for recall in Recall.objects.all()} == {person.pk for person in arrivals_of(flight)}
    assert {recall.sent_at for recall in Recall.objects.all()} == {after(90)}


def test_a_table_that_changes_nothing_for_a_person_writes_nothing_about_them(flight):
    before = Triage.objects.count()
    in_force(a_proposed_table(at=after(70)), at=after(80))
    assert Triage.objects.count() == before


def test_another_ground_for_the_same_end_is_a_new_judgement(flight):
    before = Triage.objects.count()
    in_force(a_proposed_table(change=strict({"onward": {"rules": ["R97"]}}), at=after(70)), at=after(80))
    assert Triage.objects.count() == before + 8
    assert {person.last_triage.rule for person in arrivals_of(flight)} == {"R97"}


def test_the_first_judgement_keeps_its_time(flight):
    in_force(a_proposed_table(change=ALL_TO_HOSPITAL, at=after(80)), at=after(90))
    assert {person.first_triaged_at for person in arrivals_of(flight)} == {after(60)}


def test_a_priority_table_judges_by_its_strictest_row_whatever_the_order(flight):
    """The same rows upside down, weighed by how strict they are: a fever is never hidden by the row below it."""

    def upside_down(written):
        written["rows"].reverse()
        written["hit"], written["tests"], written["stricter_with"] = "priority", [], {}
        for row in written["rows"]:
            if row["id"] == "kept":
                row["when"] = {"destination": ["Taiyuan", "other"]}
        written["rows"].append({**written["rows"][-2], "id": "anybody", "when": {}, "outcome": "ONWARD_BEIJING"})
        written["rows"][-1].pop("from", None)
        written["rows"][-1].pop("until", None)

    fact(arrivals_of(flight)[5].pk, Fact.Kind.TEMPERATURE, "38.0", at=after(70))
    in_force(a_proposed_table(change=upside_down, at=after(80)), at=after(90))
    judge(flight, 100)
    outcomes = [person.outcome for person in arrivals_of(flight)]
    assert outcomes[5] == Outcome.HOSPITAL and set(outcomes) - {Outcome.HOSPITAL} == {Outcome.ONWARD}


def test_a_flight_of_a_county_is_judged_by_the_table_and_the_rules_of_its_city():
    the_rules()
    desk = an_actor(Role.ENTRY, COUNTY)
    local = announce_flight(
        actor=desk, number="CA1", origin="YYZ", destination="PEK", port="TYN", scheduled_landing=after(60), at=after(0)
    )
    land(actor=desk, flight_id=local.pk, holder="X", at=after(5))
    assert local.place == COUNTY and rules_in_force(COUNTY, after(5)) == rules_in_force("140100", after(5)) != set()
    assert judge(local, 60, COUNTY) == 0 and not Arrival.objects.filter(flight=local).exists()


def test_judging_by_a_city_s_own_table_takes_no_more_queries(flight, django_assert_max_num_queries):
    in_force(a_proposed_table(change=strict({"fever": {"rules": ["R96"]}}), at=after(70)), at=after(80))
    large = a_landed_flight(100, number="CA910")
    facts(arrivals_of(large), Fact.Kind.TEMPERATURE, "38.5", at=after(85))
    with django_assert_max_num_queries(40):
        judge(large, 90)
