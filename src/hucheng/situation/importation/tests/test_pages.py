"""The page of imported cases and its API: what each form does, what comes back when it is refused, who may do what."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.situation.importation.actions import correct_cases, note_fact
from hucheng.situation.importation.forms import MOST
from hucheng.situation.importation.models import CaseReport, PublicFact
from hucheng.situation.testing import TODAY, Visitor, a_report, cases

pytestmark = pytest.mark.django_db
SENT = {
    "about": "140000", "as_of": "2020-03-20", "published_on": "2020-03-21", "new": "7", "flight": "HU7976",
    "route": "Toronto by Beijing", "found_quarantine": "5", "source": "province",
}  # fmt: skip
FACT = {
    "text_en": "252 contacts are observed.",
    "as_of": "2020-03-20",
    "source": "province",
    "contacts_observed": "252",
}
ROOM = {"flight": 30, "route": 200, "source": 120}


@pytest.fixture
def visitor(client):
    a_city()
    return Visitor(client, after(60)).comes_as(an_actor(Role.DEPARTMENT))


def text_of(answer):
    return " ".join(answer.content.decode().split())


def fact(at=MORNING, **given_):
    usual = {"text_en": "Public.", "source": "province", "as_of": TODAY - timedelta(days=1)}
    return note_fact(actor=an_actor(Role.DEPARTMENT), at=at, **(usual | given_))


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"published_on": "2020-03-10", "as_of": "2020-03-09"}, "day_not_over"), ({"found_port": "8"}, "found_more")],
)
def test_a_refused_correction_stays_a_correction_of_its_count(visitor, changes, code):
    first = a_report(9, flight="HU7976")
    answer = visitor.sends("correct_cases", first.pk, **(SENT | changes))
    text = text_of(answer)
    assert answer.status_code == 422 and code in text and "Correct a count" in text
    assert f"/situation/importation/{first.pk}/correct/" in text and "Record a count" not in text
    assert 'value="Toronto by Beijing"' in text and CaseReport.objects.get() == first


def test_a_correction_with_a_wrong_field_stays_one_too(visitor):
    first = a_report(9)
    answer = visitor.sends("correct_cases", first.pk, **(SENT | {"new": "many"}))
    assert answer.status_code == 422 and list(answer.context["cases_form"].errors) == ["new"]
    assert "Correct a count" in text_of(answer) and f"{first.pk}/correct/" in text_of(answer)


def test_a_refused_count_or_fact_comes_back_as_it_was_typed(visitor):
    text = text_of(visitor.sends("report_cases", **(SENT | {"found_outside": "3"})))
    assert "found_more_than_reported" in text and all(f'value="{SENT[key]}"' in text for key in SENT)
    text = text_of(visitor.sends("note_fact", **(FACT | {"as_of": "2020-03-22"})))
    assert "published_to_come" in text and "252 contacts are observed." in text and 'value="252"' in text
    assert not CaseReport.objects.exists() and not PublicFact.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", ""), ("about", "14010"), ("about", "1401000"), ("about", "Shanxi"), ("as_of", "2020-02-30"),
        ("published_on", ""), ("new", ""), ("new", "-1"), ("new", str(MOST + 1)), ("found_port", "-1"),
        ("found_outside", str(10**30)), ("source", " "), *((name, "x" * (room + 1)) for name, room in ROOM.items()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_field_that_cannot_be_is_named(visitor, field, value, language):
    visitor.comes_as(an_actor(Role.DEPARTMENT), language)
    answer = visitor.sends("report_cases", **(SENT | {field: value}))
    assert answer.status_code == 422 and list(answer.context["cases_form"].errors) == [field]
    assert 'role="alert"' in text_of(answer) and not CaseReport.objects.exists()


def test_numbers_that_are_not_said_stay_unsaid(visitor):
    assert visitor.sends("report_cases", **(SENT | {"found_quarantine": ""})).status_code == 302
    made = CaseReport.objects.get()
    assert (made.inside, made.found_outside, made.unknown) == (0, 0, 7)
    text = visitor.reads("importation")
    assert "not said 7" in text and "Of 0 it is said where they were found" in text


def test_the_page_says_where_each_case_was_found_and_what_was_before(visitor):
    first = a_report(9, flight="HU7976", found_port=1, found_transfer=2, found_quarantine=3, found_outside=1)
    text = visitor.reads("importation")
    assert all(words in text for words in ("port 1", "transfer 2", "quarantine 3", "outside 1", "not said 2"))
    assert "9 imported cases are published. Of 7 it is said where they were found: <b>6 inside the line</b>" in text
    correct_cases(actor=an_actor(Role.DEPARTMENT), report_id=first.pk, cases=cases(8), at=after(30))
    assert "was 9" in visitor.reads("importation") and "was 9" not in visitor.reads("importation", at=after(29))


def test_the_form_of_a_correction_begins_with_what_stands_and_is_of_today(visitor):
    first = a_report(9, flight="HU7976", found_port=4, published_on=TODAY - timedelta(days=1))
    text = visitor.reads("importation", correct=first.pk)
    assert 'name="new" value="9"' in text and 'name="found_port" value="4"' in text
    assert 'name="published_on" value="2020-03-21"' in text and 'name="as_of" value="2020-03-20"' in text
    for nobody in (uuid4(), "nonsense"):
        assert "Record a count" in visitor.reads("importation", correct=nobody)


def test_a_form_that_begins_is_about_the_keepers_own_place(visitor):
    assert 'name="about" value="140100"' in visitor.reads("importation")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", ""), ("source", "s" * 121), ("as_of", ""), ("as_of", "2020-02-30"), ("text_en", "t" * 2001),
        ("text_zh", "文" * 2001), ("contacts_observed", "-1"), ("contacts_traced", str(MOST + 1)),
    ],
)  # fmt: skip
def test_a_fact_with_a_wrong_field_names_it(visitor, field, value):
    answer = visitor.sends("note_fact", **(FACT | {field: value}))
    assert answer.status_code == 422 and list(answer.context["fact_form"].errors) == [field]
    assert not PublicFact.objects.exists()


def test_a_fact_keeps_the_numbers_that_were_given_zero_among_them(visitor):
    assert visitor.sends("note_fact", **(FACT | {"contacts_released": "0", "contacts_traced": ""})).status_code == 302
    made = PublicFact.objects.get()
    assert made.figures == {"contacts_observed": 252, "contacts_released": 0} and made.noted_at == after(60)
    assert made.numbers == [("close contacts under observation", 252), ("close contacts released on the day", 0)]


def test_facts_stand_newest_first_and_no_more_than_fifty(visitor):
    for day in range(52):
        fact(text_en=f"Fact number {day:02}.", as_of=TODAY - timedelta(days=60 - day), at=after(day / 60))
    text = visitor.reads("importation")
    assert text.index("number 51") < text.index("number 50") and "number 02" in text and "number 01" not in text


def test_words_from_outside_are_shown_as_text(visitor):
    a_report(1, route="<script>a</script>", source="<b>s</b>")
    fact(text_en="<script>b</script>")
    text = visitor.reads("importation")
    assert text.count("&lt;script&gt;") == 2 and "<script>a" not in text and "<b>s</b>" not in text


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LEADING_GROUP])
def test_readers_read_and_find_no_form(visitor, role):
    first = a_report(9)
    visitor.comes_as(an_actor(role))
    assert "9 imported cases" in visitor.reads("importation", correct=first.pk)
    assert "Correct" not in visitor.reads("importation") and "Note a fact" not in visitor.reads("importation")
    for name, args, sent in (("report_cases", (), SENT), ("correct_cases", (first.pk,), SENT), ("note_fact", (), FACT)):
        assert visitor.sends(name, *args, **sent).status_code == 404
    assert CaseReport.objects.count() == 1 and not PublicFact.objects.exists()


def test_an_act_is_sent_and_never_opened_and_a_page_takes_nothing(visitor):
    for name, args in (("report_cases", ()), ("correct_cases", (uuid4(),)), ("note_fact", ())):
        assert visitor.opens(name, *args).status_code == 405
    assert visitor.sends("importation", x="y").status_code == 405
    assert visitor.sends("correct_cases", uuid4(), **SENT).status_code == 404


BODY = {"as_of": "2020-03-20", "published_on": "2020-03-21", "new": 7, "source": "province", "about": "140000"}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"new": 10**30}, 422, None), ({"new": MOST + 1}, 422, None), ({"found_port": 10**19}, 422, None),
        ({"new": "many"}, 422, None), ({"about": "1400000"}, 422, None), ({"as_of": "2020-02-30"}, 422, None),
        *(({name: "x" * (room + 1)}, 422, None) for name, room in ROOM.items()),
        ({"new": -1}, 409, "found_more_than_reported"), ({"found_outside": 8}, 409, "found_more_than_reported"),
        ({"source": " "}, 409, "source_missing"), ({"published_on": "2020-03-22"}, 409, "published_to_come"),
        ({"published_on": "2020-03-19"}, 409, "day_not_over"),
    ],
)  # fmt: skip
def test_what_a_program_may_not_record_is_kept_nowhere(visitor, changes, status, code):
    answer = visitor.asks("cases", BODY | changes)
    assert answer.status_code == status and answer.json().get("code") == code
    assert not CaseReport.objects.exists()


def test_a_count_by_program_is_kept_whole_and_read_again(visitor):
    told = BODY | {"flight": "F" * 30, "route": "r" * 200, "found_port": 2, "found_quarantine": 5, "new": MOST}
    made = visitor.asks("cases", told)
    assert made.status_code == 201
    assert {name: made.json()[name] for name in told} == told and made.json()["corrects_id"] is None
    kept = CaseReport.objects.get(pk=made.json()["id"])
    assert kept.reported_by_id == an_actor(Role.DEPARTMENT).user_id and kept.reported_at == after(60)
    assert visitor.asks("cases").json() == [made.json()]


def test_a_program_reads_what_stood_at_a_time_with_what_it_corrects(visitor):
    """NEW-36."""
    first = a_report(9)
    second = correct_cases(actor=an_actor(Role.DEPARTMENT), report_id=first.pk, cases=cases(8), at=after(30))
    (now,), (then,) = visitor.asks("cases").json(), visitor.asks("cases", known_at=after(29).isoformat()).json()
    assert (now["id"], now["new"], now["corrects_id"]) == (str(second.pk), 8, str(first.pk))
    assert (then["id"], then["new"], then["corrects_id"]) == (str(first.pk), 9, None)
    assert visitor.asks("cases", known_at="soon").status_code == 422


@pytest.mark.parametrize(("role", "reads"), [(Role.ENTRY, 200), (Role.LEADING_GROUP, 200), (Role.LABORATORY, 409)])
def test_programs_of_other_desks_record_nothing(visitor, role, reads):
    visitor.comes_as(an_actor(role))
    answer = visitor.asks("cases", BODY)
    assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    assert visitor.asks("cases").status_code == reads and not CaseReport.objects.exists()


def test_a_county_records_for_itself_and_reads_itself_alone(visitor):
    a_report(9)
    visitor.comes_as(an_actor(Role.DEPARTMENT, COUNTY))
    assert visitor.asks("cases").json() == [] and "No imported case is published." in visitor.reads("importation")
    body = {name: value for name, value in BODY.items() if name != "about"}
    assert visitor.asks("cases", body).json()["about"] == COUNTY
    assert "7 imported cases are published." in visitor.reads("importation")
