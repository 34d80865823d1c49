from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.conftest import Read

HEADER = "dataset,origin,id,doc,summary,model_name,label,cut,DAE_score\n"


def test_the_published_table_is_read(tmp_path: Path, read: Read) -> None:
    """The original set is the part, and the same article is the same in all its rows."""
    rows = 'CLIFF,xsum,1,"It rained, all day.",Rain.,BART,1,val,0.5\n'
    rows += 'FRANK,xsum,1,"It rained, all day.",Snow.,T5,0,test,0.1\n'
    (tmp_path / "aggre_fact_sota.csv").write_text(HEADER + rows)
    first, second = read("aggrefact")
    assert first.article == second.article
    assert [(j.group, j.split, j.labels["consistent"]) for j in (first, second)] == [
        ("CLIFF", "validation", True),
        ("FRANK", "test", False),
    ]


def test_a_label_is_one_or_nought(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """Anything else is refused with its line."""
    (tmp_path / "aggre_fact_sota.csv").write_text(HEADER + "CLIFF,xsum,1,x,y,BART,2,val,\n")
    assert "aggre_fact_sota.csv:2: the field 'label' is '2'" in refusal("aggrefact")
