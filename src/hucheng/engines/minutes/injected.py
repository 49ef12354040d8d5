"""Advertisements that were put into a text in the place of a name: found, taken out, never shown."""

import re
from collections.abc import Iterator
from functools import cache

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair
from hucheng.engines.minutes.vocabulary import lists, words

BEFORE = '在由从向对至到和与及为是,，、。；;：:！!？?（()）“”"》\\s'
"""Signs behind which the foreign string begins."""
TRADES = ("体育", "娱乐", "电竞")
"""Trades that tell an advertisement without a brand, where the words of a site stand behind them."""


@cache
def _anchors() -> tuple[str, ...]:
    """Give the words one of which every advertisement holds."""
    words = lists("injected")
    return tuple(word.casefold() for word in (*words["always"], *words["brands"], *words["shared"], *TRADES))


@cache
def _pattern() -> re.Pattern[str]:
    always, brands, shared, trades, places = (
        words("injected", key) for key in ("always", "brands", "shared", "trades", "places")
    )
    lead = f"(?:(?<=[{BEFORE}])|^)[^{BEFORE}\n]{{0,8}}?"
    gambling = f"(?:{lead})?(?:{always})(?:{trades})*(?:{places})+"
    brand = f"(?:{brands})(?:{trades})+(?:{places})*|(?:{shared})(?:{trades})+(?:{places})+"
    trade = f"(?:{lead})?(?:{'|'.join(TRADES)})(?:{trades})*(?:app|官网|网址|注册|登录|投注)(?:{places})*"
    one = f"(?:{gambling}|{brand}|{trade})"
    return re.compile(f"{one}(?:[,，、\\-_|()（） ]{{0,2}}{one})*[)）]?", re.IGNORECASE | re.MULTILINE)


def injection_repairs(text: str) -> Iterator[Repair]:
    """Find the foreign strings. Nothing is put in their place: what stood there is not known."""
    folded = text.casefold()
    if not any(word in folded for word in _anchors()):
        return
    for match in _pattern().finditer(text):
        end = match.end()
        if match.group().endswith((")", "）")) and not re.search("[(（]", match.group()):
            end -= 1
        yield Repair(EditKind.INJECTED, match.start(), end, "", certain=False)
