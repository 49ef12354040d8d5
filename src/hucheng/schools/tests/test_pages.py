"""Pages of schools in both languages: what they say, who sees them, what they refuse, how many queries they take."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.schools.readiness.actions import inspect, sign
from hucheng.schools.readiness.models import School, SelfCheck, State, Verdict
from hucheng.schools.reopening.actions import open_schools
from hucheng.schools.reopening.models import Closing, Opening, Stage
from hucheng.schools.testing import (
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    items_of,
    stated,
)

pytestmark = pytest.mark.django_db
LANGUAGES = [("zh-hans", "zh-Hans"), ("en", "en")]
DAY = after(days=9)


@pytest.fixture(autouse=True)
def city():
    a_city()


def asked(client, actor, name, *args, data=None, at=MORNING, language="en", query=""):
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(at):
        url = reverse(f"schools:{name}", args=args) + query
        return client.get(url) if data is None else client.post(url, data)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(("language", "tag"), LANGUAGES)
def test_a_school_sees_its_ten_items_and_what_comes_next(client, language, tag):
    school = a_school()
    stated(school, 1, 4)
    a_stage()
    answer = asked(client, head_of(), "workbench", language=language)
    page = text(answer)
    assert answer.status_code == 200 and f'lang="{tag}"' in page and page.count("<li>\n<div class=") == 10
    assert ("十项中 0 项合格" if language == "zh-hans" else "0 of 10 items hold") in page
    assert ("下一项：逐人筛查到位" if language == "zh-hans" else "Next: Everybody screened") in page
    assert "2020-03-30" in page


def test_a_school_that_is_not_entered_is_told_who_enters_it(client):
    page = text(asked(client, head_of("S14010577"), "workbench"))
    assert "S14010577" in page and "not entered yet" in page


def test_a_school_states_an_item_on_its_phone(client):
    school = a_school()
    form = asked(client, head_of(), "self_check", school.pk, 5)
    assert form.status_code == 200 and "pupils in the fullest room" in text(form)
    given = {"in_place": "yes", "evidence": "all rooms", "figure": "3", "valid_until": "2020-06-30"}
    assert asked(client, head_of(), "self_check", school.pk, 5, data=given).status_code == 302
    assert items_of(school, 5)[0].state(MORNING.date()) == State.TO_INSPECT
    again = asked(client, head_of(), "self_check", school.pk, 5, data=given)
    assert again.status_code == 422 and "nothing_new" in text(again)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "每室住 2 至 3 人"), ("en", "Two or three pupils a room")])
def test_a_statement_beyond_the_limit_answers_422_with_the_need_and_keeps_what_was_typed(client, language, words):
    school = a_school()
    given = {"in_place": "yes", "evidence": "十二间住四人", "figure": "4", "valid_until": "2020-06-30"}
    answer = asked(client, head_of(), "self_check", school.pk, 5, data=given, language=language)
    assert answer.status_code == 422 and words in text(answer) and "十二间住四人" in text(answer)
    assert not SelfCheck.objects.exists()


@pytest.mark.parametrize("given", [{}, {"in_place": "perhaps"}, {"in_place": "yes", "evidence": "x", "figure": "-1"}])
def test_a_form_without_its_answers_says_what_is_missing(client, given):
    school = a_school()
    answer = asked(client, head_of(), "self_check", school.pk, 5, data=given)
    assert answer.status_code == 422 and 'role="alert"' in text(answer) and not SelfCheck.objects.exists()


@pytest.mark.parametrize("number", ["0", "11", "abc", "1" * 5_000])
def test_there_is_no_eleventh_item(client, number):
    assert asked(client, head_of(), "self_check", a_school().pk, number).status_code == 404


@pytest.mark.parametrize(("language", "tag"), LANGUAGES)
def test_the_matrix_says_how_many_are_ready_and_what_holds_the_others(client, language, tag):
    an_accepted_school("S14010501")
    stated(a_school("S14010502"), 1, 2, 3, 4)
    a_stage()
    page = text(asked(client, education(), "matrix", language=language))
    assert ("2 所中 <b>1 所可开学</b>" if language == "zh-hans" else "<b>1 of 2 schools</b> are ready") in page
    assert (
        "最多卡在<b>分散住宿到位</b>" if language == "zh-hans" else "Held most by <b>Spread dormitories</b>"
    ) in page
    assert page.count('<td class="x ') == 20 and page.count('<td class="x ok"') == 10


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_county_code_that_no_division_has_is_shown_as_it_is_and_hides_no_other_school(client, language):
    """A slip of the pen that was entered before codes were checked must not take the matrix from everybody else."""
    a_school("S14010502", grade12=0)
    School.objects.update(code="S14019901", place="140199")
    a_school("S14010501")
    page = text(asked(client, education(), "matrix", language=language))
    assert "<b>140199</b>" in page and ">140199</option>" in page and "S14010501" in page
    book = load_workbook(BytesIO(asked(client, education(), "matrix_xlsx", language=language).content))
    _head, *rows = book.active.iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["S14010501", "S14019901"] and rows[1][1] == "140199"


def test_the_matrix_is_filtered_by_county_and_by_result_and_its_sentence_stays(client):
    an_accepted_school("S14010501")
    a_school("S14012301")
    for query, shown, hidden in (
        ("?county=140123", "School S14012301", "School S14010501"),
        ("?show=open", "School S14012301", "School S14010501"),
        ("?show=ready", "School S14010501", "School S14012301"),
    ):
        page = text(asked(client, education(), "matrix", query=query))
        assert shown in page and hidden not in page and "1 of 2 schools" in page
    assert asked(client, education(), "matrix", query="?show=other").status_code == 404


def test_a_county_sees_its_own_schools_only(client):
    mine, other = a_school("S14010501"), a_school("S14012301")
    page = text(asked(client, county_clerk(), "matrix"))
    assert mine.name_en in page and other.name_en not in page
    assert asked(client, county_clerk(), "school", other.pk).status_code == 404
    assert asked(client, county_clerk(OTHER_COUNTY), "school", mine.pk).status_code == 404
    assert asked(client, head_of("S14010502"), "school", mine.pk).status_code == 404


def queries_of(client, counted, name, *args, at=MORNING):
    with counted as found:
        assert asked(client, education(), name, *args, at=at).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["matrix", "matrix_xlsx", "reopening"])
def test_more_schools_take_no_more_queries(client, name):
    a_stage()
    an_accepted_school("S14010501")
    a_school("S14012301")
    queries_of(client, CaptureQueriesContext(connection), name)
    first = queries_of(client, CaptureQueriesContext(connection), name)
    for n in range(2, 8):
        stated(a_school(f"S1401050{n}"))
        an_accepted_school(f"S1401230{n}")
    assert queries_of(client, CaptureQueriesContext(connection), name) == first


def test_the_export_holds_what_is_shown_and_no_formula(client):
    school = a_school(name_en="=1+1")
    stated(school, 1)
    book = load_workbook(BytesIO(asked(client, education(), "matrix_xlsx").content))
    head, row = book.active.iter_rows(values_only=True)
    assert len(head) == 16 and row[2] == "'=1+1" and row[4] == "To inspect" and row[5] == "Not yet in place"


def test_a_county_accepts_the_chosen_items_and_returns_one_with_its_reason(client):
    school = a_school()
    one, other = stated(school, 1, 2)
    given = {"item": [str(one.pk)], "answer": "accepted"}
    assert asked(client, county_clerk(), "inspect", school.pk, data=given).status_code == 302
    given = {"item": [str(other.pk)], "answer": "returned", "reason": "list incomplete"}
    assert asked(client, county_clerk(), "inspect", school.pk, data=given).status_code == 302
    assert [i.state(MORNING.date()) for i in items_of(school, 1, 2)] == [State.IN_PLACE, State.MISSING]
    page = text(asked(client, county_clerk(), "school", school.pk))
    assert "list incomplete" in page and county_clerk().name in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_stands_on_the_page_of_the_school_with_422(client, language):
    school = a_school()
    (item,) = stated(school, 1)
    for given, code in (
        ({"answer": "accepted"}, "nothing_chosen"),
        ({"answer": "returned", "item": [str(item.pk)]}, "reason_missing"),
        ({"answer": "spot_checked", "item": [str(item.pk)]}, "not_accepted_yet"),
    ):
        answer = asked(client, county_clerk(), "inspect", school.pk, data=given, language=language)
        assert answer.status_code == 422 and code in text(answer)
    assert asked(client, county_clerk(), "inspect", school.pk, data={"answer": "x", "item": "y"}).status_code == 422


def test_items_of_another_school_cannot_be_chosen(client):
    mine, other = a_school("S14010501"), a_school("S14012301")
    (item,) = stated(other, 1)
    given = {"answer": "accepted", "item": [str(item.pk)]}
    assert asked(client, county_clerk(), "inspect", mine.pk, data=given).status_code == 422
    assert not Verdict.objects.exists()


def test_a_department_that_is_not_education_reads_and_is_refused_to_act(client):
    school, other = a_school(), an_actor(Role.DEPARTMENT, CITY, "TY-DRC")
    (item,) = stated(school, 1)
    assert "Accept the chosen" not in text(asked(client, other, "school", school.pk))
    given = {"answer": "accepted", "item": [str(item.pk)]}
    answer = asked(client, other, "inspect", school.pk, data=given)
    assert answer.status_code == 422 and "not_of_education" in text(answer)


def test_the_leading_group_reads_every_school_and_changes_none(client):
    school, leader = a_school(), an_actor(Role.LEADING_GROUP)
    for name, args in (("matrix", ()), ("school", (school.pk,)), ("reopening", ())):
        assert asked(client, leader, name, *args).status_code == 200
    for name in ("inspect", "sign", "alarm"):
        assert asked(client, leader, name, school.pk, data={}).status_code == 404
    assert asked(client, leader, "sheets").status_code == 404


def test_three_lines_sign_on_their_own_pages(client):
    school = a_school()
    stated(school)
    assert "Sign for" in text(asked(client, head_of(), "workbench"))
    assert asked(client, head_of(), "sign", school.pk, data={}).status_code == 302
    refused = asked(client, county_clerk(), "sign", school.pk, data={})
    assert refused.status_code == 422 and "items_missing" in text(refused)
    accepted(school)
    for actor in (county_clerk(), education()):
        assert asked(client, actor, "sign", school.pk, data={}).status_code == 302
    page = text(asked(client, head_of(), "workbench"))
    assert "Accepted: all ten items hold" in page and "Sign for" not in page


def test_a_school_opens_itself_on_the_day_and_is_told_what_is_missing_before(client):
    school = a_school()
    a_stage()
    refused = asked(client, head_of(), "open_school", school.pk, "grade-12", data={}, at=DAY)
    assert refused.status_code == 422 and "Three presences" in text(refused)
    stated(school, at=DAY)
    accepted(school, at=DAY)
    for actor in (head_of(), county_clerk(), education()):
        sign(actor=actor, school_ids=[school.pk], at=DAY)
    assert asked(client, head_of(), "open_school", school.pk, "grade-12", data={}, at=DAY).status_code == 302
    assert Opening.objects.get().school == school


def test_education_announces_a_stage_and_is_told_of_short_notice(client):
    given = {"name_zh": "初三返校", "name_en": "Grade 9", "grades": ["9"], "opens_on": "2020-03-25"}
    refused = asked(client, education(), "announce", data=given)
    assert refused.status_code == 422 and "notice_too_short" in text(refused) and "初三返校" in text(refused)
    assert asked(client, education(), "announce", data=given | {"opens_on": ""}).status_code == 422
    assert asked(client, education(), "announce", data=given | {"opens_on": "2020-04-13"}).status_code == 302
    assert Stage.objects.get().grades == [9]
    assert asked(client, county_clerk(), "announce", data=given).status_code == 404


@pytest.mark.parametrize(("language", "tag"), LANGUAGES)
def test_the_page_of_stages_says_who_is_open_and_opens_the_others(client, language, tag):
    a_stage()
    an_accepted_school("S14010501")
    a_school("S14010502")
    page = text(asked(client, education(), "reopening", language=language))
    assert ("2 所中 0 所已开学" if language == "zh-hans" else "0 of 2 schools are open") in page
    early = asked(client, education(), "open_ready", "grade-12", data={}, language=language)
    assert early.status_code == 422 and "not_yet" in text(early)
    assert asked(client, education(), "open_ready", "grade-12", data={}, at=DAY).status_code == 302
    page = text(asked(client, education(), "reopening", at=DAY, language=language))
    assert ("2 所中 1 所已开学" if language == "zh-hans" else "1 of 2 schools are open") in page
    nobody = asked(client, education(), "open_ready", "grade-12", data={}, at=DAY)
    assert nobody.status_code == 422 and "nobody_ready" in text(nobody)


def test_a_finding_closes_its_class_and_the_county_lets_it_return(client):
    school = an_accepted_school()
    a_stage()
    open_schools(actor=head_of(), key="grade-12", school_ids=[school.pk], at=DAY)
    given = {"kind": "fever", "grade": "12", "class_number": "3", "note": "three pupils"}
    for missing in ({"grade": ""}, {"kind": "x"}, {"class_number": "三"}, {"class_number": "9999"}):
        assert asked(client, head_of(), "alarm", school.pk, data=given | missing, at=DAY).status_code == 422
    assert asked(client, head_of(), "alarm", school.pk, data=given, at=DAY).status_code == 302
    assert "grade 12, class 3" in text(asked(client, head_of(), "workbench", at=DAY))
    unit = Closing.objects.get()
    assert "Let it return" not in text(asked(client, head_of(), "school", school.pk, at=DAY))
    page = text(asked(client, county_clerk(), "school", school.pk, at=DAY))
    assert "Let it return" in page and "1 class or grade is closed" in text(
        asked(client, county_clerk(), "reopening", at=DAY)
    )
    refused = asked(client, county_clerk(), "reopen", school.pk, unit.pk, data={"why": ""}, at=DAY)
    assert refused.status_code == 422
    assert (
        asked(client, county_clerk(), "reopen", school.pk, unit.pk, data={"why": "negative"}, at=DAY).status_code == 302
    )
    assert "No class is closed" in text(asked(client, head_of(), "workbench", at=DAY))


def test_what_was_returned_tells_the_school_why(client):
    school = a_school()
    stated(school)
    (item,) = items_of(school, 9)
    inspect(actor=education(), item_ids=[item.pk], answer=Verdict.Answer.RETURNED, reason="红外测温仪过期", at=MORNING)
    page = text(asked(client, head_of(), "workbench"))
    assert "红外测温仪过期" in page and "Next: Supplies (Not yet in place)" in page
