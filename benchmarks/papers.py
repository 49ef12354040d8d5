"""What an official document costs: each kind as PDF and as Word file, beside a certificate of release in the same run.

Run: `python benchmarks/papers.py`. The goal is 0.6 s a document.
"""

import time
from collections.abc import Callable

from hucheng.engines.papers.official import KINDS, official_docx, official_pdf
from hucheng.engines.papers.official.tests.samples import sample
from hucheng.engines.papers.pdf import ReleasePaper, release_certificate

GOAL = 0.6


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The middle of several runs, in seconds of the wall."""
    taken = []
    for _run in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def main() -> None:
    """Print the table; ratios are to the certificate."""
    one = ReleasePaper(**dict.fromkeys(ReleasePaper.__dataclass_fields__, "岚河市"))
    base = seconds(lambda: release_certificate(one, lang="zh-hans"))
    print(f"{'document':<34}{'s':>8}{'ratio':>8}")
    print(f"{'certificate of release (reference)':<34}{base:>8.3f}{1:>8.2f}")
    long = sample("notice", sections=[{"paragraphs": ["统筹推进各项任务落实到位。" * 20]}] * 200)
    papers = {kind: sample(kind) for kind in KINDS} | {"notice of 80 pages": long}
    for name, paper in papers.items():
        for write in (official_pdf, official_docx):
            taken = seconds(lambda paper=paper, write=write: write(paper))
            late = "  above the goal" if taken > GOAL else ""
            print(f"{name + ', ' + write.__name__[-4:].lstrip('_'):<34}{taken:>8.3f}{taken / base:>8.2f}{late}")


if __name__ == "__main__":
    main()
