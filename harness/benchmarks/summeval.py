"""SummEval (Fabbri et al., TACL 2021): 16 systems, four dimensions, three experts.

Coherence, consistency, fluency and relevance, 1 to 5: the mean of the experts. Two layouts are
read, both as JSON lines:

- ``model_annotations.aligned.paired.jsonl``, what the authors' script makes of their annotations
  by putting the article in: ``id``, ``model_id``, ``decoded``, ``text``, ``references``,
  ``expert_annotations``; this one also tells how well the experts agree;
- that of the hub's copy, an article a line: ``id``, ``text``, ``machine_summaries``,
  ``human_summaries``, and a list of means for each dimension; systems are numbered. The path
  ``hub`` reads it from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from harness.benchmarks._hub import Copy, on_hub, rows
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, places, records
from harness.records import Article, Judgement

DIMENSIONS = ("coherence", "consistency", "fluency", "relevance")


@dataclass(frozen=True, slots=True)
class SummEval:
    """SummEval from the file ``path``, or from the one in the folder ``path`` or its ``summeval``.

    ``references``: 11, or 1 for the original alone, which is the first.
    """

    path: str
    references: Literal[1, 11] = 11

    size: ClassVar[str] = "100 articles x 16 systems"
    labels: ClassVar[str] = "coherence, consistency, fluency, relevance, 1 to 5; 3 experts"
    licence: ClassVar[str] = "MIT; articles of CNN and Daily Mail apart"
    citation: ClassVar[str] = "Fabbri et al., TACL 2021"
    source: ClassVar[str] = "github.com/Yale-LILY/SummEval"
    hub: ClassVar[Copy] = Copy(
        "mteb/summeval", "cda12ad7615edc362dbf25a00fdd61d3b1eaf93c", ("test",)
    )

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in the order of the file."""
        for record in self._records():
            if record.has("machine_summaries"):
                yield from self._by_article(record)
            else:
                yield self._by_summary(record)

    def _records(self) -> Iterator[Record]:
        copy = on_hub(self.path, self.hub)
        if copy is not None:
            yield from (record for _, record in rows(copy, self.source))
            return
        names = ("model_annotations.aligned.paired.jsonl", "summeval*.jsonl", "summeval/*.jsonl")
        for path in places(self.path, *names):
            yield from records(path)

    def _by_summary(self, record: Record) -> Judgement:
        said = record.records("expert_annotations")
        if not said:
            raise record.wrong("expert_annotations", "a list of at least one")
        ratings = {d: tuple(person.number(d, 1, 5) for person in said) for d in DIMENSIONS}
        return Judgement(
            self._article(record, record.texts("references")),
            record.text("decoded"),
            record.text("model_id"),
            human={d: sum(r) / len(r) for d, r in ratings.items()},
            ratings={d: (r,) for d, r in ratings.items()},
        )

    def _by_article(self, record: Record) -> Iterator[Judgement]:
        about = self._article(record, record.texts("human_summaries"))
        summaries = record.texts("machine_summaries")
        means = {d: record.numbers(d) for d in DIMENSIONS}
        for name, values in means.items():
            if len(values) != len(summaries):
                raise record.wrong(
                    name, f"a list of {len(summaries)} numbers, one for each summary"
                )
        for i, summary in enumerate(summaries):
            yield Judgement(about, summary, f"system-{i}", {d: v[i] for d, v in means.items()})

    def _article(self, record: Record, references: tuple[str, ...]) -> Article:
        return Article(record.text("id"), record.text("text"), references[: self.references])


BENCHMARK: type[Benchmark] = SummEval
