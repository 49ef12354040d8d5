"""Stages and alarms on their pages: what is shown to whom, what a form does, what it answers when it cannot."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.schools.reopening.actions import open_schools, raise_alarm
from hucheng.schools.reopening.models import Alarm, Closing, Opening, Stage
from hucheng.schools.testing import (
    RETURN,
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    on_the_day,
    stated,
)

pytestmark = pytest.mark.django_db
LATER = after(days=10)
FINDING = {"kind": "fever", "grade": "12", "class_number": "3", "note": "three pupils"}


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def school():
    """A school whose grade 12 has returned."""
    one, stage = an_accepted_school(), a_stage()
    open_schools(actor=head_of(), key=stage.key, school_ids=[one.pk], at=on_the_day(stage))
    return one


def asked(client, actor, name, *args, data=None, at=LATER, language="en"):
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(at):
        url = reverse(f"schools:{name}", args=args)
        return client.get(url) if data is None else client.post(url, data)


def text(answer):
    return answer.content.decode()


def announced(client, *grades, opens_on="2020-04-13", at=MORNING):
    given = {"name_zh": "返校", "name_en": "Return", "grades": [str(grade) for grade in grades], "opens_on": opens_on}
    return asked(client, education(), "announce", data=given, at=at)


@pytest.mark.parametrize("grades", [(9,), (7, 8), tuple(range(1, 12)), tuple(range(1, 13)), tuple(range(13))])
def test_a_stage_of_any_grades_can_be_moved_to_another_day_and_announced_twice(client, grades):
    for day in ("2020-04-13", "2020-04-20", "2020-04-20"):
        assert announced(client, *grades, opens_on=day).status_code == 302
    told = [(stage.grades, str(stage.opens_on)) for stage in Stage.objects.order_by("announced_at", "opens_on")]
    assert told == [(list(grades), "2020-04-13"), (list(grades), "2020-04-20")]


def test_a_stage_that_is_not_filled_in_keeps_what_was_typed_and_announces_nothing(client):
    for wrong in ({"grades": []}, {"grades": ["13"]}, {"name_en": ""}, {"opens_on": "2020-02-30"}):
        given = {"name_zh": "初三返校", "name_en": "Grade 9", "grades": ["9"], "opens_on": "2020-04-13"} | wrong
        answer = asked(client, education(), "announce", data=given)
        assert answer.status_code == 422 and "Mend the fields that are marked." in text(answer)
        assert "初三返校" in text(answer)
    assert not Stage.objects.exists()


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (lambda: an_actor(Role.DEPARTMENT, CITY, "TY-DRC"), 422),
        (lambda: an_actor(Role.LEADING_GROUP), 404),
        (lambda: an_actor(Role.COMMAND_OFFICE), 404),
        (county_clerk, 404),
        (head_of, 404),
    ],
    ids=["another department", "leading group", "command office", "county", "school"],
)
def test_nobody_but_education_announces_from_the_page(client, actor, status):
    given = {"name_zh": "返校", "name_en": "Return", "grades": ["9"], "opens_on": "2020-04-13"}
    answer = asked(client, actor(), "announce", data=given)
    assert answer.status_code == status and not Stage.objects.exists()
    assert status == 404 or "not_of_education" in text(answer)


@pytest.mark.parametrize("actor", [education, county_clerk, lambda: an_actor(Role.LEADING_GROUP)])
@pytest.mark.parametrize(("language", "words"), [("en", "No stage is announced yet."), ("zh-hans", "尚未公布批次。")])
def test_before_a_stage_is_announced_the_page_says_so(client, actor, language, words):
    assert words in text(asked(client, actor(), "reopening", language=language))


def test_a_stage_is_to_come_then_not_all_open_then_all_open(client):
    school, stage = an_accepted_school(), a_stage()
    assert "to come" in text(asked(client, education(), "reopening", at=after(60)))
    assert "not all open" in text(asked(client, education(), "reopening", at=on_the_day(stage)))
    open_schools(actor=head_of(), key=stage.key, school_ids=[school.pk], at=on_the_day(stage))
    page = text(asked(client, education(), "reopening", at=on_the_day(stage)))
    assert "all open" in page and "not all open" not in page and "Who opened when: 1 school" in page


def test_the_button_opens_the_accepted_schools_of_the_own_county_alone(client):
    mine, other, stage = an_accepted_school("S14010501"), an_accepted_school("S14012301"), a_stage()
    held = a_school("S14010502")
    button = "Open 1 accepted school"
    assert button not in text(asked(client, county_clerk(), "reopening", at=on_the_day(stage) - timedelta(days=1)))
    page = text(asked(client, county_clerk(), "reopening", at=on_the_day(stage)))
    assert button in page and held.name_en in page and other.name_en not in page
    assert asked(client, county_clerk(), "open_ready", stage.key, data={}, at=on_the_day(stage)).status_code == 302
    assert [opening.school_id for opening in Opening.objects.all()] == [mine.pk]


def test_the_leading_group_sees_no_button_and_opens_nothing(client):
    an_accepted_school()
    stage, leader = a_stage(), an_actor(Role.LEADING_GROUP)
    page = text(asked(client, leader, "reopening", at=on_the_day(stage)))
    assert "Open 1 accepted school" not in page and "Announce the stage" not in page
    assert asked(client, leader, "open_ready", stage.key, data={}, at=on_the_day(stage)).status_code == 404
    assert not Opening.objects.exists()


def test_for_a_stage_that_nobody_announced_no_school_waits(client):
    school = an_accepted_school()
    answer = asked(client, education(), "open_ready", "grade-1", data={})
    assert answer.status_code == 422 and "nobody_ready" in text(answer)
    assert asked(client, head_of(), "open_school", school.pk, "grade-1", data={}).status_code == 404


def test_a_county_opens_one_school_and_comes_back_to_it(client):
    school, stage = an_accepted_school(), a_stage()
    for stranger in (county_clerk(OTHER_COUNTY), head_of("S14010502")):
        answer = asked(client, stranger, "open_school", school.pk, stage.key, data={}, at=on_the_day(stage))
        assert answer.status_code == 404
    done = asked(client, county_clerk(), "open_school", school.pk, stage.key, data={}, at=on_the_day(stage))
    assert done.url == reverse("schools:school", args=[school.pk])
    again = asked(client, county_clerk(), "open_school", school.pk, stage.key, data={}, at=on_the_day(stage))
    assert again.status_code == 422 and "opened_before" in text(again) and Opening.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"grade": ""}, "form_incomplete"),
        ({"grade": "-12"}, "form_incomplete"),
        ({"grade": "²"}, "form_incomplete"),
        ({"grade": "1" * 5_000}, "form_incomplete"),
        ({"class_number": "1" * 5_000}, "form_incomplete"),
        ({"class_number": "3a"}, "form_incomplete"),
        ({"kind": ""}, "form_incomplete"),
        ({"kind": "rumour"}, "form_incomplete"),
        ({"grade": "11"}, "class_not_open"),
        ({"grade": "999"}, "class_not_open"),
        ({"class_number": "0"}, "class_not_open"),
        ({"class_number": "100"}, "class_not_open"),
        ({"note": "  "}, "note_empty"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_beside_the_school_and_closes_nothing(client, school, wrong, code):
    for actor in (head_of(), county_clerk()):
        answer = asked(client, actor, "alarm", school.pk, data=FINDING | wrong)
        assert answer.status_code == 422 and code in text(answer)
    assert not Alarm.objects.exists() and not Closing.objects.exists()


def test_a_long_finding_is_kept_in_its_first_three_hundred_signs_and_shown_as_text(client, school):
    note = "<b>fever</b>" + "x" * 400
    assert asked(client, head_of(), "alarm", school.pk, data=FINDING | {"note": note}).status_code == 302
    assert Alarm.objects.get().note == note[:300]
    page = text(asked(client, county_clerk(), "school", school.pk))
    assert "<b>fever</b>" not in page


@pytest.mark.parametrize(
    ("language", "one", "grade"),
    [("en", "grade 12, class 3", "the whole grade 12"), ("zh-hans", "12 年级 3 班", "12 年级全部")],
)
def test_what_is_closed_stands_on_the_page_of_stages_by_class_and_by_grade(client, school, language, one, grade):
    def page(actor):
        return text(asked(client, actor, "reopening", language=language))

    assert one not in page(education())
    asked(client, head_of(), "alarm", school.pk, data=FINDING)
    assert one in page(education()) and grade not in page(education()) and one in page(county_clerk())
    asked(client, head_of(), "alarm", school.pk, data=FINDING | {"class_number": "4"})
    assert grade in page(education())
    assert one not in page(county_clerk(OTHER_COUNTY))


def test_a_unit_returns_by_a_reason_once_and_from_no_other_hand(client, school):
    asked(client, head_of(), "alarm", school.pk, data=FINDING)
    unit = Closing.objects.get()
    for actor in (head_of(), an_actor(Role.LEADING_GROUP), county_clerk(OTHER_COUNTY)):
        assert asked(client, actor, "reopen", school.pk, unit.pk, data={"why": "well"}).status_code == 404
    other = an_actor(Role.DEPARTMENT, CITY, "TY-DRC")
    assert "not_of_education" in text(asked(client, other, "reopen", school.pk, unit.pk, data={"why": "well"}))
    empty = asked(client, education(), "reopen", school.pk, unit.pk, data={})
    assert empty.status_code == 422 and "reason_missing" in text(empty)
    assert asked(client, education(), "reopen", school.pk, school.pk, data={"why": "well"}).status_code == 404
    assert asked(client, education(), "reopen", school.pk, unit.pk, data={"why": "negative"}).status_code == 302
    again = asked(client, county_clerk(), "reopen", school.pk, unit.pk, data={"why": "negative"})
    assert again.status_code == 422 and "open_again" in text(again)
    unit.refresh_from_db()
    assert (unit.why_reopened, unit.reopened_by_id) == ("negative", education().user_id)


def test_a_school_that_lost_its_acceptance_waits_with_what_holds_it(client):
    """Masks for a fortnight lapse before the day of return: the page names the item instead of offering to open."""
    school, stage = an_accepted_school(), a_stage(opens_on=RETURN + timedelta(days=7))
    page = text(asked(client, education(), "reopening", at=on_the_day(stage)))
    assert "0 accepted and waiting, 1 not accepted." in page and "Daily protection" in page
    stated(school, 6, at=on_the_day(stage, 7))
    accepted(school, 6, at=on_the_day(stage, 7))
    page = text(asked(client, education(), "reopening", at=on_the_day(stage)))
    assert "1 accepted and waiting, 0 not accepted." in page


def test_a_finding_of_one_school_is_seen_by_no_other(client, school):
    an_accepted_school("S14010502")
    finding = {"kind": Alarm.Kind.FEVER, "grade": 12, "class_number": 3, "note": "x"}
    raise_alarm(actor=head_of(), school_id=school.pk, at=LATER, **finding)
    assert "class 3" not in text(asked(client, head_of("S14010502"), "workbench"))
    assert asked(client, head_of("S14010502"), "alarm", school.pk, data=FINDING).status_code == 404
    assert Alarm.objects.count() == 1 and Alarm.objects.get().at.date() == date(2020, 3, 31)
