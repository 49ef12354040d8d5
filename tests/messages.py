"""Every message that the source asks to be translated, by the wing whose catalogue must hold it."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType

SOURCE = Path(__file__).parents[1] / "src" / "hucheng"
CALLS = {"_", "gettext", "gettext_lazy", "pgettext"}
QUOTED = re.compile(r"""(["'])(.*?)\1""")
IN_TAGS = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")


def home_of(path: Path) -> Path:
    """The folder with the catalogue that answers for a file."""
    wing, *rest = path.relative_to(SOURCE).parts
    return SOURCE / wing / "design" if wing == "core" and rest[0] == "design" else SOURCE / wing


def wanted() -> dict[Path, set[tuple[str, ...]]]:
    """Wing folder -> messages, each (singular,) or (singular, plural)."""
    found: dict[Path, set[tuple[str, ...]]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        if not {"tests", "migrations", "engines"} & set(path.parts):
            found[home_of(path)] |= in_python(path.read_text(encoding="utf-8"))
    for path in SOURCE.rglob("templates/**/*.html"):
        found[home_of(path)] |= in_template(path.read_text(encoding="utf-8"))
    return {home: messages for home, messages in found.items() if messages}


def in_python(text: str) -> set[tuple[str, ...]]:
    """Messages of `_("...")` and its kin."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in CALLS and call.args]
    return {(call.args[0].value,) for call in named if isinstance(call.args[0], ast.Constant)}


def in_template(text: str) -> set[tuple[str, ...]]:
    """Messages of `translate`, `blocktranslate` and `_("...")` inside tags."""
    found = {(match[1] or match[2],) for match in IN_TAGS.finditer(text)}
    block: list[str] | None = None
    for token in Lexer(text).tokenize():
        word, _space, rest = token.contents.partition(" ")
        if token.token_type == TokenType.BLOCK and word == "translate":
            found.add((QUOTED.match(rest)[2],))
        elif token.token_type == TokenType.BLOCK and word == "blocktranslate":
            block = [""]
        elif token.token_type == TokenType.BLOCK and word == "plural":
            block.append("")
        elif token.token_type == TokenType.BLOCK and word == "endblocktranslate":
            found.add(tuple(block))
            block = None
        elif block is not None:
            is_name = token.token_type == TokenType.VAR
            block[-1] += f"%({token.contents})s" if is_name else token.contents.replace("%", "%%")
    return found


def catalogue(home: Path) -> dict[str, str | tuple[str, ...]]:
    """Message -> Chinese of one wing; empty where there is no catalogue."""
    path = home / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale="zh_Hans") if message.id]
    return {m.id[0] if isinstance(m.id, tuple) else m.id: m.string for m in messages}
