"""`hucheng fire fwi`: tables in, tables out, bad tables refused by line."""

import csv
import io

import pytest
from click.testing import CliRunner

from hucheng.engines.fireweather.command import fire
from hucheng.engines.fireweather.sheet import TableUnreadable, add_codes

HEAD = "station,mon,day,temp_c,rh_pct,wind_kmh,rain24_mm\n"
DAYS = "A,4,13,17,42,25,0\nB,4,13,17,42,25,0\nA,4,14,20,21,25,2.4\nB,4,14,20,21,25,2.4\n"


def run(path, text, *options):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(fire, ["fwi", str(path), *options])


def test_stations_are_kept_apart_and_rows_in_order():
    rows = list(csv.DictReader(io.StringIO(add_codes((HEAD + DAYS).encode()))))
    assert [row["station"] for row in rows] == ["A", "B", "A", "B"]
    assert rows[0]["fwi"] == rows[1]["fwi"] and rows[2]["fwi"] == rows[3]["fwi"]
    assert round(float(rows[3]["fwi"]), 1) == 9.3


def test_the_command_writes_its_file(tmp_path):
    done = run(tmp_path / "in.csv", HEAD + DAYS, "--out", str(tmp_path / "out.csv"))
    assert done.exit_code == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[0].endswith("ffmc,dmc,dc,isi,bui,fwi,dsr")


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
    assert add_codes((HEAD + "A,4,13,17,42,25,0,9,9\n").encode()).count("\n") == 2
