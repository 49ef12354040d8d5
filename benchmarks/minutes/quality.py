"""How well minutes are read: our own labelled texts, those tuned on and those held back, beside a simple baseline.

Run: `python benchmarks/minutes/quality.py [FOLDER ...]`; each folder holds NN.txt with labels NN.json. Without one, the
texts beside this file: `seen` were looked at while tuning, `unseen` only scored, both in Chinese and in English. All of
them are invented.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hucheng.engines.minutes import Labels, Language, Minutes, Score, clean, language_of, read, read_labels, score
from hucheng.engines.minutes.score import f1, pairs_of

HERE = Path(__file__).parent / "texts"
SHARES = {
    "character error": "error_rate", "head": "head", "names": "names", "theme": "themes", "measurable": "measurable",
    "deadline": "deadlines", "actors": "actors",
}  # fmt: skip
Reader = Callable[[str, date | None], dict[str, object]]


def ours(text: str, day: date | None) -> dict[str, object]:
    """The reading of the engine."""
    return read(text, article_date=day).as_dict()


def baseline(text: str, _day: date | None) -> dict[str, object]:
    """The reference: mend the text, cut sentences with a word of demanding at their marks; every theme general."""
    mended = clean(text).text
    if language_of(mended) is Language.ENGLISH:
        return english_baseline(mended)
    found = []
    for sentence in re.split(r"[。\n]", mended):
        if re.search("要|必须|坚决", sentence):
            found += [{"text_clean": part, "theme": "general"} for part in re.split("[,，;；:：]", sentence) if part]
    names = re.findall(r"(?:书记|市长|县长|主任)([一-鿿]{2,3})(?=主持|出席|[,，、])", mended)
    head = re.search(r"第([0-9]+)次", mended)
    meeting = {"number": int(head[1]) if head else None, "chair": names[0] if names else None}
    people = [{"name": name} for name in dict.fromkeys(names)]
    return {"meeting": meeting, "attendees": people, "directives": found, "clean_text": mended}


def english_baseline(text: str) -> dict[str, object]:
    """The same in English: sentences with must, should, shall, to or agreed, cut at commas and semicolons."""
    found = []
    for sentence in re.split(r"(?<=[.;])\s|\n", text):
        if re.search(r"\b(?:must|should|shall|to|agreed|decided)\b", sentence):
            found += [{"text_clean": part, "theme": "general"} for part in re.split("[,;:]", sentence) if part.strip()]
    names = re.findall(r"\b(?:Dr|Mr|Ms|Mrs|Mayor|Chair:?) ([A-Z]\w+ [A-Z]\w+)", text)
    head = re.search(r"(\d+)(?:st|nd|rd|th) meeting|Meeting No\. (\d+)", text)
    meeting = {"number": int(head[1] or head[2]) if head else None, "chair": names[0] if names else None}
    people = [{"name": name} for name in dict.fromkeys(names)]
    return {"meeting": meeting, "attendees": people, "directives": found, "clean_text": text}


def labelled(folder: Path) -> Iterator[tuple[str, date | None, Labels, str]]:
    """Each text of a folder with its labels and the day that its page was published."""
    for file in sorted(folder.glob("*.json")):
        data = file.read_bytes()
        day = json.loads(data)["article_date"]
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        yield text, date.fromisoformat(day) if day else None, read_labels(data), file.stem


def told_by(reader: Reader, text: str, day: date | None) -> Labels:
    """What a reader tells, in the shape of labels."""
    return read_labels(json.dumps(reader(text, day)).encode())


def mean(values: list[float | None]) -> str:
    """The mean of what could be measured."""
    known = [one for one in values if one is not None]
    return f"{sum(known) / len(known):>7.3f}" if known else "      —"


def row(name: str, scores: list[Score]) -> str:
    """One line of the table."""
    whole = f1(sum(one.found for one in scores), sum(one.told for one in scores), sum(one.wanted for one in scores))
    return f"{name:<22}{whole:>7.3f}" + "".join(mean([getattr(one, key) for one in scores]) for key in SHARES.values())


def errors(told: Labels, gold: Labels, minutes: Minutes) -> Counter[str]:
    """Errors by kind on one text."""
    pairs, _beside = pairs_of(told.directives, gold.directives)
    counted = Counter({
        "demand missed": sum(one.kind in ("action", "outcome") for one in gold.directives) - len(pairs),
        "demand invented": sum(one.kind in ("action", "outcome") for one in told.directives) - len(pairs) - _beside,
    })  # fmt: skip
    for one, other in pairs:
        if one.theme != other.theme:
            counted[f"theme {other.theme} read as {one.theme}"] += 1
        if one.measurable != other.measurable:
            counted["measurable, not seen" if other.measurable else "measurable, seen where it is not"] += 1
        counted["deadline"] += one.deadline != other.deadline
        counted["actors: other reach or form"] += one.actors != other.actors
    counted["head, a field"] += sum(
        told.meeting.get(key) != gold.meeting.get(key) for key in ("number", "date", "chair", "form")
    )
    counted["warnings given"] += len(minutes.warnings)
    return counted


def main() -> None:
    """Print the table, then the errors of the engine by kind."""
    folders = [Path(one) for one in sys.argv[1:]] or [
        HERE / one for one in ("seen", "unseen", "english_seen", "english_unseen")
    ]
    print(f"{'':<22}{'demands':>7}" + "".join(f"{name.split()[-1][:7]:>7}" for name in SHARES))
    for folder in folders:
        texts = list(labelled(folder))
        for name, reader in (("engine", ours), ("baseline", baseline)):
            scores = [score(told_by(reader, text, day), gold) for text, day, gold, _id in texts]
            print(row(f"{folder.name} ({len(texts)}), {name}", scores))
        total: Counter[str] = Counter()
        for text, day, gold, _id in texts:
            total += errors(told_by(ours, text, day), gold, read(text, article_date=day))
        for kind, times in total.most_common():
            print(f"{'':<4}{times:>4}  {kind}")


if __name__ == "__main__":
    main()
