"""A model and its tokenizer in memory: one at a time, so that candidates need no room for two."""

import contextlib
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from harness.errors import HarnessError, MissingExtraError, SummariserError
from harness.models.folder import Folder

DTYPES = ("float32", "bfloat16", "float16")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is ready to write, and its tokenizer. Their classes are those of transformers.

    ``generation`` is the generation config that the model came with; the model itself has an empty
    one, since ``generate`` would fill whatever a caller leaves out from there.
    """

    model: Any
    generation: Any
    tokenizer: Any
    device: str


@dataclass(slots=True)
class Shelf:
    """Room for one thing that is costly to make and to hold.

    What stands there is let go before another is made: two models at once may not fit.
    """

    key: object = None
    held: Loaded | None = None

    def take(self, key: object, make: Callable[[], Loaded]) -> Loaded:
        """Return what was made for ``key``, made now where something else stood there."""
        if self.held is None or self.key != key:
            self.clear()
            self.held, self.key = make(), key
        return self.held

    def clear(self) -> None:
        """Let go of what stands there, and give its memory back."""
        if self.held is not None:
            device = self.held.device
            self.key = self.held = None
            release(device)


SHELF = Shelf()
"""The process's one loaded model."""


def release(device: str) -> None:
    """Give memory that nothing uses back to the device; the CPU's goes back by itself."""
    if device.startswith("cuda"):
        import torch

        gc.collect()
        torch.cuda.empty_cache()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers from drawing bars and writing advice while harness uses it."""
    import transformers.utils.logging

    logging: Any = transformers.utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(logging.CRITICAL)
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def load(folder: Folder, *, causal: bool, dtype: str, device: str, pickle: bool) -> Loaded:
    """Load a model and its tokenizer; raise SummariserError where they are not whole.

    Code that comes with a model is never run.
    """
    with explained(folder), quiet():
        import torch
        import transformers

        library: Any = transformers

        usable(device)
        tokenizer = tokenizer_of(folder)
        kind = library.AutoModelForCausalLM if causal else library.AutoModelForSeq2SeqLM
        model, info = kind.from_pretrained(
            folder.path,
            dtype=getattr(torch, dtype),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=None if pickle else True,
            output_loading_info=True,
        )
        _complete(folder, info)
        own, model.generation_config = model.generation_config, library.GenerationConfig()
        return Loaded(model.to(device).eval(), own, tokenizer, device)


def tokenizer_of(folder: Folder) -> Any:
    """Return a folder's tokenizer, as transformers reads it."""
    import transformers

    library: Any = transformers
    return library.AutoTokenizer.from_pretrained(
        folder.path, local_files_only=True, trust_remote_code=False
    )


@contextlib.contextmanager
def explained(folder: Folder) -> Iterator[None]:
    """Say in words what goes wrong while a model's files are read in the block."""
    try:
        yield
    except HarnessError:
        raise
    except ModuleNotFoundError as error:
        if error.name == "torch":
            raise MissingExtraError("torch", "models", "transformer") from None
        msg = f"{folder.path} needs the package {error.name}, which is not installed: {error}"
        raise SummariserError(msg) from None
    except Exception as error:  # whatever reading files of any age and origin may raise
        if "trust_remote_code" in str(error):
            msg = (
                f"{folder.path} runs only with Python code of its own, which harness never runs. "
                "Give a model of a kind that transformers knows."
            )
            raise SummariserError(msg) from None
        said = " ".join(str(error).split())[:300]
        msg = f"{folder.path} cannot be loaded: {type(error).__name__}: {said}"
        raise SummariserError(msg) from error


def usable(device: str) -> None:
    """Refuse a GPU that is not there before weights are read for it."""
    import torch

    if device.startswith("cuda") and not torch.cuda.is_available():
        msg = (
            "There is no GPU that this build of torch can use. Say device='cpu', or install "
            "a torch that fits the driver."
        )
        raise SummariserError(msg)


def _complete(folder: Folder, info: Any) -> None:
    # transformers fills what is missing with random numbers, and only warns.
    missing = sorted(info["missing_keys"])
    if missing:
        msg = (
            f"The weights in {folder.path} lack {len(missing)} of the model's parts, {missing[0]} "
            "first: it was saved from another kind of model. Give one that was trained to write."
        )
        raise SummariserError(msg)
