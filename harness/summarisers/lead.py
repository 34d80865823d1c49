"""The article's first sentences: the baseline that news makes hard to beat (Nenkova, 2005)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.parts import Summariser
from harness.records import Article, Summary
from harness.signature import signature
from harness.summarisers._extract import checked_count, extract
from harness.text.sentences import SPLITTER, sentences


@dataclass(frozen=True, slots=True)
class Lead:
    """The first ``sentences`` sentences; all of them where an article has fewer."""

    sentences: int = 3

    batch: ClassVar[int] = 1000

    def __post_init__(self) -> None:
        """Refuse an empty lead."""
        checked_count(self.sentences)

    def signature(self) -> str:
        """Return what the text depends on."""
        return signature("lead", sentences=self.sentences, splitter=SPLITTER, v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the lead of every article."""
        return [self._lead(sentences(article.text)) for article in articles]

    def _lead(self, found: Sequence[str]) -> Summary:
        return extract(found, range(min(self.sentences, len(found))))


SUMMARISER: type[Summariser] = Lead
