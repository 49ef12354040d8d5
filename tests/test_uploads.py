"""Every way in for a file, attacked: by page and by API nothing hostile gets in, and what is mended is sent again."""

import csv
import io
import random
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import MINUTES
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.core.uploads import MOST_BYTES, bytes_of
from hucheng.engines.manifests import write_paxlst
from hucheng.engines.manifests.tests.test_hostile import archive
from hucheng.engines.manifests.tests.test_hostile_workbooks import rewritten, sized
from hucheng.entry.flights.models import Arrival
from hucheng.entry.manifests.models import Manifest, ManifestRow
from hucheng.entry.testing import a_flight, a_passenger, arrivals_of
from hucheng.people.register.models import Person
from tests.test_api import API, caller

pytestmark = pytest.mark.django_db
NOISE = random.Random(5).randbytes(60_000)
LIST = write_paxlst([a_passenger(n) for n in range(4)], flight="HU7976", prepared=MORNING.replace(tzinfo=None))
NO_LISTS = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf \r\n",
    "pdf": b"%PDF-1.7 1 0 obj",
    "noise": NOISE,
    "noise called zip": b"PK\x03\x04" + NOISE,
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bomb": archive(xl__workbook=b"<w/>", xl__worksheets__sheet1=bytes(301 * 1024 * 1024)),
    "endless sheet": rewritten(lambda sheet: sized(sheet, "", f"A{10**12}")),
    "cut message": LIST[:40],
    "header only": "姓名,出生日期\n".encode(),
}


def sign_in(client, role, place="140100", language="zh-hans"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    return client


def send(client, flight, data, name="list.csv", minutes=10):
    with frozen_at(after(minutes)):
        return client.post(reverse("entry:upload", args=[flight.pk]), {"file": SimpleUploadedFile(name, data)})


def last_account() -> dict[str, int]:
    taken = Manifest.objects.order_by("-received_at", "-id").first()
    counted = {state.value: getattr(taken, state.value) for state in ManifestRow.State}
    assert taken.rows == sum(counted.values()) == taken.lines.count()
    return {state: count for state, count in counted.items() if count}


@pytest.mark.parametrize("data", NO_LISTS.values(), ids=NO_LISTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_that_is_no_list_is_refused_on_the_page_with_why_and_what_to_do(client, data, language):
    flight = a_flight()
    page = send(sign_in(client, Role.ENTRY, language=language), flight, data, "名单=cmd|'!A1.csv")
    refusal = page.context["refusal"]
    html = page.content.decode()
    assert page.status_code == 422 and refusal.code in html and 'role="alert"' in html
    for part in (str(refusal.why), str(refusal.do)):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in part) == (language == "zh-hans"), part
    assert not Manifest.objects.exists() and not Person.objects.exists() and not Arrival.objects.exists()


@pytest.mark.parametrize("data", NO_LISTS.values(), ids=NO_LISTS)
def test_the_api_refuses_it_with_the_same_code(client, data):
    flight = a_flight()
    auth, _grant = caller(Role.ENTRY)
    with frozen_at(after(10)):
        answer = client.post(f"{API}/flights/{flight.pk}/manifests", {"file": SimpleUploadedFile("x", data)}, **auth)
    assert answer.status_code == 409 and answer.json()["code"].startswith("manifest_"), answer.content
    assert not Manifest.objects.exists()


class Big(io.BytesIO):
    """A file that says it is large and fails when anybody reads it."""

    size = 50 * 1024 * 1024

    def read(self, *args):
        raise AssertionError("nobody needs to read what is refused by its size")


def test_a_file_over_the_limit_is_refused_by_its_size_before_it_is_read(client):
    from hucheng.core.refusal import Refusal

    with pytest.raises(Refusal) as no:
        bytes_of(Big())
    assert no.value.code == "file_too_large" and "20" in str(no.value.why)
    assert bytes_of(SimpleUploadedFile("x", b"a" * 1000)) == b"a" * 1000 and MOST_BYTES == 20 * 1024**2


def test_fifty_megabytes_of_noise_are_refused_within_seconds(client):
    big = random.Random(1).randbytes(50 * 1024 * 1024)
    flight = a_flight()
    auth, _grant = caller(Role.ENTRY)
    start = time.perf_counter()
    page = send(sign_in(client, Role.ENTRY), flight, big)
    assert page.status_code == 422 and page.context["refusal"].code == "file_too_large"
    with frozen_at(after(10)):
        answer = client.post(f"{API}/flights/{flight.pk}/manifests", {"file": SimpleUploadedFile("x", big)}, **auth)
        assert answer.status_code == 409 and answer.json()["code"] == "file_too_large"
        sign_in(client, Role.COMMAND_OFFICE)
        page = client.post(reverse("command:meetings"), {"file": SimpleUploadedFile("x.docx", big)})
    assert page.status_code == 422 and page.context["refusal"].code == "file_too_large"
    assert time.perf_counter() - start < 12


def test_two_files_in_one_request_are_one_list(client):
    flight = a_flight()
    files = [SimpleUploadedFile("a.edi", LIST), SimpleUploadedFile("b.edi", LIST)]
    with frozen_at(after(10)):
        sign_in(client, Role.ENTRY).post(reverse("entry:upload", args=[flight.pk]), {"file": files})
    assert Manifest.objects.count() == 1 and len(arrivals_of(flight)) == 4


ROWS = {
    "good": "王丽华,EZ0000001,1985-04-30,11A",
    "twice": "王丽华,EZ0000001,1985-04-30,11A",
    "no such day": "李四,EZ0000002,1985-02-30,12A",
    "not born yet": "赵六,EZ0000003,2031-01-01,13A",
    "formula": '"=HYPERLINK(""http://x"",""a"")",EZ0000004,1990-01-01,14A',
    "nobody": ",,,15A",
    "no document": "孙七,,,16A",
}


@pytest.fixture
def messy():
    return "姓名,证件号码,出生日期,座位\n" + "\n".join(ROWS.values()) + "\n"


def test_what_is_right_gets_in_and_the_rest_is_listed_with_line_field_and_remedy(client, messy):
    flight = a_flight()
    assert send(sign_in(client, Role.ENTRY), flight, messy.encode("gb18030")).status_code == 302
    account = last_account()
    assert sum(account.values()) == len(ROWS) and account["duplicate"] == 1 and account["new"] >= 1
    with frozen_at(after(11)):
        sheet = client.get(reverse("entry:rows_to_mend", args=[flight.pk])).content.decode("utf-8-sig")
    header, *listed = csv.reader(io.StringIO(sheet))
    assert header[:3] == ["line", "row", "field"]
    waiting = {row.line for row in ManifestRow.objects.filter(state="pending")}
    assert {int(line[0]) for line in listed} == waiting
    assert all(len(line) == 7 and all(line[3:]) for line in listed)


def test_the_list_of_rows_to_mend_holds_no_formula(client, messy):
    flight = a_flight()
    bad = messy.replace("李四", "=1+1").replace("孙七", "@SUM(A1)").replace("赵六", "+cmd|' /C calc'!A0")
    send(sign_in(client, Role.ENTRY), flight, bad.encode())
    with frozen_at(after(11)):
        sheet = client.get(reverse("entry:rows_to_mend", args=[flight.pk])).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(sheet)) for cell in line]
    assert cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_mended_and_sent_again_nobody_is_doubled_and_everybody_is_in(client, messy, encoding):
    flight = a_flight()
    sign_in(client, Role.ENTRY)
    send(client, flight, messy.encode(encoding))
    before = {a.pk for a in arrivals_of(flight)}
    mended = "姓名,证件号码,出生日期,座位\n" + "\n".join(
        [
            ROWS["good"],
            "李四,EZ0000002,1985-02-28,12A",
            "赵六,EZ0000003,1991-01-01,13A",
            "周八,EZ0000004,1990-01-01,14A",
            "孙七,EZ0000007,1992-02-02,16A",
        ]
    )
    for turn in range(3):
        assert send(client, flight, mended.encode(encoding), minutes=20 + turn).status_code == 302
    assert last_account() == {"same": 5}
    people = arrivals_of(flight)
    assert before <= {a.pk for a in people} and {a.seat for a in people} >= {"11A", "12A", "13A", "14A", "16A"}
    documents = [a.person.document_number for a in people if a.person.document_number]
    assert len(documents) == len(set(documents))


def test_a_list_is_not_taken_by_another_county_nor_by_a_role_without_a_hand_in_it(client):
    flight = a_flight()
    assert send(sign_in(client, Role.ENTRY, COUNTY), flight, LIST).status_code == 404
    for role in (Role.MEDICAL, Role.QUARANTINE, Role.COUNTY):
        assert send(sign_in(client, role), flight, LIST).status_code == 404
    assert not Manifest.objects.exists()


def test_a_row_is_settled_once_and_a_form_without_a_name_settles_nothing(client, messy):
    flight = a_flight()
    sign_in(client, Role.ENTRY)
    send(client, flight, messy.encode())
    row = ManifestRow.objects.filter(state="pending").first()
    mend = reverse("entry:mend", args=[flight.pk, row.pk])
    with frozen_at(after(20)):
        page = client.post(mend, {"document_number": "EZ0000009"})
        assert page.status_code == 422 and page.context["refusal"].code == "form_incomplete"
        row.refresh_from_db()
        assert row.state == "pending"
        assert client.post(mend, {"name_zh": "李四", "document_number": "EZ0000009"}).status_code == 302
        for again in ({"aside": "1"}, {"name_zh": "李四", "document_number": "EZ0000009"}):
            page = client.post(mend, again)
            assert page.status_code == 422 and page.context["refusal"].code == "row_settled"
    last_account()


NO_MINUTES = {
    "empty": ("x.txt", b" "),
    "pdf": ("x.pdf", b"%PDF-1.7"),
    "noise": ("x.txt", NOISE),
    "noise called docx": ("x.docx", b"PK\x03\x04" + NOISE),
    "docx cut": ("x.docx", b"PK\x03\x04"),
    "a workbook": ("x.xlsx", archive(xl__workbook=b"<w/>")),
    "zeros in the text": ("x.txt", MINUTES.encode() + b"\x00"),
}


@pytest.mark.parametrize(("name", "data"), NO_MINUTES.values(), ids=NO_MINUTES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_that_is_no_minutes_is_refused_and_nothing_is_kept(client, name, data, language):
    a_city()
    sign_in(client, Role.COMMAND_OFFICE, language=language)
    with frozen_at(after(10)):
        page = client.post(reverse("command:meetings"), {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 422 and not Meeting.objects.exists()
    refusal = page.context["refusal"]
    assert refusal.code == "document_unreadable"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refusal.do)) == (language == "zh-hans")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_minutes_in_another_encoding_are_known(client, encoding):
    a_city()
    sign_in(client, Role.COMMAND_OFFICE)
    with frozen_at(after(10)):
        first = SimpleUploadedFile("a.txt", MINUTES.encode())
        assert client.post(reverse("command:meetings"), {"file": first}).status_code == 302
        again = SimpleUploadedFile("b.txt", MINUTES.encode(encoding))
        page = client.post(reverse("command:meetings"), {"file": again})
    assert page.status_code == 422 and page.context["refusal"].code == "document_known"
    assert Meeting.objects.count() == 1


def test_minutes_with_markup_are_shown_as_text(client):
    a_city()
    sign_in(client, Role.COMMAND_OFFICE)
    text = MINUTES.replace("两日内", "<script>alert(1)</script>两日内")
    with frozen_at(after(10)):
        answer = client.post(reverse("command:meetings"), {"text": text, "article_date": "2020-03-21"})
        html = client.get(answer.url).content.decode()
    assert "<script>alert" not in html
