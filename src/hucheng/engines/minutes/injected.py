"""Advertisements that were put into a text in the place of a name: found, taken out, never shown."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair

BEFORE = '在由从向对至到和与及为是,，、。；;：:！!？?（()）“”"》\\s'
"""Signs behind which the foreign string begins."""


@cache
def _pattern() -> re.Pattern[str]:
    import yaml

    with files(__package__).joinpath("data/injected.yaml").open(encoding="utf-8") as stream:
        lists = yaml.safe_load(stream)
    always, brands, shared, trades, places = (
        "|".join(sorted(map(re.escape, lists[key]), key=len, reverse=True))
        for key in ("always", "brands", "shared", "trades", "places")
    )
    lead = f"(?:(?<=[{BEFORE}])|^)[^{BEFORE}\n]{{0,8}}?"
    gambling = f"(?:{lead})?(?:{always})(?:{trades})*(?:{places})+"
    brand = f"(?:{brands})(?:{trades})+(?:{places})*|(?:{shared})(?:{trades})+(?:{places})+"
    trade = f"(?:{lead})?(?:体育|娱乐|电竞)(?:{trades})*(?:app|官网|网址|注册|登录|投注)(?:{places})*"
    one = f"(?:{gambling}|{brand}|{trade})"
    return re.compile(f"{one}(?:[,，、\\-_|()（） ]{{0,2}}{one})*[)）]?", re.IGNORECASE | re.MULTILINE)


def injection_repairs(text: str) -> Iterator[Repair]:
    """Find the foreign strings. Nothing is put in their place: what stood there is not known."""
    for match in _pattern().finditer(text):
        end = match.end()
        if match.group().endswith((")", "）")) and not re.search("[(（]", match.group()):
            end -= 1
        yield Repair(EditKind.INJECTED, match.start(), end, "", certain=False)
