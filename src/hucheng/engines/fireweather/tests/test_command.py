"""`hucheng fire fwi`: tables in, tables out, bad tables refused by line."""

import csv
import io

import pytest
from click.testing import CliRunner

from hucheng.engines.fireweather.command import fire
from hucheng.engines.fireweather.problems import TableUnreadable
from hucheng.engines.fireweather.sheet import add_codes

HEAD = "station,mon,day,temp_c,rh_pct,wind_kmh,rain24_mm\n"
DAYS = "A,4,13,17,42,25,0\nB,4,13,17,42,25,0\nA,4,14,20,21,25,2.4\nB,4,14,20,21,25,2.4\n"


def run(path, text, *options):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(fire, ["fwi", str(path), *options])


def table_of(sheet):
    return list(csv.DictReader(io.StringIO(sheet.text)))


def test_stations_are_kept_apart_and_rows_in_order():
    rows = table_of(add_codes((HEAD + DAYS).encode()))
    assert [row["station"] for row in rows] == ["A", "B", "A", "B"]
    assert rows[0]["fwi"] == rows[1]["fwi"] and rows[2]["fwi"] == rows[3]["fwi"]
    assert round(float(rows[3]["fwi"]), 1) == 9.3


def test_the_command_writes_its_file(tmp_path):
    done = run(tmp_path / "in.csv", HEAD + DAYS, "--out", str(tmp_path / "out.csv"))
    assert done.exit_code == 0
    assert (
        (tmp_path / "out.csv").read_text().splitlines()[0].endswith("ffmc,dmc,dc,isi,bui,fwi,dsr,grade,grade_by,danger")
    )


def test_the_command_prints_without_a_file(tmp_path):
    assert run(tmp_path / "in.csv", "\ufeff" + HEAD + DAYS).output.startswith("station,mon")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no day"),
        (HEAD, "no day"),
        ("mon,day\n4,13\n", "missing: temp_c, rh_pct, wind_kmh, rain24_mm"),
        (b"\xff\xfe\x00\x81\x93", "no CSV"),
        (HEAD + "A,4,13,17,142,25,0\n", "Line 2 (A)"),
        (HEAD + "A,4,13,17,42,25,0\nA,4,14,warm,42,25,0\n", "Line 3 (A): The temperature is missing"),
        (HEAD + "A,4,13\n", "Line 2"),
        (
            HEAD + "A,4,13,17,42,25,\nB,4,13,17,42,25,0\nA,4,14,,42,25,0\n",
            "24 hours is missing or is no number (and 1 more",
        ),
        (HEAD + "A,4,31,17,42,25,0\n", "Line 2 (A): There is no day 4-31"),
        (HEAD + "A,4,13,17,42,25,0\nA,4,13,17,42,25,0\n", "Line 3 (A): 04-13 is there twice"),
        (HEAD + "A,4,13,17,42,25,0\nA,4,12,17,42,25,0\n", "before the row above"),
        ("index," + HEAD + "-5,A,4,13,17,42,25,0\n", "index of -5"),
        ("index," + HEAD + "red,A,4,13,17,42,25,0\n", "index: red"),
    ],
)
def test_a_bad_table_is_refused_and_nothing_written(tmp_path, text, said):
    out = tmp_path / "out.csv"
    done = run(tmp_path / "in.csv", text, "--out", str(out))
    assert done.exit_code == 2
    assert said in done.output
    assert not out.exists()


def test_braces_in_a_station_name_are_only_text():
    with pytest.raises(TableUnreadable, match="x}{y"):
        add_codes((HEAD + "{x}{y},4,13,17,142,25,0\n").encode())


def test_cells_beyond_the_heading_are_left_out():
    assert add_codes((HEAD + "A,4,13,17,42,25,0,9,9\n").encode()).text.count("\n") == 2


def test_days_left_out_are_named_and_the_codes_go_on(tmp_path):
    gap = HEAD + "A,5,30,17,42,25,0\nA,6,2,17,42,25,0\n"
    done = run(tmp_path / "in.csv", gap)
    assert done.exit_code == 0 and "Line 3 (A): 2 days are missing" in done.output
    assert len(add_codes(gap.encode()).notes) == 1


@pytest.mark.parametrize(
    "days", ["12,31;1,1", "2,28;3,1", "2,28;2,29", "2,29;3,1"], ids=["new year", "common year", "leap day", "leap year"]
)
def test_days_that_follow_each_other_are_no_gap(days):
    text = HEAD + "".join(f"A,{day},1,42,25,0\n" for day in days.split(";"))
    assert add_codes(text.encode()).notes == ()


def test_with_years_a_leap_day_is_missed_and_a_new_year_is_not():
    head = "year," + HEAD
    followed = head + "2019,A,12,31,1,42,25,0\n2020,A,1,1,1,42,25,0\n"
    missed = head + "2020,A,2,28,1,42,25,0\n2020,A,3,1,1,42,25,0\n"
    assert add_codes(followed.encode()).notes == ()
    assert "1 days are missing" in add_codes(missed.encode()).notes[0].en


def test_the_grade_is_that_of_the_national_index_where_there_is_one():
    text = "index," + HEAD + "95,A,4,13,17,42,25,0\n,B,4,13,17,42,25,0\n"
    rows = table_of(add_codes(text.encode()))
    assert [(row["grade"], row["grade_by"], row["danger"]) for row in rows] == [
        ("5", "index", "low"),
        ("2", "fwi", "low"),
    ]


def test_stations_have_their_own_latitude_start_and_winter(tmp_path):
    day = HEAD + "".join(f"{name},7,1,20,42,25,0\n" for name in "ABCD")
    stations = tmp_path / "stations.csv"
    stations.write_text("station,lat,ffmc,dmc,dc,fall_dc,winter_mm\nA,5,,,,,\nB,,90,20,300,,\nC,,,,,300,50\n")
    done = run(tmp_path / "in.csv", day, "--stations", str(stations))
    a, b, c, d = csv.DictReader(io.StringIO(done.output))
    assert float(a["dmc"]) < float(d["dmc"]) and float(a["dc"]) < float(d["dc"])
    assert float(b["dc"]) > 300 and float(b["dmc"]) > 20 and float(b["ffmc"]) > float(d["ffmc"])
    assert float(d["dc"]) < float(c["dc"]) < float(b["dc"])


@pytest.mark.parametrize(
    "stations",
    [
        b"\xff\xfe",
        b"name\nA\n",
        b"station,lat\nA,95\n",
        b"station,ffmc\nA,102\n",
        b"station,dc\nA,dry\n",
        b"station,fall_dc\nA,300\n",
        b"station,dc,fall_dc,winter_mm\nA,5,300,100\n",
    ],
)
def test_a_bad_table_of_stations_is_refused(stations):
    with pytest.raises(TableUnreadable) as refused:
        add_codes((HEAD + DAYS).encode(), stations=stations)
    assert refused.value.why.zh and "table of stations takes" in refused.value.do.en
