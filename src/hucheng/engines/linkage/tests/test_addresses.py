"""Addresses in parts, and how far two agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.addresses import Address, address_level, county_of, divided, read_address

WESTERN = {"locality": "Kirwan", "postcode": "2099", "region": "nsw"}
CHINESE = "山西省太原市小店区坞城街道平阳路126号3单元502"
TEXT = st.text(st.sampled_from("平阳路街道区县省市镇126号 ab-,"), max_size=20)
ADDRESSES = st.builds(read_address, st.tuples(TEXT, TEXT), TEXT, st.sampled_from(["", "2099", "2909", "030006"]), TEXT)


@pytest.mark.parametrize(
    ("text", "region", "city", "county", "town", "rest"),
    [
        (CHINESE, "山西省", "太原市", "小店区", "坞城街道", "平阳路126号3单元502"),
        ("太原市古交市金牛路", "", "太原市", "古交市", "", "金牛路"),
        ("阳曲县黄寨镇", "", "", "阳曲县", "黄寨镇", ""),
        ("北京市朝阳区建国路1号", "北京市", "", "朝阳区", "", "建国路1号"),
        ("重庆市云阳县", "重庆市", "", "云阳县", "", ""),
        ("内蒙古自治区锡林郭勒盟多伦县", "内蒙古自治区", "锡林郭勒盟", "多伦县", "", ""),
        ("吉林省延边朝鲜族自治州延吉市", "吉林省", "延边朝鲜族自治州", "延吉市", "", ""),
        ("上海市浦东新区世纪大道1号", "上海市", "", "浦东新区", "", "世纪大道1号"),
        ("桃园小区3号", "", "", "", "", "桃园小区3号"),
        ("", "", "", "", "", ""),
    ],
)
def test_divisions_from_the_large_to_the_small(text, region, city, county, town, rest):
    assert divided(text) == {"region": region, "city": city, "county": county, "town": town, "rest": rest}


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ((CHINESE,), Address(("平阳路",), "126", "坞城街道", "", "山西省")),
        (("太原市小店區平陽路１２６號",), Address(("平阳路",), "126")),
        (("平阳路126社区",), Address(("平阳路",), "126")),
        (("小店区",), Address()),
        (("48", "Goldfinch Cct.", "Kooltuo"), Address(("goldfinchcircuit", "kooltuo"), "48")),
        (("12 St Kilda Rd",), Address(("stkildaroad",), "12")),
        (("Hauptstraße 12a",), Address(("hauptstrassea",), "12")),
        ((), Address()),
    ],
)
def test_lines_in_one_form(lines, read):
    assert read_address(lines) == read


@pytest.mark.parametrize(
    ("lines", "county"),
    [(("太原市小店区",), "小店区"), (("12 Dixon Drive", "古交市"), "古交市"), (("平阳路",), ""), (("锡林郭勒盟",), "")],
)
def test_the_county_of_lines(lines, county):
    assert county_of(lines) == county


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("12 Dixon Drive", WESTERN), ("12 Dixon Dr", WESTERN), "home"),
        (("12 Dixon Drive", WESTERN), ("12 Dixno Drive", {}), "home"),
        (("12 Dixon Drive", WESTERN), ("12 Dixon Drive", {"locality": "Dapto", "postcode": "6047"}), "part"),
        (("12 Dixon Drive", WESTERN), ("12 Hope Street", WESTERN), "homelike"),
        (("12 Dixon Drive", WESTERN), ("Dixon Drive", WESTERN), "homelike"),
        (("12 Dixon Drive", WESTERN), ("21 Dixon Drive", WESTERN), "homelike"),
        (("12 Dixon Drive", WESTERN), ("13 Dixon Drive", WESTERN), "street"),
        (("12 Dixon Drive", WESTERN), ("7 Hope Street", WESTERN), "place"),
        (("12 Dixon Drive", WESTERN), ("7 Hope Street", {"locality": "Kirwan"}), "part"),
        (("12 Dixon Drive", WESTERN), ("7 Hope Street", {"region": "NSW"}), "region"),
        (("12 Dixon Drive", WESTERN), ("7 Hope Street", {"locality": "Dapto", "region": "qld"}), "else"),
        (("12 Dixon Drive", {}), ("", WESTERN), "null"),
        (("", {}), ("", {}), "null"),
        (("太原市小店区平阳路126号", {}), ("平阳路126社区", {}), "home"),
        (("太原市小店区平阳路126号", {}), ("平阳路", {}), "street"),
        (("太原市小店区平阳路126号", {}), ("长风街269号", {}), "else"),
        (("太原市小店区平阳路126号", {}), ("坞城社区", {}), "null"),
    ],
)
def test_levels(one, other, level):
    mine, theirs = (read_address((line,), **cells) for line, cells in (one, other))
    assert address_level(mine, theirs) == address_level(theirs, mine) == level


def test_street_and_building_in_any_order_are_nearly_a_home():
    mine = read_address(("46 Bambridge Street", "John Flynn Hall"), **WESTERN)
    assert address_level(mine, read_address(("John Flynn Hall", "58 Bambridge Street"), **WESTERN)) == "homelike"
    assert address_level(mine, read_address(("Bambridge Street", "John Flynn Hall"), "Dapto", "6047")) == "part"


@given(ADDRESSES, ADDRESSES)
def test_the_order_of_two_addresses_does_not_matter(one, other):
    assert address_level(one, other) == address_level(other, one)


@given(ADDRESSES)
def test_an_address_with_a_street_and_number_is_its_own_home(one):
    assert address_level(one, one) == ("home" if one.homes else address_level(one, one))
    assert bool(one.homes) == bool(one.lines and one.house)
