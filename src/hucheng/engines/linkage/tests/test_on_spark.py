"""The run on Spark is the run in DuckDB. Skipped where the extra `spark` or Java is missing."""

from importlib.util import find_spec
from shutil import which

import pytest

from hucheng.engines.linkage import families
from hucheng.engines.linkage import on_spark as module
from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import ListError
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.on_spark import on_spark, require_spark
from hucheng.engines.linkage.pairs import in_duckdb
from hucheng.engines.linkage.tests.people import a_row, made_lists

MISSING = find_spec("pyspark") is None or which("java") is None
CROWD = [
    a_row(n, "agency", name=name, documents=("DBX20201",), address=(f"平阳路{n}号",))
    for n, name in enumerate(["李娜", "王伟", "张敏"] * 40)
]
ROWS = sorted([*made_lists(81, 90)[0], *CROWD], key=lambda row: (row.source, row.number))


@pytest.mark.skipif(MISSING, reason="no Spark: pip install 'hucheng[spark]' and Java 17")
def test_both_engines_find_and_weigh_the_same_pairs():
    there, here = on_spark(ROWS, shipped()), in_duckdb(ROWS, shipped())
    assert there.rows == here.rows and there.terms == here.terms
    assert there.low.tolist() == here.low.tolist() and there.high.tolist() == here.high.tolist()
    assert there.bits.tolist() == pytest.approx(here.bits.tolist(), abs=1e-9)
    assert link(ROWS, engine=lambda _rows, _model: there).persons == link(ROWS).persons
    assert not any(row.documents for row in here.rows if row.key[0] == "agency")


@pytest.mark.skipif(MISSING, reason="no Spark: pip install 'hucheng[spark]' and Java 17")
def test_both_take_the_same_lists_for_lists_without_families(monkeypatch):
    monkeypatch.setattr(families, "ENOUGH", 1)
    monkeypatch.setattr(families, "FEW_FAMILIES", 2.0)
    there, here = on_spark(ROWS, shipped()), in_duckdb(ROWS, shipped())
    assert there.model == here.model == shipped().without_families()
    assert there.bits.tolist() == pytest.approx(here.bits.tolist(), abs=1e-9)


@pytest.mark.parametrize("lacking", ["find_spec", "which"])
def test_without_it_the_way_out_is_said(monkeypatch, lacking):
    monkeypatch.setattr(module, "find_spec", lambda _name: "there")
    monkeypatch.setattr(module, "which", lambda _name: "there")
    require_spark()
    monkeypatch.setattr(module, lacking, lambda _name: None)
    with pytest.raises(ListError, match="--engine duckdb") as refused:
        on_spark(ROWS, shipped())
    assert "--engine duckdb" in refused.value.words.zh
