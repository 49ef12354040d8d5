"""Sealing and blind indexes: opened only with the right key in the right place, equal only for equal values."""

import base64

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.secrets import EncryptedField, blind_index
from hucheng.core.secrets.cipher import _cipher, seal, unseal
from hucheng.core.secrets.fields import BlindIndex

OLD, NEW = b"o" * 32, b"n" * 32
SIGNS = st.text(alphabet="ABCXYZ0123456789", min_size=1, max_size=20)


@pytest.fixture
def keys(settings):
    """Gives a way to change the keys; what was cached of the old ones is forgotten."""

    def change(**named):
        settings.HUCHENG_FIELD_KEYS = named
        _cipher.cache_clear()

    yield change
    _cipher.cache_clear()


class TestKeys:
    def test_what_another_installation_sealed_does_not_open(self, keys):
        keys(k1=OLD)
        sealed = seal("fever", context="a")
        keys(k1=NEW)
        with pytest.raises(InvalidTag):
            unseal(sealed, context="a")

    def test_after_a_rotation_old_values_open_and_new_ones_take_the_new_key(self, keys):
        keys(k1=OLD)
        before = seal("fever", context="a")
        keys(k2=NEW, k1=OLD)
        now = seal("fever", context="a")
        assert before.startswith("k1:") and now.startswith("k2:")
        assert unseal(before, context="a") == unseal(now, context="a") == "fever"

    def test_a_key_that_was_thrown_away_is_named(self, keys):
        keys(k1=OLD)
        before = seal("fever", context="a")
        keys(k2=NEW)
        with pytest.raises(KeyError, match="k1"):
            unseal(before, context="a")

    def test_an_index_of_another_key_finds_nothing(self, settings):
        here = blind_index("EZ0000001")
        settings.HUCHENG_INDEX_KEY = NEW
        assert blind_index("EZ0000001") != here


class TestSealing:
    @given(st.text(max_size=80), st.text(max_size=20))
    def test_only_its_own_context_opens_a_value(self, text, other):
        sealed = seal(text, context="people.person.phone")
        assert unseal(sealed, context="people.person.phone") == text
        if other != "people.person.phone":
            with pytest.raises(InvalidTag):
                unseal(sealed, context=other)

    @given(st.text(min_size=6, max_size=40), st.data())
    def test_one_changed_bit_anywhere_is_noticed(self, text, data):
        key, _colon, body = seal(text, context="a").partition(":")
        raw = bytearray(base64.b64decode(body))
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        with pytest.raises(InvalidTag):
            unseal(f"{key}:{base64.b64encode(bytes(raw)).decode()}", context="a")

    @given(st.integers(0, 60))
    def test_a_sealed_value_tells_no_more_than_its_length(self, length):
        """Nonce of 12 bytes, tag of 16: NIST SP 800-38D."""
        body = seal("x" * length, context="a").partition(":")[2]
        assert len(base64.b64decode(body)) == 12 + length + 16

    @pytest.mark.parametrize("stored", ["", "k1:", "k1:AAAA", "plain text", "k1:!!!!"])
    def test_what_was_never_sealed_does_not_open(self, stored):
        with pytest.raises((InvalidTag, KeyError, ValueError)):
            unseal(stored, context="a")


class TestBlindIndex:
    @given(SIGNS)
    def test_spaces_case_and_width_do_not_matter(self, text):
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text)
        for writing in (text.lower(), f" {text} ", " ".join(text), wide, f"{text}\u3000"):
            assert blind_index(writing) == blind_index(text)

    @given(SIGNS, SIGNS)
    def test_different_values_have_different_digests(self, one, other):
        assert (blind_index(one) == blind_index(other)) == (one == other)

    @given(SIGNS)
    def test_a_digest_is_hexadecimal_of_one_length_for_every_value(self, text):
        digest = blind_index(text)
        assert len(digest) == 32 and set(digest) <= set("0123456789abcdef")

    @pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\u3000"])
    def test_nothing_has_no_digest(self, nothing):
        assert blind_index(nothing) == ""

    @pytest.mark.parametrize(("one", "other"), [("O0", "00"), ("1I", "11"), ("EZ-1", "EZ1"), ("E.Z", "EZ")])
    def test_signs_that_look_alike_and_dashes_still_tell_apart(self, one, other):
        assert blind_index(one) != blind_index(other)


class TestInMigrations:
    def test_a_sealed_field_rebuilds_without_its_index_which_is_a_field_of_its_own(self):
        name, path, args, kwargs = EncryptedField("phone", indexed=True, blank=True).deconstruct()
        assert "indexed" not in kwargs and kwargs["blank"] and path.endswith("EncryptedField")
        assert not EncryptedField(*args, **kwargs).indexed

    def test_an_index_rebuilds_with_its_source(self):
        _name, _path, args, kwargs = BlindIndex(source="phone").deconstruct()
        again = BlindIndex(*args, **kwargs)
        assert again.source == "phone" and again.max_length == 32 and again.db_index and not again.editable

    def test_every_indexed_field_of_the_house_has_its_index_beside_it(self):
        indexed = [
            (model, field)
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, EncryptedField) and field.indexed
        ]
        assert indexed
        for model, field in indexed:
            beside = model._meta.get_field(f"{field.name}_index")
            assert isinstance(beside, BlindIndex) and beside.source == field.name
