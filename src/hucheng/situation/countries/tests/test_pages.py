"""Pages of series: a file goes in and comes back with what became of each row; a country by day; the API."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils.translation import override

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.atlas import countries
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.countries.queries import faults_of, file_seen_by, files_seen_by
from hucheng.situation.testing import TODAY, Visitor, a_series, a_table, turned_away

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
BAD = [("2020-03-20", "CA", 5), ("2020-03-20", "Atlantis", 5), ("2020-02-30", "RU", 5), ("2020-03-20", "RU", "=1+1")]
READERS = (Role.LEADING_GROUP, Role.ENTRY, Role.MEDICAL)


@pytest.fixture
def visitor(client):
    a_city()
    return Visitor(client, after(60)).comes_as(an_actor(Role.DEPARTMENT))


def send(visitor, data=None, name="series.csv", source="commission", published_on="2020-03-21"):
    file = SimpleUploadedFile(name, a_table(BAD) if data is None else data)
    return visitor.sends("series", file=file, source=source, published_on=published_on)


def taken(rows=BAD, at=MORNING, actor=None, **given):
    usual = {"name": "series.csv", "source": "commission", "published_on": TODAY}
    return import_series(
        actor=actor or an_actor(Role.DEPARTMENT), data=a_table(rows), at=at, **(usual | given)
    )  # fmt: skip


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Of 4 rows 1 are new, 0 revise a number, 0 were here already, <b>3 could not be read</b>.",
                "No country has this code or name.", "Write digits only, without signs or formulas.")),
        ("zh-hans", ("3 行", "Atlantis", "=1+1")),
    ],
)  # fmt: skip
def test_a_file_goes_in_and_its_page_says_what_became_of_each_row(visitor, language, words):
    visitor.comes_as(an_actor(Role.DEPARTMENT), language)
    assert send(visitor).status_code == 302
    text = visitor.reads("series_file", SeriesFile.objects.get().pk)
    missing = [word for word in words if word not in text]
    assert not missing and ("No country has this code" in text) == (language == "en")


def test_rows_to_mend_come_back_as_a_table_and_go_in_when_mended(visitor):
    send(visitor)
    answer = visitor.opens("series_faults", SeriesFile.objects.get().pk)
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["line", "field", "value", "why", "remedy"]
    assert [(row[0], row[2]) for row in rows] == [("3", "Atlantis"), ("4", "2020-02-30"), ("5", "'=1+1")]
    assert answer["Content-Disposition"] == 'attachment; filename="series-rows-to-mend.csv"'
    mended = [BAD[0], ("2020-03-20", "FR", 5), ("2020-02-29", "RU", 5), ("2020-03-20", "RU", 2)]
    assert send(visitor, a_table(mended)).status_code == 302
    file = SeriesFile.objects.get(faulty=0)
    assert (file.fresh, file.same, file.revised) == (3, 1, 0)
    text = visitor.reads("series_file", file.pk)
    assert "Every row was read" in text and "Rows to mend</a>" not in text


def test_two_hundred_faults_are_shown_and_all_are_in_the_table(visitor):
    file = taken([("2020-03-20", f"Atlantis {n}", 1) for n in range(230)])
    text = visitor.reads("series_file", file.pk)
    assert "Atlantis 199" in text and "Atlantis 200" not in text and "<b>230 could not be read</b>" in text
    assert visitor.opens("series_faults", file.pk).content.decode().count("Atlantis") == 230


def test_faults_are_told_in_the_language_in_force():
    file = taken()
    with override("en"):
        english = faults_of(file)
    with override("zh-hans"):
        chinese = faults_of(file)
    assert [(one.line, one.field, one.value) for one in english] == [
        (3, "country", "Atlantis"), (4, "day", "2020-02-30"), (5, "confirmed", "=1+1"),
    ]  # fmt: skip
    assert not {one.why for one in english} & {one.why for one in chinese} and all(one.do for one in chinese)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"source": ""}, ["source"]), ({"source": "s" * 121}, ["source"]), ({"published_on": "soon"}, ["published_on"]),
        ({"published_on": ""}, ["published_on"]), ({"data": b""}, ["file"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_form_with_a_wrong_field_names_it_and_keeps_the_others(visitor, given, fields, language):
    answer = send(visitor.comes_as(an_actor(Role.DEPARTMENT), language), **given)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == fields
    assert "source" in given or 'value="commission"' in text_of(answer)
    assert not SeriesFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [({"data": b"%PDF-1.7"}, "file_unreadable"), ({"data": b"a,b\n1,2\n"}, "columns_missing"),
     ({"published_on": "2020-03-22"}, "published_to_come")],
)  # fmt: skip
def test_a_refused_file_leaves_its_line_in_the_audit_and_the_form_as_it_was(visitor, given, code):
    answer = send(visitor, **given)
    text = text_of(answer)
    assert answer.status_code == 422 and code in text and 'value="commission"' in text
    assert AuditLine.objects.get(act="situation.countries.import_series").refused == code
    assert not SeriesFile.objects.exists() and not SeriesPoint.objects.exists()


def test_a_file_is_kept_with_the_end_of_its_name_its_source_and_its_digest():
    first = taken(name="n" * 200 + ".csv", source=" " + "s" * 200)
    assert (first.name, first.source) == (("n" * 200 + ".csv")[-120:], "s" * 120)
    assert len(first.digest) == 64 and taken(at=after(1)).digest == first.digest != taken(BAD[:1], at=after(2)).digest
    assert first.received_by_id == an_actor(Role.DEPARTMENT).user_id and first.received_at == MORNING


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.SYSTEM}))
def test_nobody_else_takes_a_file_in(role):
    assert turned_away(taken, actor=an_actor(role, unit="x")) == "role_may_not"
    assert not SeriesFile.objects.exists()


@pytest.mark.parametrize("role", READERS)
def test_readers_see_files_and_countries_and_send_none(visitor, role):
    file = taken()
    visitor.comes_as(an_actor(role))
    text = visitor.reads("series")
    assert "One country has a series." in text and "Take a file in" not in text
    assert send(visitor).status_code == 404 and SeriesFile.objects.count() == 1
    assert (
        visitor.opens("series_file", file.pk).status_code == visitor.opens("series_faults", file.pk).status_code == 200
    )


@pytest.mark.parametrize("role", [Role.LABORATORY, Role.HOUSE, Role.SCHOOL])
def test_other_desks_find_nothing(visitor, role):
    file = taken()
    visitor.comes_as(an_actor(role, unit="x"))
    for name, args in (
        ("series", ()),
        ("series_file", (file.pk,)),
        ("series_faults", (file.pk,)),
        ("country", ("CA",)),
    ):
        assert visitor.opens(name, *args).status_code == 404, name


def test_twenty_files_are_listed_newest_first_to_their_own_place():
    made = [taken([("2020-03-20", "CA", n)], at=after(n)) for n in range(22)]
    reader, stranger = an_actor(Role.ENTRY), an_actor(Role.ENTRY, COUNTY)
    assert files_seen_by(reader) == made[:1:-1] and files_seen_by(stranger) == []
    assert file_seen_by(reader, made[0].pk) == made[0]
    for actor, which in ((stranger, made[0].pk), (reader, uuid4())):
        with pytest.raises(Http404):
            file_seen_by(actor, which)


def test_the_list_says_what_each_file_brought_and_from_whom(visitor):
    taken()
    taken([("2020-03-20", "CA", 6), ("2020-03-19", "CA", 4)], at=after(5), source="commission, corrected")
    text = visitor.reads("series")
    numbers = [f'<td class="n">{n}</td>' for n in (1, 1, 0, 0)]
    assert "".join(numbers) in text and "commission, corrected" in text
    assert 'Canada</a></td><td class="nw">2020-03-20' in text
    empty = visitor.comes_as(an_actor(Role.DEPARTMENT, COUNTY)).reads("series")
    assert "No series is here yet." in empty and "No file yet" in empty


def test_a_country_is_shown_by_day_newest_first_with_what_was_published_anew(visitor):
    a_series([100, 200, 300])
    a_series([100, 250, 300], at=after(30))
    text = visitor.reads("country", "CA")
    assert "300 cases in all up to 2020-03-20." in text and text.count("revised") == 1
    assert text.index(">2020-03-20<") < text.index(">2020-03-19<") < text.index(">2020-03-18<")
    assert "200 <span" in text and "250 <span" in text
    before = visitor.reads("country", "CA", at=after(29).isoformat())
    assert before.count("revised") == 1 and "No number was revised" in before and "250" not in before


@pytest.mark.parametrize(
    ("totals", "country", "words"),
    [
        ([0] * 14 + [3774], "CA", "3,774 are new in 14 days, 10 per 100,000 people."),
        ([1, 2], "CA", "2 cases in all up to 2020-03-20. Pace:"),
        ([50] * 14 + [40], "CA", 'Pace: <span class="q2">corrected downward, not said</span>'),
    ],
)
def test_the_sentence_of_a_country_says_what_its_numbers_hold(visitor, totals, country, words):
    a_series(totals, country=country)
    assert words in visitor.reads("country", country)


def test_a_country_without_a_number_of_people_has_no_incidence(visitor):
    code = next(country.code for country in countries().values() if country.population is None)
    a_series([0] * 14 + [77], country=code)
    text = visitor.reads("country", code)
    assert "77 are new in 14 days." in text and "per 100,000 people." not in text


@pytest.mark.parametrize("code", ["XX", "ca", "RU", "CAN", "'--"])
def test_a_country_that_is_none_or_has_no_series_is_not_found(visitor, code):
    a_series([1, 2])
    assert visitor.opens("country", code).status_code == 404


def test_a_country_by_program_is_that_of_the_page(visitor):
    rows = [("2020-03-19", "CA", 100, 1, ""), ("2020-03-20", "CA", 200, 2, 9)]
    import_series(
        actor=an_actor(Role.DEPARTMENT), name="s.csv", source="c", published_on=TODAY, at=MORNING,
        data=a_table(rows, "date,code,confirmed,deaths,recovered"),
    )  # fmt: skip
    assert visitor.asks("series/CA").json() == [
        {
            "day": "2020-03-19",
            "confirmed": 100,
            "deaths": 1,
            "recovered": None,
            "published_on": "2020-03-21",
            "vintage": 1,
        },
        {
            "day": "2020-03-20",
            "confirmed": 200,
            "deaths": 2,
            "recovered": 9,
            "published_on": "2020-03-21",
            "vintage": 1,
        },
    ]
    assert visitor.asks("series/RU").json() == [] and visitor.asks("series/ca").status_code == 404
    assert visitor.asks("series/CA", known_at="soon").status_code == 422
    refused = visitor.comes_as(an_actor(Role.LABORATORY)).asks("series/CA")
    assert refused.status_code == 409 and refused.json()["code"] == "role_may_not"


def test_words_of_a_file_are_shown_as_text(visitor):
    file = taken([("2020-03-20", "<script>a</script>", 1)], name="<b>n</b>.csv", source="<i>s</i>")
    for text in (visitor.reads("series"), visitor.reads("series_file", file.pk)):
        assert "<script>a" not in text and "<b>n</b>" not in text and "<i>s</i>" not in text
