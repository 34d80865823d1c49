"""The model of a metric: where it is, how it is run, and what its numbers depend on.

    encoders ──► encoder_loading ──► states, encoder_pairs, encoder_likelihood

What is here imports no torch, so that a metric can sign its numbers before any model is loaded.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from harness.errors import MissingExtraError, SummariserError, UsageError
from harness.models import fingerprint
from harness.models.device import count_gpus, default_threads, resolve, threads
from harness.models.folder import Folder
from harness.models.limits import positions
from harness.models.loading import DTYPES, quiet
from harness.models.locate import Found, locate

DType = Literal["float32", "bfloat16", "float16"]

DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")
MOST_THREADS = 4096
"""Beyond any machine; a million would end the process before anything could be said."""

DEVICES = "auto, cpu, cuda, cuda:1 or mps"
_CAUSAL = ("ForCausalLM", "LMHeadModel")
_LAYERS = ("encoder_layers", "num_hidden_layers", "num_layers", "n_layers", "n_layer")
_UNLIMITED = 10**9
"""Tokenizers say some such number where they know no limit."""

_USUAL = 512
"""Tokens that an encoder reads whose files do not say."""


@dataclass(frozen=True, slots=True)
class Source:
    """What every metric with a model is told of it. ``purpose`` is the metric, for messages."""

    purpose: str
    model: str
    revision: str | None = None
    dtype: DType = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    pickle: bool = False

    @classmethod
    def of(cls, purpose: str, part: object) -> "Source":
        """Return what a part's own fields say, and refuse what no model can do."""
        names = [f.name for f in dataclasses.fields(cls) if f.name != "purpose"]
        made = cls(purpose, **{name: getattr(part, name) for name in names})
        made._check()
        return made

    def _check(self) -> None:
        for name in ("threads", "batch_tokens"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise UsageError(self.refusal(name, value, "at least 1"))
        if self.threads is not None and self.threads > MOST_THREADS:
            raise UsageError(self.refusal("threads", self.threads, f"at most {MOST_THREADS}"))
        if self.dtype not in DTYPES:
            raise UsageError(self.refusal("dtype", self.dtype, " or ".join(DTYPES)))
        if not DEVICE.fullmatch(self.device):
            raise UsageError(self.refusal("device", self.device, DEVICES))

    def refusal(self, name: str, value: object, allowed: str) -> str:
        """Return the words that refuse an argument of the metric."""
        return f"{self.purpose}({name}={value!r}) is not possible: give {allowed}."

    def ready(self) -> "Ready":
        """Return the model found, its versions known; raise where there is none."""
        known = versions(self.purpose)
        found = locate(self.model, self.revision, pickle=self.pickle)
        return Ready(self, found, known, resolve(self.device, known["torch"], count_gpus))


@dataclass(frozen=True, slots=True)
class Ready:
    """A metric's model before it is loaded."""

    source: Source
    found: Found
    versions: Mapping[str, str]
    device: str

    @property
    def folder(self) -> Folder:
        """The model's files."""
        return self.found.folder

    def fields(self) -> dict[str, object]:
        """Return what a signature says of the model, its libraries and where it runs."""
        weights, files = self._files()
        device = self.device.partition(":")[0]
        return {
            "weights": weights,
            "files": files,
            "dtype": self.source.dtype,
            "device": device,
            **self.versions,
        }

    def key(self, head: str) -> object:
        """Return what a loaded model is shelved under; ``head`` is the way it is loaded."""
        return (*self._files(), self.folder.path.resolve(), self.source.dtype, self.device, head)

    def _files(self) -> tuple[str, str]:
        commit = self.found.commit
        if commit is not None:
            return commit, commit
        return fingerprint.of_files(self.folder.weights), fingerprint.of_files(self.folder.settings)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have the libraries be quiet, and torch take its share of the threads."""
        with quiet(), threads(self.source.threads or default_threads()):
            yield


def versions(
    purpose: str, known: Callable[[], Mapping[str, str]] = fingerprint.versions
) -> Mapping[str, str]:
    """Return the versions that numbers depend on; where torch is absent say what needs it."""
    try:
        return known()
    except MissingExtraError:
        raise MissingExtraError("torch", "models", purpose) from None


def refuse_causal(ready: Ready) -> None:
    """Refuse a model that reads from left to right only: its states know nothing of what comes."""
    config = ready.folder.config
    names = [str(name) for name in config.get("architectures") or ()]
    causal = any(name.endswith(_CAUSAL) for name in names) or config.get("is_decoder")
    if causal and not config.get("is_encoder_decoder"):
        msg = (
            f"{ready.source.purpose} needs an encoder, whose states know the whole text. "
            f"{ready.source.model} is {names[0] if names else 'a decoder'} "
            f"(model_type {config['model_type']!r}), which reads from left to right. Give a model "
            "such as RoBERTa or DeBERTa, or the encoder of BART or T5."
        )
        raise SummariserError(msg)


def layers(config: Mapping[str, Any]) -> int | None:
    """Return how many layers the encoder has, where its config says so."""
    return next((config[name] for name in _LAYERS if isinstance(config.get(name), int)), None)


def room(folder: Folder, *more: object) -> int:
    """Return how many tokens an encoder reads: the least that its files and ``more`` allow."""
    own = positions(folder.config, "encoder")
    told = folder.tokenizer.get("model_max_length")
    known = [n for n in (own, told, *more) if isinstance(n, int | float) and 0 < n < _UNLIMITED]
    return int(min(known, default=_USUAL))
