"""Tables of weather, line by line: what a cell may look like, which lines are kept out and why, and who sees a file."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.fire.actions import receive_sheet
from hucheng.stability.fire.models import Observation, WeatherFile
from hucheng.stability.fire.queries import file_seen_by, files_seen_by
from hucheng.stability.fire.sheet import HEADS
from hucheng.stability.testing import a_station, clerk, department, refused, visit

pytestmark = pytest.mark.django_db
NOON = after(240)
HEAD = "station,day,temp_c,rh_pct,wind_kmh,rain_mm\n"
LINE = ("C-XD", "2020-03-20", "18.9", "22", "16", "0")


@pytest.fixture(autouse=True)
def city():
    a_city()
    a_station()


def a_line(**changes):
    return ",".join(changes.get(name, cell) for name, cell in zip(HEADS, LINE, strict=True)) + "\n"


def send(text, actor=None, name="w.csv", at=NOON):
    return receive_sheet(actor=actor or clerk(), name=name, data=text.encode(), at=at)


def test_a_line_twice_with_the_same_values_is_one_observation():
    kept = send(HEAD + a_line() * 3)
    assert (kept.new, kept.known, kept.corrected, kept.problems) == (1, 2, 0, []) and Observation.objects.count() == 1


def test_a_day_twice_with_two_values_goes_in_for_nobody_and_both_lines_are_named():
    kept = send(HEAD + a_line() + a_line(rain_mm="3") + a_line(day="2020-03-19"))
    assert [(problem["line"], problem["code"]) for problem in kept.problems] == [(2, "day_twice"), (3, "day_twice")]
    assert kept.new == 1 and Observation.objects.get().day == date(2020, 3, 19)


def test_another_value_of_a_known_day_corrects_it():
    send(HEAD + a_line())
    kept = send(HEAD + a_line(rain_mm="3"))
    assert (kept.new, kept.corrected, kept.known) == (0, 1, 0)
    assert Observation.objects.get(version=2).rain_mm == 3


def test_problems_are_kept_in_the_order_of_their_lines_with_the_line_as_it_came():
    bad = a_line(day="soon") + a_line(station="C-NONE") + a_line(rh_pct="137") + a_line(wind_kmh="x" * 600)
    kept = send(HEAD + bad)
    assert [(problem["line"], problem["code"]) for problem in kept.problems] == [
        (2, "day_unreadable"), (3, "station_unknown"), (4, "impossible_observation"), (5, "no_number"),
    ]  # fmt: skip
    assert kept.problems[1]["raw"] == a_line(station="C-NONE").strip() and len(kept.problems[3]["raw"]) == 500
    for problem in kept.problems:
        assert problem["why_zh"] != problem["why_en"] and problem["do_zh"] != problem["do_en"]


def test_a_file_is_kept_with_its_name_its_sender_and_its_digest():
    kept = send(HEAD + a_line(), name="n" * 300)
    assert (kept.name, kept.place, kept.sent_by_id, kept.sent_at) == ("n" * 200, COUNTY, clerk().user_id, NOON)
    assert len(kept.sha256) == 64 and send(HEAD + a_line()).sha256 == kept.sha256 != send(HEAD).sha256
    line = AuditLine.objects.filter(act="stability.fire.receive_sheet").first()
    assert line.detail["gave"] and not line.refused


def test_the_department_sends_for_every_county_and_a_county_for_its_own():
    a_station("C-LF", OTHER_COUNTY)
    both = HEAD + a_line() + a_line(station="C-LF")
    assert send(both).new == 1 and send(both, actor=department()).new == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_nobody_else_sends_a_file(role):
    given_ = {"actor": an_actor(role, unit="x"), "name": "w.csv", "data": (HEAD + a_line()).encode(), "at": NOON}
    refused("role_may_not", receive_sheet, **given_)
    assert not WeatherFile.objects.exists()


def test_ten_files_are_listed_newest_first_to_their_own_place():
    made = [send(HEAD, at=after(240 + n)) for n in range(12)]
    assert files_seen_by(clerk()) == made[:1:-1] and files_seen_by(department()) == made[:1:-1]
    assert files_seen_by(clerk(OTHER_COUNTY)) == [] and file_seen_by(clerk(), made[0].pk) == made[0]
    for actor, which in ((clerk(OTHER_COUNTY), made[0].pk), (clerk(), uuid4())):
        with pytest.raises(Http404):
            file_seen_by(actor, which)


def test_lines_taken_back_are_mended_and_sent_again(client):
    kept = send(HEAD + a_line() + a_line(day="2020-03-19", rh_pct="137"))
    answer = visit(client, clerk(), "weather_lines", args=[kept.pk])
    head, line = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:2] == ["line", "row"] and line[0] == "3" and "137" in line[2] and "137" in line[3]
    assert answer["Content-Disposition"].startswith("attachment")
    mended = HEAD + line[1].replace("137", "37") + "\n"
    assert send(mended).new == 1 and Observation.objects.count() == 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_lists_five_lines_of_a_file_and_counts_the_rest(client, language):
    text = HEAD + "".join(a_line(day=f"2020-03-{n:02}", rh_pct="137") for n in range(1, 9)) + a_line()
    file = SimpleUploadedFile("march.csv", text.encode())
    answer = visit(client, clerk(), "upload_weather", {"file": file}, at=NOON, follow=True, language=language)
    shown = answer.content.decode()
    assert "march.csv" in shown and shown.count("137") == 5
    assert ("1 new, 0 corrected, 0 known already, 8 not taken." in shown) == (language == "en")
