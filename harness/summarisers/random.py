"""Sentences drawn at random: what a summariser must at least beat."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.parts import Summariser
from harness.records import Article, Summary
from harness.signature import signature
from harness.summarisers._extract import checked_count, extract
from harness.text.sentences import SPLITTER, sentences


@dataclass(frozen=True, slots=True)
class Random:
    """``sentences`` sentences of the article, drawn without replacement and kept in order.

    The draw depends on ``seed`` and the article's id alone, so that neither the order of the
    articles nor the other articles change it.
    """

    sentences: int = 3
    seed: int = 0

    batch: ClassVar[int] = 1000

    def __post_init__(self) -> None:
        """Refuse an empty draw."""
        checked_count(self.sentences)

    def signature(self) -> str:
        """Return what the text depends on."""
        return signature("random", sentences=self.sentences, seed=self.seed, splitter=SPLITTER, v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return a draw from every article."""
        return [self._draw(article.id, sentences(article.text)) for article in articles]

    def _draw(self, article_id: str, found: Sequence[str]) -> Summary:
        rng = random.Random(f"{self.seed}:{article_id}")  # noqa: S311 - a draw, not a secret
        return extract(found, rng.sample(range(len(found)), min(self.sentences, len(found))))


SUMMARISER: type[Summariser] = Random
