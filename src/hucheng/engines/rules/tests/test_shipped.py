"""The tables that come with the house: sound, dated as the rules they name, on the edges of the days."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import approve, check, decide_all, load_table, shipped_tables
from hucheng.engines.rules.tests.making import facts_of

TABLES = {name: load_table(name) for name in shipped_tables()}
COVID = sorted(set(TABLES) - {"ebola"})
DAY = date(2020, 3, 24)


@pytest.fixture(scope="module")
def rules(reference):
    with (reference / "data" / "entry_rules.csv").open(encoding="utf-8") as file:
        return {row["rule_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_shipped_table_is_without_findings_and_fit_for_approval(name):
    assert check(TABLES[name]) == []
    assert approve(TABLES[name], by="Li", on=DAY).approval


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_shipped_table_tests_every_outcome_it_has(name):
    table = TABLES[name]
    tested = {example.outcome for example in table.examples}
    assert {row.outcome for row in table.rows} <= tested


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_says_why_on_what_ground_and_by_which_rule(name):
    for row in TABLES[name].rows:
        assert row.rules and all(max(text.zh) > "一" > max(text.en) for text in (row.reason, row.basis)), row.id
        assert len(row.rule) <= 30 and len(row.reason.zh) <= 200 and len(row.reason.en) <= 300, row.id


@pytest.mark.parametrize("name", COVID)
def test_every_rule_id_is_one_of_the_published_rules(name, rules):
    for row in TABLES[name].rows:
        assert set(row.rules + row.needs) - {"CITY-ORDER"} <= rules.keys(), row.id


@pytest.mark.parametrize("name", ["boarding", "capital", "contacts", "flights", "handover", "screening"])
def test_a_dated_row_stands_only_on_days_on_which_one_of_its_rules_does(name, rules):
    """A row without dates is the safe end of its table; any other begins and ends with the rule that it names."""
    for row in TABLES[name].rows:
        dates = [(rules[rule]["valid_from"], rules[rule]["valid_to"]) for rule in row.rules]
        if row.since != date.min:
            assert row.since >= min(date.fromisoformat(since) for since, _until in dates), row.id
        if row.until != date.max and row.since != date.min and all(until for _since, until in dates):
            assert row.until <= max(date.fromisoformat(until) for _since, until in dates), row.id


def test_all_published_rules_on_persons_and_flights_stand_in_some_table(rules):
    """R26 is for courts and R27 for hotels: no traveller and no flight is judged by them."""
    used = {rule for name in COVID for row in TABLES[name].rows for rule in row.rules + row.needs}
    assert set(rules) - used == {"R26", "R27"}


FLIGHT = {"positives_last_flight": 0, "share_positive": 0, "flights_this_week": 0}
TRAVELLER = {"entered_days_ago": 0, "age": 40}
WATCHED = TRAVELLER | {"from_watched_country": True}
ILL = {"belongs_in_hospital": True, "days_in_quarantine": 0}
EDGES = [
    ("flights", FLIGHT | {"from_listed_country": True}, "2020-03-10", "BEIJING", "BEIJING_APART"),
    ("flights", FLIGHT, "2020-03-15", "BEIJING", "BEIJING_APART"),
    ("flights", FLIGHT | {"named_in_notice_1": True}, "2020-03-20", "BEIJING_APART", "FIRST_POINT"),
    ("flights", FLIGHT, "2020-03-23", "BEIJING_APART", "FIRST_POINT"),
    ("flights", FLIGHT | {"flights_this_week": 1}, "2020-03-29", "FIRST_POINT", "NOT_FLOWN"),
    ("flights", FLIGHT | {"positives_last_flight": 10}, "2020-06-08", "FIRST_POINT", "SUSPENDED_4_WEEKS"),
    ("flights", FLIGHT | {"positives_last_flight": 5}, "2020-12-16", "SUSPENDED_1_WEEK", "SUSPENDED_2_WEEKS"),
    ("flights", FLIGHT | {"positives_last_flight": 5}, "2022-08-07", "SUSPENDED_2_WEEKS", "FIRST_POINT"),
    ("flights", FLIGHT, "2023-01-08", "FIRST_POINT", "BEIJING"),
    ("capital", WATCHED, "2020-03-03", "NO_MEASURE", "HOTEL_14D"),
    ("capital", WATCHED | {"fixed_home": True}, "2020-03-16", "HOME_14D", "CENTRAL_14D"),
    ("capital", TRAVELLER | {"assessed_special": True}, "2020-03-25", "HOME_14D", "CENTRAL_14D"),
    ("capital", TRAVELLER | {"age": 70}, "2020-03-25", "CENTRAL_14D", "TEST_THEN_HOME_14D"),
    ("boarding", {"temp_c": 36.5, "declaration_complete": True}, "2020-03-20", "MAY_NOT_BOARD", "MAY_BOARD"),
    ("boarding", {"temp_c": 36.5, "declaration_complete": True}, "2020-06-08", "MAY_BOARD", "MAY_NOT_BOARD"),
    ("contacts", {"case_aboard": True, "rows_from_case": 3}, "2020-03-07", "ORDINARY_CONTACT", "CLOSE_CONTACT"),
    ("contacts", {"case_aboard": True, "whole_cabin": True}, "2020-04-20", "ORDINARY_CONTACT", "CLOSE_CONTACT"),
    ("contacts", {"case_aboard": True, "crew_of_zone": True}, "2021-05-11", "CLOSE_CONTACT", "ORDINARY_CONTACT"),
    ("handover", {"cleared_for_capital": True, "days_in_quarantine": 0}, "2020-03-20", "CITY_CENTRE", "CAPITAL"),
    ("handover", ILL, "2020-03-01", "CITY_CENTRE", "HEALTH_AUTHORITY"),
    ("screening", {"declaration_handed_in": False, "temp_c": 36.5}, "2020-01-26", "ENTER", "CHECKS_FIRST"),
    ("ebola", {"direct_contact": True, "days_since_exposure": 1, "wants_to_fly_on": True}, "2014-08-18",
     "FOLLOW_UP_21D", "NO_TRAVEL"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "day", "before", "after"), EDGES)
def test_a_case_changes_its_end_on_the_first_day_of_a_rule(name, facts, day, before, after):
    first = date.fromisoformat(day)
    table = TABLES[name]
    known = {"destination": "Beijing", "test": "negative"} | facts if name == "boarding" else facts
    assert table.decide(known, on=first - timedelta(1)).outcome == before
    assert table.decide(known, on=first).outcome == after


def test_the_published_cases_run_as_they_stand_in_their_file(reference):
    """Columns by their own names, 0 and 1 as flags, any other place as `other`: no hand has to touch the file."""
    entry = TABLES["entry"]
    names = {other: name for name, given in entry.inputs.items() for other in (name, *given.also)}
    with (reference / "data" / "entry_cases.csv").open(encoding="utf-8") as file:
        cases = [row for row in csv.DictReader(file) if row["expected"] != "INVALID_INPUT"]
    assert len(cases) == 32
    for case in cases:
        facts = {names[k]: entry.inputs[names[k]].read(v) for k, v in case.items() if k in names}
        decision = entry.decide(facts, on=date.fromisoformat(case["date_beijing"]))
        assert (decision.outcome, decision.rule) == (case["expected"], case["rule"]), case["case_id"]


def test_the_capital_has_one_row_for_each_person_on_each_day():
    assert TABLES["capital"].hit == "unique"


@given(st.data())
def test_everybody_ends_somewhere_in_every_table_on_every_day(data):
    name = data.draw(st.sampled_from(sorted(TABLES)))
    day = data.draw(st.dates(date(2014, 1, 1), date(2024, 1, 1)))
    facts = data.draw(facts_of(TABLES[name]))
    outcome = TABLES[name].decide(facts, on=day).outcome
    assert outcome in {known.code for known in TABLES[name].outcomes}


@given(st.data())
def test_what_a_table_claims_to_be_stricter_is_never_milder(data):
    name = data.draw(st.sampled_from([n for n, t in TABLES.items() if t.stricter_with]))
    table = TABLES[name]
    field = data.draw(st.sampled_from(sorted(table.stricter_with)))
    facts = data.draw(facts_of(table))
    low, high = facts[field], data.draw(facts_of(table))[field]
    if table.inputs[field].kind == "number":
        if low is None or high is None:
            return
        low, high = sorted((low, high), reverse=table.stricter_with[field] == "down")
    else:
        low, high = sorted((low, high), key=bool)
    day = data.draw(st.dates(date(2014, 9, 1), date(2023, 1, 1)))
    ends = [table.strictness(table.decide({**facts, field: value}, on=day).outcome) for value in (low, high)]
    assert ends[0] <= ends[1]


def test_the_other_disease_shares_nothing_with_the_first():
    """21 days, 38 degrees, one seat, follow-up at home: numbers and words that no line of the engine knows."""
    ebola, entry = TABLES["ebola"], TABLES["entry"]
    assert not {o.code for o in ebola.outcomes} & {o.code for o in entry.outcomes}
    assert not {r for row in ebola.rows for r in row.rules} & {r for row in entry.rows for r in row.rules}
    day = date(2014, 11, 10)
    for degrees, end in ((37.3, "FREE"), (37.9, "FREE"), (38.0, "ISOLATE")):
        facts = {"temp_c": degrees, "days_since_exposure": 21}
        assert ebola.decide(facts, on=day).outcome == end
    assert ebola.decide({"temp_c": 39.0, "days_since_exposure": 21.5}, on=day).outcome == "FREE"


def test_rows_feed_the_table_of_either_disease():
    """The same count of rows, three of them for one disease, one for the other."""
    cases = [{"case_aboard": True, "rows_from_case": r} for r in (0, 1, 3, 4)]
    ends = decide_all(TABLES["contacts"], cases, on=DAY).outcomes
    assert ends == ["CLOSE_CONTACT", "CLOSE_CONTACT", "CLOSE_CONTACT", "ORDINARY_CONTACT"]
    aboard = [{"case_ill_aboard": True, "seats_from_case": n, "days_since_exposure": 0} for n in (0, 1, 2)]
    followed = decide_all(TABLES["ebola"], aboard, on=date(2014, 11, 10)).outcomes
    assert followed == ["FOLLOW_UP_21D", "FOLLOW_UP_21D", "FREE"]


def test_a_table_whose_last_row_is_taken_out_has_a_gap():
    for name, table in TABLES.items():
        undated = [row for row in table.rows if (row.since, row.until) == (date.min, date.max)]
        open_end = next((row for row in undated if not row.conditions), None)
        if open_end is None:
            assert table.hit == "unique", name
            continue
        left = replace(table, rows=tuple(row for row in table.rows if row is not open_end), examples=())
        assert "gap" in {finding.code for finding in check(left)}, name
