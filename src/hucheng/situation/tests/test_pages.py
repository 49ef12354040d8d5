"""Pages of the situation: both languages, who may open them, refusals, files, few queries."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.situation.city.models import LocalCount
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.importation.models import CaseReport, PublicFact
from hucheng.situation.origins.actions import note_origin
from hucheng.situation.origins.models import Watch
from hucheng.situation.testing import a_report, a_series, a_table, a_watch, local_counts

pytestmark = pytest.mark.django_db
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]
NOW = after(30)


@pytest.fixture
def city():
    a_city()
    a_watch("CA")
    a_watch("ET")
    a_series(GROWING)
    a_series(GROWING[:-1] + [211], at=after(5))
    note_origin(actor=an_actor(Role.ENTRY), airport="YYZ", at=after(1))
    note_origin(actor=an_actor(Role.ENTRY), airport="SVO", at=after(2))
    a_report(3, flight="HU7976", found_quarantine=2)
    local_counts([19, 20, 20])


def signed_in(client, role=Role.DEPARTMENT, place="140100", language="en"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    return client


def get(client, name, *args, **query):
    with frozen_at(NOW):
        return client.get(reverse(f"situation:{name}", args=args), query)


def post(client, name, *args, **given):
    with frozen_at(NOW):
        return client.post(reverse(f"situation:{name}", args=args), given)


def text_of(answer):
    return answer.content.decode()


SENTENCES = {
    "origins": ("1 of them have data", "其中 1 个数据不超过 48 小时"),
    "series": ("One country has a series", "已有 1 个国家的数据"),
    "importation": ("<b>2 inside the line</b>", "<b>防线内发现 2 例</b>"),
    "city": ("<b>2 days</b> without a local case", "<b>2 天</b>无本地新增病例"),
}


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.LEADING_GROUP, Role.ENTRY])
@pytest.mark.parametrize("name", SENTENCES)
def test_each_page_opens_with_its_sentence_in_both_languages(client, city, name, role):
    for language, sentence in zip(("en", "zh-hans"), SENTENCES[name], strict=True):
        answer = get(signed_in(client, role, language=language), name)
        assert answer.status_code == 200 and sentence in text_of(answer)


def test_readers_see_no_form(client, city):
    for name in SENTENCES:
        assert 'method="post" action="/situation' not in text_of(get(signed_in(client, Role.ENTRY), name))
        assert post(client, name).status_code in (404, 405)
    for name, args in (
        ("watch", ()),
        ("report_cases", ()),
        ("note_fact", ()),
        ("end_watch", (Watch.objects.first().pk,)),
    ):
        assert post(client, name, *args).status_code == 404


def test_the_watch_list_shows_numbers_routes_and_proposals(client, city):
    page = text_of(get(signed_in(client), "origins"))
    assert "doubles in" in page and "no series" in page and page.count('class="rt"') == 1
    assert "Russia" in page and "SVO" in page and "data-sortable" in page


def test_a_proposal_becomes_a_watch_and_a_watch_ends(client, city):
    signed_in(client)
    assert post(client, "watch", country="RU", reason="flights").status_code == 302
    made = Watch.objects.get(country="RU")
    refused = post(client, "end_watch", made.pk, why="")
    assert refused.status_code == 422 and "reason_missing" in text_of(refused)
    assert post(client, "end_watch", made.pk, why="no flights").status_code == 302
    assert "no flights" in text_of(get(client, "origins"))


def test_a_country_twice_and_an_empty_form_are_refused_in_words(client, city):
    signed_in(client)
    twice = post(client, "watch", country="CA", reason="again")
    assert twice.status_code == 422 and "watched already" in text_of(twice)
    assert post(client, "watch", country="", reason="").status_code == 422 and Watch.objects.count() == 2


def send(client, data, name="series.csv", source="commission"):
    file = SimpleUploadedFile(name, data)
    return post(client, "series", file=file, source=source, published_on="2020-03-21")


def test_a_file_is_taken_in_and_its_faults_come_back_as_a_table(client, city):
    signed_in(client)
    answer = send(client, a_table([("2020-03-20", "FR", 12), ("2020-03-20", "=cmd()", 1), ("2020-13-01", "FR", 1)]))
    assert answer.status_code == 302
    file = SeriesFile.objects.get(fresh=1, faulty=2)
    page = text_of(get(client, "series_file", file.pk))
    assert "<b>2 could not be read</b>" in page and "no day of the calendar" in page
    table = get(client, "series_faults", file.pk)
    assert table["Content-Type"].startswith("text/csv") and "3,country,'=cmd()," in table.content.decode("utf-8-sig")


def test_a_workbook_is_taken_in(client, city):
    book, out = Workbook(), io.BytesIO()
    book.active.append(["日期", "国家", "累计确诊", "累计死亡"])
    book.active.append(["2020年3月20日", "俄罗斯", 253, 1])
    book.save(out)
    assert send(signed_in(client), out.getvalue(), "series.xlsx").status_code == 302
    assert SeriesPoint.objects.get(country="RU").deaths == 1


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"\x00\xff" * 3000, b"no table here", b"PK\x03\x04broken"])
def test_what_is_no_series_is_refused_in_words(client, city, data):
    before = SeriesFile.objects.count()
    answer = send(signed_in(client), data)
    assert answer.status_code == 422 and 'role="alert"' in text_of(answer) and SeriesFile.objects.count() == before


def test_a_file_without_bytes_or_source_is_a_fault_of_the_form(client, city):
    signed_in(client)
    assert send(client, b"").status_code == 422
    assert send(client, a_table([("2020-03-20", "FR", 1)]), source="").status_code == 422


def test_a_country_shows_what_was_published_anew(client, city):
    page = text_of(get(signed_in(client), "country", "CA"))
    assert "211 cases in all" in page and "210 <span" in page and "→" in page
    assert get(client, "country", "XX").status_code == get(client, "country", "ET").status_code == 404


CASES = {
    "about": "140000", "as_of": "2020-03-20", "published_on": "2020-03-21", "new": 1, "source": "province",
}  # fmt: skip


def test_a_count_is_recorded_refused_twice_and_corrected(client, city):
    signed_in(client)
    assert post(client, "report_cases", flight="ET604", **CASES).status_code == 302
    twice = post(client, "report_cases", flight="ET604", **CASES)
    assert twice.status_code == 422 and "report_known" in text_of(twice)
    made = CaseReport.objects.get(flight="ET604")
    form = text_of(get(client, "importation", correct=str(made.pk)))
    assert reverse("situation:correct_cases", args=[made.pk]) in form and 'value="ET604"' in form
    assert post(client, "correct_cases", made.pk, flight="ET604", **(CASES | {"new": 4})).status_code == 302
    assert "was 1" in text_of(get(client, "importation"))


def test_a_count_with_a_false_area_or_day_is_a_fault_of_the_form(client, city):
    signed_in(client)
    for wrong in ({"about": "Shanxi"}, {"as_of": "2020-02-30"}, {"new": -1}, {"new": ""}):
        assert post(client, "report_cases", **(CASES | wrong)).status_code == 422
    assert CaseReport.objects.count() == 1


def test_a_fact_is_noted_with_its_numbers(client, city):
    signed_in(client)
    assert (
        post(client, "note_fact", text_en="Public.", as_of="2020-03-20", source="x", contacts_observed=252).status_code
        == 302
    )
    assert PublicFact.objects.get().figures == {"contacts_observed": 252}
    page = text_of(get(client, "importation"))
    assert "close contacts under observation <b>252</b>" in page
    assert post(client, "note_fact", text_en=" ", as_of="2020-03-20", source="x").status_code == 422


def test_a_local_day_is_recorded_and_a_day_to_come_refused(client, city):
    signed_in(client)
    given = {"day": "2020-03-21", "total": 21, "published_on": "2020-03-21", "source": "city"}
    assert post(client, "city", **given).status_code == 302 and LocalCount.objects.filter(total=21).exists()
    late = post(client, "city", **(given | {"day": "2020-03-22", "published_on": "2020-03-21"}))
    assert late.status_code == 422 and "day_not_over" in text_of(late)
    assert post(client, "city", **(given | {"total": "many"})).status_code == 422


def test_another_county_finds_empty_pages_and_no_row(client, city):
    signed_in(client, place=COUNTY)
    assert "No country is watched" in text_of(get(client, "origins"))
    assert "No imported case" in text_of(get(client, "importation"))
    assert get(client, "series_file", SeriesFile.objects.first().pk).status_code == 404
    assert get(client, "series_faults", SeriesFile.objects.first().pk).status_code == 404
    assert get(client, "country", "CA").status_code == 404
    assert post(client, "end_watch", Watch.objects.first().pk, why="x").status_code == 404
    report = CaseReport.objects.first()
    assert post(client, "correct_cases", report.pk, **CASES).status_code == 404


@pytest.mark.parametrize("name", SENTENCES)
def test_a_page_asks_the_same_of_the_database_as_rows_grow(client, city, name, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        get(client, name)
    for number, code in enumerate(("FR", "IT", "DE", "ES")):
        a_watch(code)
        a_series(GROWING, country=code)
        a_report(1, flight=f"X{number}")
    local_counts(range(30))
    with django_assert_max_num_queries(len(few)):
        get(client, name)
