"""English minutes beside earlier ones: the same demand worded again, tightened or new; what is no demand twice."""

import pytest

from hucheng.engines.minutes import Standing, compare, conflicts, read
from hucheng.engines.minutes.likeness import SAME, text_likeness

from .english_cases import HEAD, demanded


def meeting(number: int, text: str):
    return read(HEAD.replace("5th", f"{number}th").replace("6 May", f"{number} May") + text)


EARLIER = (
    "The board decided that hotels should promptly check the lists of all passengers. Ports must inspect ships within "
    "two days. Schools must submit their plans by 20 May. All counties must stock masks."
)
LATER = (
    "The board decided that hotels should check the passenger lists within 24 hours. Ports must inspect all ships "
    "within four days. Schools must submit their plans by 12 May. The Health Bureau must open a clinic."
)


def test_what_became_of_each_demand():
    found = compare([meeting(5, EARLIER)], meeting(6, LATER))
    told = {one.last.directive.text_clean: one.standing for one in found.demands}
    assert told == {
        "check the passenger lists within 24 hours": Standing.TIGHTENED,
        "inspect all ships within four days": Standing.REPEATED,
        "submit their plans by 12 May": Standing.TIGHTENED,
        "open a clinic": Standing.NEW,
        "stock masks": Standing.DROPPED,
    }
    (looser,) = [one for one in found.demands if "ships" in one.last.directive.text_clean]
    assert "deadline from “within two days” to “within four days” (looser)" in looser.why.en.lower()


def test_a_demand_of_three_meetings_without_movement_is_told():
    said = "The board decided that hotels should check the lists."
    found = compare([meeting(5, said), meeting(6, said)], meeting(7, said))
    assert [one.last.directive.text_clean for one in found.stalled] == ["check the lists"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("check the lists of all passengers", "check every passenger list", True),
        ("submit a list of close contacts by Friday", "submit the list of contacts within two days", True),
        ("submit a list of close contacts", "submit a plan for the schools", False),
        ("disinfect buses", "disinfect dormitories", False),
        ("publish answers in English", "ensure that masks are in stock", False),
    ],
)
def test_two_wordings_of_one_demand_share_its_words(one, other, same):
    assert (text_likeness(one, other) >= SAME) == same


def test_demands_of_different_matters_are_in_no_conflict_and_the_same_one_twice_is():
    assert conflicts(demanded(LATER)) == ()
    (twice,) = conflicts(demanded("Ports must inspect all ships. Members left. Ports must inspect ships."))
    assert twice.kind == "twice"
