"""What mending, reading and comparing minutes costs: a report, a megabyte, English, and forty meetings of one body.

Run: `python benchmarks/minutes/speed.py`. The reports are made up by chance from invented sentences, always the same.
"""

import random
import time
import tracemalloc
from collections.abc import Callable

from hucheng.engines.minutes import clean, compare, damage, read, suspects

VERBS = [
    "备足", "核对", "逐一登记", "及时报送", "坚决防止", "进一步加强",
    "做好", "稳妥推进", "逐校验收", "尽快公布", "3天内摸清", "每日更新",
]  # fmt: skip
OBJECTS = [
    "防疫物资", "旅客名单", "入住人数", "口岸查验", "学校食堂", "心理疏导",
    "粮油价格", "重点项目", "林区巡护", "漏管失控", "稳岗补贴", "隔离床位",
]  # fmt: skip
ENDS = ["", "工作", "和台账", "责任", "并向社会公布", "，确保一个不漏", "，严格落实“四方责任”"]
ENGLISH = (
    "Minutes of the 5th meeting of the Lanhe Epidemic Board\nDate: 6 May 2021\nPresent: Wang Wei (Health Bureau)\n\n"
    "The board noted that two flights had landed. It directed the Health Bureau to contact all passengers within two "
    "days and to keep a register. Schools should submit their plans by Friday.\n\nActions\n"
    "1. Health Bureau to test every arrival.\n2. Wang Wei to publish answers daily.\n\n"
)
TOLD = "会议指出，前一阶段各县(市、区)顶住压力，复工复产有序推进，供应总体平稳，人民群众生活得到保障。"


def report(number: int, sentences: int, dice: random.Random) -> str:
    """One report: a head, and paragraphs of what is told and what is demanded."""
    parts = [f"5月{number % 28 + 1}日，岚河市防疫领导小组召开第{number}次会议，市委书记林砚主持。\n"]
    for at in range(sentences):
        demands = "，".join(dice.choice(VERBS) + dice.choice(OBJECTS) + dice.choice(ENDS) for _one in range(3))
        parts.append(f"{TOLD}会议要求，各县各部门要{demands}。" + "\n" * (at % 4 == 3))
    return "".join(parts)


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least of several runs, in seconds of this processor."""
    taken = []
    for _run in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def peak(work: Callable[[], object]) -> float:
    """The most memory in use at once, in megabytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Print the table."""
    dice = random.Random(43)
    short = report(1, 12, dice)
    long = report(2, 3_000, dice)
    long = long.encode()[:1_000_000].decode(errors="ignore")
    half = long[: len(long) // 2]
    english = ENGLISH * (200_000 // len(ENGLISH))
    meetings = [read(report(number, 12, dice)) for number in range(1, 41)]
    read(short), read(damage(short))
    print(f"{'what':<58}{'s':>8}")
    for name, work, times in (
        (f"a report of {len(short)} signs, read", lambda: read(short), 9),
        ("the same, damaged", lambda: read(damage(short)), 9),
        (f"1 MB ({len(long)} signs), mended", lambda: clean(long), 1),
        ("1 MB damaged, mended", lambda: clean(damage(long)), 1),
        ("1 MB, slips looked for", lambda: suspects(long), 1),
        ("1 MB, mended and read", lambda: read(long), 1),
        ("1 MB damaged, mended and read", lambda: read(damage(long)), 1),
        (f"{len(english)} signs of English, read", lambda: read(english), 1),
        (f"{len(meetings)} meetings, {sum(len(one.directives) for one in meetings)} directives, compared",
         lambda: compare(meetings[:-1], meetings[-1]), 1),
    ):  # fmt: skip
        print(f"{name:<58}{seconds(work, times):>8.3f}")
    small, large = peak(lambda: clean(half)), peak(lambda: clean(long))
    print(f"memory for half of it and all of it, mended: {small:.0f} and {large:.0f} MB")


if __name__ == "__main__":
    main()
