"""Rank19 (Falke et al., ACL 2019): the correct one of two sentences.

Read is ``val_sentence_pairs.json`` as published: ``article_sent``, ``correct_sent``,
``incorrect_sent``, and ``article_id``, by which pairs are resampled together. As in the paper the
source is the one article sentence, not the whole article.
The measure is how often the correct sentence scores higher; guessing is 0.5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import digest, places, records
from harness.records import Article, Judgement


@dataclass(frozen=True, slots=True)
class Rank19:
    """Rank19 from the file ``path``, or from the one in the folder ``path`` or its ``rank19``."""

    path: str

    size: ClassVar[str] = "373 pairs of sentences"
    labels: ClassVar[str] = "which of two sentences is correct"
    licence: ClassVar[str] = "CC BY-SA 4.0"
    citation: ClassVar[str] = "Falke et al., ACL 2019"
    source: ClassVar[str] = "tudatalib.ulb.tu-darmstadt.de/handle/tudatalib/2002"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the correct and the incorrect sentence of every pair."""
        name = "val_sentence_pairs.json"
        for path in places(self.path, name, f"rank19/{name}"):
            for number, record in enumerate(records(path), 1):
                text = record.text("article_sent")
                source = record.text("article_id") if record.has("article_id") else None
                about = Article(digest(text), text, cluster=source)
                for field, correct in (("correct_sent", True), ("incorrect_sent", False)):
                    sentence = record.text(field)
                    labels = {"correct": correct}
                    yield Judgement(about, sentence, labels=labels, pair=f"{path.name}:{number}")


BENCHMARK: type[Benchmark] = Rank19
