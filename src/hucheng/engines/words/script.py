"""Traditional and simplified characters: the one converter of the engines."""

from functools import cache
from typing import Any


@cache
def converter(name: str) -> Any:
    """Give the OpenCC converter `t2s` or `s2t`, loaded once."""
    from opencc import OpenCC

    return OpenCC(name)
