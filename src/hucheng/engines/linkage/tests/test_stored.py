"""A prepared row is kept as text and comes back as it was."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.stored import form_text, prepared_of, row_of, row_text
from hucheng.engines.linkage.tests.people import a_row, made_lists

FULL = {
    "name": "欧阳修(xiū)", "surname": "OUYANG", "given": "XIU", "birth": date(1990, 1, 1), "phone": "+86 139 0000 0001",
    "documents": ("EA1234567", "140105199001010023"), "sex": "女", "flight": "CA 910", "day": date(2020, 4, 6),
    "seat": "12a", "county": "小店区", "origin": "CAN", "nationality": "chn", "address": ("平阳路126号", "3单元"),
    "locality": "坞城街道", "postcode": "030006", "region": "山西省",
}  # fmt: skip


@pytest.mark.parametrize(
    "row", [a_row(), a_row(**FULL), a_row(birth=1990), *made_lists(47, 12)[0]], ids=lambda r: r.name
)
def test_a_row_comes_back_as_it_was(row):
    again = row_of(row_text(row))
    assert again == row and prepared_of(again, form_text(prepare(row))) == prepare(row)


def test_a_row_kept_before_there_were_addresses_is_read():
    kept = json.dumps(json.loads(row_text(a_row(name="李娜", origin="CAN")))[:15])
    assert row_of(kept) == a_row(name="李娜", origin="CAN")


@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=12), st.text(max_size=20))
def test_so_does_any_row(name, surname, given_name, number):
    row = a_row(name=name, surname=surname, given=given_name, documents=(number,), phone=number)
    assert row_of(row_text(row)) == row
    assert prepared_of(row, form_text(prepare(row))) == prepare(row)
