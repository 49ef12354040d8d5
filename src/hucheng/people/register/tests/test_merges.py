"""Two rows that a person found to be one human: nothing is moved, and whatever is taken back stands as before."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.http import Http404
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add, keep_apart, merge, settle_homes, unmerge
from hucheng.people.register.merged import human_of, rows_of, standing
from hucheng.people.register.models import Doubt, HomeChange, Merge, Person, PersonKey
from hucheng.people.register.queries import merges, open_doubts, people_by_county, without_county

pytestmark = pytest.mark.django_db
BORN = date(1996, 5, 9)
OLD = PersonRecord("李雅婷", birth=BORN, document_number="EZ0000001", phone="13800000001")
NEW = PersonRecord(surname="LI", given="YATING", birth=BORN, document_number="EA7777771")
LATER = MORNING + timedelta(hours=2)
SETTLERS = (Role.ENTRY, Role.COMMAND_OFFICE)


@pytest.fixture(autouse=True)
def city():
    a_city()


def add(*records, at=MORNING, place="000000"):
    return find_or_add(actor=an_actor(Role.ENTRY), records=records, place=place, reason="manifest", at=at)


def a_doubt(place="000000"):
    """The row of an old passport, and a later one of a new passport."""
    (old,), (new,) = add(OLD), add(NEW, at=LATER, place=place)
    return Doubt.objects.get(), old.person_id, new.person_id


def office(role=Role.COMMAND_OFFICE, place=CITY):
    return an_actor(role, place, "U1" if role in UNIT_ROLES else "")


def joined(doubt, why="saw both passports", actor=None):
    return merge(actor=actor or office(), doubt_id=doubt.pk, why=why, at=LATER)


def taken_back(merged, why="two sisters"):
    return unmerge(actor=office(), merge_id=merged.pk, why=why, at=LATER)


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    return no.value.code


def everything():
    """All that the register holds, but the merges themselves."""
    return [
        sorted(map(str, (model_to_dict(row) | {"pk": row.pk} for row in model.objects.all())))
        for model in (Person, PersonKey, Doubt, HomeChange)
    ]


def page(client, address="people:register", *args, actor=None, language="en", **form):
    client.force_login(User.objects.get(pk=(actor or office()).user_id))
    with frozen_at(LATER):
        ask = client.get if address == "people:register" else client.post
        return ask(reverse(address, args=args), form, headers={"accept-language": language})


def test_two_rows_become_one_human_and_keep_what_is_their_own():
    doubt, old, new = a_doubt()
    before = everything()
    merged = joined(doubt)
    assert (merged.person_id, merged.into_id, merged.by_id) == (new, old, office().user_id)
    assert human_of([old, new]) == {old: old, new: old} and rows_of(old) == {old, new}
    assert everything()[:2] == before[:2]
    doubt.refresh_from_db()
    assert (doubt.answer, doubt.why, doubt.answered_at) == ("one", "saw both passports", LATER)
    line = AuditLine.objects.get(act__endswith=".merge")
    assert line.detail["gave"] == str(merged.pk) and "passports" not in str(line.detail)


def test_either_document_finds_the_same_human():
    doubt, old, new = a_doubt()
    joined(doubt)
    first, second = add(OLD, NEW)
    assert (first.person_id, second.person_id) == (old, new)
    assert first.human_id == second.human_id == old and not (first.new or second.new)


def test_a_human_of_two_rows_is_counted_and_waits_once():
    doubt, old, _new = a_doubt()
    assert without_county(office()).count() == 2
    joined(doubt)
    assert [one.pk for one in without_county(office())] == [old] == [one.pk for one in standing(Person.objects.all())]


@pytest.mark.parametrize("which", [0, 1], ids=["the older row", "the row that was joined"])
def test_a_home_told_of_either_row_is_the_humans(which):
    doubt, *rows = a_doubt()
    joined(doubt)
    settle_homes(actor=office(), homes={rows[which]: COUNTY}, why="family", at=LATER)
    assert Person.objects.get(pk=rows[0]).place == COUNTY and Person.objects.get(pk=rows[1]).home == "unknown"
    assert sum(row.people for row in people_by_county(office())) == 1 == HomeChange.objects.count()


def test_the_row_with_a_home_stands_though_it_is_younger():
    doubt, old, new = a_doubt(place=COUNTY)
    merged = joined(doubt)
    assert (merged.person_id, merged.into_id) == (old, new) and Person.objects.get(pk=new).place == COUNTY


def test_two_counties_are_settled_before_anything_is_joined():
    doubt, old, new = a_doubt()
    settle_homes(actor=office(), homes={old: COUNTY, new: OTHER_COUNTY}, why="family", at=LATER)
    assert refused(joined, doubt) == "two_homes" and not Merge.objects.exists()
    settle_homes(actor=office(), homes={new: COUNTY}, why="family", at=LATER)
    assert joined(doubt).into_id == old


def test_what_somebody_kept_apart_is_not_joined_by_a_third_row():
    first, second, third = three_rows()
    keep_apart(actor=office(), doubt_id=second.pk, why="two passports", at=LATER)
    joined(first)
    assert refused(joined, third) == "kept_apart" and third.answer == "open"


def test_a_pair_is_answered_once():
    doubt, *_rows = a_doubt()
    merged = joined(doubt)
    assert refused(joined, doubt) == "doubt_answered"
    assert refused(keep_apart, actor=office(), doubt_id=doubt.pk, why="x", at=LATER) == "doubt_answered"
    taken_back(merged)
    assert refused(taken_back, merged) == "merge_undone"


def three_rows():
    """Three rows, each pair of them in doubt: (B, A), (C, A), (C, B)."""
    rows = [one.person_id for one in add(*(PersonRecord(name_zh=f"李雅{sign}", birth=BORN) for sign in "婷红云"))]
    Doubt.objects.all().delete()
    pairs = [(1, 0), (2, 0), (2, 1)]
    doubt = {"weight": 3.0, "parts": [], "found_at": LATER}
    return [Doubt.objects.create(person_id=rows[one], other_id=rows[other], **doubt) for one, other in pairs]


def test_a_question_that_a_merge_answers_is_not_asked_again():
    first, second, third = three_rows()
    joined(first)
    assert open_doubts(office()).count() == 2
    merged = joined(second)
    assert not open_doubts(office()).exists() and len(rows_of(merged.into_id)) == 3
    taken_back(merged)
    assert {one.pk for one in open_doubts(office())} == {second.pk, third.pk}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([0, 1, 2]), st.permutations([0, 1]))
def test_any_merges_taken_back_in_any_order_leave_everything_as_it_was(order, back):
    sid = transaction.savepoint()
    doubts = three_rows()
    before, done = everything(), []
    for place in order:
        doubts[place].refresh_from_db()
        if doubts[place].answer == "open":
            done.append(joined(doubts[place]))
    assert len(done) == 2
    for place in back:
        taken_back(done[place])
    assert everything() == before
    assert all(row == human for row, human in human_of(Person.objects.values_list("pk", flat=True)).items())
    transaction.savepoint_rollback(sid)


def test_what_was_taken_back_is_history_and_can_be_joined_again():
    doubt, old, new = a_doubt()
    taken_back(joined(doubt))
    again = joined(doubt, why="the ministry says so")
    assert Merge.objects.count() == 2 and human_of([new]) == {new: old}
    kept = Merge.objects.exclude(pk=again.pk).get()
    assert (kept.why, kept.undone_why, kept.undone_by_id) == ("saw both passports", "two sisters", office().user_id)


@pytest.mark.parametrize("role", [role for role in Role if role not in (*SETTLERS, Role.SYSTEM)])
def test_other_roles_neither_join_nor_take_back(client, role):
    doubt, *_rows = a_doubt()
    assert refused(joined, doubt, actor=office(role)) == "role_may_not"
    merged = joined(doubt)
    assert refused(unmerge, actor=office(role), merge_id=merged.pk, why="x", at=LATER) == "role_may_not"
    for address, pk in (("people:one", doubt.pk), ("people:take_back", merged.pk)):
        assert page(client, address, pk, actor=office(role), why="x").status_code == 404
    assert Merge.objects.get().undone_at is None


def test_a_desk_below_the_city_sees_no_pair_and_no_merge():
    doubt, *_rows = a_doubt()
    with pytest.raises(Http404):
        joined(doubt, actor=office(Role.ENTRY, COUNTY))
    merged = joined(doubt)
    with pytest.raises(Http404):
        unmerge(actor=office(Role.ENTRY, COUNTY), merge_id=merged.pk, why="x", at=LATER)
    assert not merges(office(Role.ENTRY, COUNTY)).exists()


@pytest.mark.parametrize("role", SETTLERS)
def test_the_page_joins_shows_and_takes_back(client, role):
    doubt, old, new = a_doubt()
    assert page(client, "people:one", doubt.pk, actor=office(role), why="both passports").status_code == 302
    shown = page(client, actor=office(role)).text
    assert all(word in shown for word in ("Found to be one person", "李雅婷", "LI YATING", "both passports", "…7771"))
    assert "May be one person" not in shown
    assert set(ReadTrace.objects.filter(purpose="same person").values_list("person_id", flat=True)) == {old, new}
    back = page(client, "people:take_back", Merge.objects.get().pk, actor=office(role), why="two sisters")
    assert back.status_code == 302 and "May be one person" in page(client, actor=office(role)).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["They are one person", "They are two people", "Take back: they are two people"]),
        ("zh-hans", ["确认是同一人", "确认是两个人", "撤回：是两个人", "已确认为同一人", "合并可以撤回"]),
    ],
)
def test_the_page_speaks_both_languages(client, language, words):
    first, *_rest = three_rows()
    joined(first)
    text = page(client, language=language).text
    assert all(word in text for word in words)


def test_a_reader_of_the_page_has_no_button(client):
    first, *_rest = three_rows()
    joined(first)
    text = page(client, actor=office(Role.LEADING_GROUP)).text
    assert "Found to be one person" in text and "They are one person" not in text and "Take back" not in text


@pytest.mark.parametrize("why", ["", " ", "x" * 121])
def test_the_page_asks_for_a_reason_beside_the_rows(client, why):
    doubt, *_rows = a_doubt()
    answer = page(client, "people:one", doubt.pk, why=why)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and not Merge.objects.exists()
    merged = joined(doubt)
    answer = page(client, "people:take_back", merged.pk, why=why)
    assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_the_page_says_why_it_refuses(client):
    doubt, *_rows = a_doubt()
    merged = joined(doubt)
    assert "compared these two already" in page(client, "people:one", doubt.pk, why="x").text
    taken_back(merged)
    assert "taken this back already" in page(client, "people:take_back", merged.pk, why="x").text


def test_the_tables_hold_what_a_merge_may_be():
    doubt, old, new = a_doubt()
    merged = joined(doubt)
    said = {"at": LATER, "by_id": office().user_id, "why": "x"}
    for wrong in ({"person_id": new, "into_id": old}, {"person_id": old, "into_id": old}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(**said, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(pk=merged.pk).update(undone_why="x")


def test_finding_asks_as_much_for_many_merged_rows_as_for_one(django_assert_max_num_queries):
    first, second, _third = three_rows()
    joined(first), joined(second)
    rows = list(Person.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(3):
        human_of(rows)
