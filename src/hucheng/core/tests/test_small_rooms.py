"""Uploads, refusals, purposes: never more read than can be used; a fact and a next step in the reader's language."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.api import new_api
from hucheng.core.purposes.purposes import NONE, fields_by_class, purpose_of_fields, purposes
from hucheng.core.refusal import Refusal, spoken
from hucheng.core.terms import UNIT_ROLES, Destination, Outcome, Risk, Role, Theme
from hucheng.core.uploads import MOST_BYTES, bytes_of
from hucheng.engines.words.bilingual import Bilingual


class Sent(io.BytesIO):
    """A file that tells its size before it is read, and whether anybody read it."""

    def __init__(self, size, content=b"x"):
        super().__init__(content)
        self.size, self.reads = size, 0

    def read(self, *args):
        self.reads += 1
        return super().read(*args)


class TestUploads:
    @given(st.binary(max_size=300))
    def test_what_is_small_enough_is_given_byte_by_byte(self, content):
        assert bytes_of(SimpleUploadedFile("list.csv", content)) == content

    @pytest.mark.parametrize("size", [0, 1, MOST_BYTES - 1, MOST_BYTES, None])
    def test_up_to_the_limit_a_file_is_read(self, size):
        file = Sent(size)
        assert bytes_of(file) == b"x" and file.reads == 1

    @pytest.mark.parametrize("size", [MOST_BYTES + 1, 10 * MOST_BYTES])
    def test_one_byte_more_is_refused_before_any_is_read(self, size):
        file = Sent(size)
        with override("en"), pytest.raises(Refusal) as no:
            bytes_of(file)
        assert file.reads == 0 and no.value.code == "file_too_large"

    @pytest.mark.parametrize(("language", "words"), [("en", "larger than 20 MB"), ("zh-hans", "20")])
    def test_the_refusal_names_the_limit_in_both_languages(self, language, words):
        with override(language):
            with pytest.raises(Refusal) as no:
                bytes_of(Sent(MOST_BYTES + 1))
            told = no.value.as_dict()
        assert words in told["why"] and told["do"] and told["code"] == "file_too_large"


class TestRefusals:
    NO = Refusal("role_may_not", why=gettext_lazy("Your role may not do this."), do=gettext_lazy("Sign in"))

    def test_it_speaks_the_language_in_force_when_it_is_told_not_when_it_was_raised(self):
        told = {}
        for language in ("en", "zh-hans"):
            with override(language):
                told[language] = self.NO.as_dict()
        assert told["en"] == {"code": "role_may_not", "why": "Your role may not do this.", "do": "Sign in"}
        assert told["zh-hans"]["code"] == "role_may_not" and told["zh-hans"]["do"] == "登录"
        assert told["zh-hans"]["why"] != told["en"]["why"]

    def test_a_trace_shows_its_code_and_no_persons_matter(self):
        assert str(Refusal("high_risk_to_capital", why="Li Ming has a fever", do="x")) == "high_risk_to_capital"

    def test_it_is_no_other_kind_of_error(self):
        """Nothing that catches faults of values, of keys or of files catches a rule by accident."""
        assert Refusal.__bases__ == (Exception,)

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_a_sentence_of_the_engines_follows_the_language(self, zh, en):
        said = spoken(Bilingual(zh, en))
        for language, wanted in (("zh-hans", zh), ("en", en), ("zh-hans", zh)):
            with override(language):
                assert str(said) == wanted

    @pytest.mark.parametrize(("language", "wanted"), [("zh-hant", "中"), ("ru", "en"), (None, "中")])
    def test_a_language_that_nobody_wrote_falls_back(self, language, wanted):
        said = spoken(Bilingual("中", "en"))
        with override(language):
            assert str(said) == wanted

    def test_the_api_answers_a_refusal_with_its_three_parts_and_409(self, rf):
        with override("en"):
            answer = new_api().on_exception(rf.get("/"), self.NO)
        assert answer.status_code == 409
        assert answer.content == b'{"code": "role_may_not", "why": "Your role may not do this.", "do": "Sign in"}'


class TestTerms:
    @pytest.mark.parametrize("words", [Role, Outcome, Risk, Destination, Theme])
    def test_every_word_has_a_label_of_its_own_in_both_languages(self, words):
        told = {}
        for language in ("zh-hans", "en"):
            with override(language):
                told[language] = [str(label) for label in words.labels]
            assert len(set(told[language])) == len(words)
        assert all(zh != en and en.isascii() for zh, en in zip(told["zh-hans"], told["en"], strict=True))

    @pytest.mark.parametrize("words", [Role, Outcome, Risk, Destination, Theme])
    def test_codes_fit_the_columns_that_hold_them(self, words):
        assert all(value == value.lower() and value.replace("_", "").isalpha() and len(value) <= 20 for value in words)

    def test_the_roles_bound_to_a_unit_are_those_that_the_database_binds(self):
        from hucheng.core.accounts.models import RoleGrant

        (rule,) = [one for one in RoleGrant._meta.constraints if one.name == "role_bound_to_a_unit_names_it"]
        assert set(dict(rule.condition.children)["role__in"]) == {role.value for role in UNIT_ROLES}


class TestPurposes:
    def test_every_class_is_in_use_and_every_field_has_a_class_that_is_explained(self):
        used = set(purpose_of_fields().values())
        assert used - {NONE} == set(purposes()) - {NONE} == set(fields_by_class())

    def test_the_fields_of_all_classes_are_the_fields_about_people_each_once(self):
        listed = [field for fields in fields_by_class().values() for field in fields]
        assert len(set(listed)) == len(listed)
        assert set(listed) == {field for field, code in purpose_of_fields().items() if code != NONE}

    def test_a_field_is_named_by_wing_model_and_column(self):
        assert all(len(field.split(".")) == 3 for field in purpose_of_fields())

    @pytest.mark.django_db
    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_the_page_says_how_many_fields_and_how_long_each_class_is_kept(self, client, language):
        client.cookies["django_language"] = language
        text = client.get("/purposes/").content.decode()
        for code in fields_by_class():
            assert str(purposes()[code].keep_days) in text
        assert str(sum(map(len, fields_by_class().values()))) in text

    @pytest.mark.django_db
    def test_the_page_takes_no_form(self, client):
        assert client.post("/purposes/").status_code == 405
