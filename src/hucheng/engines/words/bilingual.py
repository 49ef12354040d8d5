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
        """Give the text with `{name}` places filled in both languages; a bilingual value speaks the one around it.

        Raises KeyError when a place has no value.
        """
        zh, en = (
            {
                name: getattr(value, language) if isinstance(value, Bilingual) else value
                for name, value in values.items()
            }
            for language in ("zh", "en")
        )
        return Bilingual(self.zh.format(**zh), self.en.format(**en))
