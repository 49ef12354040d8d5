"""The one field class for sensitive values."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from hucheng.core.secrets.cipher import blind_index, seal, unseal


class BlindIndex(models.CharField):
    """The digest of a sensitive field beside it, kept in step at every save."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.update(max_length=32, blank=True, default="", editable=False, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Give what rebuilds this field in a migration."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default", "editable", "db_index"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the digest of the value about to be stored."""
        digest = blind_index(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, digest)
        return digest


class EncryptedField(models.TextField):
    """A text that is encrypted in the database.

    With `indexed=True` the model gains `<name>_index`; find rows by `filter(<name>_index=blind_index(value))`.
    """

    def __init__(self, *args: Any, indexed: bool = False, **kwargs: Any) -> None:
        self.indexed = indexed
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Give what rebuilds this field; the index column is a field of its own in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Join the model, with the index column beside."""
        super().contribute_to_class(cls, name, private_only)
        if self.indexed and not cls._meta.abstract:
            BlindIndex(source=name).contribute_to_class(cls, f"{name}_index")

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt on the way in; an empty text stays empty."""
        return value if not value else seal(str(value), context=self._context())

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """Decrypt on the way out."""
        return value if not value else unseal(value, context=self._context())

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of a sealed value: anything else would silently match nothing."""
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted; filter on {self.name}_index=blind_index(value)")
        return super().get_lookup(lookup_name)

    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"
