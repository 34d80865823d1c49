"""Local models: ours against plain loops of transformers, and ctranslate2 against transformers.

    OMP_NUM_THREADS=1 python -m bench.models

The model is a BART of some 60 million random weights, built here, whose summaries all run to their
limit. Articles have 150 to 1,500 tokens, spread as those of news are (lognormal); the model reads
1,024. Everything runs on one thread, in float32, in one process, and takes turns; each ratio is the
median of the rounds' ratios of CPU time. All summaries are compared before any time is told. It
takes some four minutes.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = "1"  # read when torch is loaded, below

import numpy as np

from harness.models.loading import SHELF, quiet
from harness.records import Article
from harness.summarisers.transformer import Transformer

_GREEDY_ROUNDS, _BEAM_ROUNDS = 2, 3
_ARTICLES, _ALONE, _SEARCHED = 40, 10, 6
_WRITTEN, _READ, _WORDS = 60, 1024, 12_000
_BUDGET = 16_384
Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Plain:
    """What a program of one's own does: ``generate`` of transformers, in the articles' order."""

    model: Any
    tokenizer: Any
    beams: int = 1

    def texts(self, articles: Sequence[Article], budget: int) -> list[str]:
        """Return the summaries, in batches of at most so many tokens, padding and all."""
        rows = [self.tokenizer(a.text, truncation=True)["input_ids"] for a in articles]
        found: list[str] = []
        while len(found) < len(rows):
            size = 1
            left = rows[len(found) :]
            while size < len(left) and self._weight(left[: size + 1]) <= budget:
                size += 1
            found += self._batch(left[:size])
        return found

    def _weight(self, rows: Sequence[Sequence[int]]) -> int:
        return len(rows) * (max(map(len, rows)) + _WRITTEN) * self.beams

    def _batch(self, rows: Sequence[Sequence[int]]) -> list[str]:
        import transformers

        library: Any = transformers
        given = self.tokenizer.pad({"input_ids": list(rows)}, return_tensors="pt")
        config = library.GenerationConfig(
            num_beams=self.beams,
            max_new_tokens=_WRITTEN,
            early_stopping=self.beams > 1,
            eos_token_id=2,
            pad_token_id=1,
            decoder_start_token_id=2,
        )
        found = self.model.generate(**given, generation_config=config)
        texts: list[str] = self.tokenizer.batch_decode(found, skip_special_tokens=True)
        return [text.strip() for text in texts]


def main() -> None:
    """Print the ratios, greedy and by four beams."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HARNESS_CACHE"] = f"{folder}/cache"
        path = Path(folder) / "model"
        size = _build(path)
        articles = _articles()
        print(f"{size / 1e6:.0f} M weights, one thread, {_WRITTEN} tokens written; CPU time")
        _greedy(path, articles)
        _beams(path, articles[:_SEARCHED])


def _greedy(path: Path, articles: Sequence[Article]) -> None:
    part = _part(path, beams=1)
    _texts(part, articles[:1])
    plain = Plain(_model(), _tokenizer())
    few = sorted(articles, key=lambda a: len(a.text))[2 :: len(articles) // _ALONE]
    ways: dict[str, Callable[[], list[str]]] = {
        "ours": lambda: _texts(part, articles),
        "unsorted": lambda: plain.texts(articles, _BUDGET),
        "one by one": lambda: plain.texts(few, budget=1),
    }
    times, found = _timed(ways)
    at = {a.id: text for a, text in zip(articles, found["ours"], strict=True)}
    assert found["unsorted"] == found["ours"]
    assert found["one by one"] == [at[a.id] for a in few]
    counts = {name: len(texts) for name, texts in found.items()}
    print(f"greedy, {len(articles)} articles in batches of {_BUDGET:,} tokens; the same summaries")
    _tell("ours", times, counts)


def _beams(path: Path, articles: Sequence[Article]) -> None:
    ours = _part(path, beams=4)
    fast = replace(ours, engine="ctranslate2")
    _texts(ours, articles[:1])
    plain = Plain(_model(), _tokenizer(), beams=4)
    times: Times = {}
    found: dict[str, list[str]] = {}
    _texts(fast, articles[:1])  # converts
    for _ in range(_BEAM_ROUNDS):  # one model is held at a time, so each is loaded before its turn
        for name, part in (("transformers", ours), ("ctranslate2", fast)):
            _texts(part, [Article("short", articles[0].text[:99])])
            _time(name, partial(_texts, part, articles), times, found)
        _time("stock generate", lambda: plain.texts(articles, _BUDGET), times, found)
    assert found["ctranslate2"] == found["transformers"] == found["stock generate"]
    print(f"4 beams, {len(articles)} articles; the same summaries")
    _tell("ctranslate2", times, {name: len(articles) for name in times})


def _timed(ways: dict[str, Callable[[], list[str]]]) -> tuple[Times, dict[str, list[str]]]:
    times: Times = {}
    found: dict[str, list[str]] = {}
    for _ in range(_GREEDY_ROUNDS):
        for name, way in ways.items():
            _time(name, way, times, found)
    return times, found


def _time(
    name: str, way: Callable[[], list[str]], times: Times, found: dict[str, list[str]]
) -> None:
    start = time.process_time()
    found[name] = way()
    times.setdefault(name, []).append(time.process_time() - start)


def _tell(base: str, times: Times, counts: dict[str, int]) -> None:
    per = {name: [t / counts[name] for t in each] for name, each in times.items()}
    for name, each in per.items():
        ratios = [a / b for a, b in zip(each, per[base], strict=True)]
        spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
        middle = f"{statistics.median(each):6.2f} s an article{statistics.median(ratios):7.2f}"
        print(f"  {name:15}{middle} times {base} {spread}", flush=True)


def _texts(part: Transformer, articles: Sequence[Article]) -> list[str]:
    return [str(one.text) for one in part.summarise(articles)]


def _part(path: Path, beams: int) -> Transformer:
    early = True if beams > 1 else None
    return Transformer(
        str(path),
        beams=beams,
        max_tokens=_WRITTEN,
        no_repeat_ngram=0,
        length_penalty=1.0,
        early_stopping=early,
        threads=1,
        batch_tokens=_BUDGET,
    )


def _model() -> Any:
    assert SHELF.held is not None
    return SHELF.held.model


def _tokenizer() -> Any:
    assert SHELF.held is not None
    return SHELF.held.tokenizer


def _articles() -> list[Article]:
    rng = np.random.default_rng(5)
    lengths = np.clip(np.exp(rng.normal(np.log(550), 0.6, _ARTICLES)), 150, 1500).astype(int)
    words = [rng.integers(4, _WORDS, length) for length in lengths]
    return [
        Article(str(i), " ".join(f"w{number}" for number in each)) for i, each in enumerate(words)
    ]


def _build(path: Path) -> int:
    """Save the model and a tokenizer of words, and return how many weights the model has."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    library: Any = transformers
    marks = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
    words = marks | {f"w{number}": number for number in range(4, _WORDS)}
    core: Any = Tokenizer(models.WordLevel(words, unk_token="<unk>"))  # noqa: S106 - a mark
    core.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    core.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = ("bos_token", "pad_token", "eos_token", "unk_token")
    given = dict(zip(names, marks, strict=True))
    library.PreTrainedTokenizerFast(
        tokenizer_object=core, model_max_length=_READ, **given
    ).save_pretrained(path)
    heads = {"encoder_attention_heads": 8, "decoder_attention_heads": 8}
    layers = {"encoder_layers": 7, "decoder_layers": 7, "d_model": 512}
    wide = {"encoder_ffn_dim": 2048, "decoder_ffn_dim": 2048, "vocab_size": _WORDS}
    config = library.BartConfig(
        **heads, **layers, **wide, max_position_embeddings=_READ, forced_eos_token_id=None
    )
    torch.manual_seed(5)
    with quiet():
        model = library.BartForConditionalGeneration(config)
        with torch.no_grad():  # wider than usual, so that no two tokens are nearly as likely
            for weight in model.parameters():
                if weight.dim() > 1:
                    weight.normal_(0.0, 0.06)
        model.save_pretrained(path)
    return sum(weight.numel() for weight in model.parameters())


if __name__ == "__main__":
    main()
