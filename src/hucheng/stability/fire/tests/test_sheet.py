"""Tables of weather: what is right goes in, the rest is listed with why, and nothing doubles."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import reverse
from openpyxl import Workbook

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.fire import actions
from hucheng.stability.fire.actions import receive_sheet
from hucheng.stability.fire.models import Observation, WeatherFile
from hucheng.stability.testing import a_station, clerk

pytestmark = pytest.mark.django_db
NOON = after(240)
GOOD = "站点,日期,气温(°C),相对湿度(%),风速(km/h),24小时降水量(mm)\n"
GOOD += "C-XD,2020-03-20,18.9,22,16,0\nC-XD,2020/3/19,12.7,28,30,0\n"


@pytest.fixture(autouse=True)
def city():
    a_city()
    a_station()


def send(data, name="w.csv", actor=None):
    return receive_sheet(
        actor=actor or clerk(), name=name, data=data if isinstance(data, bytes) else data.encode(), at=NOON
    )


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(encoding):
    assert send(GOOD.encode(encoding)).new == 2
    assert set(Observation.objects.values_list("day", "rh_pct")) == {(date(2020, 3, 19), 28), (date(2020, 3, 20), 22)}


def test_a_workbook_gives_the_same_as_text():
    rows = [
        ["station", "day", "temp_c", "rh_pct", "wind_kmh", "rain24_mm"],
        ["C-XD", date(2020, 3, 20), 18.9, 22, 16, 0],
    ]
    assert send(workbook(rows), "w.xlsx").new == 1
    assert send(GOOD).known == 1


def test_the_same_file_again_adds_nothing():
    send(GOOD)
    again = send(GOOD)
    assert (again.new, again.corrected, again.known) == (0, 0, 2) and Observation.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("C-XD,2020-03-18,18,137,16,0", "impossible_observation"),
        ("C-XD,2020-02-30,18,30,16,0", "day_unreadable"),
        ("C-XD,03/04/2020,18,30,16,0", "day_unreadable"),
        ("C-XD,2020-03-22,18,30,16,0", "day_to_come"),
        ("C-XD,2020-03-18,warm,30,16,0", "no_number"),
        ("C-XD,2020-03-18,18,,16,0", "no_number"),
        ('=cmd|"/c calc"!A1,2020-03-18,18,30,16,0', "station_unknown"),
        ("C-LF,2020-03-18,18,30,16,0", "station_unknown"),
        ("C-XD,2020-03-20,1,22,16,0", "day_twice"),
    ],
)
def test_a_wrong_line_is_listed_with_its_number_and_the_rest_goes_in(line, code):
    a_station("C-LF", OTHER_COUNTY)
    kept = send(GOOD + line + "\n")
    assert {problem["code"] for problem in kept.problems} == {code}
    assert kept.problems[-1]["line"] == 4 and all(kept.problems[-1][k] for k in ("why_zh", "why_en", "do_zh", "do_en"))
    assert kept.new == (1 if code == "day_twice" else 2)


def test_a_mended_file_brings_only_what_was_missing():
    send(GOOD + "C-XD,2020-03-18,18,137,16,0\n")
    assert send(GOOD + "C-XD,2020-03-18,18,37,16,0\n").new == 1
    assert Observation.objects.count() == 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.csv"),
        (b"%PDF-1.7", "a.pdf"),
        (bytes(range(256)) * 4000, "noise.csv"),
        (b"PK\x03\x04 cut short", "cut.xlsx"),
        ("日期,气温\n2020-03-20,18\n".encode(), "columns.csv"),
        (b"\x00" * 1000, "zero.csv"),
        (b"a" * (21 * 1024 * 1024), "large.csv"),
    ],
)
def test_what_is_no_table_of_weather_is_refused_whole(data, name):
    with pytest.raises(Refusal) as no:
        send(data, name)
    assert no.value.code in ("file_unreadable", "columns_missing") and str(no.value.do)
    assert not WeatherFile.objects.exists()


def test_a_truncated_workbook_is_refused():
    whole = workbook([["station", "day"], ["C-XD", "2020-03-20"]])
    with pytest.raises(Refusal) as no:
        send(whole[: len(whole) // 2], "w.xlsx")
    assert no.value.code == "file_unreadable"


def test_a_line_cut_off_at_the_end_is_named():
    kept = send(GOOD + "C-XD,2020-03-18,18")
    assert [(p["line"], p["code"]) for p in kept.problems] == [(4, "line_cut_off")] and kept.new == 2


def test_a_crash_in_the_middle_leaves_nothing(monkeypatch):
    def crash(**_kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(actions.WeatherFile.objects, "create", crash)
    with pytest.raises(DatabaseError):
        send(GOOD)
    assert not Observation.objects.exists()


def test_the_lines_can_be_taken_back_without_a_formula(client):
    kept = send(GOOD + '"=HYPERLINK(""x"")",2020-03-18,18,30,16,0\n')
    client.force_login(User.objects.get(pk=clerk().user_id))
    answer = client.get(reverse("stability:weather_lines", args=[kept.pk]))
    text = answer.content.decode("utf-8-sig")
    assert answer.status_code == 200 and "'=HYPERLINK" in text and "C-XD,2020-03-20" not in text
    client.force_login(User.objects.get(pk=clerk(OTHER_COUNTY).user_id))
    assert client.get(reverse("stability:weather_lines", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_takes_a_file_and_shows_what_did_not_go_in(client, language):
    client.force_login(User.objects.get(pk=clerk().user_id))
    client.cookies["django_language"] = language
    with frozen_at(NOON):
        page = reverse("stability:upload_weather")
        file = SimpleUploadedFile("w.csv", (GOOD + "C-XD,2020-03-18,18,137,16,0\n").encode())
        text = client.post(page, {"file": file}, follow=True).content.decode()
        assert ("137" in text) and ("第 4 行" if language == "zh-hans" else "Line 4") in text
        refused = client.post(page, {"file": SimpleUploadedFile("w.csv", b"")})
        assert refused.status_code == 422 and "file_unreadable" in refused.content.decode()
        assert client.post(page, {}).status_code == 422


def test_the_leading_group_reads_and_does_not_send(client):
    client.force_login(User.objects.get(pk=an_actor(Role.LEADING_GROUP).user_id))
    with frozen_at(NOON):
        assert client.get(reverse("stability:weather")).status_code == 200
        assert client.post(reverse("stability:upload_weather"), {}).status_code == 404
