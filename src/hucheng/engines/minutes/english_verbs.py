"""Where a verb phrase of an order begins: base forms behind to, a modal, a comma or "and"."""

import re
from functools import cache

from hucheng.engines.minutes.vocabulary import any_of, lists

WORD = re.compile(r"[\w'’-]+")


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = lists("english_verbs")
    plain, doubtful, after = (frozenset(table[key]) for key in ("plain", "doubtful", "after_verb"))
    return plain, doubtful, after


@cache
def adverbs() -> str:
    """Give the pattern for the small words before a verb, with the space behind each; any word in -ly is one."""
    said = any_of(lists("english_verbs")["adverbs"])
    verbs = "(?:ap|sup|multip|com|im)ply|re(?:p)?ly|fly|tally"
    return (
        rf"(?:(?:{said}|(?!(?:{verbs})\b)[a-z]+ly|in turn|in addition|without delay|not only|at once"
        r"|as soon as possible),? )*"
    )


def verb_at(text: str, at: int = 0, *, sure: bool = False) -> int | None:
    """Give where the verb stands in a phrase that begins with one, adverbs before it passed over; None for no verb.

    sure  the place itself says that a verb must follow (to, must), so that doubtful words are verbs too
    """
    lead = re.compile(adverbs(), re.IGNORECASE).match(text, at)
    begin = lead.end() if lead else at
    sure_behind = sure or text[at:begin].rstrip(" ,").endswith("ly")
    if _is_verb_at(text, begin, sure_behind):
        return begin
    return at if begin != at and _is_verb_at(text, at, sure) else None


def verb_behind_modal(text: str) -> int | None:
    """Give where the verb stands behind a modal, whichever verb it is; None where no word stands there."""
    known = verb_at(text, sure=True)
    if known is not None:
        return known
    lead = re.compile(adverbs(), re.IGNORECASE).match(text)
    begin = lead.end() if lead else 0
    return begin if text[begin : begin + 1].islower() else None


def _is_verb_at(text: str, at: int, sure: bool) -> bool:
    plain, doubtful, after = _verbs()
    word = WORD.match(text, at)
    if word is None:
        return False
    said = word.group().lower()
    follows = WORD.search(text, word.end())
    behind = follows.group().lower() if follows and not text[word.end() : follows.start()].strip() else ""
    if said in doubtful:
        moving = said in lists("english_verbs")["moving"] and behind in ("to", "on", "with", "in", "for", "from")
        return (
            sure
            or moving
            or behind in after
            or behind[:1].isdigit()
            or behind.endswith(("ly", "ed"))
            and behind not in plain
        )
    if said == "close" and behind.startswith("contact"):
        return False
    return said in plain or ("-" in said and said.rpartition("-")[2] in plain)
