"""Short invented minutes, and what the reader makes of them."""

from dataclasses import dataclass
from datetime import date

from hucheng.engines.minutes import Directive, Minutes, read

PUBLISHED = date(2021, 5, 7)
HELD = "5月6日，岚河市防疫领导小组召开第十二次会议。"


@dataclass(frozen=True)
class Told:
    """A meeting of which a text is told behind its head, that it was held."""

    head: str
    published: date | None = None

    def minutes_of(self, text: str) -> Minutes:
        return read(self.head + text, article_date=self.published)

    def demanded(self, text: str) -> tuple[Directive, ...]:
        return self.minutes_of(text).directives

    def words_of(self, text: str) -> list[str]:
        return [one.text_clean for one in self.demanded(text)]

    def only(self, text: str) -> Directive:
        (one,) = self.demanded(text)
        return one


_MEETING = Told(HELD, PUBLISHED)
minutes_of, demanded, words_of, only = _MEETING.minutes_of, _MEETING.demanded, _MEETING.words_of, _MEETING.only
