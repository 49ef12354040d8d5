"""The order of requisition and the notice of return: from the record, under the law of the day, or a clear no."""

import io
from datetime import UTC, date, datetime

import pytest
from django.http import Http404
from docx import Document

from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.engines.papers import FontMissing, pdf
from hucheng.engines.papers.official import official_docx
from hucheng.quarantine.requisition.actions import Owner, give_back, record_owner
from hucheng.quarantine.requisition.grounds import grounds_on
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.requisition.papers import notice_of_return, requisition_order
from hucheng.quarantine.testing import a_house, a_house_ordered, main_of, opened, signed_in

pytestmark = pytest.mark.django_db
OWNER = Owner("示例酒店有限公司", "示例路1号", "示例经理", "0351-5550101")
LAWS = (
    "《中华人民共和国突发事件应对法》第十二条、第五十二条",
    "《中华人民共和国传染病防治法》第四十五条",
)


@pytest.fixture
def city():
    a_city()


@pytest.fixture
def font():
    try:
        pdf._font_folder()
    except FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")


def owned(house: House) -> House:
    return record_owner(actor=an_actor(Role.QUARANTINE), house_id=house.pk, owner=OWNER, at=MORNING)


def returned(house: House) -> House:
    return give_back(actor=an_actor(Role.QUARANTINE), house_id=owned(house).pk, at=after(days=30))


def words_of(paper) -> str:
    found = Document(io.BytesIO(official_docx(paper)))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


@pytest.mark.parametrize(
    ("day", "laws"),
    [
        (date(2004, 11, 30), ()),
        (date(2004, 12, 1), LAWS[1:]),
        (date(2007, 11, 1), LAWS),
        (date(2024, 10, 31), LAWS),
        (date(2024, 11, 1), LAWS[1:]),
        (date(2025, 8, 31), LAWS[1:]),
        (date(2025, 9, 1), ()),
    ],
    ids=str,
)
def test_a_law_is_named_only_on_days_on_which_its_articles_had_these_numbers(day, laws):
    assert grounds_on(day) == laws


def test_the_order_says_who_takes_what_from_whom_by_which_law_and_since_when(city):
    paper = requisition_order(owned(a_house_ordered(rooms=12, beds=2)))
    assert (paper.issuer, paper.owner, paper.house) == ("太原市疫情防控指挥部", OWNER.name, "一号隔离酒店")
    assert (paper.date, paper.since, paper.until) == (date(2020, 3, 21), date(2020, 3, 21), None)
    assert paper.basis == LAWS
    assert [(one.name, one.quantity, one.unit) for one in paper.items] == [("客房", 12, "间"), ("床位", 24, "张")]
    text = words_of(paper)
    assert all(said in text for said in (*LAWS, "关于征用一号隔离酒店的决定", "示例路1号", "2020年3月21日"))


def test_how_to_reach_the_owner_stands_in_neither_paper(city):
    house = returned(a_house())
    for paper in (requisition_order(house), notice_of_return(house)):
        assert OWNER.phone not in words_of(paper) and OWNER.contact not in words_of(paper)


@pytest.mark.parametrize(
    ("make", "said", "not_said"),
    [(a_house, "使用过的客房均已消毒", "尚未启用"), (a_house_ordered, "尚未启用且不再需要", "消毒")],
    ids=["used", "never opened"],
)
def test_the_notice_gives_back_what_was_taken_and_says_what_is_true_of_it(city, make, said, not_said):
    paper = notice_of_return(returned(make()))
    text = words_of(paper)
    assert paper.date == date(2020, 4, 20) and paper.to == (OWNER.name,)
    whole = ("客房12间、床位24张", "自2020年3月21日起征用", "自2020年4月20日起返还", "依法给予补偿", *LAWS)
    assert all(word in text for word in (*whole, said)) and not_said not in text


def test_there_is_no_notice_while_the_house_is_kept(city):
    with pytest.raises(Http404):
        notice_of_return(owned(a_house()))


def refusal_of(write, house) -> Refusal:
    with pytest.raises(Refusal) as no:
        write(house)
    return no.value


def test_without_an_owner_there_is_no_paper(city):
    assert refusal_of(requisition_order, a_house_ordered()).code == "owner_missing"


def test_no_order_is_written_under_a_law_that_nobody_has_read(city):
    house = owned(a_house_ordered())
    house.ordered_at = datetime(2026, 1, 5, 4, tzinfo=UTC)
    no = refusal_of(requisition_order, house)
    assert no.code == "no_legal_ground" and "2026-01-05" in str(no.why)


@pytest.mark.parametrize("kind", ["headquarters", "office"])
@pytest.mark.parametrize("count", [0, 2])
def test_a_city_without_exactly_one_body_to_issue_is_told_how_many_it_has(city, kind, count):
    house = owned(a_house_ordered())
    if count:
        Organisation.objects.create(code="X", kind=kind, place="140100", name_zh="又一个", name_en="Another")
    else:
        Organisation.objects.filter(kind=kind, place="140100").update(kind="other")
    no = refusal_of(requisition_order, house)
    assert no.code == "body_not_one" and str(count) in str(no.why)


def test_a_city_that_was_never_loaded_is_told_too(client):
    house = owned(a_house_ordered())
    answer = opened(signed_in(client), "order_file", house.pk, "pdf", at=MORNING)
    assert answer.status_code == 422 and "body_not_one" in answer.text and "140100" in answer.text


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
@pytest.mark.parametrize("name", ["order_file", "return_file"])
def test_the_page_of_a_house_gives_both_papers(client, city, font, name, ending, start):
    house = returned(a_house())
    client = signed_in(client, Role.LEADING_GROUP)
    assert f"{name.removesuffix('_file')}.{ending}" in main_of(opened(client, "house", house.pk, at=after(days=31)))
    answer = opened(client, name, house.pk, ending, at=after(days=31))
    assert answer.status_code == 200 and answer.content.startswith(start)
    assert f".{ending}" in answer["Content-Disposition"]


@pytest.mark.parametrize(("language", "words"), [("en", "can be written once"), ("zh-hans", "方可生成征用决定")])
def test_the_page_says_why_there_is_no_order_yet(client, city, language, words):
    house = a_house_ordered()
    client = signed_in(client, language=language)
    page = main_of(opened(client, "house", house.pk, at=MORNING))
    assert words in page and "order.pdf" not in page
    answer = opened(client, "order_file", house.pk, "docx", at=MORNING)
    assert answer.status_code == 422 and "owner_missing" in answer.text


def test_a_missing_font_is_said_on_the_page(client, city, monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    monkeypatch.setattr(pdf, "SYSTEM_FONTS", (tmp_path,))
    answer = opened(signed_in(client), "order_file", owned(a_house_ordered()).pk, "pdf", at=MORNING)
    assert answer.status_code == 422 and answer.context["refusal"].code == "font_missing"


@pytest.mark.parametrize("role", [(Role.MEDICAL, ""), (Role.HOUSE, "H01"), (Role.COUNTY, "")], ids=str)
def test_others_take_no_paper(client, city, role):
    house = returned(a_house())
    client = signed_in(client, role[0], COUNTY, role[1])
    for name in ("order_file", "return_file"):
        assert opened(client, name, house.pk, "pdf", at=after(days=31)).status_code == 404


def test_another_ending_is_not_found(client, city):
    house = owned(a_house_ordered())
    assert opened(signed_in(client), "order_file", house.pk, "odt", at=MORNING).status_code == 404
