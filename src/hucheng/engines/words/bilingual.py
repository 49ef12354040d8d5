"""One sentence in both languages of the house."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same fact in simplified Chinese and English."""

    zh: str
    en: str

    def in_language(self, code: str) -> str:
        """Give the text for a language code: Chinese for `zh...`, English for any other."""
        return self.zh if code.lower().startswith("zh") else self.en

    def filled(self, **values: object) -> "Bilingual":
        """Give the text with `{name}` places filled in both languages.

        Raises KeyError when a place has no value.
        """
        return Bilingual(self.zh.format(**values), self.en.format(**values))
