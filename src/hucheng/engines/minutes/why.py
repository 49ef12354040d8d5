"""Why a directive was judged as it was, in one sentence a language."""

from hucheng.engines.minutes.records import Kind, Theme
from hucheng.engines.words.bilingual import Bilingual

KINDS = {
    Kind.ACTION: Bilingual("行动：可以着手办理", "action: something one can start"),
    Kind.OUTCOME: Bilingual("结果：要达到或避免的状态", "outcome: a state to reach or avoid"),
    Kind.HEADING: Bilingual("标题：独立成句，由下文展开", "heading: a sentence that the next ones spell out"),
    Kind.STANCE: Bilingual("态度：思想、姿态或政治要求", "stance: attitude or posture"),
}
THEMES = {
    Theme.CAPITAL_MOAT: Bilingual("首都护城河", "moat of the capital"),
    Theme.IMPORT_LINE: Bilingual("外防输入", "import line"),
    Theme.SCHOOLS: Bilingual("开学复学", "schools"),
    Theme.ECONOMY: Bilingual("经济运行", "economy"),
    Theme.STABILITY: Bilingual("社会稳定", "stability"),
    Theme.GENERAL: Bilingual("综合", "general"),
}
OPENED = Bilingual("由“{word}”引出", "opened by “{word}”")
BY_WORD = Bilingual("（据“{word}”）", " (by “{word}”)")
BY_BLOCK = Bilingual("（据所在段落）", " (by its block)")
COUNTED = Bilingual("可核实", "can be verified")
NOT_COUNTED = Bilingual("不可直接核实", "cannot be verified as worded")


def explain(
    *, opener: str, kind: tuple[Kind, str], theme: tuple[Theme, str, bool], measured: tuple[bool, str]
) -> Bilingual:
    """Put the reasons together: what opened the demand, its kind, theme and measurability, with the deciding words."""
    parts = [
        Bilingual(*(one.replace("{word}", opener) for one in (OPENED.zh, OPENED.en))),
        _with_word(KINDS[kind[0]], kind[1] if kind[0] is not Kind.HEADING else ""),
        _with_word(THEMES[theme[0]], theme[1]) if theme[2] else _joined(THEMES[theme[0]], BY_BLOCK),
        _with_word(COUNTED if measured[0] else NOT_COUNTED, measured[1]),
    ]
    return Bilingual("；".join(part.zh for part in parts) + "。", "; ".join(part.en for part in parts) + ".")


def _with_word(said: Bilingual, word: str) -> Bilingual:
    return (
        _joined(said, Bilingual(*(one.replace("{word}", word) for one in (BY_WORD.zh, BY_WORD.en)))) if word else said
    )


def _joined(first: Bilingual, second: Bilingual) -> Bilingual:
    return Bilingual(first.zh + second.zh, first.en + second.en)
