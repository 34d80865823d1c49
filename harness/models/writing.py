"""Articles in, summaries out: encode, batch, write, decode, and say what went wrong with which.

What concerns one article becomes that summary's reason. Whether it does is asked of the model
itself: where an article fails alone, a short text is tried, and a model that fails on that too is
broken, which ends the candidate.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from harness.errors import HarnessError, SummariserError
from harness.models import prompts
from harness.models.batching import Batch, Driver, Failure, Load, attempt, plan
from harness.models.chunking import in_parts
from harness.models.encoding import Encoded, encoder
from harness.models.families import Family
from harness.models.generation import Writer, Written
from harness.models.loading import Loaded, release
from harness.models.settings import Settings
from harness.models.translating import Translating, Translator
from harness.records import Summary, unwritten
from harness.signature import digest

PROBE = "The bridge will close on Monday."
"""What a model is tried on that failed on an article."""


_PADDING = 0.1
"""The share of padding that a batch on a CPU may grow to; a GPU gains more by more rows."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What turns texts into summaries. ``seed`` is for drawing; ``budget`` is a batch's tokens.

    A text that is longer than the model reads is cut at its end or, ``chunked``, parted.
    """

    encode: Callable[[str], Encoded]
    writer: Writer | Translator
    seed: int
    budget: int
    chunked: bool = False

    @classmethod
    def of(
        cls, loaded: Loaded, family: Family, settings: Settings, seed: int, budget: int
    ) -> "Writing":
        """Return one for a loaded model; raise SummariserError where its files make no sense."""
        kind = Translator if isinstance(loaded.model, Translating) else Writer
        try:
            encode = encoder(loaded.tokenizer, settings)
            return cls(encode, kind.of(loaded, family, settings), seed, budget)
        except HarnessError:
            raise
        except Exception as error:  # whatever transformers may raise about a model's own settings
            msg = f"The model's tokenizer or generation settings make no sense: {error}"
            raise SummariserError(msg) from error

    def summaries(self, texts: Sequence[str]) -> list[Summary]:
        """Return one summary per text, in their order."""
        return in_parts(texts, self.encode, self._whole) if self.chunked else self._whole(texts)

    def _whole(self, texts: Sequence[str]) -> list[Summary]:
        read = {i: self._read(text) for i, text in enumerate(texts) if text.strip()}
        rows = {i: one for i, one in read.items() if isinstance(one, Encoded)}
        wrote = self._write(rows, texts)
        failed = [one for one in (*read.values(), *wrote.values()) if isinstance(one, Failure)]
        if failed:
            self._probe(failed[0])
        known = {i: self._summary(row, wrote[i]) for i, row in rows.items()}
        return [known.get(i) or _unread(read.get(i)) for i in range(len(texts))]

    def _read(self, text: str) -> Encoded | Failure:
        return attempt(lambda: self.encode(text))

    def _write(
        self, rows: Mapping[int, Encoded], texts: Sequence[str]
    ) -> dict[int, Written | Failure]:
        places, settings = list(rows), self.writer.settings
        load = Load([len(rows[i].tokens) for i in places], settings.max_tokens, settings.beams)

        def run(batch: Batch) -> list[Written]:
            chosen = [places[i] for i in batch]
            seeds = [self._seed(texts[i]) for i in chosen]
            return self.writer.write([rows[i].tokens for i in chosen], seeds)

        device = self.writer.loaded.device
        batches = plan(load, self.budget, _PADDING if device == "cpu" else 1.0)
        driver = Driver(run, load, recover=lambda: release(device))
        return {places[i]: one for i, one in driver.all(batches).items()}

    def _seed(self, text: str) -> int:
        return int(digest(str(self.seed), text)[:16], 16)

    def _probe(self, failure: Failure) -> None:
        tried = attempt(lambda: self.writer.write([self.encode(PROBE).tokens], [0]))
        if isinstance(tried, Failure):
            msg = (
                f"The model fails on a short text as it does on articles: {failure.reason}. "
                "Its files are damaged, or do not belong together."
            )
            raise SummariserError(msg)

    def _summary(self, read: Encoded, wrote: Written | Failure) -> Summary:
        if isinstance(wrote, Failure):
            return unwritten(_blame(len(read.tokens), wrote))
        text = "" if wrote.overflowed else self._text(wrote)
        return Summary(
            text=text or None,
            reason=None if text else _silence(wrote),
            tokens_in=len(read.tokens),
            tokens_out=len(wrote.tokens),
            article_cut=read.cut,
            summary_cut=wrote.cut,
        )

    def _text(self, written: Written) -> str:
        tokenizer, family = self.writer.loaded.tokenizer, self.writer.family
        text = str(tokenizer.decode(list(written.tokens), skip_special_tokens=True))
        if family.line_break:
            lines = (line.strip() for line in text.split(family.line_break))
            text = "\n".join(line for line in lines if line)
        return prompts.spoken(text) if family.causal else text.strip()


def _silence(written: Written) -> str:
    if written.overflowed:
        return "the model's numbers overflowed (NaN); try dtype='float32'"
    return "the model wrote nothing" + " within max_tokens" * written.cut


def _unread(failure: Encoded | Failure | None) -> Summary:
    if isinstance(failure, Failure):
        return unwritten(f"the article cannot be told in tokens: {failure.reason}")
    return unwritten("the article is empty")


def _blame(tokens: int, failure: Failure) -> str:
    if failure.memory:
        return f"{tokens} tokens are more than fit in memory: {failure.reason}"
    return f"the model fails on this article of {tokens} tokens: {failure.reason}"
