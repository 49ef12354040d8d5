"""Tables of weather, line by line: what a cell may look like, which lines are kept out and why, and who sees a file."""

import csv
import io
from dataclasses import astuple
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.engines.manifests.table import MAX_ROWS
from hucheng.stability.fire.actions import receive_sheet
from hucheng.stability.fire.models import Observation, WeatherFile
from hucheng.stability.fire.queries import file_seen_by, files_seen_by
from hucheng.stability.fire.sheet import HEADS, read_sheet
from hucheng.stability.testing import TODAY, a_station, clerk, department, refused, visit

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


def read(text):
    return read_sheet(text if isinstance(text, bytes) else text.encode(), today=TODAY)


def send(text, actor=None, name="w.csv", at=NOON):
    return receive_sheet(actor=actor or clerk(), name=name, data=text.encode(), at=at)


def a_workbook(**sheets):
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "value"),
    [("-3.5", -3.5), ("−3.5", -3.5), ("１８．９", 18.9), (" 18.9 ", 18.9), ("0", 0.0), ("1e1", 10.0), ("+4", 4.0)],
)
def test_a_number_reads_in_every_usual_spelling(cell, value):
    ((row,), problems) = read(HEAD + a_line(temp_c=cell))
    assert row.observation.temp_c == value and not problems


@pytest.mark.parametrize("cell", ["", " ", "warm", '"18,9"', "1.2.3", "=1+1", "18°C", "--3", "十八"])
@pytest.mark.parametrize("name", ["temp_c", "rain_mm"])
def test_what_is_no_number_is_said_of_its_line(cell, name):
    rows, (problem,) = read(HEAD + a_line(**{name: cell}))
    assert not rows and (problem.line, problem.no.code) == (2, "no_number")


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2020-03-20", date(2020, 3, 20)), ("2020/3/20", date(2020, 3, 20)), ("20200320", date(2020, 3, 20)),
     ("2020年3月20日", date(2020, 3, 20))],
)  # fmt: skip
def test_a_day_reads_in_every_usual_spelling(cell, day):
    assert read(HEAD + a_line(day=cell))[0][0].observation.day == day


@pytest.mark.parametrize("cell", ["", "yesterday", "2020-02-30", "03/04/2020", "2020-13-01"])
def test_a_day_that_is_none_or_two_is_said_of_its_line(cell):
    rows, (problem,) = read(HEAD + a_line(day=cell))
    assert not rows and (problem.line, problem.no.code) == (2, "day_unreadable")


@pytest.mark.parametrize("names", [tuple(HEADS), tuple(reversed(HEADS)), ("remark", *HEADS, "by")])
@pytest.mark.parametrize("word", [min, max])
def test_columns_stand_in_any_order_under_any_of_their_names(names, word):
    heads = [word(HEADS[name]) if name in HEADS else name for name in names]
    cells = [dict(zip(HEADS, LINE, strict=True)).get(name, "x") for name in names]
    ((row,), problems) = read(",".join(heads) + "\n" + ",".join(cells) + "\n")
    assert astuple(row.observation) == ("C-XD", date(2020, 3, 20), 18.9, 22, 16, 0) and not problems


@pytest.mark.parametrize("missing", list(HEADS))
def test_a_table_without_one_of_its_columns_is_refused(missing):
    heads = ",".join(name for name in HEADS if name != missing)
    with pytest.raises(Refusal) as no:
        read(heads + "\nC-XD,1,2,3,4\n")
    assert no.value.code == "columns_missing"


def test_titles_above_the_head_and_empty_lines_between_are_passed_over():
    rows, problems = read("Weather of March\n\n" + HEAD + a_line() + "\n,,,,,\n" + a_line(day="2020-03-19"))
    assert [(row.line, row.observation.day.day) for row in rows] == [(4, 20), (7, 19)] and not problems


def test_the_first_sheet_that_is_understood_is_read():
    head, line = HEAD.strip().split(","), ["C-XD", date(2020, 3, 20), 18.9, 22, 16, 0]
    data = a_workbook(cover=[["Weather bureau"]], march=[head, line], april=[head, [*line[:2], 1, 1, 1, 1]])
    ((row,), problems) = read(data)
    assert row.observation.temp_c == 18.9 and not problems


def test_a_table_longer_than_any_is_refused():
    with pytest.raises(Refusal) as no:
        read(HEAD + a_line() * (MAX_ROWS + 1))
    with override("en"):
        assert (no.value.code, str(no.value.why)) == ("file_unreadable", "The file is too large for daily weather.")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n;\t|'), max_size=8)


@given(st.lists(st.tuples(*[CELLS] * 6), max_size=6))
def test_every_line_is_read_or_named_and_none_is_lost(lines):
    text = HEAD + a_line() + "".join(",".join(line) + "\n" for line in lines)
    try:
        rows, problems = read(text)
    except Refusal as no:
        assert no.code == "file_unreadable"
        return
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    assert len(filled) <= len(rows) + len(problems) - 1 <= len(lines)
    assert {problem.no.code for problem in problems} <= {"no_number", "day_unreadable", "line_cut_off"}


@given(st.binary(max_size=300))
def test_noise_is_refused_and_never_an_error(data):
    with pytest.raises(Refusal) as no:
        read(data)
    assert no.value.code in ("file_unreadable", "columns_missing")


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
