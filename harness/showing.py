"""One article as several runs saw it: text, references, summaries and scores side by side."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from harness.errors import RunError, nearest
from harness.records import JSON, Article, Summary
from harness.runs import Run, Store

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Shown:
    """An article, and per run the summary and its scores by column, or why it is unscored."""

    article: Article
    summaries: Mapping[str, Summary]
    scores: Mapping[str, Mapping[str, float]]
    unscored: Mapping[str, Mapping[str, str]]

    def as_json(self) -> dict[str, JSON]:
        """Return everything shown as a JSON object."""
        return {
            "article": asdict(self.article),
            "runs": {
                name: {
                    **asdict(summary),
                    "scores": dict(self.scores[name]),
                    "unscored": dict(self.unscored[name]),
                }
                for name, summary in self.summaries.items()
            },
        }

    def as_text(self) -> str:
        """Return everything shown as text to read."""
        title = [self.article.title] if self.article.title else []
        parts = ["\n".join([f"article {self.article.id}", *title]), _wrap(self.article.text)]
        for i, reference in enumerate(self.article.references, 1):
            parts.append(f"reference {i}\n{_wrap(reference, '  ')}")
        for name, summary in self.summaries.items():
            written = f"({summary.reason})" if summary.text is None else summary.text
            parts.append("\n".join([name, _wrap(written, "  "), *self._scores_of(name)]))
        return "\n\n".join(parts)

    def _scores_of(self, name: str) -> list[str]:
        told = "  ".join(f"{c} {v:.4g}" for c, v in self.scores[name].items())
        lines = textwrap.wrap(told, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        return lines + [f"  {metric}: {why}" for metric, why in self.unscored[name].items()]


def _wrap(text: str, indent: str = "") -> str:
    wrapped = (
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines()
    )
    return "\n".join(wrapped)


def runs_and_article(store: Store, words: Sequence[str]) -> tuple[list[Run], str | None]:
    """Return the runs that words name, and the last word where it names an article instead."""
    try:
        return [store.resolve(word) for word in words], None
    except RunError:
        if len(words) < 2:
            raise
    return [store.resolve(word) for word in words[:-1]], words[-1]


def article(runs: Sequence[Run], wanted: str) -> Shown:
    """Return what the runs wrote about the article with that id, or that number from 1."""
    ids = runs[0].snapshot.ids()
    if wanted in ids:
        position = ids.index(wanted)
    elif wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        position = int(wanted) - 1
    else:
        msg = f"{runs[0].record.name} has no article {wanted!r}. {nearest(wanted, ids)}"
        raise RunError(msg)
    [found] = runs[0].snapshot.articles(position, position + 1)
    summaries: dict[str, Summary] = {}
    scores: dict[str, dict[str, float]] = {}
    unscored: dict[str, dict[str, str]] = {}
    for run in runs:
        own = run.snapshot.ids()
        if found.id not in own:
            msg = f"{run.record.name} has no article {found.id!r}: it ran over another corpus."
            raise RunError(msg)
        name = run.record.name if run.record.name not in summaries else run.record.id
        at = own.index(found.id)
        [summaries[name]] = run.summaries(at, at + 1)
        scores[name], unscored[name] = _scores(run, at)
    return Shown(found, summaries, scores, unscored)


def _scores(run: Run, position: int) -> tuple[dict[str, float], dict[str, str]]:
    scores: dict[str, float] = {}
    unscored: dict[str, str] = {}
    for folder, metric in run.record.metrics.items():
        found = run.score_slice(folder, position, position + 1)
        if found.unscored:
            unscored[metric.spec] = found.unscored[0]
        else:
            scores |= {name: float(values[0]) for name, values in found.values.items()}
    return scores, unscored
