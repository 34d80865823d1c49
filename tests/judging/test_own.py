from pathlib import Path

import pytest

from harness import api
from harness.judging.own import Identity, marks
from harness.records import Article
from harness.runs import Run
from harness.runs.manifest import MetricRecord
from harness.signature import signature


def local(weights: str) -> str:
    """Return a judge's signature with that of its model inside."""
    return signature("judge", chat=signature("local", weights=weights, files="f"), v=1)


def remote(model: str) -> str:
    """Return a signature of a model behind a server, whose weights nobody knows."""
    return signature("judge", chat=signature("remote", model=model), v=1)


def confirmed(by: str) -> str:
    """Return a signature with another inside it."""
    return signature("confirm", by=by, v=1)


MINE = Identity.of("transformer(model='org/Qwen')", signature("transformer", weights="abc"))
SERVED = Identity.of("server(model='qwen', url='http://a/v1')", signature("server", model="qwen"))
PLAIN = Identity.of("lead(sentences=3)", "lead|sentences:3|v:1")

SCORED_BY = [
    pytest.param(MINE, "judge(model='x')", local("abc"), True, id="its-weights"),
    pytest.param(MINE, "judge(model='org/Qwen')", local("xyz"), False, id="other-weights"),
    pytest.param(MINE, "judge(model='org/qwen')", local("c" * 40), True, id="a-commit-is-no-hash"),
    pytest.param(
        MINE, """confirm(by="judge(model='x')")""", confirmed(local("abc")), True, id="inside"
    ),
    pytest.param(
        MINE, "judge(model='qwen', url='u')", remote("qwen"), True, id="its-name-at-a-server"
    ),
    pytest.param(SERVED, "judge(model='./m/Qwen/')", local("abc"), True, id="its-name-as-a-folder"),
    pytest.param(SERVED, "judge(model='llama', url='u')", remote("llama"), False, id="another"),
    pytest.param(
        SERVED,
        """confirm(by="judge(model='qwen', url='u')")""",
        confirmed(remote("qwen")),
        True,
        id="its-name-inside",
    ),
    pytest.param(PLAIN, "judge(model='qwen')", local("abc"), False, id="no-model"),
    pytest.param(MINE, "rouge(stem=False)", "rouge|stem:no|v:1", False, id="no-model-in-a-metric"),
    pytest.param(MINE, "odd(text='a(b')", "odd|text:a(b|v:1", False, id="no-spec-inside"),
]


@pytest.mark.parametrize(("candidate", "spec", "signed", "own"), SCORED_BY)
def test_a_model_is_known_by_its_weights_or_its_name(
    candidate: Identity, spec: str, signed: str, own: bool
) -> None:
    """Where both weights are known they decide, else the names do, however they are written."""
    assert candidate.same(Identity.of(spec, signed)) is own


def judged(run: Run, spec: str, signed: str) -> Run:
    """Add to a run the record of a metric."""
    kept = dict(run.record.metrics)
    [columns] = {m.columns for m in kept.values()}
    run.update(
        metrics=kept | {"judge-1": MetricRecord(spec=spec, signature=signed, columns=columns)}
    )
    return run


def test_a_candidate_that_judges_itself_is_marked(runs: Path) -> None:
    """The mark names the candidate and the metric; others, and metrics not shown, have none."""
    articles = [Article("a", "One fell. Two rose.")]
    done = api.evaluate(
        articles, {"mine": "lead", "other": "lead(sentences=1)"}, ["length"], runs=runs
    )
    mine, other = (judged(run, "judge(model='org/Qwen')", local("abc")) for run in done.runs)
    mine.update(spec="transformer(model='org/Qwen')", signature=signature("t", weights="abc"))
    told = "mine is scored by its own model in judge(model='org/Qwen'): expect it to be favoured"
    assert marks([mine, other], {"judge-1"}) == (told,)
    assert marks([mine, other], {"length"}) == ()
