"""Every field about a person has a purpose, a legal ground and a day of deletion (R-01)."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.urls import reverse

from hucheng.core.purposes.purposes import NONE, fields_by_class, purpose_of_fields, purposes
from hucheng.core.secrets import EncryptedField
from hucheng.entry.testing import a_landed_flight, arrivals_of

WINGS = ("people", "entry", "quarantine")


def fields_of_the_house() -> set[str]:
    models = [model for wing in WINGS for model in apps.get_app_config(wing).get_models()]
    return {f"{m._meta.label}.{f.name}" for m in models for f in m._meta.concrete_fields if not f.primary_key}


def test_a_field_without_a_purpose_fails():
    missing = fields_of_the_house() - purpose_of_fields().keys()
    assert not missing, f"say in core/purposes/data/fields.csv why each is kept: {sorted(missing)}"


def test_no_purpose_outlives_its_field():
    assert not purpose_of_fields().keys() - fields_of_the_house()


def test_each_class_says_purpose_ground_and_end_in_both_languages():
    for code, one in purposes().items():
        for said in (one.name, one.purpose, one.ground):
            assert said.zh and said.en, code
        if code != NONE:
            assert one.keep_days and 1 <= one.keep_days <= 3 * 365, code
            assert re.search(r"[\u4e00-\u9fff]", one.purpose.zh) and not re.search(r"[\u4e00-\u9fff、]", one.purpose.en)
            assert one.since.zh and one.since.en, code
    assert set(purpose_of_fields().values()) <= purposes().keys() and NONE not in fields_by_class()


def test_a_sealed_field_is_never_called_impersonal():
    """What is sensitive enough to be encrypted is about a person."""
    for label, code in purpose_of_fields().items():
        model, _dot, name = label.rpartition(".")
        if isinstance(apps.get_model(model)._meta.get_field(name), EncryptedField):
            assert code not in (NONE, "staff"), label


def test_a_link_to_a_person_or_to_staff_is_never_called_impersonal():
    people = {"people.Person", "entry.Arrival"}
    for label, code in purpose_of_fields().items():
        model, _dot, name = label.rpartition(".")
        field = apps.get_model(model)._meta.get_field(name)
        to = field.related_model._meta.label if field.related_model else ""
        assert to not in people or code not in (NONE, "staff"), label
        assert to != "core.User" or code == "staff", label


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "用途"), ("en", "Purpose")])
def test_everybody_reads_the_page_in_their_language(client, language, words, django_assert_num_queries):
    client.cookies["django_language"] = language
    with django_assert_num_queries(0):
        page = client.get(reverse("purposes"))
    html = page.content.decode()
    assert page.status_code == 200 and html.count(f"<dt>{words}</dt>") == len(fields_by_class())
    for code in fields_by_class():
        assert purposes()[code].purpose.in_language(language) in unescape(html)


@pytest.mark.django_db
def test_a_traveller_finds_it_from_the_own_page(client):
    (person,) = arrivals_of(a_landed_flight(1))
    own = client.get(reverse("entry:own_page", args=[person.access]))
    assert reverse("purposes") in own.content.decode()
