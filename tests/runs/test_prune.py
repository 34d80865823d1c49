import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness import api
from harness.errors import StorageError
from harness.records import Article
from harness.runs import Run, Store, disk
from harness.runs.check import check
from harness.runs.prune import Rules, carry_out, plan
from harness.summarisers.lead import Lead

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def made(runs: Path, articles: Sequence[Article], *statuses: str, name: str = "lead") -> list[Run]:
    """Make runs of one candidate, a month apart, with these statuses; the last is of May."""
    found: list[Run] = []
    for status in statuses:
        done = api.evaluate(articles, {name: Lead(1)}, ["length"], runs=runs, fresh=True)
        found += done.runs
        found[-1].update(status=status)
    for age, run in enumerate(reversed(found)):
        run.update(created=(NOW - timedelta(days=30 * age + 1)).isoformat())
    return [Store(runs).load(run.record.id) for run in found]


def going(runs: Path, rules: Rules) -> list[str]:
    """Return the places that would go."""
    return [removal.place for removal in plan(Store(runs), rules, NOW).removals]


C, F, S = "complete", "failed", "interrupted"
CASES = [
    pytest.param([C], Rules(), [], id="the-only-one"),
    pytest.param([C, C, C], Rules(), [0, 1], id="replaced"),
    pytest.param([C, C, C], Rules(keep=2), [0], id="keep-two"),
    pytest.param([C, C], Rules(keep=5), [], id="keep-more-than-there-are"),
    pytest.param([C, C], Rules(keep=0), [0, 1], id="keep-none"),
    pytest.param([F, S, C], Rules(), [0, 1], id="unfinished-and-replaced"),
    pytest.param([F, S, C], Rules(keep=2), [0, 1], id="unfinished-are-no-use-to-keep"),
    pytest.param([C, F, S], Rules(), [], id="unfinished-can-be-gone-on-with"),
    pytest.param([C, F, S], Rules(unfinished=True), [1, 2], id="unfinished-given-up"),
    pytest.param([C, C, C], Rules(older_than=timedelta(days=60)), [0], id="old"),
    pytest.param([C, C], Rules(keep=0, older_than=timedelta(days=7)), [0], id="old-of-all"),
]


@pytest.mark.parametrize(("statuses", "rules", "gone"), CASES)
def test_which_runs_go(
    articles: Sequence[Article], runs: Path, statuses: list[str], rules: Rules, gone: list[int]
) -> None:
    """Runs that newer complete ones replace go, and others only when that is asked for."""
    ids = [run.record.id for run in made(runs, articles, *statuses)]
    assert sorted(going(runs, rules)) == sorted(ids[i] for i in gone)


def test_other_candidates_and_corpora_replace_nothing(
    articles: Sequence[Article], runs: Path
) -> None:
    """Each candidate has its newest run over each corpus."""
    made(runs, articles, C)
    made(runs, articles, C, name="other")
    made(runs, articles[:2], C)
    assert going(runs, Rules()) == []


def test_a_run_with_fewer_metrics_replaces_none_with_more(
    articles: Sequence[Article], runs: Path
) -> None:
    """Scores that only the older run has are not lost to a newer run without them."""
    older, newer = made(runs, articles, C, C)
    api.score(older, ["repetition"], Store(runs))
    assert going(runs, Rules()) == []
    api.score(newer, ["repetition"], Store(runs))
    assert going(runs, Rules()) == [older.record.id]


def test_a_plan_deletes_nothing_and_says_what_it_would(
    articles: Sequence[Article], runs: Path
) -> None:
    """Why and how much stand beside each place."""
    older, _ = made(runs, articles, C, C)
    [removal] = plan(Store(runs), Rules(), NOW).removals
    assert removal.why == "there is a newer complete run of 'lead' over articles"
    assert removal.size == sum(p.stat().st_size for p in older.folder.rglob("*") if p.is_file())
    assert older.folder.exists()


def test_damaged_runs_go_when_asked_for(articles: Sequence[Article], runs: Path) -> None:
    """What cannot be read stays unless --damaged is given; a newer version's run stays anyway."""
    damaged, newer = made(runs, articles, C), made(runs, articles, C, name="other")
    (damaged[0].folder / "run.json").write_text("{")
    record = newer[0].folder / "run.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"format": 2}))
    assert going(runs, Rules()) == []
    assert going(runs, Rules(damaged=True)) == [damaged[0].record.id]
    assert carry_out(Store(runs), plan(Store(runs), Rules(damaged=True), NOW)) == []
    assert not damaged[0].folder.exists()


def aged(corpus: Path) -> None:
    """Make a corpus look as if it was read two hours ago."""
    then = corpus.stat().st_mtime - 7200
    os.utime(corpus / "corpus.json", (then, then))


def test_a_corpus_goes_with_its_last_run_unless_it_was_just_read(
    articles: Sequence[Article], runs: Path
) -> None:
    """An evaluation that has read a corpus may have no run of it yet."""
    [run] = made(runs, articles, C)
    corpus = run.snapshot.shards.folder
    rules = Rules(keep=0)
    planned = plan(Store(runs), rules, NOW)
    assert [r.place for r in planned.removals] == [run.record.id]
    assert planned.notes == (f"corpora/{corpus.name} stays: it was read within the hour",)
    aged(corpus)
    assert going(runs, rules) == [run.record.id, f"corpora/{corpus.name}"]
    carry_out(Store(runs), plan(Store(runs), rules, NOW))
    assert Store(runs).ids() == []
    assert not corpus.exists()


def test_reading_a_corpus_again_makes_it_young(articles: Sequence[Article], runs: Path) -> None:
    """A corpus that lies there already is not deleted from under the one who reads it."""
    [run] = made(runs, articles, C)
    aged(run.snapshot.shards.folder)
    Store(runs).take(articles, "again", "again")
    assert going(runs, Rules(keep=0)) == [run.record.id]


def test_a_corpus_that_an_unreadable_run_may_need_stays(
    articles: Sequence[Article], runs: Path
) -> None:
    """Nobody can tell what a damaged record needs."""
    [run] = made(runs, articles, C)
    aged(run.snapshot.shards.folder)
    (run.folder / "run.json").write_text("{")
    planned = plan(Store(runs), Rules(keep=0), NOW)
    assert planned.removals == ()
    assert "a run that stays cannot be read" in planned.notes[0]


def test_what_is_being_written_stays(articles: Sequence[Article], runs: Path) -> None:
    """Neither a locked run nor, meanwhile, any corpus is deleted; also where the lock came late."""
    older, newer = made(runs, articles, C, C)
    aged(older.snapshot.shards.folder)
    store = Store(runs)
    planned = plan(store, Rules(keep=0), NOW)
    with store.writing(newer.record.key, "lead"):
        late = plan(store, Rules(keep=0), NOW)
        assert late.removals == ()
        assert [n.partition(" stays")[0] for n in late.notes] == sorted(
            [older.record.id, newer.record.id]
        )
        assert len(carry_out(store, planned)) == 3
    assert len(store.runs()) == 2


def test_no_corpus_goes_while_anything_is_written(articles: Sequence[Article], runs: Path) -> None:
    """A corpus may be needed by the next candidate of an evaluation, which has no run yet."""
    [run] = made(runs, articles, C)
    aged(run.snapshot.shards.folder)
    store = Store(runs)
    rules = Rules(keep=0)
    with store.writing("0" * 64, "another"):
        late = plan(store, rules, NOW)
        assert [r.place for r in late.removals] == [run.record.id]
        assert late.notes == ("No corpus is deleted while a run is being written",)
    planned = plan(store, rules, NOW)
    with store.writing("0" * 64, "another"):
        [kept] = carry_out(store, planned)
    assert kept.startswith(f"corpora/{run.snapshot.shards.folder.name} stays")
    assert run.snapshot.shards.folder.exists()


def test_a_deletion_that_is_interrupted_leaves_no_run_and_is_finished_later(
    articles: Sequence[Article], runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record goes first; what is left is no run, and the next deletion knows it."""
    older, newer = made(runs, articles, C, C)
    store = Store(runs)

    def fail(folder: Path) -> None:
        raise OSError(5, f"{folder} cannot be deleted")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "remove_tree", fail)
        with pytest.raises(StorageError, match="cannot be deleted"):
            carry_out(store, plan(store, Rules(), NOW))
    assert (older.folder / "summaries").exists()
    assert store.ids() == [newer.record.id]
    [rest] = plan(store, Rules(), NOW).removals
    assert (rest.place, rest.why) == (older.record.id, "its deletion was interrupted")
    carry_out(store, plan(store, Rules(), NOW))
    assert not older.folder.exists()
    assert check(store).findings == ()


def test_a_link_goes_and_what_it_leads_to_stays(
    articles: Sequence[Article], runs: Path, tmp_path: Path
) -> None:
    """A run that is a link, or has links in it, costs nothing outside the store."""
    [run] = made(runs, articles, C)
    outside = tmp_path / "outside"
    run.folder.rename(outside)
    (runs / run.record.id).symlink_to(outside)
    (outside / "out").symlink_to(tmp_path)
    store = Store(runs)
    assert carry_out(store, plan(store, Rules(damaged=True), NOW)) == []
    assert store.ids() == []
    assert (outside / "run.json").exists()
