"""Whom the minutes name: right on the reference minutes, first in the form, and a person still decides."""

import json
from collections import Counter
from pathlib import Path

import pytest

from hucheng.command.directives.named import lead_and_supports, named_in, offered
from hucheng.command.directives.suggest import owners
from hucheng.command.directives.units import support_choices
from hucheng.command.testing import a_meeting, opened, sent, signed_in, the_directive
from hucheng.core.places.queries import organisations
from hucheng.core.testing import after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
SAID = "会议要求,市教育局和各县(市、区)要两日内征用一批酒店。\n"
EXAMPLES = Path(__file__).parent / "data" / "actors.json"
TERMS = {"due": "2020-03-23T18:00", "measure": "command.tasks.bodies_set_up"}


def units(*actors):
    return [one.units for one in named_in(actors, organisations())]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("教育部门", "TY-EDU"),
        ("市公安局", "TY-PSB"),
        ("公安局", "TY-PSB"),
        ("市卫健委", "TY-HC"),
        ("县教育局", "C-*-EDU"),
        ("县(市、区)", "C-*-LG"),
        ("各区", "C-*-LG"),
        ("全市各级各部门", "C-*-LG"),
        ("学校", "TY-EDU"),
        ("公共交通", "TY-TRANS"),
        ("酒店保障专班", "TF-HOTEL"),
        ("市领导小组办公室", "TY-LGO"),
        ("Education Bureau", "TY-EDU"),
        ("the Municipal Public Security Bureau", "TY-PSB"),
        ("health commission", "TY-HC"),
        ("County Education Bureau", "C-*-EDU"),
        ("all counties", "C-*-LG"),
    ],
)
def test_an_actor_stands_for_the_body_that_the_city_knows_it_by(written, first):
    (found,) = units(written)
    assert found[0] == first


@pytest.mark.parametrize(
    "written",
    ["相关部门", "省卫健委", "Provincial Education Bureau", "the management", "小店区教育局", "某公司", "", "C-*-LG"],
)
def test_nobody_is_guessed_where_no_single_body_is_meant_or_it_is_not_the_citys(written):
    assert units(written) == [()]


def test_every_body_of_the_tables_is_in_the_register_of_the_city():
    known = organisations()
    may = {code for code, _name in support_choices(known)}
    kinds = [one for body in ("教育部门", "各县区", "企业", "医院", "社区", "学校") for one in units(body)]
    assert kinds and {unit for found in kinds for unit in found} <= may
    assert {owner.lead for owner in owners()} <= may


def test_whom_the_text_names_leads_and_the_catalogue_supports():
    named = named_in(["县(市、区)", "教育部门"], organisations())
    assert lead_and_supports(named, "TF-HOTEL", ("TY-CULT",)) == (
        "TY-EDU",
        ("C-*-LG", "C-*-EDU", "TF-HOTEL", "TY-CULT"),
    )


def test_everybody_is_offered_and_chosen_by_nobody():
    named = named_in(["全市各级各部门"], organisations())
    assert offered(named) == ["C-*-LG"] and lead_and_supports(named, "TF-HOTEL", ()) == ("TF-HOTEL", ())


def test_a_pattern_over_the_counties_never_leads():
    named = named_in(["各区"], organisations())
    assert lead_and_supports(named, "", ()) == ("", ("C-*-LG",))
    assert lead_and_supports(named, "TY-HC", ("C-*-LG",)) == ("TY-HC", ("C-*-LG",))


@pytest.mark.parametrize(("language", "group"), [("en", "Named in the minutes"), ("zh-hans", "纪要点名")])
def test_the_form_puts_those_named_first_and_says_whom_it_understood(client, language, group):
    one = the_directive(a_meeting(SAID), "征用")
    page = opened(signed_in(client, language=language), "meeting", one.meeting_id, open=one.pk)
    form, text = page.context["form"], page.content.decode()
    assert form.initial["lead"] == "TY-EDU" and form.initial["supports"][:2] == ["C-*-LG", "TF-HOTEL"]
    assert form.fields["lead"].choices[1][0] == group and form.fields["lead"].choices[1][1][0][0] == "TY-EDU"
    assert group in text and all(actor in text for actor in one.actors)


def test_the_office_passes_it_on_to_another_body_before_and_after_it_is_published(client):
    one = the_directive(a_meeting(SAID), "征用")
    office = signed_in(client)
    for lead, minute in (("TF-HOTEL", 5), ("TY-CULT", 9)):
        assert sent(office, "assign", one.pk, at=after(minute), lead=lead, **TERMS).status_code == 302
        sent(office, "publish", one.meeting_id, at=after(minute + 1))
        assert [task.unit_id for task in one.tasks.all()] == [lead]


def test_actors_of_the_reference_minutes_get_the_right_body_first():
    """Every actor that the labels of the four open minutes give to actions and outcomes, with how often it stands."""
    told = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    right = Counter()
    for one in told:
        (found,) = units(one["actor"])
        right[(found[0] if found else "") == one["unit"]] += one["times"]
    assert right == Counter({True: 45})
