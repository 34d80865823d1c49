"""Questions to a loaded chat model, answered in batches, with the probabilities of its tokens.

The probabilities are the softmax of the model's own scores, at temperature 1, before anything is
drawn. Whether a question or the model is to blame for a failure is asked of the model itself, as in
``writing``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.chat import Answer, Ask, Message, Silence
from harness.errors import HarnessError, SummariserError
from harness.models import prompts
from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan
from harness.models.families import Family
from harness.models.generation import Writer
from harness.models.loading import Loaded, release
from harness.models.picking import Picker
from harness.models.settings import Settings
from harness.models.writing import PROBE

BUDGET = 16384
"""Tokens of a batch, padding and answers included."""

_NAN = "the model's numbers overflowed (NaN); try dtype='float32'"

Row = tuple[int, ...]
Result = Answer | Silence


def tokens(tokenizer: Any, ask: Ask) -> Row:
    """Return a question as the model reads it, through the model's own chat template.

    A text may quote a control token: it is read as text, and ends no turn.
    """
    found = tokenizer.apply_chat_template(
        [{"role": message.role, "content": message.text} for message in ask.messages],
        chat_template=prompts.dated(tokenizer.get_chat_template()),
        add_generation_prompt=True,
        return_dict=True,
        sanitize_control_tokens=True,
        enable_thinking=False,
    )
    return tuple(found["input_ids"])


@dataclass(frozen=True, slots=True)
class Answering:
    """A loaded model, and how it is run for questions that are alike in all but their words."""

    writer: Writer

    @classmethod
    def of(cls, loaded: Loaded, family: Family, settings: Settings) -> "Answering":
        """Return one; raise SummariserError where the model's own settings make no sense."""
        try:
            return cls(Writer.of(loaded, family, settings))
        except HarnessError:
            raise
        except Exception as error:  # whatever transformers may raise about a model's own settings
            msg = f"The model's generation settings make no sense: {error}"
            raise SummariserError(msg) from error

    def all(self, asks: Sequence[Ask]) -> list[Result]:
        """Return what comes of each question, in their order."""
        rows: dict[int, Row] = {}
        found: dict[int, Result | Failure] = {}
        for i, ask in enumerate(asks):
            read = self._read(ask)
            if isinstance(read, tuple):
                rows[i] = read
            else:
                found[i] = read
        found |= self._write(rows, asks)
        failed = next((one for one in found.values() if isinstance(one, Failure)), None)
        if failed is not None:
            self._probe(asks[0], failed)
        return [_settled(found[i]) for i in range(len(asks))]

    def _read(self, ask: Ask) -> Row | Failure | Silence:
        limit = self.writer.settings.input_tokens
        row = attempt(partial(tokens, self.writer.loaded.tokenizer, ask))
        if isinstance(row, Failure) or len(row) <= limit:
            return row
        words = f"the question is longer than the {limit} tokens that the model has room for"
        return Silence(words)

    def _write(self, rows: Mapping[int, Row], asks: Sequence[Ask]) -> dict[int, Result | Failure]:
        places = list(rows)
        load = Load([len(rows[i]) for i in places], self.writer.settings.max_tokens, 1)

        def run(batch: Batch) -> list[Result]:
            chosen = [places[i] for i in batch]
            return self._answers([rows[i] for i in chosen], [asks[i] for i in chosen])

        driver = Driver(run, load, recover=lambda: release(self.writer.loaded.device))
        return {places[i]: one for i, one in driver.all(plan(load, BUDGET)).items()}

    def _answers(self, rows: Sequence[Row], asks: Sequence[Ask]) -> list[Result]:
        from transformers import LogitsProcessorList

        inputs = self._inputs(rows)
        width = inputs["input_ids"].shape[1]
        watcher = Watcher(asks[0].alternatives)
        picker = Picker(self.writer.settings, [ask.seed for ask in asks])
        found = self.writer.loaded.model.generate(
            **inputs,
            generation_config=self.writer.config,
            logits_processor=LogitsProcessorList([watcher, picker]),
        )
        broken = picker.overflowed.tolist()
        return [
            Silence(_NAN) if broken[i] else self._answer(len(rows[i]), i, new[width:], watcher)
            for i, new in enumerate(found.tolist())
        ]

    def _inputs(self, rows: Sequence[Row]) -> dict[str, Any]:
        import torch

        width, pad = max(map(len, rows)), self.writer.config.pad_token_id
        ids = [[pad] * (width - len(row)) + list(row) for row in rows]
        mask = [[0] * (width - len(row)) + [1] * len(row) for row in rows]
        made = {"input_ids": ids, "attention_mask": mask}
        return {name: torch.tensor(v).to(self.writer.loaded.device) for name, v in made.items()}

    def _answer(self, read: int, row: int, new: Sequence[int], watcher: "Watcher") -> Result:
        tokenizer, ends = self.writer.loaded.tokenizer, self.writer.config.eos_token_id or []
        length = next((i for i, token in enumerate(new) if token in ends), None)
        written = list(new if length is None else new[:length])
        text = prompts.spoken(str(tokenizer.decode(written, skip_special_tokens=True)))
        if not text:
            return Silence("the model wrote nothing" + " within max_tokens" * (length is None))
        return Answer(
            text,
            cut=length is None,
            tokens_in=read,
            tokens_out=len(written),
            alternatives=watcher.of(row, len(written), tokenizer),
        )

    def _probe(self, ask: Ask, failure: Failure) -> None:
        short = Ask((Message("user", PROBE),), ask.max_tokens)
        tokenizer = self.writer.loaded.tokenizer
        tried = attempt(lambda: self._answers([tokens(tokenizer, short)], [short]))
        if isinstance(tried, Failure):
            msg = (
                f"The model fails on a short question as it does on others: {failure.reason}. "
                "Its files are damaged, or do not belong together."
            )
            raise SummariserError(msg)


def _settled(result: Result | Failure) -> Result:
    if isinstance(result, Failure):
        return Silence(f"the model fails on this question: {result.reason}")
    return result


class Watcher:
    """A logits processor that changes nothing, and keeps the likeliest tokens of every step."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._steps: list[tuple[list[list[float]], list[list[int]]]] = []

    def __call__(self, input_ids: Any, scores: Any) -> Any:  # noqa: ARG002 - the protocol's
        """Return the scores as they are."""
        if self._count:
            shares = scores.float().softmax(dim=-1)
            top = shares.topk(min(self._count, shares.shape[-1]), dim=-1)
            self._steps.append((top.values.tolist(), top.indices.tolist()))
        return scores

    def of(self, row: int, length: int, tokenizer: Any) -> tuple[Mapping[str, float], ...] | None:
        """Return the likeliest tokens of a row's first steps; those written alike are one."""
        if not self._count:
            return None
        told = []
        for shares, ids in self._steps[:length]:
            found: dict[str, float] = {}
            for token, share in zip(ids[row], shares[row], strict=True):
                if share > 0:
                    piece = str(tokenizer.decode([token]))
                    found[piece] = min(found.get(piece, 0.0) + share, 1.0)
            told.append(found)
        return tuple(told)
