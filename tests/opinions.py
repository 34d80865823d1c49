"""Runs whose flags a judge has answered: a server confirms what is about weeks, vetoes the rest."""

import json
from collections.abc import Sequence
from pathlib import Path

from harness import api
from harness.records import Article
from harness.runs import Run
from harness.summarisers.outputs import Outputs
from tests.servers.scripted import MODEL, Reply, Seen, serving, told

TEXT = "Repairs of the bridge take six weeks. Prices rose by 4 percent in May. Farmers want rain."
ARTICLES = (Article("weeks", TEXT), Article("percent", TEXT), Article("right", TEXT))
WRITTEN = {
    "weeks": "Repairs of the bridge take nine weeks.",
    "percent": "Prices rose by 9 percent in May.",
    "right": "Prices rose by 4 percent in May.",
}
CONFIRMED = "contradicted: “Repairs of the bridge take six weeks.”"
VETOED = "supported: “Prices rose by 4 percent in May.”"


def doubting(seen: Seen) -> Reply:
    """Answer as a judge that looks at weeks alone."""
    if "weeks" in seen.text.split("One sentence of the summary:")[1].split("these words")[0]:
        return told('Evidence: "Repairs of the bridge take six weeks."\nVerdict: contradicted')
    return told('Evidence: "Prices rose by 4 percent in May."\nVerdict: supported')


def made(folder: Path, metrics: Sequence[str] = ("facts",)) -> list[Run]:
    """Return the run of what was written, with metrics and the judge's opinions on its flags."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"id": i, "summary": s}) + "\n" for i, s in WRITTEN.items())
    (folder / "site.jsonl").write_text("".join(lines))
    with serving(doubting) as server:
        confirm = f'confirm(by="judge(model={MODEL!r}, url={server.url!r})")'
        site = Outputs(str(folder / "site.jsonl"))
        done = api.evaluate(ARTICLES, {"site": site}, [*metrics, confirm], runs=folder / "runs")
    assert not done.failed
    return done.runs
