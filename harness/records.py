"""The values that flow through harness: frozen, without behaviour beyond saying what they are.

One word for one thing, the field's own: see docs/architecture.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

JSON = None | bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"]


@dataclass(frozen=True, slots=True)
class Article:
    """A text to summarise, cleaned of page furniture, with what people and pages wrote about it.

    ``published`` is the AI summary that the article's own page carries. Articles that share a
    ``cluster`` (several reports of one event, say) are resampled together.
    """

    id: str
    text: str
    references: tuple[str, ...] = ()
    title: str | None = None
    published: str | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a candidate wrote for one article, or the ``reason`` why it wrote nothing.

    Exactly one of ``text`` and ``reason`` is set. ``held_out`` is the position of the reference
    that this summary is, which therefore must not be scored against itself. Token counts are the
    model's own; ``article_cut`` and ``summary_cut`` say whether a limit cut either short.
    """

    text: str | None
    reason: str | None = None
    held_out: int | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    article_cut: bool | None = None
    summary_cut: bool | None = None

    def __post_init__(self) -> None:
        """Refuse a summary that is neither a text nor a reason, or both."""
        if (self.text is None) == (self.reason is None):
            msg = f"a summary has either a text or a reason, not {self.text!r} and {self.reason!r}"
            raise ValueError(msg)


def unwritten(reason: str) -> Summary:
    """Return the record of a summary that does not exist, because of ``reason``."""
    return Summary(text=None, reason=reason)


@dataclass(frozen=True, slots=True)
class Item:
    """One summary as a metric sees it: with its article and the references to hold it against."""

    article: Article
    summary: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A named number of a metric: its range, which way is better, how it is shown.

    ``low`` and ``high`` are the ends of the range, None where it has none.
    ``better`` is "higher", "lower", or None where neither is. Shown values are multiplied by
    ``scale`` (100 for what the field prints as points) and rounded to ``digits``. Only a
    ``headline`` column stands in the default table. A ``share`` is 0 or 1 for each summary, so
    that its mean has Wilson's interval, which does not shrink to a point at 0 of n.
    """

    name: str
    description: str
    better: str | None = None
    low: float | None = 0.0
    high: float | None = None
    scale: float = 1.0
    digits: int = 2
    headline: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """What a metric says of a batch: per column one float64 per item, in the order of the items.

    ``unscored`` maps the position of an item to the reason why it has no score; what the arrays
    hold there means nothing. ``warnings`` maps the position of an item to what makes its score
    doubtful. ``details`` is any JSON value per item that a report can show.
    """

    values: Mapping[str, NDArray[np.float64]]
    unscored: Mapping[int, str] = field(default_factory=dict)
    warnings: Mapping[int, str] = field(default_factory=dict)
    details: Sequence[JSON] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a summary, from ``start`` to before ``end`` in characters, and its type."""

    start: int
    end: int
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people said of one summary of one article.

    ``human`` holds numbers by dimension, more being better; a dimension in ``labels`` holds True
    for a good summary and False for a bad one. ``spans`` are what people marked as wrong, None
    where nobody was asked to; ``errors`` the types of error that they named. ``ratings`` holds, by
    dimension, what each person said of each thing rated (the summary, or its sentences), None for
    no answer. ``split`` is "validation" or "test" where the set has these parts, ``group`` the
    part or domain of the set that the summary is from, and ``pair`` the name shared by summaries
    that people ranked against each other.
    """

    article: Article
    summary: str
    system: str | None = None
    human: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, bool] = field(default_factory=dict)
    spans: tuple[Span, ...] | None = None
    errors: tuple[str, ...] = ()
    ratings: Mapping[str, tuple[tuple[float | None, ...], ...]] = field(default_factory=dict)
    split: str | None = None
    group: str | None = None
    pair: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that was flagged, put to somebody else: characters ``start`` to ``end`` of a summary.

    ``evidence`` is the article's sentence that came nearest, where one was found.
    """

    article: Article
    summary: str
    start: int
    end: int
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody else says of a doubt: whether the article bears the claim out.

    ``supported`` is None where there is no answer; ``words`` then say why, and otherwise what the
    answer rests on. ``probability`` is that of being supported, in [0, 1], where it is known.
    """

    supported: bool | None
    words: str
    probability: float | None = None
