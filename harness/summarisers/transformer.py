"""Any Hugging Face model as a summariser: encoder-decoders, and chat models through their template.

Generation is that of transformers (Wolf et al., 2020), run batch by batch, articles of like length
together. What the model's own files say of beams and lengths is applied, as its authors meant it;
see docs/models.md for what wins over what.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from harness.errors import UsageError
from harness.models import converting, fidelity, fingerprint, translating
from harness.models.device import count_gpus, default_threads, resolve, threads
from harness.models.encoders import DEVICE, DEVICES, MOST_THREADS
from harness.models.families import Family, family_of
from harness.models.limits import ASKED
from harness.models.loading import DTYPES, SHELF, Loaded, load, quiet
from harness.models.locate import Found, locate
from harness.models.prompts import PLACE
from harness.models.settings import PIPELINE_TASK, Choice, Settings
from harness.models.settings import resolve as settle
from harness.models.writing import Writing
from harness.parts import Summariser
from harness.records import Article, Summary
from harness.signature import digest, signature

_LEAST: dict[str, float] = {
    "beams": 1,
    "max_tokens": 1,
    "min_tokens": 0,
    "no_repeat_ngram": 0,
    "input_tokens": 1,
    "top_k": 0,
    "threads": 1,
    "batch_tokens": 1,
}
_ABOVE_ZERO: dict[str, float] = {"temperature": 100, "repetition_penalty": 100, "top_p": 1}
_LONG = ("truncate", "chunk")
_DTYPES = {"transformers": DTYPES, "ctranslate2": (*DTYPES, "int8")}
_DRAWING = ("temperature", "top_p", "top_k")
_FRACTIONS = {"length_penalty", *_ABOVE_ZERO}
"""Given as 2 or as 2.0, they are the same number, with the same signature."""


@dataclass(frozen=True, slots=True)
class Transformer:
    """The model at ``model``, a folder or a name on the hub (at ``revision``).

    What is left None is the model's own choice, else its family's; ``choices()`` says which.
    ``max_tokens`` and ``min_tokens`` bound the summary and ``input_tokens`` what is read, in the
    model's tokens; a longer article is cut at its end and its summary marked ``article_cut``.
    ``prompt`` holds ``{article}``; a chat model gets it through its chat template, or, with
    ``raw``, as it stands. ``task`` names the model's ``task_specific_params``. ``language`` is
    mBART's code, for article and summary alike. Decoding is greedy or by beams; with ``sample``
    tokens are drawn, per article, from ``seed`` and the article's text.

    ``long='chunk'`` summarises a longer article in parts, and then the parts' summaries, instead
    of cutting it. ``engine='ctranslate2'`` searches by beams faster on a CPU; a setting that it
    takes to mean something else is refused, unless ``exact=False`` accepts what comes of it.

    ``device`` is auto (cuda where there is one, else cpu), cpu, cuda, cuda:1 or mps; ``threads`` is
    cores - 1 by default. ``batch_tokens`` bounds a batch, padding and beams included; a batch that
    does not fit in memory is halved. ``pickle`` accepts weights that are no safetensors.

    Raises SummariserError for a model that is not there, not whole or broken, and
    MissingExtraError without torch. An empty article, or one that the model fails on alone, gets a
    reason instead of a summary.
    """

    model: str
    beams: int | None = None
    max_tokens: int | None = None
    min_tokens: int | None = None
    length_penalty: float | None = None
    early_stopping: bool | None = None
    no_repeat_ngram: int | None = None
    repetition_penalty: float | None = None
    prompt: str | None = None
    raw: bool = False
    task: str = PIPELINE_TASK
    language: str | None = None
    input_tokens: int | None = None
    sample: bool = False
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    seed: int = 0
    long: Literal["truncate", "chunk"] = "truncate"
    engine: Literal["transformers", "ctranslate2"] = "transformers"
    exact: bool = True
    dtype: Literal["float32", "bfloat16", "float16", "int8"] = "float32"
    device: str = "auto"
    threads: int | None = None
    batch_tokens: int = 16384
    revision: str | None = None
    pickle: bool = False

    batch: ClassVar[int] = 128
    alone: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no model can do."""
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if value is not None and value < least:
                raise UsageError(self._refusal(name, f"at least {least}"))
        for name, most in _ABOVE_ZERO.items():
            value = getattr(self, name)
            if value is not None and not 0 < value <= most:
                raise UsageError(self._refusal(name, f"above 0 and at most {most:g}"))
        if self.length_penalty is not None and not math.isfinite(self.length_penalty):
            raise UsageError(self._refusal("length_penalty", "a finite number"))
        if self.threads is not None and self.threads > MOST_THREADS:
            raise UsageError(self._refusal("threads", f"at most {MOST_THREADS}"))
        if self.prompt is not None and self.prompt.count(PLACE) != 1:
            raise UsageError(self._refusal("prompt", f"a text that holds {PLACE} once"))
        self._check_engine()
        if not DEVICE.fullmatch(self.device):
            raise UsageError(self._refusal("device", DEVICES))
        self._check_drawing()

    def _check_engine(self) -> None:
        for name, known in (("long", _LONG), ("engine", tuple(_DTYPES))):
            if getattr(self, name) not in known:
                raise UsageError(self._refusal(name, " or ".join(known)))
        if self.dtype not in _DTYPES[self.engine]:
            raise UsageError(self._refusal("dtype", " or ".join(_DTYPES[self.engine])))
        if not self.exact and self.engine == "transformers":
            msg = "transformer(exact=False) is for engine='ctranslate2': transformers is the norm."
            raise UsageError(msg)

    def _check_drawing(self) -> None:
        given = [name for name in _DRAWING if getattr(self, name) is not None]
        if given and not self.sample:
            msg = f"transformer({given[0]}=...) needs sample=True: without it nothing is drawn."
            raise UsageError(msg)

    def _refusal(self, name: str, allowed: str) -> str:
        return f"transformer({name}={getattr(self, name)!r}) is not possible: give {allowed}."

    def signature(self) -> str:
        """Return what the text depends on; reads the model's files, but imports no torch."""
        return _Ready.of(self).signature()

    def choices(self) -> list[Choice]:
        """Return every setting in effect and what made it so, for a person to read."""
        return _Ready.of(self).choices()

    def summarise(self, articles: Sequence[Article]) -> list[Summary]:
        """Return what the model writes about each article."""
        return _Ready.of(self).summarise([article.text for article in articles])


@dataclass(frozen=True, slots=True)
class _Ready:
    """The part with its model found and its settings made, before anything heavy is loaded."""

    part: Transformer
    found: Found
    family: Family
    settings: Settings
    versions: Mapping[str, str]
    device: str

    @classmethod
    def of(cls, part: Transformer) -> "_Ready":
        versions = fingerprint.versions()
        found = locate(part.model, part.revision, pickle=part.pickle)
        family = family_of(found.folder.config)
        given = [(field, getattr(part, field.name)) for field in dataclasses.fields(part)]
        asked = {field.name: value for field, value in given if value != field.default}
        asked |= {name: float(asked[name]) for name in _FRACTIONS & asked.keys()}
        settings = settle(found.folder, family, asked, part.task)
        if part.engine == "ctranslate2":
            versions = {**versions, "ctranslate2": converting.version()}
            fidelity.check(found.folder, family, settings, exact=part.exact)
        device = resolve(part.device, versions["torch"], count_gpus)
        return cls(part, found, family, settings, versions, device)

    def signature(self) -> str:
        chosen = {choice.name: choice.value for choice in self.settings.choices()}
        chosen["prompt"] = fingerprint.of_text(self.settings.prompt)
        if self.settings.sample:
            chosen["seed"] = self.part.seed
        if self.part.long != "truncate":
            chosen["long"] = self.part.long
        weights, files = self._files()
        return signature(
            "transformer",
            weights=weights,
            files=files,
            family=self.family.name,
            **chosen,
            dtype=self.part.dtype,
            device=self.device.partition(":")[0],
            **self.versions,
            v=1,
        )

    def choices(self) -> list[Choice]:
        own = self.part
        where = f"hub, commit {self.found.commit}" if self.found.hub else "folder"
        return [
            Choice("model", own.model, where),
            Choice(
                "family", self.family.name, f"model_type {self.found.folder.config['model_type']}"
            ),
            *self.settings.choices(),
            *(Choice(name, getattr(own, name), self._source(name)) for name in self._own()),
            Choice("device", self.device, "as asked" if own.device != "auto" else "found"),
            Choice("threads", self._threads(), self._source("threads")),
        ]

    def _own(self) -> list[str]:
        seed = ["seed"] if self.settings.sample else []
        exact = ["exact"] if self.part.engine == "ctranslate2" else []
        return [*seed, "long", "engine", *exact, "dtype", "batch_tokens"]

    def _source(self, name: str) -> str:
        default = type(self.part).__dataclass_fields__[name].default
        return "default" if getattr(self.part, name) == default else ASKED

    def _threads(self) -> int:
        return self.part.threads or default_threads()

    def summarise(self, texts: Sequence[str]) -> list[Summary]:
        own = self.part
        with quiet(), threads(self._threads()):
            loaded = SHELF.take(self._key(), self._load)
            settings = (self.family, self.settings, own.seed, own.batch_tokens)
            writing = Writing.of(loaded, *settings)
            return dataclasses.replace(writing, chunked=own.long == "chunk").summaries(texts)

    def _key(self) -> object:
        own, path = self.part, self.found.folder.path.resolve()
        kept = (own.engine, self._threads()) if own.engine == "ctranslate2" else ()
        return (*self._files(), path, own.dtype, self.device, *kept)

    def _files(self) -> tuple[str, str]:
        """Return what stands for the weights and for the other files: hashes, or a hub commit."""
        folder, commit = self.found.folder, self.found.commit
        if commit is not None:
            return commit, commit
        return fingerprint.of_files(folder.weights), fingerprint.of_files(folder.settings)

    def _load(self) -> Loaded:
        return self._translator() if self.part.engine == "ctranslate2" else self._model()

    def _translator(self) -> Loaded:
        own, folder = self.part, self.found.folder
        path = converting.converted(folder, digest(*self._files()), pickle=own.pickle)
        return translating.load(
            path, folder, dtype=own.dtype, device=self.device, threads=self._threads()
        )

    def _model(self) -> Loaded:
        return load(
            self.found.folder,
            causal=self.family.causal,
            dtype=self.part.dtype,
            device=self.device,
            pickle=self.part.pickle,
        )


SUMMARISER: type[Summariser] = Transformer
