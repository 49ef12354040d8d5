"""Tables: the page, the workbook and the CSV show the same rows, and no cell becomes a formula."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import Http404, QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hucheng.core.clock import SHANGHAI
from hucheng.core.design.build import HERE
from hucheng.core.design.tables import Column, Table, export_asked, plain, row_key
from hucheng.engines.papers import table_csv, table_xlsx

ROWS = [
    SimpleNamespace(name="HU7976", people=218, at=datetime(2020, 3, 24, 21, 35, tzinfo=SHANGHAI), side="north"),
    SimpleNamespace(name="=1+1", people=None, at=None, side="north"),
    SimpleNamespace(name="<b>CA910</b>", people=-3, at=None, side="south"),
]


def a_table(rows=ROWS, **more) -> Table:
    columns = [
        Column("Flight", of=lambda row: row.name, link=lambda row: f"/f/{row.name}/"),
        Column("People", of=lambda row: row.people, number=True),
        Column("Landing", of=lambda row: row.at),
    ]
    return Table("flights", "Flights", rows, columns, key=lambda row: row.name, **more)


def asked(**query):
    return RequestFactory().get("/list/", query)


def drawn(table, **query) -> str:
    return Template("{% data_table table %}").render(Context({"table": table, "request": asked(**query)}))


def lines_of(reply) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


def test_the_page_the_workbook_and_the_csv_hold_the_same_rows():
    page = drawn(a_table())
    sheet = load_workbook(io.BytesIO(export_asked(asked(**{"as": "xlsx"}), a_table()).content)).active
    listed = lines_of(export_asked(asked(**{"as": "csv"}), a_table()))
    assert page.count("data-key=") == len(listed) - 1 == sheet.max_row - 1 == 3
    assert [cell.value for cell in sheet[1]] == listed[0] == ["Flight", "People", "Landing"]
    assert [cell.value for cell in sheet[2]] == ["HU7976", 218, "2020-03-24 21:35"]
    assert listed[1] == ["HU7976", "218", "2020-03-24 21:35"]


def test_what_looks_like_a_formula_leaves_as_text_and_a_number_as_a_number():
    sheet = load_workbook(io.BytesIO(export_asked(asked(**{"as": "xlsx"}), a_table()).content)).active
    assert sheet["A3"].value == "'=1+1" and sheet["A3"].data_type == "s"
    assert sheet["B4"].value == -3 and sheet["B3"].value is None
    assert lines_of(export_asked(asked(**{"as": "csv"}), a_table()))[2][0] == "'=1+1"


def test_words_of_a_row_are_never_taken_for_markup():
    page = drawn(a_table())
    assert "&lt;b&gt;CA910&lt;/b&gt;" in page and "<b>CA910" not in page


def test_an_export_takes_the_rows_in_sight_in_the_order_of_the_screen():
    keys = ",".join(row_key(row.name) for row in (ROWS[2], ROWS[0]))
    listed = lines_of(export_asked(asked(**{"as": "csv", "rows": keys}), a_table()))
    assert [line[0] for line in listed[1:]] == ["<b>CA910</b>", "HU7976"]


def test_no_row_in_sight_exports_heads_alone_and_a_strange_key_adds_nothing():
    assert len(lines_of(export_asked(asked(**{"as": "csv", "rows": "-"}), a_table()))) == 1
    twice = f"{row_key('HU7976')},{row_key('HU7976')},000000000000"
    assert len(lines_of(export_asked(asked(**{"as": "csv", "rows": twice}), a_table()))) == 2


def test_only_an_export_that_is_known_answers():
    assert export_asked(asked(), a_table()) is None
    assert export_asked(asked(**{"as": "pdf"}), a_table()) is None
    assert export_asked(RequestFactory().post("/list/?as=csv"), a_table()) is None
    with pytest.raises(Http404):
        export_asked(asked(**{"as": "csv", "table": "other"}), a_table())


def test_the_second_table_of_a_page_is_exported_by_its_name():
    other = Table("closed", "Closed", ROWS[:1], [Column("Only", of=lambda row: row.name)], key=lambda row: row.name)
    assert lines_of(export_asked(asked(**{"as": "csv", "table": "closed"}), a_table(), other))[0] == ["Only"]


def test_a_group_is_a_block_of_the_page_and_the_first_column_of_the_export():
    table = a_table(group=Column("Side", of=lambda row: row.side))
    assert drawn(table).count("<tbody>") == 2 and drawn(table).count('scope="rowgroup"') == 2
    listed = lines_of(export_asked(asked(**{"as": "csv"}), table))
    assert listed[0][0] == "Side" and [line[0] for line in listed[1:]] == ["north", "north", "south"]


def test_filters_of_the_page_stay_in_the_address_of_the_export():
    page = drawn(a_table(), place="140105")
    query = QueryDict(page.split('href="?')[1].split('"')[0].replace("&amp;", "&"))
    assert query["place"] == "140105" and query["as"] == "xlsx" and query["table"] == "flights"


def test_an_empty_table_says_what_belongs_there_and_offers_no_export():
    page = drawn(a_table([], empty=("No flight yet", "Announce one below.")))
    assert "No flight yet" in page and "data-export" not in page


def test_a_column_of_controls_is_not_exported(settings):
    table = Table("t", "T", ROWS, [Column("Name", of=lambda row: row.name), Column("Act", template="404.html")], key=id)
    assert table.heads() == ["Name"] and all(len(row) == 1 for row in table.plain())


def test_a_long_table_keeps_its_head_in_sight():
    rows = [SimpleNamespace(name=str(n), people=n, at=None, side="") for n in range(30)]
    assert "scroll tall" in drawn(a_table(rows)) and "scroll tall" not in drawn(a_table())


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9), st.text(max_size=20)), min_size=2, max_size=2))
)
def test_no_cell_of_a_csv_begins_like_a_formula(rows):
    for line in csv.reader(io.StringIO(table_csv(["a", "b"], rows).decode("utf-8-sig"), newline="")):
        for cell in line:
            number = cell.lstrip("-").isdigit()
            assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_stays_itself_in_a_workbook(value):
    sheet = load_workbook(io.BytesIO(table_xlsx(["n"], [[value]], title="n"))).active
    assert sheet["A2"].value == pytest.approx(value, rel=1e-12)


def test_moments_are_told_in_the_time_of_the_city_and_days_as_days():
    assert plain(datetime.fromisoformat("2020-03-24T16:30:00+00:00")) == "2020-03-25 00:30"
    assert plain(date(2020, 3, 24)) == "2020-03-24" and plain(Decimal("1.50")) == 1.5 and plain(None) is None


def test_a_key_tells_rows_apart_and_gives_nothing_away():
    keys = {row_key(n) for n in range(2000)}
    assert len(keys) == 2000 and row_key("secret") != "secret" and len(row_key("secret")) == 12


def test_tables_whose_rows_are_cards_on_a_phone_are_styled_on_every_page():
    """Their style stood with the economy, so that the same table of another wing had none."""
    styled = {path.stem for path in (HERE / "static/design/css").glob("*.css") if ".tb.cards tr" in path.read_text()}
    base = (HERE / "templates/design/base.html").read_text()
    assert styled == {"tables"} and "tables" in re.findall(r'{% for sheet in "([^"]+)"', base)[0].split()
