"""Documents of other tools, and what another tool would make of ours."""

from datetime import date
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import load_table
from hucheng.engines.rules.dmn import DMN, read_dmn, table_dmn
from hucheng.engines.rules.tests.making import facts_of

NS = {"d": DMN}


def _clause(name, kind, allowed=""):
    values = f"<inputValues><text>{allowed}</text></inputValues>" if allowed else ""
    return f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression>{values}</input>'


def _rule(name, cells, end, told=""):
    entries = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
    return f'<rule id="{name}">{told}{entries}<outputEntry><text>"{end}"</text></outputEntry></rule>'


PARTS = [
    _clause("temp", "number", "[34..43]"),
    _clause("declared", "boolean"),
    _clause("test", "string", '"neg","pos"'),
    '<output name="answer" typeRef="string"><outputValues><text>"stay","fly"</text></outputValues></output>',
    _rule("r1", ["&gt;= 37.3", "-", ""], "stay"),
    _rule("r2", ["&lt; 37.3", "false", '"neg","pos"'], "stay", "<description>no paper</description>"),
    _rule("r3", ["[34..37.3)", "true", '"neg"'], "fly"),
    _rule("r4", ["&lt; 37.3", "true", '"pos"'], "stay"),
]
FOREIGN = (
    '<definitions xmlns="{ns}" name="model"><decision id="d" name="Fit to fly"><decisionTable hitPolicy="{hit}">'
    + "".join(PARTS)
    + "</decisionTable></decision></definitions>"
)
SPACES = [DMN, "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "https://www.omg.org/spec/DMN/20211108/MODEL/"]


def foreign(**changes):
    text = FOREIGN.replace("{ns}", changes.pop("ns", DMN)).replace("{hit}", changes.pop("hit", "UNIQUE"))
    for old, new in changes.get("replaced", {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


@pytest.mark.parametrize("ns", SPACES)
def test_a_document_of_another_tool_becomes_a_table_that_decides(ns):
    table = read_dmn(foreign(ns=ns))
    assert (table.name, table.hit, [o.code for o in table.outcomes]) == ("Fit to fly", "unique", ["fly", "stay"])
    assert [row.id for row in table.rows] == ["r1", "no paper", "r3", "r4"]
    healthy = {"temp": 36.5, "declared": True, "test": "neg"}
    day = date(2020, 3, 24)
    assert table.decide(healthy, on=day).outcome == "fly"
    for worse in ({"temp": 37.3}, {"declared": False}, {"test": "pos"}):
        assert table.decide({**healthy, **worse}, on=day).outcome == "stay"


@pytest.mark.parametrize(
    ("hit", "ours"),
    [("UNIQUE", "unique"), ("FIRST", "first"), ("PRIORITY", "priority"), ("COLLECT", "collect")],
)
def test_the_policies_have_their_names_in_both_worlds(hit, ours):
    table = read_dmn(foreign(hit=hit))
    assert table.hit == ours and f'hitPolicy="{hit}"' in table_dmn(table).decode()


def test_without_a_policy_it_is_unique_as_the_standard_says():
    assert read_dmn(foreign(replaced={' hitPolicy="UNIQUE"': ""})).hit == "unique"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('hitPolicy="UNIQUE"', 'hitPolicy="RULE ORDER"', "hit: one of"),
        ("&gt;= 37.3", "hot", "row r1: temp: 'hot'"),
        ('<text>"fly"</text></outputEntry>', "<text>fly()</text></outputEntry>", "row r3: quoted texts"),
        ('typeRef="boolean"', 'typeRef="context"', "input declared"),
        ('<inputValues><text>"neg","pos"</text></inputValues>', "", "input test"),
        ("<text>declared<", "<text>temp<", "same expression"),
        ("<text>declared<", "<text><", "no expression"),
        ("<inputEntry><text>-</text></inputEntry>", "", "row r1: 2 conditions for 3 inputs"),
        ('<output name="answer"', '<output name="second"/><output name="answer"', "one output"),
        ("<decision id", '<decision id="e"><decisionTable/></decision><decision id', "one decision"),
        ("decisionTable ", "literal ", "not XML|one decision"),
    ],
)
def test_a_document_we_cannot_take_is_refused_with_the_place(old, new, told):
    with pytest.raises(ValueError, match=told):
        read_dmn(foreign(replaced={old: new}))


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>",
        b"x" * 5_000_001,
    ],
    ids=["entity", "outside", "open", "large"],
)
def test_nothing_in_a_document_reaches_out_or_grows(bomb):
    with pytest.raises(ValueError, match="XML|larger"):
        read_dmn(bomb)


EXTENSIONS = ["[]", "{", '{"inputs": 1}', '{"inputs": {"a": 1}}', '{"inputs": {"a": {"kind": "flag", "values": 1}}}']


@pytest.mark.parametrize("more", [*EXTENSIONS, '{"inputs": {"a": {"kind": []}}}', '{"inputs": {"a": {}}}'])
def test_an_extension_that_is_not_ours_is_refused(more):
    element = f'<extensionElements><h:table xmlns:h="urn:hucheng:rules">{more}</h:table></extensionElements>'
    with pytest.raises(ValueError, match="extension"):
        read_dmn(foreign(replaced={"<decisionTable": element + "<decisionTable"}))


def test_a_document_has_one_entry_for_each_clause_and_strictest_first():
    entry = load_table("entry")
    grid = Xml.fromstring(table_dmn(entry)).find("d:decision/d:decisionTable", NS)
    clauses = [c.findtext("d:inputExpression/d:text", namespaces=NS) for c in grid.findall("d:input", NS)]
    assert clauses == ["day", *entry.inputs]
    for rule in grid.findall("d:rule", NS):
        assert len(rule.findall("d:inputEntry", NS)) == len(clauses)
        assert len(rule.findall("d:annotationEntry", NS)) == len(grid.findall("d:annotation", NS))
    values = grid.findtext("d:output/d:outputValues/d:text", namespaces=NS)
    assert values.startswith('"REFUSE_ENTRY","HOSPITAL"') and values.endswith('"ONWARD_BEIJING"')
    ids = [e.get("id") for e in Xml.fromstring(table_dmn(entry)).iter() if e.get("id")]
    assert len(set(ids)) == len(ids)


def _day_holds(cell, day):
    days = [date.fromisoformat(part.split('"')[0]) for part in cell.split('date("')[1:]]
    if cell == "-":
        return True
    if len(days) == 2:
        return days[0] <= day <= days[1]
    return day >= days[0] if cell.startswith(">=") else day <= days[0]


@given(st.data())
def test_another_engine_that_knows_only_the_grid_keeps_the_dates(data):
    """Rows whose day clause holds, read from the document alone, are the rows in force on that day."""
    name = data.draw(st.sampled_from(["entry", "capital", "flights", "boarding"]))
    day = data.draw(st.dates(date(2020, 1, 1), date(2023, 12, 31)))
    table = load_table(name)
    grid = Xml.fromstring(table_dmn(table)).find("d:decision/d:decisionTable", NS)
    held = [
        rule.findtext("d:description", namespaces=NS)
        for rule in grid.findall("d:rule", NS)
        if _day_holds(rule.find("d:inputEntry", NS).findtext("d:text", namespaces=NS), day)
    ]
    assert held == [row.id for row in table.rows if row.since <= day <= row.until]


@given(st.data())
def test_a_table_that_went_through_dmn_decides_the_same(data):
    table = load_table("entry")
    facts, day = data.draw(facts_of(table)), data.draw(st.dates(date(2020, 1, 1), date(2020, 12, 31)))
    assert THROUGH.decide(facts, on=day) == table.decide(facts, on=day)


THROUGH = read_dmn(table_dmn(load_table("entry")))
