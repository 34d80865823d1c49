"""QAGS (Wang, Cho and Lewis, ACL 2020): what the article supports, by sentence.

Three people judged every sentence. ``consistency`` is the share of a summary's sentences that most
of them called consistent, in [0, 1]; the label ``consistent`` is true where all sentences are. Two
layouts are read:

- ``qags_cnndm.jsonl``: ``text``, ``sentences``, ``sentence_consistent``;
- as published, ``mturk_cnndm.jsonl`` and ``mturk_xsum.jsonl``: ``article``, ``summary_sentences``
  with ``sentence`` and ``responses`` of ``response`` (yes or no), which also tell how well people
  agree with each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, digest, places, records
from harness.records import Article, Judgement

FILES = ("qags_*.jsonl", "mturk_*.jsonl")


@dataclass(frozen=True, slots=True)
class Qags:
    """QAGS from the file ``path``, or from those in the folder ``path`` or its ``qags``."""

    path: str

    size: ClassVar[str] = "235 (CNN/DM) and 239 (XSum) summaries"
    labels: ClassVar[str] = "consistent or not, by sentence; 3 people each"
    licence: ClassVar[str] = "none stated; articles of CNN, Daily Mail and BBC"
    citation: ClassVar[str] = "Wang et al., ACL 2020"
    source: ClassVar[str] = "github.com/W4ngatang/qags, data/mturk_*.jsonl"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, file by file."""
        for path in places(self.path, *FILES, *(f"qags/{name}" for name in FILES)):
            group = path.name.partition(".")[0].partition("_")[2] or None
            for record in records(path):
                read = _published if record.has("summary_sentences") else _plain
                yield read(record, group)


def _plain(record: Record, group: str | None) -> Judgement:
    sentences = record.texts("sentences")
    said = record.items("sentence_consistent")
    verdicts = [Record(record.where, {"sentence_consistent": v}) for v in said]
    if not sentences or len(sentences) != len(verdicts):
        raise record.wrong("sentence_consistent", f"one verdict for each of {len(sentences)}")
    flags = [v.flag("sentence_consistent") for v in verdicts]
    return _judgement(record.text("text"), sentences, flags, {}, group)


def _published(record: Record, group: str | None) -> Judgement:
    parts = record.records("summary_sentences")
    answers = [[a.flag("response") for a in part.records("responses")] for part in parts]
    if not all(answers) or not answers:
        raise record.wrong("summary_sentences", "a list of sentences with responses")
    flags = [2 * sum(said) > len(said) for said in answers]
    ratings = {"consistent": tuple(tuple(map(float, said)) for said in answers)}
    sentences = tuple(part.text("sentence") for part in parts)
    return _judgement(record.text("article"), sentences, flags, ratings, group)


def _judgement(
    text: str,
    sentences: tuple[str, ...],
    flags: list[bool],
    ratings: dict[str, tuple[tuple[float, ...], ...]],
    group: str | None,
) -> Judgement:
    return Judgement(
        Article(digest(text), text),
        "\n".join(sentences),
        human={"consistency": sum(flags) / len(flags)},
        labels={"consistent": all(flags)},
        ratings=ratings,
        group=group,
    )


BENCHMARK: type[Benchmark] = Qags
