"""What every target shares: bytes in, and out of them a value or a HarnessError, nothing else."""

import json
import math
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from harness.errors import HarnessError

SECONDS = 10
"""What one input may take; more counts as a crash. Inputs are small, so this is a hang."""
MEGABYTES = 2048
"""What the process may hold; more counts as a crash."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under attack.

    ``once`` is called with one input. ``seeds`` are sound inputs to begin with, ``words`` what is
    worth putting into others; ``longest`` is the length of the longest input, in bytes.
    """

    once: Callable[[bytes], None]
    seeds: Sequence[bytes]
    words: Sequence[bytes] = ()
    longest: int = 2048


def folder() -> Path:
    """Return a new folder for the files of a target; who runs the targets says where it lies."""
    return Path(mkdtemp(prefix="target-"))


def attempt(read: Callable[[], object]) -> None:
    """Call a reader: that it refuses in words is as good as a value."""
    with suppress(HarnessError):
        read()


def text_of(data: bytes) -> str:
    """Return bytes as a text that may hold anything a str may, halves of surrogate pairs too."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def json_of(data: bytes) -> object:
    """Return the JSON that bytes hold, else the text that they are."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return data.decode("utf-8", "replace")


_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 1.5, 1e308, math.inf, math.nan, 10**400, -(10**400)),
    *("", "a", "\ud800", "\0", "../../x", "/etc/x", "<script>", "\x1b[2J", "9" * 60),
    *([], {}, [[]], [{}], {"a": []}, [1, "a"], ["a"]),
)
"""What a JSON document may hold where something else belongs."""


def bent(document: Any, data: bytes) -> Any:
    """Return a JSON document in which up to three values are others, as bytes choose them."""
    import atheris

    given = atheris.FuzzedDataProvider(data)
    for _ in range(given.ConsumeIntInRange(0, 3)):
        document = _bent(document, given)
    return document


def _bent(value: Any, given: Any) -> Any:
    if not isinstance(value, dict | list) or not value or given.ConsumeIntInRange(0, 9) == 0:
        return _ODD[given.ConsumeIntInRange(0, len(_ODD) - 1)]
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[given.ConsumeIntInRange(0, len(keys) - 1)]
    copy = value.copy()
    copy[key] = _bent(value[key], given)
    return copy


def run(target: Target, arguments: Sequence[str]) -> None:
    """Fuzz a target under libFuzzer's arguments; does not return."""
    import atheris

    place = folder()
    for number, seed in enumerate(target.seeds):
        (place / f"seed-{number}").write_bytes(seed)
    words = folder() / "words"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in (*target.words, b"\xff")), "ascii")
    limits = {
        "max_len": target.longest,
        "timeout": SECONDS,
        "rss_limit_mb": MEGABYTES,
        "dict": words,
        "print_final_stats": 1,
    }
    given = [f"-{name}={value}" for name, value in limits.items()]
    atheris.Setup([sys.argv[0], *given, *arguments, str(place)], target.once)
    atheris.Fuzz()


def _quoted(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)
