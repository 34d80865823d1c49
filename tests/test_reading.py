from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness import api
from harness.parts import Summariser
from harness.reading import Second, Written, _with_flags, readings
from harness.records import JSON, Article, Scores, Summary, unwritten
from harness.runs import Run, Store
from harness.summarisers.outputs import Outputs
from tests import opinions

CLOCK = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def made(articles: Sequence[Article], root: Path, *candidates: str | Summariser) -> list[Run]:
    """Return runs of candidates over articles, checked for facts."""
    named = {f"{i}": c for i, c in enumerate(candidates)}
    return api.evaluate(articles, named, ["facts", "length"], runs=root).runs


def test_every_run_is_read_for_every_article(articles: Sequence[Article], runs: Path) -> None:
    """The articles come in the order asked for, with what each run wrote in the runs' order."""
    found = readings(made(articles, runs, "lead(sentences=1)", "published"), ["match", "bridge"])
    assert [r.article for r in found] == [articles[2], articles[0]]
    assert found[1].written[0] is not None
    assert found[1].written[0].summary.text == "The bridge closed on Monday."
    texts = [w.summary.text if w else None for r in found for w in r.written]
    assert texts[1] is None, "the match's page carries no summary"
    assert texts[3] == articles[0].published


def test_flags_come_with_the_article_s_words(tmp_path: Path, runs: Path) -> None:
    """A flagged claim tells where it stands, and where the article says otherwise."""
    text = "Rain fell for weeks. Prices rose by 4 percent in May. Farmers hope for sun."
    wrong = "Prices rose by 9 percent in May."
    (tmp_path / "out.txt").write_text(wrong + "\n")
    runs_made = made([Article("a", text)], runs, Outputs(str(tmp_path / "out.txt")))
    [written] = readings(runs_made, ["a"])[0].written
    assert written is not None
    [flag] = written.flags
    assert "9" in wrong[slice(*flag.at)]
    assert flag.type == "number"
    assert flag.tier in ("A", "B")
    assert flag.evidence is not None
    assert text[slice(*flag.evidence)] == "Prices rose by 4 percent in May."


def test_a_run_that_nothing_checked_is_told_from_one_without_flags(
    articles: Sequence[Article], runs: Path
) -> None:
    """No flag is shown either way, but only one of them was looked at."""
    [checked] = made(articles, runs, "lead(sentences=1)")
    [not_checked] = api.evaluate(articles, ["lead(sentences=2)"], ["length"], runs=runs).runs
    [first, second] = readings([checked, not_checked], ["bridge"])[0].written
    assert first is not None
    assert second is not None
    assert (first.checked, first.flags) == (True, ())
    assert (second.checked, second.flags) == (False, ())


def test_what_a_run_has_not_come_to_is_none(articles: Sequence[Article], runs: Path) -> None:
    """An unfinished run, and one over other articles, leave gaps and take nothing from others."""
    [whole] = made(articles, runs, "lead(sentences=1)")
    [part] = made(articles[:1], runs, "lead(sentences=2)")
    store = Store(runs)
    unfinished = store.create(
        whole.record.model_copy(update={"key": "0" * 64}), whole.snapshot, CLOCK
    )
    unfinished.add_summaries(0, ["bridge"], [unwritten("too long")])
    found = readings([part, unfinished, whole], ["bridge", "match"])
    reasons = [[w and w.summary.reason for w in r.written] for r in found]
    assert reasons == [[None, "too long", None], [None, None, None]]
    assert [w is None for w in found[1].written] == [True, True, False]


def test_details_of_another_shape_are_no_flags(articles: Sequence[Article], runs: Path) -> None:
    """A metric may keep whatever it likes beside its scores."""
    [run] = made(articles, runs, "lead(sentences=1)")
    [folder] = [f for f in run.record.metrics if f.startswith("length")]
    shards = run.scores_kept(folder)
    scores = run.score_slice(folder, 0, 3)
    for path in shards.folder.iterdir():
        path.unlink()
    ids = [a.id for a in articles]
    odd = Scores(scores.values, details=[["claims"], {"claims": 3}, {"claims": [4, {"start": 1}]}])
    run.add_scores(folder, 0, ids, odd)
    assert all(w and w.checked and not w.flags for r in readings([run], ids) for w in r.written)


def test_a_second_opinion_joins_the_flag_that_it_is_about(tmp_path: Path) -> None:
    """A flag that facts and confirm both tell of is one flag, with what the judge says of it."""
    both, alone = opinions.made(tmp_path / "both"), opinions.made(tmp_path / "alone", ())
    for runs_made in (both, alone):
        found = [r.written[0] for r in readings(runs_made, ["weeks", "percent", "right"])]
        flags = [w.flags if w else None for w in found]
        told = [[s.verdict for f in own or () for s in f.seconds] for own in flags]
        assert told == [["confirmed"], ["vetoed"], []]
        assert [len(own or ()) for own in flags] == [1, 1, 0]


def test_no_answer_is_a_verdict_of_its_own() -> None:
    """It neither confirms nor vetoes."""
    verdicts = [Second("judge", supported, "").verdict for supported in (False, True, None)]
    assert verdicts == ["confirmed", "vetoed", "no answer"]


CLAIM: dict[str, JSON] = {
    "start": 0,
    "end": 1,
    "type": "number",
    "tier": "A",
    "found": None,
    "evidence": None,
}
ODD = [
    pytest.param("vetoed", id="text"),
    pytest.param({"by": "me"}, id="half"),
    pytest.param({"by": 1, "supported": True, "words": "", "probability": None}, id="types"),
    pytest.param(None, id="nothing"),
]


@pytest.mark.parametrize("opinion", ODD)
def test_an_opinion_of_another_shape_is_none(opinion: JSON) -> None:
    """A flag stays a flag whatever another package keeps beside it."""
    written = _with_flags(Written(Summary("x")), {"claims": [CLAIM | {"opinion": opinion}]})
    assert [(f.tier, f.seconds) for f in written.flags] == [("A", ())]


def test_several_opinions_are_kept_side_by_side() -> None:
    """Two verifiers may be asked; asking one twice adds nothing."""
    written = Written(Summary("x"))
    for by in ("one", "two", "one"):
        opinion: JSON = {"by": by, "supported": True, "words": "w", "probability": 0.5}
        written = _with_flags(written, {"claims": [CLAIM | {"opinion": opinion}]})
    [flag] = written.flags
    assert [s.by for s in flag.seconds] == ["one", "two"]
