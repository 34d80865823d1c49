"""Claims of a summary held against its article, without model weights: what is flagged, by type.

A flag says "this contradicts the article" or "this is not in the article"; no flag does not say
that a claim is right. docs/facts.md tells what the checks find, how often they are wrong, and where
they are blind. Extractive summaries are flagged hardly ever: read this beside ``extractiveness``.
"""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import ClassVar, get_args

import numpy as np

from harness.facts import ArticleIndex, ClaimType, Findings, check, index
from harness.facts.version import VERSION
from harness.parts import Metric, Need
from harness.records import JSON, Column, Item, Scores
from harness.signature import signature
from harness.stats.rates import wilson
from harness.text.sentences import SPLITTER, sentences

TYPES: tuple[str, ...] = get_args(ClaimType)
_OWN_SENTENCES = 3
_CONTROL = 0.9
"""The share of control summaries that must come out as they should, within Wilson's interval."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Flags per summary and per 100 sentences, by type; ``quiet`` adds the checks off by default.

    ``flagged``: 1 where anything in the summary is flagged, else 0. ``flags``: flags per 100
    sentences of the summary. ``support``: how much of the summary can be read out of the article,
    from 0, nothing of it, to 1, copied word by word. Then flags per 100 sentences by type.
    """

    quiet: bool = False

    needs: ClassVar[frozenset[Need]] = frozenset()

    def columns(self) -> tuple[Column, ...]:
        """Return the share flagged, flags per 100 sentences, support, and flags by type."""
        return (
            Column(
                "flagged",
                "summaries in which anything is flagged, percent",
                "lower",
                high=1.0,
                scale=100.0,
                digits=1,
                headline=True,
                share=True,
            ),
            Column("flags", "flags per 100 sentences", "lower", digits=1, headline=True),
            Column(
                "support",
                "how much can be read out of the article, percent",
                "higher",
                high=1.0,
                scale=100.0,
                digits=1,
            ),
            *(
                Column(_column(kind), f"{kind} flags per 100 sentences", "lower", digits=1)
                for kind in TYPES
            ),
        )

    def signature(self) -> str:
        """Return what the flags depend on."""
        return signature("facts", quiet=self.quiet, splitter=SPLITTER, checks=VERSION, v=1)

    def score(self, items: Sequence[Item]) -> Scores:
        """Check every summary against its article; an article is indexed once."""
        found = [check(_index(i.article.text), i.summary, quiet=self.quiet) for i in items]
        sizes = np.array([max(len(f.sentences), 1) for f in found])
        counts = {
            kind: np.array([sum(c.type == kind for c in f.flagged) for f in found], float)
            for kind in TYPES
        }
        flags = sum(counts.values(), np.zeros(len(items)))
        values = {
            "flagged": (flags > 0).astype(float),
            "flags": 100 * flags / sizes,
            "support": np.array([f.support for f in found], float),
        } | {_column(kind): 100 * counts[kind] / sizes for kind in TYPES}
        warnings = {i: "; ".join(f.notes) for i, f in enumerate(found) if f.notes}
        return Scores(values, warnings=warnings, details=[_details(f) for f in found])

    def check(self, items: Sequence[Item], scores: Scores) -> str:  # noqa: ARG002 - the protocol's
        """Hold the checks against controls: another article's summary, the article's own words."""
        own = [_flagged(i, _own_sentences(i)) for i in items]
        others = [
            _flagged(item, other.summary)
            for item, other in zip(items, [*items[1:], *items[:1]], strict=True)
            if item.article.text != other.article.text
        ]
        sound = not (_surely_below(sum(others), len(others)) or _surely_below(*_calm(own)))
        return (
            f"{'controls' if sound else 'CONTROLS FAILED'}: another article's summary flagged "
            f"{sum(others)} of {len(others)}, the article's own sentences {sum(own)} of {len(own)}"
        )


def _calm(flagged: Sequence[bool]) -> tuple[int, int]:
    return len(flagged) - sum(flagged), len(flagged)


def _surely_below(count: int, total: int) -> bool:
    """Tell whether a share lies below what controls must reach, beyond the noise of a few items."""
    return total > 0 and wilson(count, total)[1] < _CONTROL


def _column(kind: str) -> str:
    return f"flags-{kind.replace(' ', '-')}"


@lru_cache(maxsize=256)
def _index(text: str) -> ArticleIndex:
    return index(text)


def _flagged(item: Item, summary: str) -> bool:
    return bool(check(_index(item.article.text), summary).flagged)


def _own_sentences(item: Item) -> str:
    found = sentences(item.article.text)
    rng = random.Random(item.article.id)  # noqa: S311 - a draw, not a secret
    chosen = sorted(rng.sample(range(len(found)), min(_OWN_SENTENCES, len(found))))
    return " ".join(found[i] for i in chosen)


def _details(findings: Findings) -> JSON:
    """Return what a report shows of findings: the flagged claims, with the article's own words."""
    return {"claims": [asdict(c) for c in findings.flagged], "notes": list(findings.notes)}


METRIC: type[Metric] = Facts
