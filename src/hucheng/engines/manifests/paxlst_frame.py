"""The frame of an interchange: header, messages, and whether everything that was announced has come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.dates import local_time
from hucheng.engines.manifests.records import Problem
from hucheng.engines.manifests.segments import Segment

if TYPE_CHECKING:
    from hucheng.engines.manifests.paxlst import Message


ENVELOPE_TAGS = frozenset({"UNB", "UNG", "UNE", "UNZ"})


def envelope(segments: Iterable[Segment]) -> dict[str, str]:
    """Give what the interchange header says: syntax, sender, recipient, prepared, interchange_ref."""
    for segment in segments:
        if segment.tag == "UNB":
            found = {
                "syntax": segment.part(0), "sender": segment.part(1), "recipient": segment.part(2),
                "interchange_ref": segment.part(4),
            }  # fmt: skip
            stamp = segment.part(3) + segment.part(3, 1)
            try:
                found["prepared"] = local_time(stamp).isoformat(timespec="minutes")
                found["prepared_raw"] = stamp
            except ValueError:
                found["prepared"] = ""
            return found
    return {}


def message_blocks(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Group segments by message: from UNH to UNT; segments before a first UNH that carry persons count as one."""
    blocks: list[list[Segment]] = []
    open_block = False
    for segment in segments:
        if segment.tag in ENVELOPE_TAGS:
            open_block = False
            continue
        if segment.tag == "UNH" or not open_block:
            blocks.append([])
        blocks[-1].append(segment)
        open_block = segment.tag != "UNT"
    return blocks


def envelope_problems(segments: Sequence[Segment]) -> Iterator[Problem]:
    """Give what UNE and UNZ count otherwise than they hold: messages in a group, groups or messages in the file."""
    messages = groups = in_group = 0
    for segment in segments:
        if not segment.tag.startswith("UN"):
            continue
        messages += segment.tag == "UNH"
        in_group += segment.tag == "UNH"
        groups += segment.tag == "UNG"
        if segment.tag == "UNG":
            in_group = 0
        elif segment.tag == "UNE":
            yield from _count_problem(segment, in_group)
        elif segment.tag == "UNZ":
            yield from _count_problem(segment, groups or messages)
            messages = groups = 0


def _count_problem(segment: Segment, found: int) -> Iterator[Problem]:
    declared = segment.part(0)
    if declared.isascii() and declared.isdigit() and int(declared[:9]) != found:
        at: dict[str, Any] = {"line": segment.number, "field": segment.tag, "value": segment.tag}
        yield problem("ENVELOPE_COUNT", **at, declared=int(declared[:9]), found=found)


def part_problems(messages: Sequence["Message"]) -> Iterator[Problem]:
    """Give the parts of a divided list that have not come: UNH counts them 01:C, 02, ... up to the last, 03:F."""
    parts: dict[tuple[str, str], set[int]] = defaultdict(set)
    last: dict[tuple[str, str], int] = {}
    for message in messages:
        number, which = message.part("UNH", 3), message.part("UNH", 3, 1)
        if not (number.isascii() and number.isdigit()):
            continue
        key = (message.part("UNH", 2), message.part("BGM", 0))
        parts[key].add(int(number[:4]))
        if which == "F":
            last[key] = int(number[:4])
    for key, found in parts.items():
        missing = [number for number in range(1, max(found)) if number not in found][:20]
        value = ", ".join(f"{number:02}" for number in missing)
        if key not in last:
            value = ", ".join(filter(None, (value, f"{max(found) + 1:02}…")))
        if value:
            yield problem("PART_MISSING", field="UNH", value=value)
