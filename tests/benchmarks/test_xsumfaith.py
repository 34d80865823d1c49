from collections.abc import Callable
from pathlib import Path

import pytest

from harness.records import Span
from tests.benchmarks.conftest import Read, Write

HEADER = "bbcid,system,summary,hallucination_type,hallucinated_span,worker_id\n"
NAME = "hallucination_annotations_xsum_summaries.csv"


@pytest.fixture
def table(tmp_path: Path, write: Write) -> Callable[[str], None]:
    """Return a writer of rows beside the article they are about."""
    write("articles.jsonl", [{"id": "1", "document": "It rained."}])

    def put(rows: str) -> None:
        (tmp_path / NAME).write_text(HEADER + rows)

    return put


def test_most_people_decide_what_is_marked(table: Callable[[str], None], read: Read) -> None:
    """Of three people two mark "in May": its characters are the error, and they disagree else."""
    table(
        "1,T,It rained in May.,extrinsic,rained in May,wid_0\n"
        "1,T,It rained in May.,extrinsic,in May,wid_1\n"
        "1,T,It rained in May.,NULL,,wid_2\n"
        "1,Gold,Rain.,NULL,,wid_0\n"
    )
    gold, one = sorted(read("xsumfaith"), key=lambda j: j.system or "")
    assert one.spans == (Span(10, 16, "extrinsic"),)
    assert one.human == {"faithfulness": 1 / 3}
    assert (one.labels, one.errors) == ({"consistent": False}, ("extrinsic",))
    assert one.ratings == {"consistent": ((0.0, 0.0, 1.0),)}
    assert (one.article.references, gold.article.references) == (("Rain.",), ())


def test_an_unknown_article_is_named(
    table: Callable[[str], None], refusal: Callable[..., str]
) -> None:
    """XSum's articles are brought by hand, and one may be missing."""
    table("2,T,It rained.,NULL,,wid_0\n")
    assert f"{NAME}:2: the field 'bbcid': there is no article '2'" in refusal("xsumfaith")
