"""The columns of an airline's sheets: shown, settled by a person, remembered, read so from then on (ISS-11)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.flights.models import Arrival
from hucheng.entry.manifests.actions import receive_manifest, settle_columns
from hucheng.entry.manifests.models import Manifest, SettledColumns
from hucheng.entry.manifests.queries import columns_of, memory_of, settled_columns, source_of
from hucheng.entry.testing import a_flight, a_passenger
from hucheng.people.door import PersonRecord
from hucheng.people.register.models import Person

pytestmark = pytest.mark.django_db
ODD = "谁,何时,什么,坐哪\nTESTWANG/LIHUA,1985-04-30,EZ0000001,34F\nTESTLI/MING,1990-01-02,EZ0000002,35A\n"
SETTLED = {"谁": "name", "何时": "birth", "什么": "document_number", "坐哪": "seat"}


@pytest.fixture
def desk():
    return an_actor(Role.ENTRY)


@pytest.fixture
def flight():
    return a_flight()


@pytest.fixture
def page(desk):
    client = Client()
    client.force_login(User.objects.get(pk=desk.user_id))
    with frozen_at(after(10)):
        yield client


def send(desk, flight, text=ODD, minutes=5):
    data = text.encode()
    return receive_manifest(actor=desk, flight_id=flight.pk, name="list.csv", data=data, at=after(minutes))


def settle(desk, flight, columns=None, minutes=4):
    return settle_columns(actor=desk, flight_id=flight.pk, columns=columns or SETTLED, at=after(minutes))


def taken(actor, flight, data=None):
    return {one.column: (one.field, one.how) for one in columns_of(actor, flight, after(9), data).shown}


def a_file(text=ODD, name="list.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_a_sheet_that_is_not_understood_is_refused_and_nothing_is_kept(desk, flight):
    with pytest.raises(Refusal) as no:
        send(desk, flight)
    assert no.value.code == "manifest_unknown_columns" and str(no.value.do)
    assert not Manifest.objects.exists() and AuditLine.objects.filter(refused=no.value.code).exists()


BARE = "姓名,出生日期\n王丽华,1985-04-30\n李明,1990-01-02\n"
LOST = "姓名,出生日期,什么\n王丽华,1985-04-30,EZ0000001\n李明,1990-01-02,EZ0000002\n"
SEATS = "姓名,证件号码,坐哪\n王丽华,EZ0000001,34F\n李明,EZ0000002,35A\n"


@pytest.mark.parametrize(
    ("text", "asked"),
    [(BARE, "证件号码"), (LOST, "证件号码"), (SEATS, "座位号"), ("姓名,生日,座位\n王丽,1985-04-30,1A\n", "证件号码")],
)
def test_a_sheet_that_may_lose_what_tells_people_apart_waits_for_a_person(desk, flight, text, asked):
    with pytest.raises(Refusal) as no:
        send(desk, flight, text)
    assert no.value.code == "columns_to_confirm" and asked in str(no.value.why) and str(no.value.do)
    assert not Manifest.objects.exists() and not Person.objects.exists()


@pytest.mark.parametrize(
    ("text", "settled", "document"),
    [
        (BARE, {"姓名": "name", "出生日期": "birth"}, ""),
        (LOST, {"姓名": "name", "出生日期": "birth", "什么": ""}, ""),
        (LOST, {"姓名": "name", "出生日期": "birth", "什么": "document_number"}, "EZ0000001"),
    ],
)
def test_once_a_person_has_confirmed_the_columns_it_is_taken_in(desk, flight, text, settled, document):
    settle(desk, flight, settled)
    assert send(desk, flight, text).new == 2
    assert Person.objects.get(name_zh="王丽华").document_number == document


def test_a_new_column_of_a_confirmed_sheet_asks_again(desk, flight):
    settle(desk, flight, {"姓名": "name", "出生日期": "birth"})
    with pytest.raises(Refusal) as no:
        send(desk, flight, LOST)
    assert no.value.code == "columns_to_confirm"


def test_columns_that_the_caller_names_are_confirmed_by_that(desk, flight):
    named = {"document_number": "什么"}
    receive_manifest(actor=desk, flight_id=flight.pk, name="x.csv", data=LOST.encode(), mapping=named, at=after(5))
    assert set(Person.objects.values_list("document_number", flat=True)) == {"EZ0000001", "EZ0000002"}


@pytest.mark.parametrize(
    "text", ["姓名,证件号码\n王丽华,EZ0000001\n", "姓名,身份证号,备注\n王丽华,110101199003078515,靠窗\n"]
)
def test_a_sheet_with_documents_needs_no_confirmation(desk, flight, text):
    assert send(desk, flight, text).rows == 1


@pytest.mark.parametrize(("language", "words"), [("en", "no column is taken for"), ("zh-hans", "没有列被识别为")])
def test_the_page_shows_the_columns_and_takes_the_list_when_they_are_confirmed(page, flight, language, words):
    header = {"headers": {"accept-language": language}}
    sent = page.post(reverse("entry:upload", args=[flight.pk]), {"file": a_file(LOST)}, **header)
    assert sent.status_code == 422 and words in sent.text and '<option value="document_number" selected' in sent.text
    chosen = {
        "header": ["姓名", "出生日期", "什么"],
        "field": ["name", "birth", "document_number"],
        "file": a_file(LOST),
    }
    assert page.post(reverse("entry:columns", args=[flight.pk]), chosen, **header).status_code == 302
    assert Arrival.objects.count() == 2


def test_what_was_settled_is_used_for_the_airlines_next_sheet(desk, flight):
    settle(desk, flight)
    manifest = send(desk, flight)
    assert (manifest.new, manifest.rows) == (2, 2) and manifest.columns == list(SETTLED)
    assert set(Arrival.objects.values_list("seat", flat=True)) == {"34F", "35A"}


def test_it_holds_for_every_flight_of_the_airline_and_for_no_other(desk, flight):
    settle(desk, flight)
    assert send(desk, a_flight("HU489")).new == 2
    with pytest.raises(Refusal) as no:
        send(desk, a_flight("CA910"))
    assert no.value.code == "manifest_unknown_columns"


def test_a_wrong_guess_is_corrected_by_the_next_sheet(desk, flight):
    text = "姓名,护照号,座位,实际座位\n王丽华,EZ0000001,34F,35A\n"
    send(desk, flight, text)
    assert Arrival.objects.get().seat == "34F"
    settle(desk, flight, {"姓名": "name", "护照号": "document_number", "座位": "", "实际座位": "seat"})
    assert send(desk, flight, text, minutes=8).updated == 1 and Arrival.objects.get().seat == "35A"


def test_what_the_caller_says_counts_before_what_is_remembered(desk, flight):
    settle(desk, flight)
    text = ODD.replace("坐哪", "坐哪,另座").replace("34F", "34F,40C").replace("35A", "35A,41C")
    receive_manifest(
        actor=desk, flight_id=flight.pk, name="x.csv", data=text.encode(), mapping={"seat": "另座"}, at=after(5)
    )
    assert set(Arrival.objects.values_list("seat", flat=True)) == {"40C", "41C"}


def test_a_message_needs_no_columns(desk, flight):
    settle(desk, flight)
    data = write_paxlst([a_passenger(1)], flight="HU7976", prepared=after().replace(tzinfo=None))
    manifest = receive_manifest(actor=desk, flight_id=flight.pk, name="x.edi", data=data, at=after(5))
    assert manifest.new == 1 and manifest.columns == []


def test_settling_leaves_who_when_and_an_audit_line(desk, flight):
    row = settle(desk, flight)
    assert (row.source, row.place, row.settled_by_id, row.settled_at) == ("HU", flight.place, desk.user_id, after(4))
    line = AuditLine.objects.get(act="entry.manifests.settle_columns")
    assert line.user_id == desk.user_id and line.detail["gave"] == str(row.pk)


def test_a_correction_is_a_new_row_and_keeps_the_other_columns(desk, flight):
    settle(desk, flight)
    settle(desk, flight, {"谁": "name", "备注二": "pnr"}, minutes=6)
    assert SettledColumns.objects.count() == 2
    assert memory_of(desk, "HU")["坐哪"] == "seat" and memory_of(desk, "HU")["备注二"] == "pnr"


def test_what_was_settled_is_never_changed(desk, flight):
    settle(desk, flight)
    with pytest.raises(IntegrityError, match="entry_settledcolumns_no_update"), transaction.atomic():
        SettledColumns.objects.update(columns={})


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"谁": "name", "何时": "horoscope"}, "columns_unknown_field"),
        ({"谁": "name", "何时": "birth", "什么": "birth"}, "columns_field_twice"),
        ({"何时": "birth"}, "columns_no_name"),
        ({"谁": ""}, "columns_no_name"),
    ],
)
def test_a_mapping_that_would_not_read_is_refused_with_a_next_step(desk, flight, columns, code):
    with pytest.raises(Refusal) as no:
        settle(desk, flight, columns)
    assert no.value.code == code and str(no.value.why) and str(no.value.do)
    assert not SettledColumns.objects.exists()


@pytest.mark.parametrize("role", [Role.MEDICAL, Role.QUARANTINE, Role.LEADING_GROUP])
def test_who_takes_no_lists_settles_no_columns(flight, role):
    with pytest.raises(Refusal) as no:
        settle(an_actor(role), flight)
    assert no.value.code == "role_may_not"


def test_another_county_neither_settles_nor_sees(flight, desk):
    stranger = an_actor(Role.ENTRY, OTHER_COUNTY)
    with pytest.raises(Http404):
        settle(stranger, flight)
    settle(desk, flight)
    assert settled_columns(stranger, "HU") is None and memory_of(an_actor(Role.ENTRY, COUNTY), "HU") == {}


def test_the_source_is_the_airline(flight):
    assert (source_of(flight), source_of(a_flight("3U8888"))) == ("HU", "3U")


def test_columns_of_a_file_are_shown_with_suggestions_then_as_settled(desk, flight):
    assert taken(desk, flight, ODD.encode())["坐哪"] == ("seat", "content")
    settle(desk, flight)
    assert taken(desk, flight, ODD.encode())["坐哪"] == ("seat", "remembered")


def test_without_a_file_the_airlines_last_sheet_is_shown_without_its_rows(desk, flight):
    assert taken(desk, flight) == {}
    send(desk, flight, "姓名,护照号\n王丽华,EZ1\n")
    settle(desk, flight)
    send(desk, a_flight("HU489"), minutes=6)
    assert list(taken(desk, flight)) == list(SETTLED)
    assert all(one.samples == () for one in columns_of(desk, flight, after(9)).shown)


def test_a_file_of_no_use_shows_no_columns(desk, flight):
    assert taken(desk, flight, b"%PDF") == {}


def test_an_upload_that_is_not_understood_opens_the_page_of_columns(page, flight):
    answer = page.post(reverse("entry:upload", args=[flight.pk]), {"file": a_file()})
    text = answer.content.decode()
    assert answer.status_code == 422 and "坐哪" in text and "34F · 35A" in text
    assert '<option value="seat" selected>' in text and "未能识别表头" in text
    assert not Manifest.objects.exists()


def test_the_page_settles_and_reads_the_file_at_once(page, flight):
    form = {"header": list(SETTLED), "field": list(SETTLED.values()), "file": a_file()}
    answer = page.post(reverse("entry:columns", args=[flight.pk]), form)
    assert (answer.status_code, answer.url) == (302, reverse("entry:flight", args=[flight.pk]))
    assert Manifest.objects.get().new == 2 and SettledColumns.objects.get().source == "HU"


def test_the_page_settles_without_a_file_and_shows_who_did(page, flight, desk):
    form = {"header": list(SETTLED), "field": list(SETTLED.values())}
    assert page.post(reverse("entry:columns", args=[flight.pk]), form).status_code == 302
    page.post(reverse("entry:upload", args=[flight.pk]), {"file": a_file()})
    text = page.get(reverse("entry:columns", args=[flight.pk])).content.decode()
    assert "按上次更正" in text and str(User.objects.get(pk=desk.user_id)) in text


def test_a_refused_choice_is_kept_on_the_page_with_its_reason(page, flight):
    form = {"header": list(SETTLED), "field": ["", "birth", "birth", "seat"]}
    answer = page.post(reverse("entry:columns", args=[flight.pk]), form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "不能同时由两列填写" in text and "请将其中一列设为" in text
    assert text.count('<option value="birth" selected>') == 2 and not SettledColumns.objects.exists()


def test_the_page_speaks_both_languages(page, flight):
    page.cookies["django_language"] = "en"
    answer = page.post(reverse("entry:upload", args=[flight.pk]), {"file": a_file()})
    text = answer.content.decode()
    assert "Remember the columns" in text and "suggested by its content" in text and "Seat" in text


def test_the_desk_leads_to_the_columns(page, flight):
    assert (
        reverse("entry:columns", args=[flight.pk])
        in page.get(reverse("entry:flight", args=[flight.pk])).content.decode()
    )
    empty = page.get(reverse("entry:columns", args=[flight.pk])).content.decode()
    assert "尚未收到该航空公司的表格名单" in empty


def test_a_merged_person_is_found_again_under_settled_columns(desk, flight):
    """The mapping decides who a row is: the same people by message and by odd sheet are the same people."""
    record = PersonRecord(surname="TESTWANG", given="LIHUA", document_number="EZ0000001")
    assert record.document_number in ODD
    settle(desk, flight)
    send(desk, flight)
    assert send(desk, flight, minutes=7).same == 2 and Person.objects.count() == 2


@pytest.mark.parametrize("role", [Role.MEDICAL, Role.QUARANTINE, Role.LEADING_GROUP, Role.LABORATORY])
def test_the_page_of_columns_is_not_there_for_who_takes_no_lists(flight, role):
    client, url = Client(), reverse("entry:columns", args=[flight.pk])
    client.force_login(User.objects.get(pk=an_actor(role).user_id))
    with frozen_at(after(10)):
        assert client.get(url).status_code == 404
        assert client.post(url, {"header": "谁", "field": "name"}).status_code == 404
    assert not SettledColumns.objects.exists()


def test_the_page_costs_the_same_however_many_sheets_came(desk, flight, page, django_assert_max_num_queries):
    url = reverse("entry:columns", args=[flight.pk])
    for minutes in range(5, 10):
        send(desk, flight, f"姓名,护照号\n王丽华,EZ{minutes}\n", minutes=minutes)
        settle(desk, flight, {"姓名": "name", "护照号": "document_number"}, minutes=minutes)
    with django_assert_max_num_queries(14):
        assert "护照号" in page.get(url).content.decode()


def test_a_file_that_is_no_list_keeps_the_choices_on_the_page(page, flight):
    form = {"header": list(SETTLED), "field": list(SETTLED.values()), "file": a_file("%PDF-1.4", "x.pdf")}
    answer = page.post(reverse("entry:columns", args=[flight.pk]), form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "坐哪" in text and '<option value="seat" selected>' in text
    assert SettledColumns.objects.count() == 1 and not Manifest.objects.exists()


def test_headers_of_a_file_are_shown_as_text_never_as_markup(page, flight):
    odd = "<script>alert(1)</script>,什么\n=cmd|x,EZ0000001\n"
    text = page.post(reverse("entry:upload", args=[flight.pk]), {"file": a_file(odd)}).content.decode()
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text
