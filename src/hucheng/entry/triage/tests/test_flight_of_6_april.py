"""The flight of 6 April 2020: seats, contacts and the shipped table give the ends that were recorded."""

from datetime import date, datetime

import yaml

from hucheng.engines.manifests import Aboard, contacts_aboard
from hucheng.engines.rules import load_table


def facts_by_time(doc: dict) -> dict[str, str]:
    when: dict[str, str] = {}
    for event in doc["events"]:
        given_facts = event.get("with", {})
        if event["act"] == "results.arrive":
            new = given_facts["positive"]
        elif event["act"] == "person.fact" and "suspected" in given_facts["fact"]:
            new = given_facts["who"]
        else:
            continue
        for seat in new:
            when.setdefault(seat, event["at"])
    return when


def test_the_flight_of_6_april_2020_ends_as_recorded(reference):
    """CA910: 35 cases by seat; ends at each step recomputed by the shipped table."""
    doc = yaml.safe_load((reference / "scenarios" / "ca910-2020-04-06.yaml").read_text(encoding="utf-8"))
    cabin = [dict(zip(doc["cabin"]["columns"], row, strict=True)) for row in doc["cabin"]["rows"]]
    known = facts_by_time(doc)
    assert len(known) == 35
    entry = load_table("entry")
    for at, *want in doc["layout"]["index_table"]["rows"]:
        index = [seat for seat, since in known.items() if since <= at]
        contacts = contacts_aboard([Aboard(x["seat"], x["seat"], x["party"]) for x in cabin], index)
        ends = [ended(entry, x, at, index, contacts) for x in cabin]
        got = [ends.count(e) for e in ("HOSPITAL", "ISOLATE_CONTACT_14D", "ISOLATE_ENTRY_CITY_14D")]
        onward_or_held = sum(end in ("ONWARD_BEIJING", "HOLD_TEST") for end in ends)
        assert [len(index), *got, onward_or_held] == want[:5], at


def ended(entry, x: dict, at: str, index: list[str], contacts: dict) -> str:
    near = contacts.get(x["seat"])
    facts = {
        "temp_c": float(x["temperature_c"]),
        "symptoms": [s for s in x["symptoms"].split(";") if s],
        "contact_14d": x["contact_14d"] == "yes",
        "rows_from_case": near.rows_from_case if near else None,
        "companion_of_case": bool(near and near.companion),
        "case_status": "suspected" if x["seat"] in index else "none",
        "test": "negative" if x["first_result_at"] <= at else "pending",
        "declaration_complete": True,
        "destination": "Beijing" if x["destination"] == "Beijing" else "other",
    }
    return entry.decide(facts, on=datetime.fromisoformat(at).date()).outcome


def test_the_flight_needs_dates_inside_the_diversions():
    assert load_table("entry").decide({"destination": "other"}, on=date(2020, 4, 6)).outcome == "HOLD_DECLARATION"
