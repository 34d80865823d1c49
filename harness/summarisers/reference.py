"""The references themselves as candidates, so that people have a row in the table too.

A reference is scored against the article's other references, never against itself; where there is
no other, reference metrics leave it unscored and only what looks at the article scores it. Mind,
when reading: the machines are scored against one reference more than a person is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.errors import UsageError
from harness.parts import CorpusView, Summariser
from harness.records import Article, Summary, unwritten
from harness.signature import signature


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference at a position, from 1; 0 makes each position a candidate of its own."""

    position: int = 0

    batch: ClassVar[int] = 1000

    def __post_init__(self) -> None:
        """Refuse a negative position."""
        if self.position < 0:
            msg = f"reference(position={self.position}) is not possible: positions count from 1."
            raise UsageError(msg)

    def expand(self, corpus: CorpusView) -> Mapping[str, Summariser]:
        """Return one candidate per position that any article has."""
        if self.position or corpus.references < 2:
            return {"": Reference(self.position or 1)}
        return {f"-{i}": Reference(i) for i in range(1, corpus.references + 1)}

    def signature(self) -> str:
        """Return what the text depends on: the corpus alone."""
        return signature("reference", position=self.position or 1, v=1)

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return the reference of every article that has one at this position."""
        return [self._held_out(article) for article in articles]

    def _held_out(self, article: Article) -> Summary:
        index = max(self.position, 1) - 1
        if index >= len(article.references):
            return unwritten(f"the article has no reference {index + 1}")
        return Summary(article.references[index], held_out=index)


SUMMARISER: type[Summariser] = Reference
