"""The life of questions, answers and claims, played at random; and what the public reads against a count by hand."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, a_city, after
from hucheng.stability.bulletins.actions import (
    answer_questions,
    correct_answer,
    correct_claim,
    open_answer,
    set_aside,
    verify_claim,
)
from hucheng.stability.bulletins.measures import answered_24h, correction_4h
from hucheng.stability.bulletins.models import Answer, AnswerVersion, Claim, Question, Topic
from hucheng.stability.bulletins.queries import (
    THE_PUBLIC,
    Waiting,
    answers,
    as_public,
    bulletin_of,
    one_answer,
    open_claims,
    waiting,
)
from hucheng.stability.testing import TODAY, a_question, an_answer, department, refused, said

pytestmark = pytest.mark.django_db
ALWAYS = "高三何时返校？ When does grade 12 return? 高三三月二十五日返校"
"""What every answer of the maker holds."""
WORDS = ("开学", "返校", "口罩", "grade", "Mask", "12")


@pytest.fixture(autouse=True)
def city():
    a_city()


def a_claim(at=MORNING):
    return verify_claim(actor=department(), text_zh="旅客在市内走动", text_en="Passengers walk about", at=at)


def met(claim, at):
    return correct_claim(actor=department(), claim_id=claim.pk, topic=Topic.OTHER, said=said(), at=at)


class Desk:
    """A memory of what an honest desk would hold, beside the one in the database."""

    def __init__(self):
        self.asked, self.settled, self.aside, self.versions = [], {}, set(), {}
        self.minute = 0

    def play(self, act, which, other):
        self.minute += 1
        at, actor = after(self.minute), department()
        answers_ = list(self.versions)
        if act == "ask":
            self.asked.append(a_question(f"第 {self.minute} 问是什么", at=at))
        elif act == "open":
            self.versions[an_answer(at=at).pk] = 1
        elif act == "correct" and answers_:
            pk = answers_[which % len(answers_)]
            correct_answer(actor=actor, answer_id=pk, said=said(), why="x", at=at)
            self.versions[pk] += 1
        elif act == "settle" and answers_ and self.asked:
            self.settle(self.asked[which % len(self.asked)].pk, answers_[other % len(answers_)], at)
        elif act == "aside" and self.asked:
            self.put_aside(self.asked[which % len(self.asked)].pk, at)

    def done(self, pk):
        return pk in self.settled or pk in self.aside

    def settle(self, question, answer, at):
        try:
            answer_questions(actor=department(), question_ids=[question], answer_id=answer, at=at)
            assert not self.done(question)
            self.settled[question] = answer
        except Refusal as no:
            assert no.code == "question_settled" and self.done(question)

    def put_aside(self, question, at):
        try:
            set_aside(actor=department(), question_id=question, why="x", at=at)
            assert not self.done(question)
            self.aside.add(question)
        except Refusal as no:
            assert no.code == "cannot_set_aside" and self.done(question)


ACTS = st.lists(
    st.tuples(st.sampled_from(["ask", "open", "correct", "settle", "aside"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=20,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_a_question_is_settled_once_and_an_answer_only_ever_gains_versions(acts):
    with transaction.atomic():
        desk = Desk()
        for act in acts:
            desk.play(*act)
        open_ = [one.pk for one in desk.asked if not desk.done(one.pk)]
        assert [one.pk for one in waiting(department())] == open_
        told = {line.answer.pk: line for line in as_public(answers(THE_PUBLIC))}
        assert {pk: line.now.number for pk, line in told.items()} == desk.versions
        assert {pk: line.asked for pk, line in told.items() if line.asked} == Counter(desk.settled.values())
        for line in told.values():
            assert [old.number for old in line.earlier] == list(range(line.now.number - 1, 0, -1))
        reading = answered_24h(department(), after(desk.minute, days=2))
        assert (reading.numerator, reading.denominator) == (len(desk.settled), len(desk.asked) - len(desk.aside))
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), max_size=4),
    wanted=st.lists(st.sampled_from([*WORDS, "mask", "GRADE", "飞机"]), max_size=2),
)
def test_a_search_finds_what_holds_every_word_in_matter_or_any_version(texts, wanted):
    with transaction.atomic():
        held = {}
        for number, words in enumerate(texts):
            first, *later = words
            answer = an_answer(text_en=f"about {first}", at=after(number))
            for word in later:
                told = said("改期", f"now {word}")
                correct_answer(actor=department(), answer_id=answer.pk, said=told, why="x", at=after(number))
            held[answer.pk] = " ".join([ALWAYS, *words]).lower()
        found = {one.pk for one in answers(department(), " ".join(wanted))}
        assert found == {pk for pk, text in held.items() if all(word.lower() in text for word in wanted)}
        transaction.set_rollback(True)


def test_a_sign_of_the_search_itself_is_looked_for_as_it_stands():
    an_answer(text_en="100% of pupils")
    assert answers(department(), "%").count() == 1 and not answers(department(), "_%_").exists()
    an_answer(text_en="50 of 60")
    assert answers(department(), "100%").count() == 1


def test_answers_stand_newest_first_and_by_topic():
    first, second = an_answer(at=after(1)), an_answer(at=after(2))
    other = open_answer(
        actor=department(), topic=Topic.TRAVEL, matter_zh="一", matter_en="one", said=said(), at=after(3)
    )
    assert list(answers(department())) == [other, second, first]
    assert list(answers(department(), topic="travel")) == [other] and not answers(department(), topic="work").exists()
    assert list(answers(department(), "返校", "schools")) == [second, first]


def test_however_many_answers_are_read_the_database_is_asked_the_same(django_assert_num_queries):
    for count in (1, 12):
        for _n in range(count):
            answer = an_answer(a_question(), a_question())
            correct_answer(actor=department(), answer_id=answer.pk, said=said(), why="x", at=after(9))
        rows = list(answers(department()))
        with django_assert_num_queries(3):
            assert {line.asked for line in as_public(rows)} == {2}


def test_no_answer_is_read_of_none():
    assert as_public([]) == [] and list(answers(department())) == []
    for ask in (lambda: one_answer(THE_PUBLIC, uuid4()), lambda: bulletin_of(THE_PUBLIC, TODAY)):
        with pytest.raises(Http404):
            ask()


def test_the_public_sees_the_city_and_what_lies_in_it_and_a_county_its_own():
    an_answer()
    stranger = Actor(None, OTHER_COUNTY, Role.DEPARTMENT)
    assert answers(THE_PUBLIC).count() == 1 and not answers(stranger).exists()
    with pytest.raises(Http404):
        one_answer(stranger, Answer.objects.get().pk)


def test_an_answer_is_due_a_day_after_its_question():
    assert Waiting(a_question(at=after(7))).due == after(7, days=1)


def test_versions_count_up_and_each_keeps_its_own_source_and_reason():
    answer = an_answer()
    for number in (2, 3):
        told = said(
            f"第{number}版", f"version {number}", source=f"notice {number}", since=TODAY + timedelta(days=number)
        )
        made = correct_answer(
            actor=department(), answer_id=answer.pk, said=told, why=f" why {number} ", at=after(number)
        )
        assert (made.number, made.why, made.source) == (number, f"why {number}", f"notice {number}")
    line = one_answer(department(), answer.pk)
    assert [one.source for one in (line.now, *line.earlier)] == ["notice 3", "notice 2", "省教育厅通知"]
    assert line.corrected and not line.in_force(TODAY) and line.in_force(TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text_zh": " "}, "both_languages"),
        ({"text_en": "call 13812345678"}, "personal_number"),
        ({"office": "TY-NONE"}, "office_unknown"),
        ({"until": TODAY - timedelta(days=1)}, "answer_dates"),
    ],
)
def test_a_correction_is_held_to_what_an_answer_is_held_to(changes, code):
    answer, claim = an_answer(), a_claim()
    given_ = {"said": said(**changes), "at": after(5)}
    refused(code, correct_answer, actor=department(), answer_id=answer.pk, why="x", **given_)
    refused(code, correct_claim, actor=department(), claim_id=claim.pk, topic=Topic.OTHER, **given_)
    assert AnswerVersion.objects.count() == 1 and open_claims(department()) == [claim]


def test_a_reason_may_not_name_a_person_and_is_kept_to_its_room():
    answer = an_answer()
    given_ = {"actor": department(), "answer_id": answer.pk, "said": said(), "at": after(5)}
    refused("personal_number", correct_answer, why="来电 138-1234-5678", **given_)
    assert len(correct_answer(why="w" * 400, **given_).why) == 300


@pytest.mark.parametrize("matter", [("", "one"), ("一", " "), ("请致电13812345678", "one"), ("一", "my name is Li")])
def test_a_matter_stands_in_both_languages_and_names_nobody(matter):
    question = a_question()
    with pytest.raises(Refusal) as no:
        open_answer(
            actor=department(), topic=Topic.WORK, matter_zh=matter[0], matter_en=matter[1], said=said(),
            question_ids=[question.pk], at=MORNING,
        )  # fmt: skip
    assert no.value.code in ("both_languages", "personal_number", "personal_name")
    assert not Answer.objects.exists() and waiting(department()).get() == question


def test_a_question_that_is_not_there_undoes_the_answer_that_was_to_settle_it():
    question = a_question()
    with pytest.raises(Http404):
        open_answer(
            actor=department(), topic=Topic.WORK, matter_zh="一", matter_en="one", said=said(), at=MORNING,
            question_ids=[question.pk, uuid4()],
        )  # fmt: skip
    assert not Answer.objects.exists() and waiting(department()).get() == question


def test_claims_wait_in_the_order_they_were_verified():
    later, sooner = a_claim(at=after(5)), a_claim(at=after(1))
    assert open_claims(department()) == [sooner, later]
    met(sooner, after(10))
    assert open_claims(department()) == [later]


def test_claims_are_judged_each_by_its_own_clock():
    in_time, late, waits = a_claim(), a_claim(), a_claim(at=after(300))
    met(in_time, after(240))
    met(late, after(241))
    reading = correction_4h(department(), after(300))
    assert (reading.numerator, reading.denominator) == (1, 2)
    assert correction_4h(department(), after(240)).value == 100, "the other one was still within its time"
    assert correction_4h(department(), after(541)).denominator == 3 and waits.answer_id is None


@pytest.mark.parametrize(("days", "counted"), [(29.9, 1), (30, 0), (31, 0)])
def test_questions_of_the_last_thirty_days_are_judged(days, counted):
    an_answer(a_question(), at=after(5))
    reading = answered_24h(department(), after(0, days=days))
    assert reading.denominator == counted and (reading.value is None) == (not counted)


def test_an_answer_given_later_was_not_given_before():
    question = a_question()
    an_answer(question, at=after(60))
    assert answered_24h(department(), after(59)).value is None
    assert answered_24h(department(), after(60)).value == 100


@pytest.mark.parametrize(
    "change", [{"text": "另一问"}, {"topic": "work"}, {"channel": "web"}, {"asked_at": after(1)}], ids=str
)
def test_the_database_keeps_a_question_as_it_was_asked(change):
    a_question()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(**change)


def test_the_database_keeps_what_was_settled_and_said():
    question = a_question("买房加群")
    set_aside(actor=department(), question_id=question.pk, why="advertisement", at=after(1))
    claim = a_claim()
    answer = met(claim, after(5))
    for model, change in (
        (Question, {"aside_why": ""}),
        (Claim, {"corrected_at": after(1)}),
        (Answer, {"topic": "work"}),
        (AnswerVersion, {"source": "other"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVersion.objects.create(
            answer=answer, number=1, text_zh="一", text_en="one", source="s", office="o", since=TODAY,
            answered_at=MORNING,
        )  # fmt: skip
