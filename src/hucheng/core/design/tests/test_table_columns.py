"""Columns of every kind, groups, keys and exports: what the page shows, what it sorts by, what leaves the house."""

import csv
import io
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hucheng.core.audit.models import ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.design.tables import Column, Table, blocks_of, export_address, export_asked, row_key
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, after

FORMULAS = ["=1+1", "+86 13500000000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x","y")']


@dataclass(frozen=True)
class Row:
    """One row of the tests."""

    name: str
    people: int | None = None
    share: float | None = None
    money: Decimal | None = None
    at: datetime | None = None
    day: date | None = None
    side: str = "north"
    person: uuid.UUID = uuid.UUID(int=1)


FULL = Row("HU7976", 1204, 96.84, Decimal("58.50"), datetime(2020, 3, 24, 16, 30, tzinfo=UTC), date(2020, 3, 24))
BARE = Row("CA910")
COLUMNS = [
    Column("Flight", of=lambda row: row.name, nowrap=True),
    Column("People", of=lambda row: row.people, number=True),
    Column("Share", of=lambda row: row.share, number=True),
    Column("Yuan", of=lambda row: row.money, number=True, nowrap=True),
    Column("Landing", of=lambda row: row.at),
    Column("Day", of=lambda row: row.day),
]


def a_table(rows=(FULL, BARE), columns=COLUMNS, **more) -> Table:
    return Table("flights", "Flights", rows, columns, key=lambda row: row.name, **more)


def asked(**query):
    request = RequestFactory().get("/list/", query)
    request.actor = Actor(uuid.UUID(int=9), CITY, Role.ENTRY)
    return request


def page_of(table, **query) -> str:
    return Template("{% data_table table %}").render(
        Context({"table": table, "request": asked(**query), "word": "shared"})
    )


def cells_of(page: str) -> list[list[tuple[str | None, str]]]:
    """For each row of the page its cells: what it is sorted by where that differs, and what it shows."""
    rows = re.findall(r"<tr data-key=[^>]*>(.*?)</tr>", page, re.DOTALL)
    cell = re.compile(r'<td[^>]*?(?: data-value="([^"]*)")? data-label="[^"]*">(.*?)</td>', re.DOTALL)
    return [[(unescape(value), unescape(shown)) for value, shown in cell.findall(row)] for row in rows]


def exported(table, kind="csv", **query) -> list[list[str]]:
    with frozen_at(after(0)):
        reply = export_asked(asked(**({"as": kind} | query)), table)
    if kind == "csv":
        return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(reply.content)).active
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


class TestPage:
    def test_every_kind_of_value_is_shown_as_people_read_it(self):
        full, bare = cells_of(page_of(a_table()))
        assert [shown for _value, shown in full] == ["HU7976", "1,204", "96.8", "58.50", "03-25 00:30", "2020-03-24"]
        assert [shown for _value, shown in bare] == ["CA910", *["—"] * 5]

    def test_it_is_sorted_by_the_value_and_not_by_its_looks(self):
        full, bare = cells_of(page_of(a_table()))
        assert [value for value, _shown in full] == ["", "1204", "96.84", "58.5", "2020-03-25 00:30", ""]
        assert [value for value, _shown in bare] == [""] * 6

    def test_a_column_with_looks_of_its_own_is_sorted_and_exported_by_its_words(self):
        looks = Column("State", of=lambda row: row.side, show=lambda row: format_html("<b>{}</b>", row.side.upper()))
        ((state,),) = cells_of(page_of(a_table([FULL], [looks])))
        assert state == ("north", "<b>NORTH</b>")
        assert exported(a_table([FULL], [looks])) == [["State"], ["north"]]

    def test_a_link_wraps_the_looks_and_hostile_words_stay_words(self):
        linked = Column("Flight", of=lambda row: row.name, link=lambda row: f'/f/"{row.name}/')
        page = page_of(a_table([Row("<i>x</i>")], [linked]))
        assert '<a href="/f/&quot;&lt;i&gt;x&lt;/i&gt;/">&lt;i&gt;x&lt;/i&gt;</a>' in page and "<i>x" not in page

    def test_a_fragment_sees_its_row_and_what_the_page_knows(self, monkeypatch):
        fragment = Template("{{ row.name }}/{{ word }} ")
        monkeypatch.setattr("hucheng.core.design.templatetags.design.get_template", lambda name: Fragment(fragment))
        acts = Column("Acts", template="any.html")
        ((act,),) = cells_of(page_of(a_table([FULL], [acts])))
        assert act == ("", "HU7976/shared")

    def test_numbers_stand_to_the_right_and_what_must_not_break_does_not(self):
        page = page_of(a_table([FULL]))
        assert [*re.findall(r'<td(?: class="([^"]*)")?', page)] == ["nw", "n ", "n ", "n nw", "", ""]
        assert page.count('<th scope="col" class="n">') == 3

    def test_a_column_of_controls_has_a_head_for_the_ear_and_no_button_to_sort(self):
        columns = [*COLUMNS[:1], Column("Acts", template="404.html")]
        page = Template("{% data_table table %}").render(Context({"table": a_table([], columns), "request": asked()}))
        assert "<table" not in page
        assert [column.says for column in columns] == [True, False]

    @pytest.mark.parametrize(("count", "long"), [(0, False), (1, False), (20, False), (21, True)])
    def test_only_above_twenty_rows_a_table_scrolls_under_its_head(self, count, long):
        table = a_table([Row(f"F{n}") for n in range(count)])
        assert table.sticky == long == ("scroll tall" in page_of(table))

    @pytest.mark.parametrize(("count", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
    def test_the_head_counts_its_rows(self, count, words):
        with override("en"):
            assert f">{words}</span>" in page_of(a_table([Row(f"F{n}") for n in range(count)]))

    def test_heads_and_notes_follow_the_language(self):
        table = Table("t", gettext_lazy("Sign in"), [FULL], [Column(gettext_lazy("Sign out"), of=lambda row: row.name)],
                      key=lambda row: row.name, note=gettext_lazy("Behind"))  # fmt: skip
        for language, words in (("en", ["Sign in", "Sign out", "Behind"]), ("zh-hans", ["登录"])):
            with override(language):
                page = page_of(table)
                assert all(word in page for word in words) and table.heads() == [str(table.columns[0].title)]


class Fragment:
    """A template as the loader gives it."""

    def __init__(self, template):
        self.template = template

    def render(self, values, request):
        return self.template.render(Context(values))


class TestGroups:
    SIDE = Column("Side", of=lambda row: row.side)

    def test_rows_of_a_group_stand_together_in_the_order_of_the_first_of_each(self):
        rows = [Row("a", side="south"), Row("b", side="north"), Row("c", side="south")]
        blocks = blocks_of(a_table(rows, group=self.SIDE), lambda name, row: "")
        assert [(head, [line.key for line in lines]) for head, lines in blocks] == [
            ("south", [row_key("a"), row_key("c")]),
            ("north", [row_key("b")]),
        ]

    def test_without_a_group_there_is_one_block_and_without_rows_none(self):
        assert (
            len(blocks_of(a_table(), lambda name, row: "")) == 1 and blocks_of(a_table([]), lambda name, row: "") == []
        )

    def test_a_group_is_counted_on_the_page_and_leads_an_export(self):
        table = a_table([Row("a", side="<s>"), Row("b", side="<s>")], COLUMNS[:1], group=self.SIDE)
        assert '&lt;s&gt; <span class="q">2</span>' in page_of(table)
        assert exported(table) == [["Side", "Flight"], ["<s>", "a"], ["<s>", "b"]]


class TestExports:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_a_bare_row_has_empty_cells_and_not_the_dash_of_the_page(self, kind):
        line = exported(a_table([BARE]), kind)[1]
        assert line[0] == "CA910" and set(line[1:]) <= {"", None}

    def test_numbers_stay_numbers_money_and_moments_are_those_of_the_city(self):
        assert exported(a_table([FULL]), "xlsx")[1] == ["HU7976", 1204, 96.84, 58.5, "2020-03-25 00:30", "2020-03-24"]
        assert exported(a_table([FULL]))[1] == ["HU7976", "1204", "96.84", "58.5", "2020-03-25 00:30", "2020-03-24"]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    @pytest.mark.parametrize("hostile", FORMULAS)
    def test_no_name_becomes_a_formula_in_a_row_a_head_or_a_group(self, kind, hostile):
        column = Column(hostile, of=lambda row: row.name)
        lines = exported(
            a_table([Row(hostile, side=hostile)], [column], group=Column(hostile, of=lambda row: row.side)), kind
        )
        for cell in (cell for line in lines for cell in line):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))

    @given(st.permutations(["a", "b", "c", "d"]), st.integers(0, 4))
    def test_what_is_in_sight_leaves_in_the_order_of_the_screen(self, order, shown):
        keys = ",".join(row_key(name) for name in order[:shown]) or "-"
        lines = exported(a_table([Row(name) for name in "abcd"], COLUMNS[:1]), rows=keys)
        assert [line[0] for line in lines[1:]] == order[:shown]

    def test_a_file_is_named_by_the_table_and_the_minute_of_the_city(self):
        with frozen_at(datetime(2020, 3, 24, 16, 5, tzinfo=UTC)):
            reply = export_asked(asked(**{"as": "csv"}), a_table())
        assert reply["Content-Disposition"] == 'attachment; filename="flights-20200325-0005.csv"'
        assert reply["Content-Type"] == "text/csv; charset=utf-8"

    @pytest.mark.parametrize("kind", ["", "pdf", "CSV", "xls", "csv "])
    def test_any_other_kind_means_the_page(self, kind):
        assert export_asked(asked(**{"as": kind}), a_table()) is None

    def test_the_first_table_is_meant_when_none_is_named(self):
        other = Table("other", "Other", [FULL], COLUMNS[:1], key=lambda row: row.name)
        with frozen_at(after(0)):
            assert "flights-" in export_asked(asked(**{"as": "csv"}), a_table(), other)["Content-Disposition"]
            assert (
                "other-"
                in export_asked(asked(**{"as": "csv", "table": "other"}), a_table(), other)["Content-Disposition"]
            )
            with pytest.raises(Http404):
                export_asked(asked(**{"as": "csv", "table": "none"}), a_table(), other)

    def test_the_address_keeps_the_filters_and_drops_what_an_earlier_export_asked(self):
        request = asked(**{"q": "a&b", "page": "2", "as": "csv", "table": "x", "rows": "1,2"})
        address = export_address(request, a_table(), "xlsx")
        assert address == "?q=a%26b&page=2&as=xlsx&table=flights" and request.GET["as"] == "csv"


@pytest.mark.django_db
class TestPeople:
    ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)

    def table(self, *rows):
        return a_table(rows, COLUMNS[:1], person=lambda row: row.person)

    def test_an_export_leaves_a_trace_on_each_person_once(self):
        rows = Row("a", person=self.ONE), Row("b", person=self.OTHER), Row("c", person=self.ONE)
        exported(self.table(*rows))
        traces = ReadTrace.objects.all()
        assert sorted(trace.person_id for trace in traces) == [self.ONE, self.OTHER]
        assert {(trace.purpose, trace.role, trace.at) for trace in traces} == {("export flights", "entry", after(0))}

    def test_only_those_who_leave_the_house_are_traced(self):
        exported(self.table(Row("a", person=self.ONE), Row("b", person=self.OTHER)), rows=row_key("b"))
        assert ReadTrace.objects.get().person_id == self.OTHER

    def test_the_page_itself_and_an_empty_export_leave_no_trace(self):
        page_of(self.table(Row("a")))
        exported(self.table(Row("a")), rows="-")
        assert not ReadTrace.objects.exists()


@given(st.lists(st.text(max_size=30), min_size=2, max_size=30, unique=True))
def test_keys_tell_rows_apart_and_stay_the_same(names):
    keys = [row_key(name) for name in names]
    assert len(set(keys)) == len(names) and keys == [row_key(name) for name in names]
    assert all(re.fullmatch("[0-9a-f]{12}", key) for key in keys)
