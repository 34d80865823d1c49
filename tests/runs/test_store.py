import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harness import api
from harness.errors import InputError, RunError, RunLockedError
from harness.evaluation import evaluate
from harness.metrics.length import Length
from harness.records import Article
from harness.runs import Run, Store
from harness.runs.store import run_key
from harness.summarisers.lead import Lead
from harness.summarisers.random import Random


@pytest.fixture
def run(articles: Sequence[Article], runs: Path) -> Run:
    """Return a complete run of lead."""
    return api.evaluate(articles, {"lead-1": Lead(1)}, ["length"], runs=runs).runs[0]


def test_a_corpus_is_kept_as_it_was_read(articles: Sequence[Article], runs: Path) -> None:
    """Articles come back equal: references, titles, AI summaries and all."""
    kept = Store(runs).take(iter(articles), "three", "three")
    assert tuple(kept.articles()) == tuple(articles)
    assert (kept.record.articles, kept.record.references, kept.record.referenced) == (3, 2, 2)
    assert kept.articles(1, 2) == [articles[1]]


def test_one_corpus_is_kept_once(articles: Sequence[Article], runs: Path) -> None:
    """The same articles under another name have one fingerprint and one place."""
    store = Store(runs)
    one = store.take(articles, "one", "one")
    two = store.take(articles, "two", "two")
    assert one.record.fingerprint == two.record.fingerprint
    assert len(list((runs / "corpora").iterdir())) == 1


def test_every_field_of_an_article_is_in_the_fingerprint(runs: Path) -> None:
    """A change of text, reference, title, AI summary, cluster or order is another corpus."""
    plain = Article("a", "Text.", ("One.",), "Title", "Ours.", "c")
    other = Article("b", "Text.")
    corpora = [
        [plain, other],
        [other, plain],
        [Article("a", "Text!", ("One.",), "Title", "Ours.", "c"), other],
        [Article("a", "Text.", ("One", "."), "Title", "Ours.", "c"), other],
        [Article("a", "Text.", ("One.",), "Title!", "Ours.", "c"), other],
        [Article("a", "Text.", ("One.",), "Title", None, "c"), other],
        [Article("a", "Text.", ("One.",), "Title", "Ours.", None), other],
    ]
    found = {Store(runs).take(c, "x", "x").record.fingerprint for c in corpora}
    assert len(found) == len(corpora)


def test_an_empty_corpus_is_refused(runs: Path) -> None:
    """A corpus without an article is an input error, and nothing is kept of it."""
    with pytest.raises(InputError, match="holds no article"):
        Store(runs).take([], "none", "none")
    assert not list((runs / "corpora").iterdir())


def test_a_corpus_that_breaks_off_is_not_kept(articles: Sequence[Article], runs: Path) -> None:
    """An error in the middle of reading leaves nothing behind."""

    def broken() -> Iterator[Article]:
        yield articles[0]
        msg = "line 2"
        raise InputError(msg)

    with pytest.raises(InputError, match="line 2"):
        Store(runs).take(broken(), "x", "x")
    assert not list((runs / "corpora").iterdir())


def test_a_run_is_found_by_id_beginning_path_or_name(run: Run, runs: Path) -> None:
    """A person may write any of these, and means the same run."""
    run_id = run.record.id
    for text in (run_id, run_id[:15], f"{runs}/{run_id}/", "lead-1"):
        assert Store(runs).resolve(text).record.id == run_id


def test_an_unknown_run_is_answered_with_the_nearest(run: Run, runs: Path) -> None:
    """A typo in a name is told with what was meant."""
    assert run.record.name == "lead-1"
    with pytest.raises(RunError, match=r"No run 'laed-1' under .*Did you mean lead-1\?"):
        Store(runs).resolve("laed-1")


def test_the_beginning_of_several_runs_is_refused(
    articles: Sequence[Article], run: Run, runs: Path
) -> None:
    """A beginning that fits two runs is answered with both."""
    api.evaluate(articles, {"random": Random()}, ["length"], runs=runs)
    with pytest.raises(RunError, match="begins 2 runs"):
        Store(runs).resolve(run.record.id[:4])


def test_runs_made_in_one_second_have_different_ids(
    articles: Sequence[Article], runs: Path, clock: Callable[[], datetime]
) -> None:
    """A clock that stands still, or jumps back, makes no two runs one."""
    store = Store(runs)
    corpus = store.take(articles, "x", "x")
    for _ in range(3):
        evaluate(store, corpus, {"lead": Lead()}, [Length()], fresh=True, clock=clock)
    assert len(store.ids()) == 3
    assert all(i.startswith("20260302-093000-lead") for i in store.ids())


def test_a_second_writer_is_refused(articles: Sequence[Article], runs: Path) -> None:
    """While one process writes a run, another one that wants the same is told so."""
    store = Store(runs)
    corpus = store.take(articles, "x", "x")
    key = run_key(Lead().signature(), corpus.record)
    with store.writing(key, "lead"):
        done = evaluate(store, corpus, {"lead": Lead()}, [Length()])
    assert isinstance(done.failed["lead"], RunLockedError)
    assert not store.ids()


def test_a_run_whose_process_is_gone_is_shown_as_interrupted(run: Run, runs: Path) -> None:
    """A record that says running, without a process that holds its lock, is not believed."""
    run.update(status="running")
    assert Store(runs).load(run.record.id).record.status == "interrupted"


def damage_record(folder: Path, text: str) -> None:
    """Write something else where a run's record was."""
    (folder / "run.json").write_text(text)


def edit(path: Path, **changes: Any) -> None:
    """Change some fields of a JSON file, one level deep."""
    told = json.loads(path.read_text())
    for key, value in changes.items():
        told[key] = told[key] | value if isinstance(value, dict) else value
    path.write_text(json.dumps(told))


DAMAGE = [
    pytest.param(lambda f: damage_record(f, "{"), "cannot be read", id="torn"),
    pytest.param(lambda f: damage_record(f, "[]"), "is damaged", id="no-object"),
    pytest.param(
        lambda f: damage_record(f, json.dumps({"format": 99})),
        "has format 99; this harness reads up to 1",
        id="newer",
    ),
    pytest.param(lambda f: damage_record(f, '{"format": 1}'), "is damaged at 'id'", id="fields"),
    pytest.param(lambda f: damage_record(f, "[" * 9999), "cannot be read", id="deep"),
    pytest.param(
        lambda f: shutil.rmtree(f.parent / "corpora"), "corpus.json is missing", id="no-corpus"
    ),
    pytest.param(
        lambda f: next(f.parent.glob("corpora/*/*.parquet")).unlink(),
        "holds 0 of 3 articles",
        id="corpus-without-articles",
    ),
    pytest.param(
        lambda f: edit(next(f.parent.glob("corpora/*/corpus.json")), fingerprint="0" * 64),
        "holds another corpus, articles (000000000000)",
        id="another-corpus",
    ),
    pytest.param(
        lambda f: edit(f / "run.json", corpus={"articles": 4}),
        "tells of 4 articles, and its corpus has 3",
        id="articles",
    ),
    pytest.param(lambda f: edit(f / "run.json", batch=0), "is damaged at 'batch'", id="batch"),
    pytest.param(
        lambda f: edit(f / "run.json", corpus={"fingerprint": "../../x"}),
        "'../../x' is no fingerprint",
        id="fingerprint",
    ),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
def test_a_damaged_run_is_named_and_costs_the_others_nothing(
    articles: Sequence[Article], run: Run, runs: Path, damage: Callable[[Path], None], message: str
) -> None:
    """A run that cannot be read is told of, and the next evaluation makes a new one."""
    damage(run.folder)
    found, damaged = Store(runs).survey()
    assert not found
    assert message in str(damaged[run.record.id])
    again = api.evaluate(articles, {"lead-1": Lead(1)}, ["length"], runs=runs)
    assert [r.record.status for r in again.runs] == ["complete"]


def test_half_a_run_is_made_whole_again(articles: Sequence[Article], run: Run, runs: Path) -> None:
    """Where shards were deleted, the same evaluation writes what is missing, and only that."""
    before = [s.text for s in run.summaries()]
    shutil.rmtree(run.folder / "scores")
    next((run.folder / "summaries").iterdir()).unlink()
    again = api.evaluate(articles, {"lead-1": Lead(1)}, ["length"], runs=runs)
    assert again.reused == []
    assert again.runs[0].record.id == run.record.id
    assert [s.text for s in again.runs[0].summaries()] == before


def test_a_torn_line_of_timings_is_passed_over(run: Run) -> None:
    """Timings say how long, never what: a torn line costs its seconds and nothing else."""
    whole = run.seconds()
    with (run.folder / "timings.jsonl").open("a") as file:
        file.write('{"what": "summ')
    assert run.seconds() == whole
