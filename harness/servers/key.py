"""The key that a server wants: read from the environment when it is used, and never written down.

Parts hold the name of a variable, so that a spec, a signature or a run can hold no key.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.errors import SummariserError, UsageError
from harness.servers.failures import LEFT_OUT

VARIABLE = "HARNESS_API_KEY"
"""Where the key is looked for. Only another variable, named by the caller, must be set."""

_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_VALUE = re.compile(r"[\x21-\x7e]+")
_SECRET = 16
"""Characters from which a key is surely none of a text's own words, as "EMPTY" or "ollama" are."""
_TOLD = 3
"""Characters of a key's beginning that tell nobody anything: many begin with sk-."""
_HIDDEN = "***"


def check_name(name: str) -> None:
    """Raise UsageError where this is no name of a variable; it may be a key, so it is not said."""
    if not _NAME.fullmatch(name):
        msg = (
            "key= takes the name of an environment variable, in capitals (such as "
            f"{VARIABLE}), never the key itself. What was given is neither shown nor kept here."
        )
        raise UsageError(msg)


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or None; it does not print itself."""

    value: str | None = field(repr=False)

    def headers(self) -> dict[str, str]:
        """Return the header that shows the key to the server."""
        return {} if self.value is None else {"Authorization": f"Bearer {self.value}"}

    def scrub(self, words: str) -> str:
        """Return words for a person without the key, should the server have repeated it.

        Where the words were cut short in the middle of the key, its beginning is taken out.
        """
        if not self.value:
            return words
        words = words.replace(self.value, _HIDDEN)
        for end in range(len(self.value) - 1, _TOLD, -1):
            words = words.replace(self.value[:end] + LEFT_OUT, _HIDDEN + LEFT_OUT)
        return words

    def scrub_text(self, text: str) -> str:
        """Return what a model wrote without the key, unless the key is as short as a word."""
        return self.scrub(text) if self.value and len(self.value) >= _SECRET else text


def read(name: str, environment: Mapping[str, str] | None = None) -> Key:
    """Return the key in a variable; raise SummariserError where it is missing or no key."""
    value = (os.environ if environment is None else environment).get(name, "").strip()
    if not value:
        if name == VARIABLE:
            return Key(None)
        msg = f"The environment variable {name} is not set. Put the server's key in it."
        raise SummariserError(msg)
    if not _VALUE.fullmatch(value):
        msg = f"The environment variable {name} holds no key: a key is visible ASCII, in one word."
        raise SummariserError(msg)
    return Key(value)
