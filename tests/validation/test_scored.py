from collections.abc import Iterator

import pytest

from harness import spec
from harness.records import Article, Judgement
from harness.validation import scored
from harness.validation.scored import score


def judged() -> Iterator[Judgement]:
    """Yield three summaries of two articles, one of which has a reference, out of order."""
    texts = [("b", "Rain fell."), ("a", "Snow fell."), ("b", "It was wet.")]
    for name, summary in texts:
        references = ("Rain.",) if name == "b" else ()
        yield Judgement(Article(name, "Rain fell all day.", references), summary, human={"q": 1.0})


def test_a_summary_keeps_its_scores_and_its_judgement() -> None:
    """Summaries are put in the order of their articles, and their scores with them."""
    length = spec.parse("metrics", "length")
    found = score(judged(), [length])
    assert [j.article.id for j in found.judged] == ["a", "b", "b"]
    assert found.scores[0].tolist() == [2.0, 2.0, 3.0]
    assert [row.name for row in found.rows if row.rival] == [
        "article1-p",
        "article2-p",
        "article3-p",
    ]


def test_only_scored_summaries_cost_anything() -> None:
    """A clock that ticks once a call gives one second a metric; ROUGE scored two of three."""
    ticks = iter(range(100))
    found = score(judged(), [spec.parse("metrics", "rouge")], clock=lambda: float(next(ticks)))
    cost = found.costs["rouge"]
    assert (cost.summaries, cost.per_thousand) == (2, 500.0)
    assert cost.unscored == {"no reference": 1}
    assert found.there[0].tolist() == [False, True, True]


def test_two_metrics_with_one_column_name_are_told_apart() -> None:
    """The name of the metric stands before it then, and only then."""
    metrics = [spec.parse("metrics", text) for text in ("rouge", "rouge(stem=False)", "length")]
    names = [row.name for row in score(judged(), metrics).rows]
    assert {"rouge: rouge1", "rouge(stem=False): rouge1", "words"} <= set(names)


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One summary at a time gives the same scores, in the order they were read."""
    length = spec.parse("metrics", "length")
    whole = score(judged(), [length])
    monkeypatch.setattr(scored, "BATCH", 1)
    single = score(judged(), [length])
    assert [j.summary for j in single.judged] == [j.summary for j in judged()]
    held = [
        dict(zip((j.summary for j in f.judged), f.scores[0].tolist(), strict=True))
        for f in (whole, single)
    ]
    assert held[0] == held[1]
