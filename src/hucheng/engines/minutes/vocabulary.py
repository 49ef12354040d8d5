"""The words that the reader goes by, kept as data beside the code and turned into patterns once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

Lists = Mapping[str, Sequence[str]]


@cache
def lists(name: str) -> Lists:
    """Give the word lists of `data/<name>.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with files(__package__).joinpath(f"data/{name}.yaml").open(encoding="utf-8") as stream:
        loaded: Lists = yaml.load(stream, Loader=loader)  # noqa: S506
    return {key: [str(word) for word in words] for key, words in loaded.items()}


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


@cache
def words(name: str, key: str) -> str:
    """Give the pattern for one list of plain words."""
    return any_of(lists(name)[key])


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Give one list, whose entries are regular expressions, as one pattern."""
    return re.compile("|".join(f"(?:{one})" for one in lists(name)[key]))


@cache
def any_case(name: str, key: str) -> re.Pattern[str]:
    """Give one list of regular expressions as one pattern that makes no difference of capitals."""
    return re.compile(pattern(name, key).pattern, re.IGNORECASE)


@cache
def opens_with_verb() -> re.Pattern[str]:
    """Give the pattern for a Chinese clause that opens with a verb of demands and goes on behind it."""
    return re.compile(f"{words('verbs', 'adverbs')}*{any_of(lists('verbs')['verbs'])}.{{2,}}")


@cache
def surnames() -> tuple[str, str]:
    """Give patterns for surnames of one character and of two."""
    with files(__package__).joinpath("data/surnames.txt").open(encoding="utf-8") as stream:
        single, compound = stream.read().split("\n")[:2]
    return f"[{single}]", any_of(compound.split())
