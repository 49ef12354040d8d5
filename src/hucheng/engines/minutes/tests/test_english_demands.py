"""Demands in English minutes: how they are introduced, where they are cut, what is none, and how each is judged."""

from datetime import date

import pytest

from hucheng.engines.minutes import Kind, Modality, Theme

from .english_cases import HELD_ON, demanded, only, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The meeting decided to set up a task force and to purchase 500 test kits.",
         ["set up a task force", "purchase 500 test kits"]),
        ("It was agreed that the Bureau would draft a protocol, circulate it to all members and report back.",
         ["draft a protocol", "circulate it to all members", "report back"]),
        ("The Chair asked the Port Authority to clean the terminal and Wang Wei to check the lists.",
         ["clean the terminal", "check the lists"]),
        ("The Director stressed the need to trace and isolate contacts.", ["trace and isolate contacts"]),
        ("The committee noted that masks were scarce and agreed that hospitals should share them.", ["share them"]),
        ("RESOLVED: That\n(a) the Director visit every home;\n(b) no resident be admitted without a test.",
         ["visit every home", "no resident be admitted without a test"]),
        ("The commander ordered units to:\n- check all vehicles;\n- keep a log.", ["check all vehicles", "keep a log"]),
        ("Requests the Port to provide a room and to open it by night;", ["provide a room", "open it by night"]),
        ("Forbids shore leave for crews;", ["Forbids shore leave for crews"]),
        ("All pillars are requested to update their registers.", ["update their registers"]),
        ("Efforts must be made to close the gate.", ["close the gate"]),
        ("Gatherings of more than ten people are prohibited.", ["Gatherings of more than ten people are prohibited"]),
        ("No vehicle may enter the zone without a pass.", ["No vehicle may enter the zone without a pass"]),
        ("Under no circumstances should samples be thawed.", ["Under no circumstances should samples be thawed"]),
        ("Every passenger must be tested and stay in a hotel.", ["Every passenger must be tested", "stay in a hotel"]),
        ("The Health Bureau shall, within 48 hours, publish the results.", ["publish the results"]),
        ("The meeting required that all units follow the plan, that leaders take turns and that gaps be reported.",
         ["follow the plan", "take turns", "gaps be reported"]),
        ("The board called for greater efforts to keep prices stable.", ["greater efforts to keep prices stable"]),
        ("1. Chief Santos to coordinate with the county on requests.", ["coordinate with the county on requests"]),
        ("1. Agreed.\n2. The meeting agreed that buses must be sealed.", ["buses must be sealed"]),
        ("Under no circumstances are passengers to leave.", ["Under no circumstances are passengers to leave"]),
        ("Decisions\n* We will stop all travel.\n- @Tom: confirm stocks", ["stop all travel", "confirm stocks"]),
        ("Dr Lee said: “We must not let our guard down,” and left.", ["must not let our guard down"]),
        ("Villages must register guests, ensuring that nobody is missed.",
         ["register guests", "ensuring that nobody is missed"]),
    ],
)  # fmt: skip
def test_what_is_demanded_and_where_it_is_cut(text, words):
    assert words_of(text)[: len(words)] == words


@pytest.mark.parametrize(
    "text",
    [
        "The committee noted that masks were scarce and that prices had risen.",
        "Wang Wei reported that 40 rooms had been disinfected and that 12 more would follow.",
        "Staff who must travel are listed in Annex 2.",
        "The Chair closed the meeting at 16:00.",
        "The next meeting will be held on 13 May 2021.",
        "The Secretary thanked everyone for attending.",
        "Recalling that all ports must report,",
        "The mayor said that schools would reopen when it is safe.",
        "The lists should have been sent on Monday.",
        "Next meeting\nMembers should arrive by 9 am.",
    ],
)
def test_what_is_only_told_is_no_demand(text):
    assert words_of(text) == []


ACTIONS = """Actions
1. Health Bureau to submit a list of contacts by 10 May.
2. Wang Wei and Port Authority to agree a protocol within 24 hours.
3. Health Bureau: train 40 nurses
4. Tom Fox will contact the airlines
5. Procure 2,000 masks
6. Review of the tracing data (Owner: Wang Wei)
"""


def test_a_list_of_actions_is_read_item_by_item_with_whoever_shall_do_it():
    assert [(one.text_clean, one.actors) for one in demanded(ACTIONS)] == [
        ("submit a list of contacts by 10 May", ("Health Bureau",)),
        ("agree a protocol within 24 hours", ("Wang Wei", "Port Authority")),
        ("train 40 nurses", ("Health Bureau",)),
        ("contact the airlines", ("Tom Fox",)),
        ("Procure 2,000 masks", ()),
        ("Review of the tracing data", ("Wang Wei",)),
    ]
    assert {one.section for one in demanded(ACTIONS)} == {"Actions"}


LABELLED = """1. Rooms
Action: Open the Garden Hotel and hand over 60 rooms
Owner: Health Bureau
Support: Port Authority
Due: 9 May 2021

Action: Check the ventilation. Owner: Tom Fox. Due: within 24 hours
"""
ROWS = """Decisions

No. | Action | Responsible | Deadline
1 | Patrol the forest tracks | Civil Protection | daily
2 | Draft rules for home quarantine | Health Bureau, Port Authority | 12 May 2021
3 | Lists of firms | tbc | ongoing
"""


def test_labels_line_by_line_are_one_action_with_its_owner_and_day():
    first, second, third = demanded(LABELLED)
    assert [one.text_clean for one in (first, second)] == ["Open the Garden Hotel", "hand over 60 rooms"]
    assert first.actors == second.actors == ("Health Bureau", "Port Authority")
    assert (first.lead.code, first.deadline, first.due) == ("health", "9 May 2021", date(2021, 5, 9))
    assert (third.text_clean, third.actors, third.due) == ("Check the ventilation", ("Tom Fox",), date(2021, 5, 7))


def test_rows_of_a_table_are_one_action_each():
    told = [(one.text_clean, one.actors, one.deadline) for one in demanded(ROWS)]
    assert told == [
        ("Patrol the forest tracks", ("Civil Protection",), "daily"),
        ("Draft rules for home quarantine", ("Health Bureau", "Port Authority"), "12 May 2021"),
        ("Lists of firms", (), None),
    ]


def test_an_owner_on_the_line_below_or_in_brackets_is_that_of_the_demands_above():
    below = demanded("The board agreed to open a second site.\nAction: Health Bureau, by 9 May")
    assert [(one.text_clean, one.actors, one.due) for one in below] == [
        ("open a second site", ("Health Bureau",), date(2021, 5, 9))
    ]
    assert only("The board agreed to open a second site (Action: Tom Fox).").actors == ("Tom Fox",)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Schools, hospitals and shops must measure temperature.", ("Schools", "hospitals", "shops")),
        ("All departments at all levels must check the doors.", ("All departments at all levels",)),
        ("We must check the doors.", ()),
        ("The doors must be checked by the fire brigade.", ("fire brigade",)),
        ("The doors must be checked.", ()),
        ("Efforts must be made to check the doors.", ()),
        ("Nobody may leave.", ()),
        ("1. Police to increase patrols.", ("Police",)),
        ("All sub-districts must check the doors.", ("All sub-districts",)),
        ("1. The Market Bureau is responsible for sampling imported fish.", ("Market Bureau",)),
        ("1. City Manager Patel will find a site.", ("City Manager Patel",)),
        ("1. Wei and Tom to review the contract.", ("Wei", "Tom")),
    ],
)
def test_only_whoever_is_told_is_an_actor(text, actors):
    assert only(text).actors == actors


def test_an_actor_stands_for_a_body_of_the_register():
    one = only("The board instructed the Lanhe Municipal Health Commission and all counties to inspect hotels.")
    assert (one.lead.code, one.lead.name.zh) == ("health", "卫生健康部门")
    assert one.supports[0].is_group and one.supports[0].members == ("county",)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ships must be inspected.", Modality.MUST),
        ("Ports must ensure that no ship is missed.", Modality.ENSURE),
        ("Ports should step up inspections.", Modality.STRENGTHEN),
        ("Crews must not go ashore.", Modality.FORBID),
        ("No crew may go ashore.", Modality.FORBID),
        ("Shore leave is prohibited.", Modality.FORBID),
    ],
)
def test_how_a_demand_is_worded(text, modality):
    assert only(text).modality is modality


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Counties must register guests.", Kind.ACTION),
        ("Counties must ensure that nobody is missed.", Kind.OUTCOME),
        ("Counties must resolutely prevent high-risk persons from travelling on.", Kind.OUTCOME),
        ("Counties must stay vigilant.", Kind.STANCE),
        ("Everyone should be fully aware of the situation.", Kind.STANCE),
        ("Counties must align their thinking with the decisions of the province.", Kind.STANCE),
        ("Counties must treat the airport as a top priority.", Kind.STANCE),
    ],
)
def test_what_sort_of_demand_it_is(text, kind):
    assert only(text).kind is kind


def test_a_sentence_that_the_next_ones_spell_out_is_their_heading():
    text = "We must prepare carefully for the reopening of schools. Draw up one plan for every school, train staff."
    heading, plan, _staff = demanded(text + " Hotels must submit lists.")[:3]
    assert (heading.kind, plan.kind, plan.parent) == (Kind.HEADING, Kind.ACTION, heading.id)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("No high-risk person may travel to Beijing.", Theme.CAPITAL_MOAT),
        ("Passengers from abroad must be tested.", Theme.IMPORT_LINE),
        ("Head teachers must submit plans.", Theme.SCHOOLS),
        ("Officers must pay grants to small shops.", Theme.ECONOMY),
        ("Counties must patrol the forests.", Theme.STABILITY),
        ("Counties must step up hand hygiene.", Theme.GENERAL),
    ],
)
def test_each_line_of_work_is_told_by_its_words(text, theme):
    assert only(text).theme is theme


def test_the_title_of_a_section_decides_in_doubt():
    (one,) = demanded("Welcome.\n\nSchools\nThe board agreed to clean all rooms twice a day.")
    assert one.theme is Theme.SCHOOLS and "by its block" in one.why.en


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Counties must set up a task force.", True),
        ("Counties must submit the lists by Friday.", True),
        ("Counties must test every arrival.", True),
        ("Crews must not go ashore.", True),
        ("Counties must whitewash the kennels.", True),
        ("Counties must reassure the families.", False),
        ("Counties must strengthen coordination.", False),
        ("Counties must further improve their work.", False),
        ("Counties should consider a second clinic.", False),
    ],
)
def test_whether_a_third_person_could_verify_it(text, counted):
    one = only(text)
    assert one.measurable == counted and (one.measure is not None) == counted


def test_a_measure_is_suggested_in_both_languages():
    one = only("The board decided to requisition two hotels.")
    assert (one.measure.en, one.measure.zh) == ("rooms ready", "可用房间数（间）")


@pytest.mark.parametrize(
    ("text", "said", "due"),
    [
        ("The Bureau must report by noon tomorrow.", "by noon tomorrow", date(2021, 5, 7)),
        ("The Bureau must report by Friday.", "by Friday", date(2021, 5, 7)),
        ("The Bureau must report by Thursday.", "by Thursday", date(2021, 5, 13)),
        ("The Bureau must report by next Monday.", "by next Monday", date(2021, 5, 10)),
        ("The Bureau must report within 48 hours.", "within 48 hours", date(2021, 5, 8)),
        ("The Bureau must report within two working days.", "within two working days", date(2021, 5, 10)),
        ("By 8 May, every hospital must count its beds.", "By 8 May", date(2021, 5, 8)),
        ("The Bureau must report by 1 April.", "by 1 April", date(2022, 4, 1)),
        ("The Bureau must report by the end of April 2022.", "by the end of April 2022", date(2022, 4, 30)),
        ("The Bureau must report by the end of the month.", "by the end of the month", date(2021, 5, 31)),
        ("The Bureau must report by 22/05/2021.", "by 22/05/2021", date(2021, 5, 22)),
        ("The Bureau must report by 03/06/2021.", "by 03/06/2021", None),
        (
            "The Bureau must report not later than six hours prior to landing.",
            "not later than six hours prior to landing",
            None,
        ),
        ("The Bureau must report daily.", "daily", None),
        ("The Bureau must report as soon as possible.", "as soon as possible", None),
        ("The Bureau must keep a daily register.", None, None),
    ],
)
def test_a_deadline_stays_as_written_and_names_its_day_where_it_can(text, said, due):
    one = only(text)
    assert (one.deadline, one.due) == (said, due) and date(2021, 5, 6) == HELD_ON


def test_the_reason_says_what_opened_the_demand_and_what_decided():
    one = only("The board instructed hotels to test every arrival.")
    assert one.why.en == (
        "opened by “instructed”; action: something one can start; import line (by “arrival”); "
        "can be verified (by “test”)."
    )
    assert one.why.zh.startswith("由“instructed”引出")
