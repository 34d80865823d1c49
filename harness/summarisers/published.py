"""The AI summary that the article's own page carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.parts import Summariser
from harness.records import Article, Summary, unwritten
from harness.signature import signature


@dataclass(frozen=True, slots=True)
class Published:
    """What the publisher printed under its disclaimer, as the page was saved."""

    batch: ClassVar[int] = 1000

    def signature(self) -> str:
        """Return what the text depends on: the page alone."""
        return signature("published", v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return each page's own summary, or say that it carries none."""
        return [
            Summary(a.published) if a.published else unwritten("the page carries no summary")
            for a in articles
        ]


SUMMARISER: type[Summariser] = Published
