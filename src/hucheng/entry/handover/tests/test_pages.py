"""Handovers on the page: what waits stands first, the receiver answers, a refusal is shown, a sheet holds the list."""

import io

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.engines.papers import pdf
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.models import Handover
from hucheng.entry.handover.queries import handovers_of
from hucheng.entry.testing import a_landed_flight, a_passenger, arrivals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_city()
    return arrivals_of(a_landed_flight(4))


@pytest.fixture
def county():
    return an_actor(Role.COUNTY, COUNTY)


def send(people, at=60, **changes):
    said = {"actor": an_actor(Role.ENTRY), "sender": "TY-MOAT", "receiver": "C-XD-LG", "what": f"list {at}"} | changes
    return send_handover(arrival_ids=[p.pk for p in people], at=after(at), **said)


def accept(handover, actor, at=70, **said):
    return answer_handover(actor=actor, handover_id=handover.pk, accept=True, at=after(at), **said)


@pytest.fixture
def page(client):
    def open_as(role, place=COUNTY, language="en"):
        client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
        client.cookies["django_language"] = language
        return client

    with frozen_at(after(120)):
        yield open_as


def test_what_waits_stands_first_and_the_latest_answer_next(people, county):
    """Where nothing sorts before a date, on SQLite, what waits came last and beyond the limit was not counted."""
    first, second, third, fourth = (send([person], at=60 + n) for n, person in enumerate(people))
    accept(second, county, at=80)
    accept(first, county, at=90)
    assert list(handovers_of(county)) == [fourth, third, first, second]


def test_a_handover_is_seen_by_both_ends_and_the_city_and_by_nobody_else(people, county):
    handover = send(people)
    assert list(handovers_of(county)) == list(handovers_of(an_actor(Role.ENTRY))) == [handover]
    assert not handovers_of(an_actor(Role.COUNTY, OTHER_COUNTY)).exists()


def test_each_handover_tells_how_many_people_it_holds(people, county):
    send(people[:1], at=60)
    send(people[1:], at=61)
    assert [row.people for row in handovers_of(county)] == [3, 1]


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "待答复"), ("en", "Waiting for an answer")])
def test_the_list_tells_what_from_whom_to_whom_and_how_it_stands(people, county, page, language, word):
    send(people[:2])
    accept(send(people[2:], at=61), county)
    shown = page(Role.COUNTY, language=language).get(reverse("entry:handovers"))
    text = shown.content.decode()
    assert shown.context["waiting"] == 1 and word in text
    for said in ("list 60", "list 61", "TY-MOAT", "C-XD-LG"):
        assert said in text


def test_the_list_is_taken_as_a_sheet_with_the_same_rows(people, page):
    send(people)
    answer = page(Role.COUNTY).get(reverse("entry:handovers"), {"as": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("What,From,To,People,Sent,Answer")
    assert lines[1].startswith("list 60,TY-MOAT,C-XD-LG,4,")


def test_an_empty_list_says_what_will_stand_there(page):
    text = page(Role.COUNTY).get(reverse("entry:handovers")).content.decode()
    assert "No handover yet" in text


def test_a_list_without_a_reason_to_refuse_is_shown_again_with_the_words(people, page):
    handover = send(people)
    answer = page(Role.COUNTY).post(reverse("entry:answer", args=[handover.pk]), {"answer": "refuse", "why": "  "})
    text = answer.content.decode()
    assert answer.status_code == 422 and "A refusal needs a reason." in text and "Say what has to change." in text
    assert answer.context["standing"]
    handover.refresh_from_db()
    assert handover.answer == Handover.Answer.OPEN


def test_a_refusal_is_kept_with_its_reason_and_shown_to_the_sender(people, page):
    handover = send(people)
    answer = reverse("entry:answer", args=[handover.pk])
    page(Role.COUNTY).post(answer, {"answer": "refuse", "why": " two are not on the bus "})
    handover.refresh_from_db()
    assert (handover.answer, handover.why, handover.answered_at) == ("refused", "two are not on the bus", after(120))
    shown = page(Role.ENTRY, "140100").get(reverse("entry:handover", args=[handover.pk]))
    assert "two are not on the bus" in shown.content.decode() and not shown.context["standing"]


def test_a_word_that_is_no_answer_accepts_nobody(people, page):
    handover = send(people)
    for said in ({}, {"answer": "yes"}):
        assert page(Role.COUNTY).post(reverse("entry:answer", args=[handover.pk]), said).status_code == 422
    assert set(Arrival.objects.values_list("holder", flat=True)) == {"TY-MOAT"}


def test_accepting_on_the_page_takes_over_and_cannot_be_done_twice(people, page):
    handover = send(people)
    answer = reverse("entry:answer", args=[handover.pk])
    client = page(Role.COUNTY)
    assert client.post(answer, {"answer": "accept"}).status_code == 302
    again = client.post(answer, {"answer": "refuse", "why": "too late"})
    assert again.status_code == 422 and "It was answered before." in again.content.decode()
    assert set(Arrival.objects.values_list("holder", flat=True)) == {"C-XD-LG"}


def test_the_workbook_holds_the_people_with_the_tail_of_their_document_only(page):
    a_city()
    passenger = a_passenger(3, seat="12C")
    (person,) = arrivals_of(a_landed_flight([passenger]))
    Arrival.objects.filter(pk=person.pk).update(needs=["diet", "wheelchair"])
    handover = send([person])
    answer = page(Role.COUNTY).get(reverse("entry:workbook", args=[handover.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="handover-20200321-0100.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"12C", "0003", "HU7976", "diet, wheelchair"} <= set(cells)
    assert passenger.document.number not in " ".join(cells)


def test_the_form_names_both_hands_and_holds_the_tail_of_each_document_only(page):
    a_city()
    passenger = a_passenger(3, seat="12C")
    handover = send(arrivals_of(a_landed_flight([passenger])))
    answer = page(Role.COUNTY).get(reverse("entry:handover_form", args=[handover.pk, "docx"]))
    assert answer["Content-Disposition"] == 'attachment; filename="handover-20200321-0100.docx"'
    form, people, hands = Document(io.BytesIO(answer.content)).tables
    told = {row.cells[0].text: row.cells[1].text for row in form.rows}
    assert "专门机构" in told["移交单位"] and told["交接时间"].startswith("2020年3月21日")
    cells = [cell.text for row in people.rows for cell in row.cells]
    assert {"12C", "0003", "HU7976"} <= set(cells) and passenger.document.number not in " ".join(cells)
    assert len(hands.rows[0].cells) == 2


def test_a_form_in_another_ending_or_without_a_font_is_none(page, people, monkeypatch, tmp_path):
    handover, client = send(people), page(Role.COUNTY)
    assert client.get(reverse("entry:handover_form", args=[handover.pk, "txt"])).status_code == 404
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    monkeypatch.setattr(pdf, "SYSTEM_FONTS", (tmp_path,))
    answer = client.get(reverse("entry:handover_form", args=[handover.pk, "pdf"]))
    assert answer.status_code == 422 and answer.context["refusal"].code == "font_missing"


@pytest.mark.parametrize("role", [Role.LABORATORY, Role.LEADING_GROUP, Role.DEPARTMENT])
def test_a_role_without_a_hand_in_it_neither_sends_nor_answers(people, role):
    handover = send(people)
    for act in (lambda: send(people, at=61, actor=an_actor(role)), lambda: accept(handover, an_actor(role))):
        with pytest.raises(Refusal) as no:
            act()
        assert no.value.code == "role_may_not"
    assert Handover.objects.count() == 1


def test_long_words_are_cut_to_what_the_ledger_holds(people, county):
    handover = send(people, what="转" * 300)
    answer_handover(actor=county, handover_id=handover.pk, accept=False, why="缺" * 500, at=after(70))
    handover.refresh_from_db()
    assert (len(handover.what), len(handover.why)) == (80, 200)


def test_a_refused_list_may_be_sent_to_another_county(people, county):
    answer_handover(actor=county, handover_id=send(people).pk, accept=False, why="not ours", at=after(70))
    accept(send(people, at=71, receiver="C-LF-LG"), an_actor(Role.COUNTY, OTHER_COUNTY), at=72)
    assert set(Arrival.objects.values_list("holder", flat=True)) == {"C-LF-LG"}


def test_a_hospital_says_where_it_took_them(people):
    handover = send(people[:1], receiver="HOSP-A")
    accept(handover, an_actor(Role.MEDICAL), whereabouts=Whereabouts.HOSPITAL)
    people[0].refresh_from_db()
    assert (people[0].whereabouts, people[0].holder) == (Whereabouts.HOSPITAL, "HOSP-A")
    last = people[0].custody.latest()
    assert (last.whereabouts, last.holder, last.at) == (Whereabouts.HOSPITAL, "HOSP-A", after(70))


def test_every_answer_and_every_refused_answer_leaves_its_line(people, county):
    handover = send(people)
    for why in ("", "full"):
        try:
            answer_handover(actor=county, handover_id=handover.pk, accept=False, why=why, at=after(70))
        except Refusal as no:
            assert no.code == "reason_missing"
    lines = AuditLine.objects.filter(act="entry.handover.answer_handover").order_by("id")
    assert sorted(line.refused for line in lines) == ["", "reason_missing"]
