"""Short invented minutes, and what the reader makes of them."""

from datetime import date

from hucheng.engines.minutes import Directive, Minutes, read

PUBLISHED = date(2021, 5, 7)
HELD = "5月6日，岚河市防疫领导小组召开第十二次会议。"


def minutes_of(text: str) -> Minutes:
    """The minutes of a meeting of which this is told after the sentence that it was held."""
    return read(HELD + text, article_date=PUBLISHED)


def demanded(text: str) -> tuple[Directive, ...]:
    return minutes_of(text).directives


def words_of(text: str) -> list[str]:
    return [one.text_clean for one in demanded(text)]


def only(text: str) -> Directive:
    (one,) = demanded(text)
    return one
