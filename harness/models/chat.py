"""A chat model in this process that is asked questions, and tells its tokens' probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.chat import Answer, Ask, Chat, Silence
from harness.errors import SummariserError, UsageError
from harness.models import fingerprint
from harness.models.answering import Answering, tokens
from harness.models.device import count_gpus, default_threads, resolve, threads
from harness.models.encoders import DEVICE, DEVICES, versions
from harness.models.families import Family, family_of
from harness.models.loading import SHELF, Loaded, Shelf, load, quiet
from harness.models.locate import Found, locate
from harness.models.settings import PIPELINE_TASK, Settings
from harness.models.settings import resolve as settle
from harness.signature import signature

CHATS = Shelf()
"""The process's one chat model that is asked questions, beside the one that writes summaries."""

_PLAIN = {"beams": 1, "min_tokens": 0, "no_repeat_ngram": 0, "repetition_penalty": 1.0}
_DRAWN = {"sample": True, "top_p": 1.0, "top_k": 0}


@dataclass(frozen=True, slots=True)
class Local:
    """The chat model ``model``: a folder, or a name on the hub (at ``revision``).

    ``dtype``, ``device`` and ``pickle`` are as in ``transformer``. A question that does not fit
    into the model together with its answer, that the model fails on alone, or to which it writes
    nothing, gets a Silence. Raises SummariserError for a model that is no chat model, not whole or
    broken, UsageError for one that cannot write so many tokens and for a device that is none, and
    MissingExtraError without torch.
    """

    model: str
    dtype: str = "float32"
    device: str = "auto"
    revision: str | None = None
    pickle: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no device."""
        if not DEVICE.fullmatch(self.device):
            raise UsageError(f"device={self.device!r} is not possible: give {DEVICES}.")

    def signature(self) -> str:
        """Return what the answers depend on; reads the model's files, but imports no torch."""
        model = _Model.of(self)
        weights, files = model.files()
        told = {"weights": weights, "files": files, "dtype": self.dtype}
        device = model.device.partition(":")[0]
        return signature("local", **told, device=device, **fingerprint.versions(), v=1)

    def ask(self, asks: Sequence[Ask]) -> list[Answer | Silence]:
        """Return what comes of each question, in their order."""
        found: dict[int, Answer | Silence] = {}
        model = _Model.of(self)
        order = sorted(range(len(asks)), key=lambda i: _kind(asks[i]))
        for _, group in groupby(order, key=lambda i: _kind(asks[i])):
            places = list(group)
            alike = [asks[i] for i in places]
            settings = model.settings(alike[0])
            with quiet(), threads(default_threads()):
                answering = Answering.of(model.take(), model.family, settings)
                found.update(zip(places, answering.all(alike), strict=True))
        return [found[i] for i in range(len(asks))]

    def check(self, ask: Ask) -> None:
        """Raise UsageError where the model has no room for such an answer; imports no torch."""
        _Model.of(self).settings(ask)

    def fits(self, ask: Ask) -> bool:
        """Return whether a question fits into the model together with its answer."""
        model = _Model.of(self)
        limit = model.settings(ask).input_tokens
        with quiet():
            return len(tokens(model.take().tokenizer, ask)) <= limit


def _kind(ask: Ask) -> tuple[int, float, int]:
    """Return what questions must share to be answered in one batch."""
    return ask.max_tokens, ask.temperature, ask.alternatives


@dataclass(frozen=True, slots=True)
class _Model:
    """The model found on disk, before anything heavy is loaded."""

    part: Local
    found: Found
    family: Family
    device: str

    @classmethod
    def of(cls, part: Local) -> "_Model":
        known = versions("A chat model in this process")
        found = locate(part.model, part.revision, pickle=part.pickle)
        family = family_of(found.folder.config)
        if not family.causal:
            msg = (
                f"{part.model} is a {family.name} model, which answers no questions. "
                "Give a chat model, such as Qwen or Llama."
            )
            raise SummariserError(msg)
        return cls(part, found, family, resolve(part.device, known["torch"], count_gpus))

    def settings(self, ask: Ask) -> Settings:
        """Return how the model is run for questions like this one."""
        drawn = {**_DRAWN, "temperature": ask.temperature} if ask.temperature else {}
        asked = {**_PLAIN, **drawn, "max_tokens": ask.max_tokens}
        return settle(self.found.folder, self.family, asked, PIPELINE_TASK)

    def files(self) -> tuple[str, str]:
        """Return what stands for the weights and for the other files: hashes, or a hub commit."""
        folder, commit = self.found.folder, self.found.commit
        if commit is not None:
            return commit, commit
        return fingerprint.of_files(folder.weights), fingerprint.of_files(folder.settings)

    def take(self) -> Loaded:
        """Return the model, loaded now or held from before, as the candidate too."""
        where = self.found.folder.path.resolve()
        key = (*self.files(), where, self.part.dtype, self.device)
        if SHELF.held is not None and SHELF.key == key:
            return SHELF.held
        return CHATS.take(key, self._load)

    def _load(self) -> Loaded:
        own = self.part
        how = {"dtype": own.dtype, "device": self.device}
        return load(self.found.folder, causal=True, pickle=own.pickle, **how)


CHAT: type[Chat] = Local
