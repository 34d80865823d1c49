"""Token rows in, token rows out: how ctranslate2 is made to write (Klein et al., 2020).

An encoder-decoder searches by beams several times faster there than in transformers on a CPU,
because the beams of an article share what was read. Scores are asked for too: they are NaN where
any number was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import SummariserError
from harness.models.families import Family
from harness.models.folder import Folder
from harness.models.generation import Written, config_of, read_off, token_ids
from harness.models.hypotheses import Hypothesis, Search
from harness.models.loading import Loaded, explained, tokenizer_of
from harness.models.settings import Settings


@dataclass(frozen=True, slots=True)
class Translating:
    """A translator of ctranslate2, and the config of the model that it was made of."""

    translator: Any
    config: Any


def load(path: Path, folder: Folder, *, dtype: str, device: str, threads: int) -> Loaded:
    """Load a converted model; raise SummariserError where this device does not compute so."""
    with explained(folder):
        import ctranslate2
        import transformers

        library: Any = transformers
        kind, _, index = device.partition(":")
        _check(ctranslate2, kind, dtype)
        config = library.AutoConfig.from_pretrained(
            folder.path, local_files_only=True, trust_remote_code=False
        )
        how = {"compute_type": dtype, "inter_threads": 1, "intra_threads": threads}
        try:
            translator = ctranslate2.Translator(
                str(path), device=kind, device_index=int(index or 0), **how
            )
        except RuntimeError as error:
            msg = (
                f"{path}, converted from {folder.path}, cannot be loaded: {error}. Where it is "
                "damaged, delete that folder: it will be made anew."
            )
            raise SummariserError(msg) from None
        model = Translating(translator, config)
        return Loaded(model, _generation(library, folder, config), tokenizer_of(folder), device)


def _check(library: Any, kind: str, dtype: str) -> None:
    if kind == "mps" or (kind == "cuda" and not library.get_cuda_device_count()):
        msg = f"ctranslate2 finds no {kind} device. Say device='cpu'."
        raise SummariserError(msg)
    known = library.get_supported_compute_types(kind)
    if dtype not in known:
        msg = (
            f"ctranslate2 does not compute in {dtype} on this {kind}. "
            f"Give dtype {' or '.join(sorted(known & {'float32', 'float16', 'bfloat16', 'int8'}))}."
        )
        raise SummariserError(msg)


def _generation(library: Any, folder: Folder, config: Any) -> Any:
    if (folder.path / "generation_config.json").is_file():
        return library.GenerationConfig.from_pretrained(folder.path, local_files_only=True)
    return library.GenerationConfig.from_model_config(config)


@dataclass(frozen=True, slots=True)
class Translator:
    """A converted model with the settings that it writes by."""

    loaded: Loaded
    family: Family
    settings: Settings
    config: Any

    @classmethod
    def of(cls, loaded: Loaded, family: Family, settings: Settings) -> "Translator":
        """Return the writer, with the same generation config as transformers would have."""
        return cls(loaded, family, settings, config_of(loaded, family, settings))

    def write(self, rows: Sequence[Sequence[int]], seeds: Sequence[int]) -> list[Written]:
        """Return what is written about each row; no ``seeds`` are needed, for nothing is drawn."""
        del seeds
        return [self._written(best) for best in self._best(rows)]

    def _best(self, rows: Sequence[Sequence[int]]) -> list[Hypothesis]:
        beams, limit = self.settings.beams, self._limit()
        if limit == 0:  # the one token that may be written is the forced end
            return [Hypothesis((), 0.0, ended=False)] * len(rows)
        first = self._search(rows, limit, beams=beams)
        if beams == 1 or not self._forced():
            return [found[0] for found in first]
        search = Search(beams, limit, self.settings.length_penalty)
        chosen = [search.choice(found, whole=False) for found in first]
        again = [i for i, best in enumerate(chosen) if best is None]
        # Twice the patience shows all: fewer than beams ended before the limit, as many are there.
        more = self._search([rows[i] for i in again], limit, beams=beams, patience=2)
        told = {i: search.choice(f, whole=True) for i, f in zip(again, more, strict=True)}
        return [best or told[i] or first[i][0] for i, best in enumerate(chosen)]

    def _search(
        self, rows: Sequence[Sequence[int]], limit: int, *, beams: int, patience: int = 1
    ) -> list[list[Hypothesis]]:
        if not rows:
            return []
        self._check(rows)
        settings, ends = self.settings, token_ids(self.config.eos_token_id)
        found = self.loaded.model.translator.translate_batch(
            [[str(token) for token in row] for row in rows],
            [self._start()] * len(rows),
            beam_size=beams,
            patience=patience,
            num_hypotheses=beams * patience,
            length_penalty=settings.length_penalty if beams > 1 else 1.0,
            repetition_penalty=settings.repetition_penalty,
            no_repeat_ngram_size=settings.no_repeat_ngram,
            min_decoding_length=min(settings.min_tokens, limit),
            max_decoding_length=limit,
            max_input_length=0,
            end_token=sorted(ends),
            return_end_token=True,
            return_scores=True,
        )
        return [
            [_hypothesis(*one, ends) for one in zip(each.hypotheses, each.scores, strict=True)]
            for each in found
        ]

    def _check(self, rows: Sequence[Sequence[int]]) -> None:
        size, most = self.loaded.model.config.vocab_size, max(map(max, rows))
        if most >= size:  # which ctranslate2 would read as an unknown word
            msg = f"token {most} is none of the {size} that the model has"
            raise IndexError(msg)

    def _start(self) -> list[str]:
        first, forced = self.config.decoder_start_token_id, self.config.forced_bos_token_id
        return [str(token) for token in (first, forced) if token is not None]

    def _forced(self) -> bool:
        return self.config.forced_eos_token_id is not None

    def _limit(self) -> int:
        return self.settings.max_tokens - self._forced()

    def _written(self, best: Hypothesis) -> Written:
        end = [] if best.ended else sorted(token_ids(self.config.forced_eos_token_id))[:1]
        broken = best.score != best.score  # only NaN differs from itself
        return read_off(
            [*best.tokens, *end], self.config, self.settings.max_tokens, overflowed=broken
        )


def _hypothesis(tokens: Sequence[str], score: float, ends: set[int]) -> Hypothesis:
    numbers = tuple(map(int, tokens))
    return Hypothesis(numbers, score, bool(numbers) and numbers[-1] in ends)
