"""Tables as data: proposed by one, approved by another, never laxer than above, each day judged by its own."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.engines.rules.files import write_table
from hucheng.entry.testing import (
    a_landed_flight,
    a_proposed_table,
    arrivals_of,
    fact,
    fit_to_travel,
    in_force,
    the_rules,
    the_table,
    without_row,
)
from hucheng.entry.triage.actions import approve_table, propose_table, triage_flight
from hucheng.entry.triage.models import Fact, RuleInForce, RuleTable, Triage
from hucheng.entry.triage.tables import entry_table, parsed, places_above, table_in_force

pytestmark = pytest.mark.django_db
OFFICE = Role.COMMAND_OFFICE
CLASH = "table_contradicts_itself"


def judge(flight, minutes=60):
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(minutes))
    return arrivals_of(flight)


def propose(data, *, role=OFFICE, place=CITY, name="t.json", at=MORNING):
    return propose_table(actor=an_actor(role, place), data=data, name=name, at=at)


def refused(act):
    with pytest.raises(Refusal) as no:
        act()
    return no.value


def fever_from(degrees):
    """The shipped table with another fever; its tests at 37.2 and 37.3 are left out."""

    def change(written):
        for row in written["rows"]:
            if row["id"] == "fever":
                row["when"]["temp_c"]["at_least"] = degrees
            if row["id"] == "onward":
                row["when"]["temp_c"] = {"below": degrees}
        written["tests"] = []

    return change


def test_a_proposed_table_is_kept_and_judges_nobody():
    the_rules()
    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(10))
    proposed = a_proposed_table(change=without_row("onward"), at=after(20))
    assert (proposed.place, proposed.version, proposed.since, proposed.approved_by) == (CITY, "2", None, None)
    assert judge(flight)[0].outcome == Outcome.ONWARD
    assert table_in_force(CITY, after(500)) is entry_table()


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "dmn"])
def test_the_same_table_is_kept_from_every_form(ending):
    kept = propose(write_table(entry_table(), name=f"t.{ending}"), name=f"Table.{ending.upper()}")
    assert parsed(kept.text) == entry_table()


def test_an_approved_table_judges_all_open_people_again():
    the_rules()
    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(10))
    assert judge(flight)[0].outcome == Outcome.ONWARD
    in_force(a_proposed_table(change=without_row("onward"), at=after(70)), at=after(80))
    (person,) = arrivals_of(flight)
    last = person.last_triage
    assert person.outcome == Outcome.QUARANTINE
    assert (last.version, last.because, last.at) == ("2", "table", after(80))


def test_each_moment_is_judged_by_the_table_of_that_moment():
    in_force(a_proposed_table(change=fever_from(37.5)), at=after(60))
    in_force(a_proposed_table(change=fever_from(38.0), version="3", at=after(70)), at=after(120))
    versions = [table_in_force(CITY, after(minutes)).version for minutes in (59, 60, 119, 120, 9999)]
    assert versions == [entry_table().version, "2", "2", "3", "3"]


def test_a_table_that_comes_into_force_later_waits_until_then():
    the_rules()
    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(10))
    fact(arrivals_of(flight)[0].pk, Fact.Kind.TEMPERATURE, "37.3", at=after(20))
    assert judge(flight)[0].outcome == Outcome.HOSPITAL
    table = a_proposed_table(change=fever_from(37.5), at=after(70))
    approve_table(actor=an_actor(Role.MEDICAL), table_id=table.pk, since=after(200), at=after(80))
    assert judge(flight, 199)[0].outcome == Outcome.HOSPITAL
    assert judge(flight, 200)[0].outcome == Outcome.ONWARD


def test_the_rules_of_a_table_come_into_force_with_it():
    def with_rule(written):
        written["rows"][-1]["rules"] = ["R99"]

    table = in_force(a_proposed_table(change=with_rule), at=after(5))
    brought = RuleInForce.objects.get(rule="R99")
    assert (brought.version, brought.since, brought.place) == ("2", after(5), CITY)
    assert (brought.author_id, brought.approved_by_id) == (table.author_id, table.approved_by_id)


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        (without_row("kept"), "table_has_a_gap", "无规则可依"),
        (lambda w: w["tests"][0].update(outcome="HOSPITAL"), CLASH, "单元测试"),
        (lambda w: w["rows"].insert(3, w["rows"][2] | {"id": "twice", "outcome": "HOLD_TEST"}), CLASH, "条件相同"),
        (lambda w: w.update(hit="unique"), CLASH, "同时适用"),
        (lambda w: w["stricter_with"].update(declaration_complete="up"), CLASH, "越重越严"),
    ],
    ids=["gap", "failing test", "contradiction", "overlap", "broken claim"],
)
def test_a_table_with_a_fatal_finding_is_not_approved_and_changes_nothing(change, code, word):
    proposed = a_proposed_table(change=change)
    no = refused(lambda: in_force(proposed, at=after(5)))
    assert no.code == code and word in str(no.why)
    proposed.refresh_from_db()
    assert proposed.approved_at is None and not RuleInForce.objects.exists()
    assert table_in_force(CITY, after(5)) is entry_table()
    assert AuditLine.objects.filter(act="entry.triage.approve_table", refused=code).count() == 1


def test_nobody_approves_what_they_proposed():
    proposed = a_proposed_table()
    author = an_actor(OFFICE)
    no = refused(lambda: approve_table(actor=author, table_id=proposed.pk, since=after(5), at=after(5)))
    assert no.code == "one_hand_only"


def test_the_house_itself_neither_proposes_nor_approves():
    waiting = a_proposed_table()
    for act in (
        lambda: propose_table(actor=SYSTEM, data=the_table(version="9"), name="t.json", at=MORNING),
        lambda: approve_table(actor=SYSTEM, table_id=waiting.pk, since=after(5), at=after(5)),
    ):
        assert refused(act).code == "one_hand_only"


def test_a_table_is_approved_once():
    table = in_force(a_proposed_table(), at=after(5))
    assert refused(lambda: in_force(table, at=after(6))).code == "already_approved"


def test_no_table_comes_into_force_in_the_past():
    proposed, medical = a_proposed_table(), an_actor(Role.MEDICAL)
    no = refused(lambda: approve_table(actor=medical, table_id=proposed.pk, since=after(4), at=after(5)))
    assert no.code == "since_gone_by"


def test_a_version_is_proposed_once_and_another_city_may_use_the_same():
    a_proposed_table()
    assert refused(a_proposed_table).code == "version_taken"
    assert a_proposed_table("140200").version == "2"


def kind_changed(written):
    written["inputs"]["temp_c"]["high"] = 50


def nobody_goes_there(written):
    written["rows"][-1]["outcome"] = "MARS"
    written["outcomes"]["MARS"] = {"zh": "火星", "en": "Mars"}


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"{", "not_a_table", "YAML"),
        (b"[]", "not_a_table", "names with values"),
        (the_table(change=kind_changed), "unknown_input", "temp_c"),
        (the_table(change=lambda w: w["inputs"].update(luck={"kind": "flag"})), "unknown_input", "luck"),
        (the_table(change=nobody_goes_there), "unknown_outcome", "MARS"),
        (the_table(change=lambda w: w["rows"][4]["reason"].update(zh="长" * 201)), "text_too_long", "positive"),
        (the_table(change=lambda w: w["rows"][4].update(rules=["R" * 13])), "text_too_long", "positive"),
        (the_table(version="v" * 21), "text_too_long", "entry"),
    ],
    ids=["no file", "no table", "other range", "unknown input", "unknown end", "long reason", "long rule", "version"],
)
def test_what_the_desk_cannot_work_with_is_not_kept(data, code, word):
    no = refused(lambda: propose(data))
    assert no.code == code and word in str(no.why) and str(no.do)
    assert not RuleTable.objects.exists()


def test_a_file_of_an_unknown_kind_is_no_table():
    assert refused(lambda: propose(the_table(), name="t.pdf")).code == "not_a_table"


def test_a_table_may_ask_less_than_the_desk_knows_and_all_facts_are_still_kept():
    """A city without an order of its own leaves its four inputs out; the judgement keeps them for a later look."""

    def smaller(written):
        gone = ("order_needs_place", "place_confirmed", "order_waits_for_flight", "flight_results_complete")
        written["inputs"] = {name: spec for name, spec in written["inputs"].items() if name not in gone}
        written["rows"] = [row for row in written["rows"] if not set(row["when"]) & set(gone)]

    flight = a_landed_flight(1)
    fit_to_travel(arrivals_of(flight), at=after(10))
    in_force(a_proposed_table(change=smaller, at=after(20)), at=after(30))
    assert judge(flight)[0].outcome == Outcome.ONWARD
    kept = Triage.objects.get(arrival__flight=flight).facts_used
    assert set(kept) == set(entry_table().inputs) and kept["flight_results_complete"] is True


@pytest.mark.parametrize("role", [role for role in Role if role not in (OFFICE, Role.MEDICAL, Role.SYSTEM)])
def test_only_the_command_office_and_the_medical_group_make_rules(role):
    table = a_proposed_table()
    stranger = an_actor(role, unit="H01")
    for act in (
        lambda: propose_table(actor=stranger, data=the_table(version="9"), name="t.json", at=MORNING),
        lambda: approve_table(actor=stranger, table_id=table.pk, since=after(5), at=after(5)),
    ):
        assert refused(act).code == "role_may_not"


def test_another_place_does_not_find_a_table():
    table = a_proposed_table()
    for place in (COUNTY, "140200", "110000"):
        with pytest.raises(Http404):
            approve_table(actor=an_actor(Role.MEDICAL, place), table_id=table.pk, since=after(5), at=after(5))


def test_a_county_may_be_stricter_than_the_city_but_nowhere_laxer():
    """INQ-02: a lower body's rule against higher instructions cannot be saved."""
    a_proposed_table(COUNTY, change=fever_from(37.0))
    no = refused(lambda: a_proposed_table(COUNTY, change=fever_from(37.5), version="3"))
    assert no.code == "laxer_than_above" and "temp_c=" in str(no.why)
    assert list(RuleTable.objects.filter(place=COUNTY).values_list("version", flat=True)) == ["2"]


@pytest.mark.parametrize("row", ["case", "positive", "symptom", "near-seat", "companion", "whole-cabin", "declaration"])
def test_a_county_may_not_leave_out_a_guard_of_the_city(row):
    assert refused(lambda: a_proposed_table(COUNTY, change=without_row(row))).code == "laxer_than_above"


def test_a_county_is_held_against_the_table_of_its_city_once_that_has_one():
    in_force(a_proposed_table(change=fever_from(37.0)), at=after(5))
    as_shipped = refused(lambda: a_proposed_table(COUNTY, at=after(10)))
    assert as_shipped.code == "laxer_than_above"
    assert a_proposed_table(COUNTY, change=fever_from(37.0), at=after(10)).place == COUNTY
    assert a_proposed_table("140202", at=after(10)).place == "140202"  # of another city


def test_a_county_table_that_has_become_laxer_is_not_approved():
    waiting = a_proposed_table(COUNTY)
    in_force(a_proposed_table(change=fever_from(37.0)), at=after(5))
    assert refused(lambda: in_force(waiting, at=after(10))).code == "laxer_than_above"


def test_when_the_city_tightens_its_table_a_looser_county_table_stops_counting():
    in_force(a_proposed_table(COUNTY, change=fever_from(37.2), version="c"), at=after(5))
    assert table_in_force(COUNTY, after(6)).version == "c"
    in_force(a_proposed_table(change=fever_from(37.0)), at=after(10))
    assert [table_in_force(COUNTY, after(m)).version for m in (9, 10)] == ["c", "2"]
    assert table_in_force(OTHER_COUNTY, after(10)).version == "2"


def test_a_county_table_in_words_of_its_own_cannot_be_weighed():
    def other_words(written):
        rename = {"HOLD_TEST": "HOLD_DECLARATION"}
        written["rows"] = [row | {"outcome": rename.get(row["outcome"], row["outcome"])} for row in written["rows"]]
        written["tests"], written["stricter_with"] = [], {}

    def fewer_words(written):
        other_words(written)
        written["outcomes"].pop("HOLD_TEST")

    in_force(a_proposed_table(change=fewer_words), at=after(5))
    no = refused(lambda: a_proposed_table(COUNTY, at=after(10)))
    assert no.code == "cannot_be_weighed" and "HOLD_TEST" in str(no.why)


def test_a_place_lies_in_its_city_its_province_and_the_country():
    assert places_above(COUNTY) == ["140100", "140000", "000000"]
    assert places_above("000000") == []


def test_the_database_holds_two_people_a_whole_approval_and_an_unchanged_text():
    table = in_force(a_proposed_table(), at=after(5))
    waiting = a_proposed_table(version="3")
    for rows, change in (
        (table, {"text": "{}"}),
        (table, {"since": after(1)}),
        (waiting, {"text": "{}", "since": after(1), "approved_at": after(1), "approved_by_id": table.approved_by_id}),
        (waiting, {"since": after(1), "approved_at": after(1), "approved_by_id": waiting.author_id}),
        (waiting, {"approved_at": after(1)}),
        (waiting, {"version": "4"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleTable.objects.filter(pk=rows.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.delete()


def test_both_acts_leave_their_line():
    table = in_force(a_proposed_table(), at=after(5))
    acts = dict(AuditLine.objects.filter(refused="").values_list("act", "detail"))
    assert acts["entry.triage.propose_table"]["gave"] == str(table.pk)
    assert acts["entry.triage.approve_table"]["table_id"] == str(table.pk)
    assert "data" not in json.dumps(acts["entry.triage.propose_table"])


def test_any_past_day_is_judged_under_its_own_rules():
    """INQ-13: the same facts, judged under the rules of another day."""
    healthy = {"temp_c": 36.5, "test": "negative", "declaration_complete": True, "destination": "Beijing"}
    ends = {day: entry_table().decide(healthy, on=MORNING.date().replace(day=day)).outcome for day in (19, 20, 21)}
    assert ends == {19: "NOT_APPLICABLE_DIRECT_PEK", 20: "ONWARD_BEIJING", 21: "ONWARD_BEIJING"}
