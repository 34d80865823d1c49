"""Articles as JSON objects, one a line."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness import files
from harness.corpora._table import read_table
from harness.parts import Corpus
from harness.records import Article


@dataclass(frozen=True, slots=True)
class Jsonl:
    """Articles as JSON objects, one a line: ``news.jsonl``, ``news.jsonl.gz``.

    ``text``, ``references`` (a text or a list), ``id``, ``title``, ``published`` (the AI summary on
    the article's page) and ``cluster`` name the fields; those not given are guessed from the names
    that published data sets use, and '' means there is none. References may have several fields.
    Without an id field the line's number is the id. Articles whose ids are in ``skip`` are left
    out; the same text under two ids is refused unless ``duplicates``. Blank lines are passed over.
    """

    path: str
    text: str | None = None
    references: str | tuple[str, ...] | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    cluster: str | None = None
    skip: tuple[str, ...] = ()
    duplicates: bool = False

    def articles(self) -> Iterator[Article]:
        """Yield the articles, a line read at a time."""
        rows = files.json_objects(self.path)
        return read_table(self, rows, lambda number: f"{self.path}:{number}", self.path)


CORPUS: type[Corpus] = Jsonl
