"""Samples, results, queue and calls on the screen: order, roles, words in both languages, and what is given back."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_passenger, arrivals_of
from hucheng.quarantine.laboratory.actions import receive_results
from hucheng.quarantine.laboratory.models import Result, ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.problems import FILES, PROBLEMS, file_refusal
from hucheng.quarantine.laboratory.queries import due_samples
from hucheng.quarantine.testing import (
    a_flight_to_house,
    main_of,
    opened,
    people_inside,
    posted,
    results_file,
    signed_in,
    tubes_of,
)

pytestmark = pytest.mark.django_db
LAB, HOUSE = (Role.LABORATORY, CITY, ""), (Role.HOUSE, COUNTY, "H01")
LANGUAGES = ["en", "zh-hans"]


def delivered(*rows, at=after(500)):
    return receive_results(actor=an_actor(*LAB), name="day.csv", data=results_file(*rows), at=at)


def sheet(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def people():
    return [person.pk for person in arrivals_of(a_flight_to_house(4))]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "3 people owe a sample now, 3 of them late; 1 samples wait for a result, 1 of them are not sent yet."),
        ("zh-hans", "当前应采样 3 人，其中逾期 3 人；待出结果 1 份，其中未送检 1 份。"),
    ],
)
def test_the_page_of_samples_says_what_is_owed_late_and_awaited(client, people, language, words):
    tubes_of(people[:1], at=after(90))
    text = main_of(opened(signed_in(client, *LAB, language=language), "samples", at=after(1, days=1)))
    assert words in text and "T0001" in text
    assert all(f'name="tube-{person}"' in text for person in people[1:]) and f"tube-{people[0]}" not in text


@pytest.mark.parametrize(("minute", "late"), [(24 * 60, False), (24 * 60 + 1, True)])
def test_whoever_owes_a_sample_stands_by_house_room_and_seat_and_is_late_after_a_day(minute, late):
    stays = people_inside(2)
    desk = a_flight_to_house([a_passenger(n) for n in (32, 30, 31)], number="CA910")
    rows = due_samples(an_actor(Role.QUARANTINE), after(minute))
    rooms = sorted((stay.room.number, stay.arrival.seat) for stay in stays)
    seats = [("", person.seat) for person in arrivals_of(desk)]
    assert [(row.room, row.arrival.seat) for row in rows] == [*rooms, *seats]
    assert [row.house for row in rows] == ["H01"] * 2 + ["TY-MOAT"] * 3 and {row.late for row in rows} == {late}


@pytest.mark.parametrize(
    ("where", "owes"),
    [
        ("port", True),
        ("transfer", True),
        ("crew_house", True),
        ("hospital", False),
        ("aboard", False),
    ],
)
def test_whoever_is_in_our_hands_outside_a_house_owes_the_first_sample(people, where, owes):
    Arrival.objects.filter(pk=people[0]).update(whereabouts=where)
    assert (people[0] in {row.arrival.pk for row in due_samples(an_actor(*LAB), after(100))}) == owes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["", "T1", "条码0001"])
def test_a_tube_that_cannot_be_read_is_told_and_nobody_is_sampled(client, people, language, code):
    tubes = {f"tube-{people[0]}": "T0001", f"tube-{people[1]}": code} if code else {f"tube-{people[0]}": " "}
    answer = posted(signed_in(client, *LAB, language=language), "samples", at=after(95), **tubes)
    assert answer.status_code == 422 and "no_barcode" in answer.text and not Sample.objects.exists()


def test_who_may_open_what_in_the_laboratory(client):
    lab = {"laboratory", "medical"}
    takers, watchers = lab | {"quarantine", "house"}, {"command_office", "leading_group"}
    may = {
        "samples": takers | watchers,
        "positives": takers | watchers,
        "queue": lab | watchers,
        "results": lab,
        "results_template": lab,
    }
    for role in Role:
        reader = signed_in(client, role, COUNTY if role == Role.HOUSE else CITY, "H01" if role in UNIT_ROLES else "")
        for page, roles in may.items():
            assert opened(reader, page, at=after(95)).status_code == (200 if role in roles else 404), (role, page)
        sent = posted(reader, "send_samples", at=after(95))
        assert sent.status_code == (422 if role in takers else 404), role


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "4 rows = 1 matched + 1 already here + 1 without a person + 1 unreadable."),
        ("zh-hans", "共 4 行 = 已对应 1 + 已有 1 + 未对应到人 1 + 无法读取 1。"),
    ],
)
def test_a_delivery_is_accounted_for_row_by_row_in_words(client, people, language, words):
    tubes_of(people[:1], at=after(90))
    row = ("T0001", "阴性", "")
    batch = delivered(row, row, ("T9999", "阳性", ""), ("T0002", "?", ""))
    text = main_of(opened(signed_in(client, *LAB, language=language), "batch", batch.pk, at=after(501)))
    assert words in text and "T9999" in text and reverse("quarantine:queue") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_given_back_name_line_field_reason_and_remedy(client, people, language):
    batch = delivered(("T0001", "?", "2020-03-21 13:40"), ("", "阴性", ""), ("T9999", "阴性", ""))
    head, *rows = sheet(opened(signed_in(client, *LAB, language=language), "batch_problems", batch.pk, at=after(501)))
    assert head[1:4] == ["barcode 条码", "result 结果", "tested at 检测时间"]
    assert [row[:4] for row in rows] == [
        ["2", "T0001", "", "2020-03-21 13:40"],
        ["3", "", "negative", ""],
        ["4", "T9999", "negative", ""],
    ]
    assert all(all(cells) for cells in (row[4:] for row in rows)), "field, why and what to do"


def test_a_delivery_that_went_through_gives_nothing_back(client, people):
    tubes_of(people[:1], at=after(90))
    batch = delivered(("T0001", "阴性", ""))
    client = signed_in(client, *LAB)
    page = opened(client, "batch", batch.pk, at=after(501))
    assert 'class="empty"' in main_of(page) and reverse("quarantine:batch_problems", args=[batch.pk]) not in page.text
    assert len(sheet(opened(client, "batch_problems", batch.pk, at=after(501)))) == 1


def test_deliveries_stand_newest_first_with_their_numbers(client, people):
    first, second = delivered(("T9999", "阴性", "")), delivered(("T8888", "阳性", ""), at=after(600))
    page = opened(signed_in(client, *LAB), "results", at=after(601))
    assert [batch.pk for batch in page.context["page"]] == [second.pk, first.pk] and page.context["queue"] == 2
    assert not opened(signed_in(client, Role.LABORATORY, OTHER_COUNTY), "results", at=after(601)).context["page"]


@pytest.mark.parametrize(
    ("data", "code"), [(b"%PDF-1.7", "wrong_type"), ("姓名\r\n王\r\n".encode(), "unknown_columns")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_no_list_is_refused_in_words(client, data, code, language):
    client = signed_in(client, *LAB, language=language)
    answer = posted(client, "results", at=after(500), file=SimpleUploadedFile("x.csv", data))
    assert answer.status_code == 422 and answer.context["refusal"].code == f"results_{code}"
    assert str(answer.context["refusal"].do) in answer.text and not ResultBatch.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "2 results wait for a person, 1 of them"), ("zh-hans", "待对应到人的结果 2 份，其中超过四小时 1 份。")],
)
def test_the_queue_says_how_long_its_rows_have_waited_oldest_first(client, people, language, words):
    delivered(("T9999", "阳性", ""), at=after(500))
    delivered(("T8888", "阴性", ""), at=after(700))
    text = main_of(opened(signed_in(client, *LAB, language=language), "queue", at=after(740)))
    assert words in text and text.index("T9999") < text.index("T8888")


def test_a_wrong_word_in_the_queue_is_told_and_the_row_waits_on(client, people):
    delivered(("T9999", "阳性", ""))
    row = ResultRow.objects.get()
    client = signed_in(client, *LAB)
    for form, code in (({"barcode": ""}, "no_sample"), ({"aside": "1", "why": ""}, "reason_missing")):
        answer = posted(client, "settle_result", row.pk, at=after(510), **form)
        assert answer.status_code == 422 and answer.context["refusal"].code == code
        assert "T9999" in main_of(answer)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 people wait to be told of a positive result, 1 of them for more than two hours."),
        ("zh-hans", "待告知阳性结果 1 人，其中超过两小时 1 人。"),
    ],
)
def test_a_call_stands_with_its_two_hours_and_then_with_who_made_it(client, people, language, words):
    tubes_of(people[:1], at=after(90))
    delivered(("T0001", "阳性", ""))
    client = signed_in(client, *LAB, language=language)
    assert words in main_of(opened(client, "positives", at=after(621)))
    sample = Sample.objects.get()
    assert posted(client, "tell", sample.pk, at=after(622)).status_code == 302
    text = main_of(opened(client, "positives", at=after(623)))
    assert an_actor(*LAB).name in text and reverse("quarantine:tell", args=[sample.pk]) not in text


def test_every_problem_of_a_row_and_of_a_file_says_why_and_what_to_do():
    used = {"barcode", "result", "time", "lost_digits", "cut_off", "row_long", "no_sample", "contradicts"}
    assert set(PROBLEMS) == used and all(all(str(part) for part in said) for said in PROBLEMS.values())
    for code in [*FILES, "SOMETHING_NEW"]:
        no = file_refusal(code)
        assert no.code == f"results_{code.lower()}" and str(no.why) and str(no.do)
    assert {choice for choice, _word in Result.choices} == {"negative", "positive", "invalid"}
