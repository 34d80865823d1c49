"""One article as several runs saw it: text, references, summaries and scores side by side."""

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from harness.errors import RunError, nearest
from harness.reading import Flag, readings
from harness.records import JSON, Article, Summary, unwritten
from harness.runs import Run, Store

_WIDTH = 88
_DIGITS = 10
"""Digits that no number of an article has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An article, and per run the summary, its flags, its scores by column or why it has none.

    ``flags`` are None where nothing looked for any.
    """

    article: Article
    summaries: Mapping[str, Summary]
    scores: Mapping[str, Mapping[str, float]]
    unscored: Mapping[str, Mapping[str, str]]
    flags: Mapping[str, Sequence[Flag] | None]

    def as_json(self) -> dict[str, JSON]:
        """Return everything shown as a JSON object."""
        return {
            "article": asdict(self.article),
            "runs": {
                name: {
                    **asdict(summary),
                    "scores": dict(self.scores[name]),
                    "unscored": dict(self.unscored[name]),
                    "flags": self._flags_as_json(name),
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
            told = [*self._flags_of(name, summary.text or ""), *self._scores_of(name)]
            parts.append("\n".join([name, _wrap(written, "  "), *told]))
        return "\n\n".join(parts)

    def _flags_as_json(self, name: str) -> JSON:
        flags = self.flags[name]
        return None if flags is None else [asdict(flag) for flag in flags]

    def _flags_of(self, name: str, summary: str) -> list[str]:
        """Return each flag with the article's words beside it, and below it what others say."""
        lines = []
        for flag in self.flags[name] or ():
            words = summary[slice(*flag.at)]
            beside = flag.found or flag.evidence
            source = f"; the article: “{self.article.text[slice(*beside)]}”" if beside else ""
            lines.append(_wrap(f"[{flag.tier}] {flag.type}: “{words}”{source}", "  "))
            said = (f"{one.verdict} by {one.by}: {one.words}" for one in flag.seconds)
            lines += [_wrap(line, "      ") for line in said]
        return lines

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
    if len(words) == 1:
        return [store.resolve(words[0])], None
    *others, last = words
    runs = [store.resolve(word) for word in others]
    if _position(runs[0].snapshot.ids(), last) is not None:
        return runs, last
    try:
        return [*runs, store.resolve(last)], None
    except RunError:
        return runs, last


def article(runs: Sequence[Run], wanted: str) -> Shown:
    """Return what the runs wrote about the article with that id, or that number from 1."""
    ids = runs[0].snapshot.ids()
    position = _position(ids, wanted)
    if position is None:
        msg = f"{runs[0].record.name} has no article {wanted!r}. {nearest(wanted, ids)}"
        raise RunError(msg)
    [found] = runs[0].snapshot.articles(position, position + 1)
    summaries: dict[str, Summary] = {}
    scores: dict[str, dict[str, float]] = {}
    unscored: dict[str, dict[str, str]] = {}
    flags: dict[str, Sequence[Flag] | None] = {}
    [reading] = readings(runs, [found.id])
    for run, written in zip(runs, reading.written, strict=True):
        own = run.snapshot.ids()
        if found.id not in own:
            msg = f"{run.record.name} has no article {found.id!r}: it ran over another corpus."
            raise RunError(msg)
        name = run.record.name if run.record.name not in summaries else run.record.id
        at = own.index(found.id)
        summaries[name] = _summary(run, at)
        scores[name], unscored[name] = _scores(run, at)
        flags[name] = written.flags if written and written.checked else None
    return Shown(found, summaries, scores, unscored, flags)


def _position(ids: Sequence[str], wanted: str) -> int | None:
    if wanted in ids:
        return ids.index(wanted)
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < _DIGITS
    return int(wanted) - 1 if is_number and 1 <= int(wanted) <= len(ids) else None


def _summary(run: Run, position: int) -> Summary:
    if run.summaries_kept.missing(position, position + 1, 1):
        return unwritten("not yet written")
    [summary] = run.summaries(position, position + 1)
    return summary


def _scores(run: Run, position: int) -> tuple[dict[str, float], dict[str, str]]:
    scores: dict[str, float] = {}
    unscored: dict[str, str] = {}
    metrics = run.record.metrics
    names = Counter(c.name for metric in metrics.values() for c in metric.columns)
    for folder, metric in metrics.items():
        if run.scores_kept(folder).missing(position, position + 1, 1):
            unscored[metric.spec] = "not yet scored"
            continue
        found = run.score_slice(folder, position, position + 1)
        if found.unscored:
            unscored[metric.spec] = found.unscored[0]
            continue
        for name, values in found.values.items():
            label = name if names[name] == 1 else f"{name} {metric.spec}"
            scores[label] = float(values[0])
    return scores, unscored
