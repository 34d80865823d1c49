"""What the store promises wherever runs lie: folder, file://, memory:// and S3."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from harness.comparison import compare
from harness.errors import RunError, RunLockedError
from harness.evaluation import Evaluation, evaluate
from harness.metrics.length import Length
from harness.metrics.repetition import Repetition
from harness.parts import Metric
from harness.records import Article, Summary
from harness.runs import Store, check, disk, prune
from harness.summarisers.lead import Lead
from tests.runs.conftest import KEY, SECRET


def evaluated(
    store: Store, articles: Sequence[Article], *sentences: int, metric: Metric | None = None
) -> Evaluation:
    """Evaluate lead with some numbers of sentences."""
    corpus = store.take(articles, "three", "three")
    candidates = {f"lead-{n}": Lead(n) for n in sentences}
    return evaluate(store, corpus, candidates, [metric or Length()])


def files(store: Store) -> dict[str, int]:
    """Return the sizes of all files of a store by their names below it."""
    with suppress(FileNotFoundError):
        return {name: size or 0 for name, size in disk.files(store.root)}
    return {}


def test_runs_are_kept_reused_and_compared(store: Store, articles: Sequence[Article]) -> None:
    """An evaluation leaves complete runs, which the next one reuses and a comparison reads."""
    done = evaluated(store, articles, 1, 2)
    assert not done.failed
    assert [r.record.status for r in store.runs()] == ["complete"] * 2
    assert evaluated(store, articles, 1, 2).reused == [r.record.id for r in done.runs]
    table = compare(store.latest(), "lead-1")
    assert [row.name for row in table.rows] == ["lead-1", "lead-2"]
    assert all(run.seconds() > 0 for run in store.runs())


def test_runs_are_found_by_what_people_write(store: Store, articles: Sequence[Article]) -> None:
    """An id, its beginning, a path and a candidate's name all lead to the run."""
    [run] = evaluated(store, articles, 1).runs
    for text in (run.record.id, run.record.id[:-3], f"{store.root}/{run.record.id}", "lead-1"):
        assert store.resolve(text).record.id == run.record.id
    with pytest.raises(RunError, match="No run 'other' under"):
        store.resolve("other")


def test_articles_summaries_and_scores_come_back_equal(
    store: Store, articles: Sequence[Article]
) -> None:
    """What is read is what was written, to the last bit."""
    [run] = evaluated(store, articles, 1).runs
    again = store.load(run.record.id)
    assert tuple(again.snapshot.articles()) == tuple(articles)
    wanted = [s.text for s in Lead(1).summarise(articles)]
    assert [s.text for s in again.summaries()] == wanted
    [(start, scores)] = again.scores(next(iter(again.record.metrics)))
    assert start == 0
    assert scores.values["words"].tolist() == [len(str(text).split()) for text in wanted]


@dataclass(frozen=True, slots=True)
class Stopping:
    """Writes first words, one article a batch, and is stopped by a person at the third."""

    batch: ClassVar[int] = 1
    stops: bool = True

    def signature(self) -> str:
        """Return the same whether it stops or not."""
        return "stopping"

    def summarise(self, articles: Sequence[Article]) -> Sequence[Summary]:
        """Return the first words."""
        if self.stops and articles[0].id == "match":
            raise KeyboardInterrupt
        return [Summary(a.text.split()[0]) for a in articles]


def test_a_stopped_run_is_gone_on_with(store: Store, articles: Sequence[Article]) -> None:
    """What was finished before an interruption is kept, and the same run is completed."""
    corpus = store.take(articles, "three", "three")
    with pytest.raises(KeyboardInterrupt):
        evaluate(store, corpus, {"a": Stopping()}, [Length()])
    [stopped] = store.runs()
    assert (stopped.record.status, stopped.summaries_kept.count()) == ("interrupted", 2)
    done = evaluate(store, corpus, {"a": Stopping(stops=False)}, [Length()])
    assert [r.record.id for r in done.runs] == [stopped.record.id]
    assert store.load(stopped.record.id).summaries_kept.ranges() == [(0, 3)]


def test_nothing_half_written_is_left(store: Store, articles: Sequence[Article]) -> None:
    """A store holds the files that its layout names, and none besides."""
    [run] = evaluated(store, articles, 1).runs
    names = {n for n in files(store) if not n.startswith(("locks/", f"{run.record.id}/timings"))}
    [metric] = run.record.metrics
    corpus = f"corpora/{run.record.corpus.fingerprint[:16]}"
    assert names == {
        f"{corpus}/corpus.json",
        f"{corpus}/000000000-000000003.parquet",
        f"{run.record.id}/run.json",
        f"{run.record.id}/summaries/000000000-000000003.parquet",
        f"{run.record.id}/scores/{metric}/000000000-000000003.parquet",
    }


def test_a_run_has_one_writer(store: Store, articles: Sequence[Article]) -> None:
    """While one evaluation writes a run, another of the same candidate is told who does."""
    [run] = evaluated(store, articles, 1).runs
    with store.writing(run.record.key, "lead-1"):
        assert store.is_writing(run.record.key)
        failed = evaluated(store, articles, 1, metric=Repetition()).failed["lead-1"]
        assert isinstance(failed, RunLockedError)
        assert "is being written by process" in str(failed)
    assert not store.is_writing(run.record.key)
    assert not evaluated(store, articles, 1, metric=Repetition()).failed


def test_a_run_whose_writer_is_gone_is_interrupted(
    store: Store, articles: Sequence[Article]
) -> None:
    """A status of running without a lock is of a process that ended without a word."""
    [run] = evaluated(store, articles, 1).runs
    run.update(status="running")
    assert store.load(run.record.id).record.status == "interrupted"
    with store.writing(run.record.key, "lead-1"):
        assert store.load(run.record.id).record.status == "running"


def test_one_corpus_is_kept_once_and_made_whole_again(
    store: Store, articles: Sequence[Article]
) -> None:
    """The same articles have one place; what was deleted of it comes back with the next reading."""
    kept = store.take(articles, "one", "one")
    before = files(store)
    disk.remove(kept.shards.path(0, 3))
    assert tuple(store.take(articles, "two", "two").articles()) == tuple(articles)
    assert files(store) == before


def test_a_corpus_is_there_only_when_all_of_it_is(
    store: Store, articles: Sequence[Article]
) -> None:
    """A reading that fails in the middle leaves nothing at all."""

    def torn() -> Iterator[Article]:
        yield from articles
        msg = "the source is gone"
        raise RunError(msg)

    with pytest.raises(RunError, match="the source is gone"):
        store.take(torn(), "torn", "torn")
    assert store.corpora() == []
    assert files(store) == {}


def test_damage_is_found_repaired_and_made_good(store: Store, articles: Sequence[Article]) -> None:
    """A flipped byte is found, its shard deleted, and the next evaluation makes the same bytes."""
    [run] = evaluated(store, articles, 1).runs
    assert check.check(store).findings == ()
    path = run.summaries_kept.path(0, 3)
    whole = disk.read_bytes(path)
    disk.write_bytes(path, whole[:50] + bytes([whole[50] ^ 1]) + whole[51:])
    [found] = check.check(store).findings
    assert (found.place, found.kind, found.is_mendable) == (run.record.id, "damaged", True)
    assert check.repair(store, check.check(store)) == [found]
    assert store.load(run.record.id).record.status == "interrupted"
    [again] = evaluated(store, articles, 1).runs
    assert again.record.id == run.record.id
    assert disk.read_bytes(path) == whole
    assert check.check(store).findings == ()


def test_what_is_replaced_is_deleted_and_nothing_else(
    store: Store, articles: Sequence[Article]
) -> None:
    """Of two complete runs of a candidate the older goes, whole, and the newer stays as it was."""
    evaluated(store, articles, 1)
    corpus = store.take(articles, "three", "three")
    evaluate(store, corpus, {"lead-1": Lead(1)}, [Length()], fresh=True)
    older, newer = store.runs()
    planned = prune.plan(store, prune.Rules(), datetime.now(UTC))
    assert [r.place for r in planned.removals] == [older.record.id]
    assert len(store.ids()) == 2
    assert prune.carry_out(store, planned) == []
    assert store.ids() == [newer.record.id]
    assert not [name for name in files(store) if name.startswith(older.record.id)]
    assert check.check(store).findings == ()


def test_no_secret_is_kept(store: Store, articles: Sequence[Article]) -> None:
    """What opens the storage stands nowhere in a run."""
    evaluated(store, articles, 1)
    for name in files(store):
        content = disk.read_bytes(store.root / name)
        assert KEY.encode() not in content
        assert SECRET.encode() not in content
    assert SECRET not in f"{store!r} {store.root}"
